namespace Matchmaking.Web.Resources;

/// <summary>Words of the yearly lists, public and for staff.</summary>
public sealed class ListsText;
