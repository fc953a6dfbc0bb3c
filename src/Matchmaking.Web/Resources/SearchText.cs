namespace Matchmaking.Web.Resources;

/// <summary>Words of home, search and status.</summary>
public sealed class SearchText;
