using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Benchmarks;

/// <summary>What it costs to match all needs with all achievements in a night, by one worker and by several; measured on some needs, then reckoned for all.</summary>
internal static class NightRun
{
    private const int Best = 20;
    private const int TermSample = 20_000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Options(arguments, "--needs", "--achievements", "--sample", "--papers", "--seed", "--processes", "--kill-after", "--database");
        var needs = options.Number("--needs", 1_000, 1, 1_000_000);
        var achievements = options.Number("--achievements", 10_000, 100, 1_000_000);
        var sample = Math.Min(needs, options.Number("--sample", 200, 1, 100_000));
        using var encoder = SentenceEncoder.TryOpen(SearchRegistration.DefaultEncoder, out var reason);
        if (encoder is null) Console.Error.WriteLine($"Words only: {reason}");
        var maker = new ListingMaker(Papers.Read(options.Text("--papers"), encoder is null ? null : new ListingEncoder(encoder)), options.Number("--seed", 7, 0, int.MaxValue));
        Report.Machine();
        if (options.Number("--processes", 0, 0, 16) is > 0 and var processes)
            return await NightProcesses.RunAsync(maker, needs, achievements, processes, options.Number("--kill-after", 0, 0, 3_600), options.Text("--database"));
        await using var measured = Engines.Of("lucene")[0]();
        var engine = measured.Open();
        try
        {
            // One listing in so many is a need; the others are the achievements.
            var count = achievements * ListingMaker.NeedEvery / (ListingMaker.NeedEvery - 1);
            await engine.RebuildAsync(Enumerable.Range(1, count).Select(id => maker.Make(id, sentences: false)).ToAsyncEnumerable(), CancellationToken.None);
            var terms = TermStatistics.From(Enumerable.Range(1, Math.Min(count, TermSample)).Select(id => maker.Make(id, sentences: false).Document));
            var source = new KeptCandidates(maker);
            var finder = new MatchFinder(engine, source, new WeightedRanker());
            var some = Enumerable.Range(1, count / ListingMaker.NeedEvery).Take(sample).Select(i => maker.Make(i * ListingMaker.NeedEvery, sentences: true)).ToList();
            foreach (var need in some) await finder.FindAsync(need, terms, Best, ListingMaker.Today, CancellationToken.None);
            Report.Header($"{needs:N0} needs × {achievements:N0} achievements, best {Best} each with features and reasons", "needs measured", "ms a need", "all needs, reckoned");
            foreach (var workers in new[] { 1, 2 })
            {
                var start = Stopwatch.GetTimestamp();
                await Parallel.ForEachAsync(some, new ParallelOptions { MaxDegreeOfParallelism = workers }, async (need, cancel) => await Task.Run(() => finder.FindAsync(need, terms, Best, ListingMaker.Today, cancel), cancel));
                var each = Stopwatch.GetElapsedTime(start) / some.Count;
                Report.Row($"{workers} {(workers == 1 ? "worker" : "workers of one program")}", some.Count.ToString(CultureInfo.InvariantCulture), Report.Ms(each.TotalMilliseconds), (each * needs).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture));
            }
        }
        finally
        {
            (engine as IDisposable)?.Dispose();
        }
        return 0;
    }
}

/// <summary>Candidates made once and kept, as a database's cache would.</summary>
internal sealed class KeptCandidates(ListingMaker maker) : ICandidateSource
{
    private readonly ConcurrentDictionary<int, IndexEntry> kept = new();

    public Task<IReadOnlyList<IndexEntry>> LoadAsync(IReadOnlyList<int> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IndexEntry>>([.. ids.Select(id => kept.GetOrAdd(id, known => maker.Make(known, sentences: true)))]);
}
