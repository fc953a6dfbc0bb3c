namespace Matchmaking.Web.Resources;

/// <summary>Words of writing, checking and reading needs and achievements.</summary>
public sealed class ListingsText;
