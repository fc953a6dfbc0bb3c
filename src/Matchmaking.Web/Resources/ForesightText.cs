namespace Matchmaking.Web.Resources;

/// <summary>Words of the map of white spots and of the foresight report.</summary>
public sealed class ForesightText;
