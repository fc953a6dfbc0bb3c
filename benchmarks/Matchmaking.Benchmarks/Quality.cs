using System.Globalization;
using System.Text.Json;
using Matchmaking.Matching.Evaluation;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Benchmarks;

/// <summary>Prints how well each ranker orders judged pools, one row a ranker.</summary>
internal static class Quality
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Options(arguments, "--samples", "--data", "--train", "--test", "--output", "--known-item", "--engine");
        try
        {
            if (options.Text("--known-item") is { } papers) return await KnownItem.RunAsync(papers, options.Text("--engine") ?? "lucene");
            using var encoder = SentenceEncoder.TryOpen(SearchRegistration.DefaultEncoder, out var reason);
            if (encoder is null) Console.Error.WriteLine($"Words only: {reason}");
            IReadOnlyList<ExperimentRow> rows;
            if (options.Text("--samples") is { } samples) rows = Measure(SampleJudgements.Read(new SampleFiles(samples), encoder, CancellationToken.None), null, []);
            else if (options.Text("--data") is { } data && options.Text("--train") is { } train)
            {
                var files = PairData.Read(data, encoder, options.Text("--test") is { } test ? [train, test] : [train]);
                rows = Measure(files.Needs[^1], files.Needs.Count > 1 ? files.Needs[0] : null, files.Corpus);
            }
            else return Usage();
            if (options.Text("--output") is { } output) Write(output, rows);
            return 0;
        }
        catch (Exception error) when (error is FormatException or IOException or ArgumentException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    private static int Usage()
    {
        Console.Error.WriteLine("quality needs --samples DIR, --known-item PAPERS.csv, or --data DIR with --train FILE [--test FILE] [--output FILE.json].");
        return 2;
    }

    private static List<ExperimentRow> Measure(IReadOnlyList<JudgedNeed> needs, IReadOnlyList<JudgedNeed>? training, IReadOnlyList<ListingDocument> corpus)
    {
        var terms = TermStatistics.From(corpus.Count > 0 ? corpus : [.. needs.Select(n => n.Need.Document).Concat(needs.SelectMany(n => n.Pool.Select(p => p.Candidate.Document))).DistinctBy(d => d.Id)]);
        var described = Describe(needs.Concat(training ?? []), terms);
        double Value(JudgedNeed need, IndexEntry candidate, string feature) => described[(need.Need.Document.Id, candidate.Document.Id)].GetValueOrDefault(feature, double.MinValue);
        var random = new Random(7);
        var rows = new List<ExperimentRow> { Experiment.Run("random", needs, (_, _) => random.NextDouble()) };
        rows.AddRange(Feature.All.Where(f => described.Values.Any(v => v.ContainsKey(f))).Select(f => Experiment.Run(f, needs, (n, c) => Value(n, c, f))));
        var achievements = new Bm25([.. (corpus.Count > 0 ? corpus : [.. needs.SelectMany(n => n.Pool.Select(p => p.Candidate.Document))]).Where(d => d.Kind == ListingKind.Achievement)]);
        rows.Add(Experiment.Run("bm25_title", needs, (n, c) => achievements.Score(n.Need.Document.Title, c.Document.Text)));
        rows.Add(Experiment.Run("bm25_text", needs, (n, c) => achievements.Score(n.Need.Document.Text, c.Document.Text)));
        rows.Add(Experiment.Run("rrf", needs, need => Fused(need, Feature.TitleCharacters, Feature.CosineText, Value)));
        rows.Add(Experiment.Run("Weighted", needs, new MatchFinder(null!, null!, new WeightedRanker()), terms, Today));
        var learned = training is not null || needs.DistinctBy(n => n.Fold).Count() > 1 ? new Learned(needs, training, described) : null;
        if (learned is not null)
        {
            if (training is null) rows.Insert(rows.Count - 1, TreeBaseline.Row(needs, described));
            rows.Add(learned.Row());
            if (learned.FeedbackRow() is { } feedback) rows.Add(feedback);
            rows.Add(learned.Regressor());
        }
        Print(needs, rows);
        if (training is null) learned?.PrintCurve();
        var judged = training ?? needs;
        var calibration = Calibration.Fit([.. judged.SelectMany(n => n.Pool.Select(p => (WeightedRanker.Score(described[(n.Need.Document.Id, p.Candidate.Document.Id)]).Value, p.Level >= 3)))]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nCalibration of the fixed weights on {(training is null ? "these" : "the training")} pairs: P = logistic({calibration.Slope:0.000} · score {calibration.Intercept:+0.000;-0.000})"));
        return rows;
    }

    private static Dictionary<(int, int), IReadOnlyDictionary<string, double>> Describe(IEnumerable<JudgedNeed> needs, TermStatistics terms)
    {
        var prepared = new Dictionary<int, PreparedListing>();
        PreparedListing Prepared(IndexEntry entry) => prepared.TryGetValue(entry.Document.Id, out var known) ? known : prepared[entry.Document.Id] = new PreparedListing(entry.Document, entry.Vectors);
        var described = new Dictionary<(int, int), IReadOnlyDictionary<string, double>>();
        foreach (var (need, candidate) in needs.SelectMany(n => n.Pool.Select(p => (n.Need, p.Candidate))))
            described.TryAdd((need.Document.Id, candidate.Document.Id), PairFeatures.Describe(Prepared(need), Prepared(candidate), terms, Today).Values);
        return described;
    }

    private static IReadOnlyList<(double, double)> Fused(JudgedNeed need, string first, string second, Func<JudgedNeed, IndexEntry, string, double> value)
    {
        IReadOnlyList<ScoredId> Order(string feature) => [.. need.Pool.Select(p => new ScoredId(p.Candidate.Document.Id, value(need, p.Candidate, feature))).OrderByDescending(s => s.Score).ThenBy(s => s.Id)];
        var places = MatchFinder.Fuse(Order(first), Order(second)).Select((id, place) => (id, place)).ToDictionary(p => p.id, p => p.place);
        return [.. need.Pool.Select(p => ((double)-places[p.Candidate.Document.Id], double.NaN))];
    }

    private static void Print(IReadOnlyList<JudgedNeed> needs, List<ExperimentRow> rows)
    {
        static string Three(double value) => double.IsNaN(value) ? "" : value.ToString("0.000", CultureInfo.InvariantCulture);
        Console.WriteLine($"{needs.Count} needs, {needs.Sum(n => n.Pool.Count)} judged pairs, {rows[0].Needs} needs counted");
        Console.WriteLine("| ranker | NDCG@10 | 95 % | against the row above, 95 % | MRR | P@1 | MAE | 1/(1+MAE) | ECE |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var against = "";
            if (i > 0)
            {
                var (low, high) = RankingMetrics.Interval([.. row.PerNeed.Zip(rows[i - 1].PerNeed, (a, b) => a - b)]);
                against = string.Create(CultureInfo.InvariantCulture, $"{row.Ndcg10 - rows[i - 1].Ndcg10:+0.000;-0.000;0.000} ({low:+0.000;-0.000;0.000} to {high:+0.000;-0.000;0.000})");
            }
            Console.WriteLine($"| {row.Ranker} | {Three(row.Ndcg10)} | {Three(row.Low)}–{Three(row.High)} | {against} | {Three(row.Mrr)} | {Three(row.PrecisionAt1)} | {Three(row.Mae)} | {Three(1 / (1 + row.Mae))} | {Three(row.Ece)} |");
        }
    }

    private static void Write(string path, IEnumerable<ExperimentRow> rows)
    {
        static double? Known(double value) => double.IsNaN(value) ? null : value;
        var content = new { rows = rows.Select(r => new { ranker = r.Ranker, ndcg10 = r.Ndcg10, mrr = r.Mrr, p1 = r.PrecisionAt1, mae = Known(r.Mae), score = Known(1 / (1 + r.Mae)), ece = Known(r.Ece) }) };
        File.WriteAllText(path, JsonSerializer.Serialize(content));
    }
}
