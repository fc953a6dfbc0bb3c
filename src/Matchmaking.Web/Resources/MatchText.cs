namespace Matchmaking.Web.Resources;

/// <summary>Words of matches and of the broker's desk.</summary>
public sealed class MatchText;
