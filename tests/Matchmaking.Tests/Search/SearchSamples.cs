using Matchmaking.Matching.Search;

namespace Matchmaking.Tests.Search;

/// <summary>Listings and vectors made by hand for the tests of search engines.</summary>
internal static class SearchSamples
{
    public static readonly DateOnly Today = new(2026, 6, 1);

    public static ListingDocument Document(int id, string title, ListingKind kind = ListingKind.Achievement) => new(
        id, kind, $"CG2026-220100-{id:00000}", title, "", "", [], null, "NewMaterials", "C28", "220100", "Mature", 100, ["Licence"], null, [], null,
        new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(id), new DateOnly(2026, 12, 31));

    public static IndexEntry Entry(int id, string title, ListingKind kind = ListingKind.Achievement) => new(Document(id, title, kind), null);

    /// <summary>A document whose title and text lie at an angle to <see cref="Axis"/> of that number.</summary>
    public static IndexEntry Entry(int id, string title, float[] vector, ListingKind kind = ListingKind.Achievement) =>
        new(Document(id, title, kind), new ListingVectors("by-hand", vector, vector, []));

    public static float[] Axis(int axis)
    {
        var vector = new float[512];
        vector[axis] = 1;
        return vector;
    }

    /// <summary>Length 1, with the given cosine to <see cref="Axis"/> of the number.</summary>
    public static float[] Near(int axis, float cosine)
    {
        var vector = Axis(axis);
        vector[axis] = cosine;
        vector[axis + 1] = MathF.Sqrt(1 - cosine * cosine);
        return vector;
    }

    public static SearchRequest Request(
        string text, SearchSort sort = SearchSort.Relevance, int page = 1, int size = 10, float[]? vector = null,
        ListingKind kind = ListingKind.Achievement, params (string Facet, string[] Values)[] filters) =>
        new(text, kind, filters.ToDictionary(filter => filter.Facet, filter => (IReadOnlyList<string>)filter.Values), sort, Today, page, size, vector);
}
