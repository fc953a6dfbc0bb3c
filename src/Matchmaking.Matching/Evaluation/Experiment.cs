using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Evaluation;

/// <summary>A need with its judged candidates.</summary>
public sealed record JudgedNeed(string Id, IndexEntry Need, IReadOnlyList<(IndexEntry Candidate, int Level)> Pool, int Fold = 0);

/// <param name="Ndcg10">Mean over the needs that count: at least five judged pairs and one of level 3 or 4.</param>
public sealed record ExperimentRow(string Ranker, double Ndcg10, double Low, double High, double Mrr, double PrecisionAt1, double Ece, int Needs)
{
    /// <summary>Mean absolute error of the predicted level over all judged pairs; NaN for a ranker that predicts none.</summary>
    public double Mae { get; init; } = double.NaN;

    /// <summary>NDCG@10 of each need that counts, in the order of the needs, for paired comparison.</summary>
    public IReadOnlyList<double> PerNeed { get; init; } = [];
}

/// <summary>Orders each need's judged pool and measures it. The pool is ranked by the product's own code.</summary>
public static class Experiment
{
    public const int LeastPool = 5;

    public static bool Counts(JudgedNeed need) => need.Pool.Count >= LeastPool && need.Pool.Any(p => p.Level >= 3);

    /// <summary>The product's ranker through <see cref="MatchFinder.Rank"/>.</summary>
    public static ExperimentRow Run(string name, IReadOnlyList<JudgedNeed> needs, MatchFinder finder, TermStatistics terms, DateOnly today) =>
        Measure(name, needs, need =>
        {
            var level = need.Pool.ToDictionary(p => p.Candidate.Document.Id, p => p.Level);
            return [.. finder.Rank(need.Need, need.Pool.Select(p => p.Candidate), terms, need.Pool.Count, today)
                .Select(r => (level[r.Candidate.Id], r.Score.Value, r.Score.Probability))];
        });

    /// <summary>Any score of a pair.</summary>
    public static ExperimentRow Run(string name, IReadOnlyList<JudgedNeed> needs, Func<JudgedNeed, IndexEntry, double> score) =>
        Run(name, needs, need => [.. need.Pool.Select(p => (score(need, p.Candidate), double.NaN))]);

    /// <summary>Any scores of a need's whole pool, in its order, with probabilities of level ≥ 3, NaN where there are none. Ties go by a scrambled id: the order of a pool's file may itself follow the levels.</summary>
    public static ExperimentRow Run(string name, IReadOnlyList<JudgedNeed> needs, Func<JudgedNeed, IReadOnlyList<(double Score, double Probability)>> scores) =>
        Measure(name, needs, need => [.. need.Pool.Zip(scores(need), (p, s) => (p.Level, s.Score, s.Probability, Tie: unchecked((uint)p.Candidate.Document.Id * 2_654_435_761u)))
            .OrderByDescending(p => p.Score).ThenBy(p => p.Tie).Select(p => (p.Level, p.Score, p.Probability))]);

    private static ExperimentRow Measure(string name, IReadOnlyList<JudgedNeed> needs, Func<JudgedNeed, List<(int Level, double Score, double Probability)>> order)
    {
        var ndcg = new List<double>();
        var reciprocal = new List<double>();
        var first = new List<double>();
        var probabilities = new List<double>();
        var outcomes = new List<bool>();
        foreach (var need in needs)
        {
            var ordered = order(need);
            foreach (var (level, _, probability) in ordered.Where(o => !double.IsNaN(o.Probability)))
            {
                probabilities.Add(probability);
                outcomes.Add(level >= 3);
            }
            if (!Counts(need)) continue;
            var levels = ordered.Select(o => o.Level).ToList();
            ndcg.Add(RankingMetrics.Ndcg(levels, 10) ?? 0);
            reciprocal.Add(RankingMetrics.ReciprocalRank(levels));
            first.Add(RankingMetrics.PrecisionAt1(levels));
        }
        var (low, high) = RankingMetrics.Interval(ndcg);
        return new ExperimentRow(name, ndcg.DefaultIfEmpty(0).Average(), low, high, reciprocal.DefaultIfEmpty(0).Average(), first.DefaultIfEmpty(0).Average(),
            probabilities.Count == 0 ? double.NaN : RankingMetrics.Ece(probabilities, outcomes), ndcg.Count) { PerNeed = ndcg };
    }
}
