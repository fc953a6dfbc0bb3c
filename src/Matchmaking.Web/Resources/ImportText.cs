namespace Matchmaking.Web.Resources;

/// <summary>Words of spreadsheets and of the pages that import and export them. Jobs read them too, as data.</summary>
public sealed class ImportText;
