using System.Diagnostics;
using System.Globalization;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Benchmarks;

/// <summary>
/// How fast an engine fills, opens and answers with so many listings, made by <see cref="ListingMaker"/>. Everything goes through <see cref="ISearchEngine"/>.
/// Making the listings is not counted; searching and indexing have the machine to themselves as far as this program goes.
/// </summary>
internal static class Speed
{
    private const int TermSample = 20_000;
    private const int Warm = 20;
    private const int Best = 20;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Options(arguments, "--listings", "--engine", "--papers", "--seed", "--queries", "--profile", "--rebuild");
        var count = options.Number("--listings", 10_000, 100, 10_000_000);
        var queries = options.Number("--queries", 200, 20, 100_000);
        var profile = options.YesNo("--profile", otherwise: false);
        var rebuild = options.YesNo("--rebuild", otherwise: true);
        var engines = Engines.Of(options.Text("--engine") ?? "lucene");
        using var encoder = SentenceEncoder.TryOpen(SearchRegistration.DefaultEncoder, out var reason);
        if (encoder is null) Console.Error.WriteLine($"Words only: {reason}");
        var maker = new ListingMaker(Papers.Read(options.Text("--papers"), encoder is null ? null : new ListingEncoder(encoder)), options.Number("--seed", 7, 0, int.MaxValue));

        Report.Machine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} listings, one need in {ListingMaker.NeedEvery}, made of sentences of {maker.Papers.Count:N0} real papers: 4 to 9 sentences of up to three papers of one discipline; vectors are means of really encoded ones, turned by 0.1 to 0.25 radians."));
        var terms = TermStatistics.From(Enumerable.Range(1, Math.Min(count, TermSample)).Select(id => maker.Make(id, sentences: false).Document));
        foreach (var open in engines)
        {
            await using var measured = open();
            await MeasureAsync(measured, maker, terms, count, queries, rebuild, profile);
        }
        return 0;
    }

    private static async Task MeasureAsync(MeasuredEngine measured, ListingMaker maker, TermStatistics terms, int count, int queries, bool rebuild, bool profile)
    {
        Report.Header($"{measured.Name}, {count:N0} listings", "value");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var engine = measured.Open();
        try
        {
            await FillAsync("index, first time", engine, maker, count);
            if (rebuild) await FillAsync("full rebuild with stored vectors", engine, maker, count);
        }
        finally
        {
            (engine as IDisposable)?.Dispose();
        }
        Report.Row("size on disk", Report.Mib(await measured.SizeAsync()));

        var start = Stopwatch.GetTimestamp();
        engine = measured.Open();
        try
        {
            var status = await engine.StatusAsync(CancellationToken.None);
            Report.Row("open the existing index", $"{Report.Ms(Stopwatch.GetElapsedTime(start).TotalMilliseconds)} ms, {status.Documents:N0} documents, {status.Vectors:N0} with vectors");
            Report.Row("managed memory of the open engine", Report.Mib(GC.GetTotalMemory(forceFullCollection: true) - before));

            Report.Header($"{measured.Name}, {count:N0} listings", "calls", "p50 ms", "p95 ms", "p99 ms", "KiB a call");
            await SearchAsync(engine, maker, queries);
            await CandidatesAsync(engine, maker, terms, count, queries);
            if (profile) await ProfileAsync(measured.Name, engine, maker, terms, count);
            Report.Header("memory after all this", "value");
            Report.Row("managed, with the raw material of the listings", Report.Mib(GC.GetTotalMemory(forceFullCollection: true)));
            using var process = Process.GetCurrentProcess();
            Report.Row("working set of the whole program", Report.Mib(process.WorkingSet64));
        }
        finally
        {
            (engine as IDisposable)?.Dispose();
        }
    }

    private static async Task FillAsync(string what, ISearchEngine engine, ListingMaker maker, int count)
    {
        var making = new Stopwatch();
        var start = Stopwatch.GetTimestamp();
        await engine.RebuildAsync(Entries(maker, count, making), CancellationToken.None);
        var seconds = (Stopwatch.GetElapsedTime(start) - making.Elapsed).TotalSeconds;
        Report.Row(what, string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s, {count / seconds:N0} listings/s"));
    }

    private static async IAsyncEnumerable<IndexEntry> Entries(ListingMaker maker, int count, Stopwatch making)
    {
        const int AtOnce = 1_000;
        for (var first = 1; first <= count; first += AtOnce)
        {
            making.Start();
            var some = new IndexEntry[Math.Min(AtOnce, count - first + 1)];
            Parallel.For(0, some.Length, i => some[i] = maker.Make(first + i, sentences: false));
            making.Stop();
            foreach (var entry in some) yield return entry;
        }
        await Task.CompletedTask;
    }

    private static async Task SearchAsync(ISearchEngine engine, ListingMaker maker, int queries)
    {
        foreach (var (what, requests) in Searches(maker, queries + Warm))
        {
            foreach (var request in requests.Take(Warm)) await engine.SearchAsync(request, CancellationToken.None);
            Report.Calls($"search with facets, {what}", await Timing.OfAsync(requests.Skip(Warm), request => engine.SearchAsync(request, CancellationToken.None)));
        }
    }

    private static IEnumerable<(string What, List<SearchRequest> Requests)> Searches(ListingMaker maker, int count)
    {
        foreach (var (what, longText, vector) in new[] { ("keywords", false, false), ("keywords and vector", false, true), ("long text", true, false), ("long text and vector", true, true) })
        {
            var requests = Enumerable.Range(0, count).Select(i => maker.Query(i, longText)).Where(query => !vector || query.Vector is not null)
                .Select((query, i) => new SearchRequest(query.Text, ListingKind.Achievement, Filters(i), SearchSort.Relevance, ListingMaker.Today, Vector: vector ? query.Vector : null)).ToList();
            if (requests.Count > 0) yield return (what, requests);
        }
        var everything = new SearchRequest("", ListingKind.Achievement, Filters(1), SearchSort.Newest, ListingMaker.Today);
        yield return ("no text, one filter", [.. Enumerable.Repeat(everything, Math.Min(count, 50 + Warm))]);
    }

    private static async Task ProfileAsync(string name, ISearchEngine engine, ListingMaker maker, TermStatistics terms, int count)
    {
        const int Calls = 50;
        Report.Header($"{name}, {count:N0} listings: what is allocated, by samples", "types");
        foreach (var (what, requests) in Searches(maker, Calls))
            Report.Row($"search with facets, {what}", await AllocationSample.OfAsync(requests, request => engine.SearchAsync(request, CancellationToken.None)));
        var needs = Needs(maker, count, Calls);
        Report.Row("100 candidates of a need by words", await AllocationSample.OfAsync(needs, need => engine.WordsAsync(new WordQuery(ListingKind.Achievement, need.Document.Title, need.Document.Text, ListingMaker.Today, MatchFinder.Candidates), CancellationToken.None)));
        // Candidates are made once, so that making them is not in the sample.
        var source = new KeptCandidates(maker);
        var finder = new MatchFinder(engine, source, new WeightedRanker());
        foreach (var need in needs) await finder.FindAsync(need, terms, Best, ListingMaker.Today, CancellationToken.None);
        Report.Row($"best {Best} for a need with features and reasons, records in memory", await AllocationSample.OfAsync(needs, need => finder.FindAsync(need, terms, Best, ListingMaker.Today, CancellationToken.None)));
    }

    private static List<IndexEntry> Needs(ListingMaker maker, int count, int take) =>
        [.. Enumerable.Range(1, count / ListingMaker.NeedEvery).Select(i => i * ListingMaker.NeedEvery).Take(take).Select(id => maker.Make(id, sentences: true))];

    /// <summary>Two of three requests have a filter.</summary>
    private static Dictionary<string, IReadOnlyList<string>> Filters(int i) => (i % 3) switch
    {
        1 => new() { [Facet.Region] = ["220100", "220200"] },
        2 => new() { [Facet.Money] = [MoneyBand.Low, MoneyBand.Middle], [Facet.Band] = ["Mature"] },
        _ => [],
    };

    private static async Task CandidatesAsync(ISearchEngine engine, ListingMaker maker, TermStatistics terms, int count, int queries)
    {
        var needs = Needs(maker, count, queries + Warm);
        var words = needs.Select(need => new WordQuery(ListingKind.Achievement, need.Document.Title, need.Document.Text, ListingMaker.Today, MatchFinder.Candidates)).ToList();
        foreach (var query in words.Take(Warm)) await engine.WordsAsync(query, CancellationToken.None);
        Report.Calls("100 candidates of a need by words", await Timing.OfAsync(words, query => engine.WordsAsync(query, CancellationToken.None)));
        if (needs[0].Vectors is not null)
        {
            var nearest = needs.Select(need => new VectorQuery(ListingKind.Achievement, need.Vectors!.Text, ListingMaker.Today, MatchFinder.Candidates)).ToList();
            foreach (var query in nearest.Take(Warm)) await engine.NearestAsync(query, CancellationToken.None);
            Report.Calls("100 candidates of a need by vector", await Timing.OfAsync(nearest, query => engine.NearestAsync(query, CancellationToken.None)));
        }

        var source = new MadeCandidates(maker);
        var finder = new MatchFinder(engine, source, new WeightedRanker());
        foreach (var need in needs.Take(Warm)) await finder.FindAsync(need, terms, Best, ListingMaker.Today, CancellationToken.None);
        var all = new Timing();
        foreach (var need in needs)
        {
            source.Reset();
            var before = GC.GetTotalAllocatedBytes();
            var start = Stopwatch.GetTimestamp();
            await finder.FindAsync(need, terms, Best, ListingMaker.Today, CancellationToken.None);
            all.Add(Stopwatch.GetElapsedTime(start) - source.Loading.Elapsed, GC.GetTotalAllocatedBytes() - before - source.Allocated);
        }
        Report.Calls($"best {Best} for a need with features and reasons, records in memory", all);
    }
}

/// <summary>Candidates made anew when asked for; the time and memory of that are kept apart.</summary>
internal sealed class MadeCandidates(ListingMaker maker) : ICandidateSource
{
    public Stopwatch Loading { get; } = new();
    public long Allocated { get; private set; }

    public void Reset()
    {
        Loading.Reset();
        Allocated = 0;
    }

    public Task<IReadOnlyList<IndexEntry>> LoadAsync(IReadOnlyList<int> ids, CancellationToken cancellationToken)
    {
        var before = GC.GetTotalAllocatedBytes();
        Loading.Start();
        IReadOnlyList<IndexEntry> entries = [.. ids.Select(id => maker.Make(id, sentences: true))];
        Loading.Stop();
        Allocated += GC.GetTotalAllocatedBytes() - before;
        return Task.FromResult(entries);
    }
}
