using System.Globalization;
using Matchmaking.Matching.Search;

namespace Matchmaking.Web.Imports;

/// <summary>Addresses of imports and exports behind the three doors.</summary>
public static class ImportAddress
{
    /// <summary>The door that a path leads through: /my, /office or /staff.</summary>
    public static string Door(PathString path) => "/" + (path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("my").ToLowerInvariant();

    public static string Show(string door, int id) => string.Create(CultureInfo.InvariantCulture, $"{door}/import/{id}");

    public static string Template(string door, ListingKind kind) => $"{door}/import?handler=Template&kind={kind}";

    public static string Remarks(string door, int id) => Show(door, id) + "?handler=Remarks";

    public static string Export(string door, ListingKind kind, string format, string? show = null) => $"{door}/export.{format}?kind={kind}{(show is null ? "" : "&show=" + show)}";
}
