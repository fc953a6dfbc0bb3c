namespace Matchmaking.Web.Resources;

/// <summary>Words of recommending offices, checklists, rounds, renewal and stations.</summary>
public sealed class TiersText;
