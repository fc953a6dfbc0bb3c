using System.Globalization;
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

    public static int Run(string[] arguments)
    {
        var options = Read(arguments);
        try
        {
            using var encoder = SentenceEncoder.TryOpen(SearchRegistration.DefaultEncoder, out var reason);
            if (encoder is null) Console.Error.WriteLine($"Words only: {reason}");
            if (options.TryGetValue("--samples", out var samples)) Print(SampleJudgements.Read(new SampleFiles(samples), encoder, CancellationToken.None), []);
            else if (options.TryGetValue("--data", out var data) && options.TryGetValue("--train", out var train))
            {
                var (needs, corpus) = PairData.Read(data, train, encoder);
                Print(needs, corpus);
            }
            else return Usage();
            return 0;
        }
        catch (Exception error) when (error is FormatException or IOException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    private static int Usage()
    {
        Console.Error.WriteLine("quality needs --samples DIR, or --data DIR with --train FILE.");
        return 2;
    }

    private static void Print(IReadOnlyList<JudgedNeed> needs, IReadOnlyList<ListingDocument> corpus)
    {
        var documents = corpus.Count > 0 ? corpus : [.. needs.Select(n => n.Need.Document).Concat(needs.SelectMany(n => n.Pool.Select(p => p.Candidate.Document))).DistinctBy(d => d.Id)];
        var terms = TermStatistics.From(documents);
        var ranker = new WeightedRanker();
        var finder = new MatchFinder(null!, null!, ranker);
        var prepared = new Dictionary<int, PreparedListing>();
        PreparedListing Prepared(IndexEntry entry) => prepared.TryGetValue(entry.Document.Id, out var known) ? known : prepared[entry.Document.Id] = new PreparedListing(entry.Document, entry.Vectors);
        var described = needs.SelectMany(n => n.Pool.Select(p => (n.Need.Document.Id, Other: p.Candidate.Document.Id, Values: PairFeatures.Describe(Prepared(n.Need), Prepared(p.Candidate), terms, Today).Values)))
            .DistinctBy(d => (d.Id, d.Other)).ToDictionary(d => (d.Id, d.Other), d => d.Values);
        var random = new Random(7);
        var rows = new List<ExperimentRow> { Experiment.Run("random", needs, (_, _) => random.NextDouble()) };
        foreach (var feature in Feature.All)
        {
            if (described.Values.Any(v => v.ContainsKey(feature)))
                rows.Add(Experiment.Run(feature, needs, (n, c) => described[(n.Need.Document.Id, c.Document.Id)].GetValueOrDefault(feature, double.MinValue)));
        }
        rows.Add(Experiment.Run(ranker.Version, needs, finder, terms, Today));
        var (slope, intercept) = Calibrate([.. needs.SelectMany(n => n.Pool.Select(p => (ranker.Score(described[(n.Need.Document.Id, p.Candidate.Document.Id)]).Value, p.Level >= 3)))]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Calibration on these pairs: P = logistic({slope:0.000} · score {intercept:+0.000;-0.000})"));
        Console.WriteLine($"{needs.Count} needs, {needs.Sum(n => n.Pool.Count)} judged pairs, {rows[0].Needs} needs counted");
        Console.WriteLine("| ranker | NDCG@10 | 95 % | MRR | P@1 | ECE |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var row in rows)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {row.Ranker} | {row.Ndcg10:0.000} | {row.Low:0.000}–{row.High:0.000} | {row.Mrr:0.000} | {row.PrecisionAt1:0.000} | {(double.IsNaN(row.Ece) ? "" : row.Ece.ToString("0.000", CultureInfo.InvariantCulture))} |"));
    }

    /// <summary>Slope and intercept that turn the raw score into the probability of level ≥ 3 (logistic regression by Newton's method).</summary>
    private static (double Slope, double Intercept) Calibrate(IReadOnlyList<(double Score, bool Good)> pairs)
    {
        double a = 0, b = 0;
        for (var step = 0; step < 50; step++)
        {
            double ga = 0, gb = 0, haa = 1e-6, hab = 0, hbb = 1e-6;
            foreach (var (score, good) in pairs)
            {
                var p = 1 / (1 + Math.Exp(-((a * score) + b)));
                var error = p - (good ? 1 : 0);
                var weight = p * (1 - p);
                (ga, gb) = (ga + (error * score), gb + error);
                (haa, hab, hbb) = (haa + (weight * score * score), hab + (weight * score), hbb + weight);
            }
            var determinant = (haa * hbb) - (hab * hab);
            (a, b) = (a - (((hbb * ga) - (hab * gb)) / determinant), b - (((haa * gb) - (hab * ga)) / determinant));
        }
        return (a, b);
    }

    private static Dictionary<string, string> Read(string[] arguments)
    {
        var options = new Dictionary<string, string>();
        for (var i = 0; i + 1 < arguments.Length; i += 2) options[arguments[i]] = arguments[i + 1];
        return options;
    }
}
