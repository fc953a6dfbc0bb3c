using System.Diagnostics;
using System.Globalization;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Matchmaking.Matching.Writing;

namespace Matchmaking.Benchmarks;

/// <summary>The near terms and near figures of the samples' matches (each need with the best 20 of the samples' achievements), to be read by a person, with the time of the terms.</summary>
internal static class NearMeasure
{
    private const int Kept = 20;

    private static readonly DateOnly Today = new(2026, 11, 24);

    public static int Run(string[] arguments)
    {
        var options = new Options(arguments, "--samples", "--list");
        var files = new SampleFiles(options.Text("--samples") ?? throw new OptionException("near needs --samples DIR."));
        using var encoder = SentenceEncoder.TryOpen(SearchRegistration.DefaultEncoder, out var reason) ?? throw new OptionException($"There is no encoder: {reason}");
        var words = new NearWords(options.Text("--list") ?? WritingRegistration.DefaultNearTerms);
        var near = new NearTerms(words);
        var documents = SampleJudgements.Documents(files);
        var vectors = new ListingEncoder(encoder).Encode(documents, CancellationToken.None);
        var entries = documents.Select((d, i) => new IndexEntry(d, vectors[i])).ToList();
        var achievements = entries.Where(e => e.Document.Kind == ListingKind.Achievement).ToList();
        var needs = entries.Where(e => e.Document.Kind == ListingKind.Need).ToList();
        var fits = files.Grades().Where(g => g.Value >= 3).Select(g => (g.Need, g.Achievement)).ToHashSet();
        var finder = new MatchFinder(null!, null!, new WeightedRanker());
        var terms = TermStatistics.From(documents);
        var matches = needs.SelectMany(need => finder.Rank(need, achievements, terms, Kept, Today).Select(m => (Fits: fits.Contains((need.Document.Number, m.Candidate.Number)), m.Explanation))).ToList();
        var pairs = matches.SelectMany(m => m.Explanation.Sentences.Select(s => (m.Fits, Sentences: s))).ToList();
        var open = matches.SelectMany(m => m.Explanation.Ledger.Where(r => r.Verdict == LedgerVerdict.NotStated).Select(r => (m.Fits, Row: r))).ToList();

        near.Find(pairs[0].Sentences);
        var start = Stopwatch.GetTimestamp();
        var found = pairs.Select(p => (p.Fits, p.Sentences, Near: near.Find(p.Sentences))).ToList();
        var time = Stopwatch.GetElapsedTime(start);

        Report.Header("matches", "pairs of sentences", "with a near term");
        Report.Row("graded 3 or 4", Report.Whole(found.Count(f => f.Fits)), Report.Whole(found.Count(f => f.Fits && f.Near.Count > 0)));
        Report.Row("all", Report.Whole(found.Count), Report.Whole(found.Count(f => f.Near.Count > 0)));
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{words.Current().Words.Count} words in the list, {time.TotalMilliseconds / pairs.Count:0.000} ms a pair of sentences"));
        Report.Machine();
        Console.WriteLine();
        Report.Header("matches", "figures not stated", "with a near figure");
        Report.Row("graded 3 or 4", Report.Whole(open.Count(o => o.Fits)), Report.Whole(open.Count(o => o.Fits && o.Row.Near is not null)));
        Report.Row("all", Report.Whole(open.Count), Report.Whole(open.Count(o => o.Row.Near is not null)));
        Console.WriteLine();
        Console.WriteLine("Near figures: " + string.Join(", ", Counted(open.Where(o => o.Row.Near is not null).Select(o => $"{o.Row.Asked.Name}-{o.Row.Near!.Name}"))));
        Console.WriteLine("Near terms: " + string.Join(", ", Counted(found.SelectMany(f => f.Near.Select(n => $"{n.Need.Of(f.Sentences.NeedText)}-{n.Achievement.Of(f.Sentences.AchievementText)}")))));
        return 0;
    }

    private static IEnumerable<string> Counted(IEnumerable<string> pairs) =>
        pairs.GroupBy(p => p).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} ({g.Count()})");
}
