using System.Globalization;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Benchmarks;

/// <summary>
/// Each paper's title, and each keyword list, as a query for its own abstract among all of them, through the real engine. The indexed record has the
/// abstract alone: no title, no keywords.
/// </summary>
internal static class KnownItem
{
    private const int Deep = 10;
    private const int EncodeAtOnce = 64;
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly Dictionary<string, IReadOnlyList<string>> Everything = [];

    public static async Task<int> RunAsync(string file, string engineName)
    {
        using var encoder = SentenceEncoder.TryOpen(SearchRegistration.DefaultEncoder, out var reason);
        if (encoder is null) Console.Error.WriteLine($"Words only: {reason}");
        var papers = SampleFiles.Papers(file);
        var documents = papers.Select((paper, i) => new ListingDocument(
            i + 1, ListingKind.Achievement, $"{i + 1}", "", "", paper.Abstract, [], null, "", "", "", null, null, [], null, [], null, DateTimeOffset.UnixEpoch, DateOnly.MaxValue)).ToList();
        var vectors = encoder is null ? null : new ListingEncoder(encoder).Encode(documents, CancellationToken.None);
        // A record without a title has no title vector of its own.
        var entries = documents.Select((document, i) => new IndexEntry(document, vectors is null ? null : vectors[i] with { Title = vectors[i].Text })).ToList();
        Report.Machine();
        foreach (var open in Engines.Of(engineName))
        {
            await using var measured = open();
            var engine = measured.Open();
            try
            {
                await engine.RebuildAsync(entries.ToAsyncEnumerable(), CancellationToken.None);
                Console.WriteLine($"{measured.Name}: {papers.Count} abstracts, each query for its own");
                Console.WriteLine("| query | found by | R@1 | R@10 | MRR@10 |\n|---|---|---|---|---|");
                await MeasureAsync("title", engine, encoder, [.. papers.Select(p => p.Title)]);
                await MeasureAsync("keywords", engine, encoder, [.. papers.Select(p => string.Join(' ', p.Keywords))]);
            }
            finally
            {
                (engine as IDisposable)?.Dispose();
            }
        }
        return 0;
    }

    private static async Task MeasureAsync(string what, ISearchEngine engine, SentenceEncoder? encoder, IReadOnlyList<string> queries)
    {
        SearchRequest Request(int i, float[]? vector) => new(queries[i], ListingKind.Achievement, Everything, SearchSort.Relevance, Today, Size: Deep, Vector: vector);
        await RowAsync(what, "words", queries.Count, async i => [.. (await engine.SearchAsync(Request(i, null), CancellationToken.None)).Hits.Select(h => h.Id)]);
        if (encoder is null) return;
        var vectors = queries.Chunk(EncodeAtOnce).SelectMany(some => encoder.Encode(some, CancellationToken.None)).ToList();
        await RowAsync(what, "vectors", queries.Count, async i => [.. (await engine.NearestAsync(new VectorQuery(ListingKind.Achievement, vectors[i], Today, Deep), CancellationToken.None)).Select(h => h.Id)]);
        await RowAsync(what, "hybrid", queries.Count, async i => [.. (await engine.SearchAsync(Request(i, vectors[i]), CancellationToken.None)).Hits.Select(h => h.Id)]);
        await RowAsync(what, "candidates of matching", queries.Count, i => CandidatesAsync(engine, queries[i], vectors[i]));
    }

    /// <summary>As matching looks for candidates: words and characters of a whole text, vectors, fused by reciprocal rank.</summary>
    private static async Task<IReadOnlyList<int>> CandidatesAsync(ISearchEngine engine, string text, float[] vector) =>
        [.. MatchFinder.Fuse(
            await engine.WordsAsync(new WordQuery(ListingKind.Achievement, text, text, Today, MatchFinder.Candidates), CancellationToken.None),
            await engine.NearestAsync(new VectorQuery(ListingKind.Achievement, vector, Today, MatchFinder.Candidates), CancellationToken.None)).Take(Deep)];

    private static async Task RowAsync(string what, string how, int count, Func<int, Task<IReadOnlyList<int>>> find)
    {
        var places = new List<int>();
        for (var i = 0; i < count; i++) places.Add((await find(i)).ToList().IndexOf(i + 1));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {how} | {places.Count(p => p == 0) / (double)count:0.000} | {places.Count(p => p >= 0) / (double)count:0.000} | {places.Average(p => p < 0 ? 0 : 1.0 / (p + 1)):0.000} |"));
    }
}
