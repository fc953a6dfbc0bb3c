namespace Matchmaking.Web.Resources;

/// <summary>Words of contracts, their registration and what follows from them.</summary>
public sealed class DealsText;
