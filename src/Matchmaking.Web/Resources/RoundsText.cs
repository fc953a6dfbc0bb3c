namespace Matchmaking.Web.Resources;

/// <summary>Words of the rounds of the yearly lists: experts, scoring, objections.</summary>
public sealed class RoundsText;
