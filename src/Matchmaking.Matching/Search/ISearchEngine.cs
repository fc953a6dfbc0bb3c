namespace Matchmaking.Matching.Search;

/// <summary>
/// Full-text and vector search over published listings. One promise: a failing engine throws
/// <see cref="SearchUnavailableException"/>; an empty answer means that nothing matched.
/// </summary>
public interface ISearchEngine
{
    /// <summary>Adds or replaces documents; after the task completes they are found.</summary>
    Task IndexAsync(IReadOnlyCollection<IndexEntry> entries, CancellationToken cancellationToken);

    /// <summary>Removes documents by id, each with the version (<see cref="IndexVersion"/>) that is no longer to be found; unknown ids are no error.</summary>
    Task RemoveAsync(IReadOnlyCollection<(int Id, long Version)> listings, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the whole index by the given entries beside the old one, which keeps answering until the new one is complete.
    /// Writes that arrive meanwhile are kept.
    /// </summary>
    Task RebuildAsync(IAsyncEnumerable<IndexEntry> entries, CancellationToken cancellationToken);

    /// <summary>Searches with filters, facets, sorting and paging. Any text is a legal query.</summary>
    Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken);

    /// <summary>Nearest documents to a text vector, best first; empty when no vectors are indexed.</summary>
    Task<IReadOnlyList<ScoredId>> NearestAsync(VectorQuery query, CancellationToken cancellationToken);

    /// <summary>Best documents for a text by BM25 over words, best first.</summary>
    Task<IReadOnlyList<ScoredId>> WordsAsync(WordQuery query, CancellationToken cancellationToken);

    /// <summary>What the engine holds; throws when it cannot answer.</summary>
    Task<IndexStatus> StatusAsync(CancellationToken cancellationToken);
}

/// <summary>A document and, when the encoder has run, its vectors.</summary>
public sealed record IndexEntry(ListingDocument Document, ListingVectors? Vectors)
{
    /// <summary>
    /// Which state of the listing this is, by <see cref="IndexVersion"/>. An index that several processes write keeps the highest: whoever read the
    /// database earlier and writes later is passed over. Of equal ones the later stays.
    /// </summary>
    public long Version { get; init; }
}

/// <summary>The order of a listing's states in the index: by its search version, and with vectors behind without.</summary>
public static class IndexVersion
{
    public static long Of(int searchVersion, bool withVectors) => 2L * searchVersion + (withVectors ? 1 : 0);

    /// <summary>Of a listing that is no longer public: above everything that was written of that version.</summary>
    public static long Removed(int searchVersion) => 2L * searchVersion + 1;
}

/// <summary>Documents and vectors in the index, and whether it was found damaged or missing at start and must be rebuilt.</summary>
public sealed record IndexStatus(int Documents, int Vectors, bool NeedsRebuild);

public sealed record ScoredId(int Id, double Score);

/// <summary>Candidates by words: title and text of a listing as the query.</summary>
public sealed record WordQuery(ListingKind Kind, string Title, string Text, DateOnly Today, int Take);

/// <summary>Candidates by vector: the text vector of a listing as the query.</summary>
public sealed record VectorQuery(ListingKind Kind, float[] Vector, DateOnly Today, int Take);

public enum SearchSort { Relevance, Newest, Deadline, MoneyDescending }

/// <summary>Facet fields. The names are those in the index and in addresses.</summary>
public static class Facet
{
    public const string Field = "field";
    public const string Industry = "industry";
    public const string Region = "region";
    public const string Band = "band";
    public const string Money = "money";
    public const string Cooperation = "mode";

    public static IReadOnlyList<string> All { get; } = [Field, Industry, Region, Band, Money, Cooperation];
}

/// <summary>Bands of the money facet, in 万元: below 50, 50 to 200, above 200, to be agreed.</summary>
public static class MoneyBand
{
    public const string Low = "lt50";
    public const string Middle = "50to200";
    public const string High = "gt200";
    public const string Open = "open";

    public static IReadOnlyList<string> All { get; } = [Low, Middle, High, Open];

    public static string Of(decimal? money) => money switch { null => Open, < 50 => Low, <= 200 => Middle, _ => High };
}

/// <param name="Text">What the reader typed; empty lists everything.</param>
/// <param name="Vector">Vector of the text when the encoder runs, so that the order is fused from words and vectors.</param>
/// <param name="Filters">Chosen facet values; values of one facet are alternatives, facets are conjunctive.</param>
/// <param name="Today">Day of the reader, for expiry: documents valid until an earlier day are not found.</param>
/// <param name="Page">From 1.</param>
public sealed record SearchRequest(
    string Text,
    ListingKind Kind,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Filters,
    SearchSort Sort,
    DateOnly Today,
    int Page = 1,
    int Size = 10,
    float[]? Vector = null)
{
    public const int MaximumSize = 100;
}

/// <param name="Total">All hits, of which <paramref name="Hits"/> is one page.</param>
/// <param name="Facets">For each facet the values with their counts, each facet counted without its own filter.</param>
/// <param name="OtherKind">How many the same text finds on the other side of the market.</param>
public sealed record SearchResult(
    int Total,
    IReadOnlyList<SearchHit> Hits,
    IReadOnlyDictionary<string, IReadOnlyList<FacetValue>> Facets,
    int OtherKind);

public sealed record SearchHit(int Id, double Score);

public sealed record FacetValue(string Value, int Count);

/// <summary>The engine is away or broken. Pages say so and keep showing records from the database.</summary>
public sealed class SearchUnavailableException : Exception
{
    public SearchUnavailableException() { }
    public SearchUnavailableException(string message) : base(message) { }
    public SearchUnavailableException(string message, Exception inner) : base(message, inner) { }
}
