namespace Matchmaking.Matching.Ranking;

/// <summary>
/// Grades → a ranker. Split by need, never by pair: what is held back for the calibration are whole needs.
/// The same grades and seed give the same ranker.
/// </summary>
public static class RankerTrainer
{
    /// <summary>Fewer graded pairs than this teach nothing that would hold.</summary>
    public const int LeastPairs = 50;

    private const int CalibrationFolds = 4;

    /// <summary>Models of each kind, alike but for their seed; their mean depends less on chance.</summary>
    private const int Bags = 3;

    /// <exception cref="ArgumentException">Too few grades, or all of them alike.</exception>
    public static LearnedRanker Train(IReadOnlyList<GradedPair> pairs, int seed = 7)
    {
        if (pairs.Count < LeastPairs) throw new ArgumentException($"{pairs.Count} graded pairs are too few; at least {LeastPairs} are needed.", nameof(pairs));
        if (pairs.Select(p => p.Grade >= 3).Distinct().Count() < 2) throw new ArgumentException("All grades are on one side of 3; nothing can be learned.", nameof(pairs));
        var byNeed = pairs.GroupBy(p => p.Need.Document.Id).OrderBy(g => g.Key).Select(g => (IReadOnlyList<GradedPair>)[.. g]).ToList();
        var held = new List<(double Score, int Grade)>();
        for (var fold = 0; fold < CalibrationFolds; fold++)
        {
            var learned = Fit([.. byNeed.Where((_, i) => i % CalibrationFolds != fold)], seed, GradeScale.Unknown);
            foreach (var need in byNeed.Where((_, i) => i % CalibrationFolds == fold))
                held.AddRange(learned.ScoreAll(CandidatesOf(need)).Zip(need, (score, pair) => (score.Value, pair.Grade)));
        }
        return Fit(byNeed, seed, GradeScale.Fit(held));
    }

    private static LearnedRanker Fit(IReadOnlyList<IReadOnlyList<GradedPair>> needs, int seed, GradeScale scale)
    {
        var neighbours = new NeighbourLabels(needs.SelectMany(n => n));
        var rows = needs.SelectMany((need, group) => LearnedFeatures.Of(CandidatesOf(need), neighbours)
            .Zip(need, (features, pair) => new TreeRow { Label = pair.Grade - 1, Group = group, Features = features })).ToList();
        var width = LearnedFeatures.Names.Count;
        LearnedRanker.Member[] members =
        [
            .. Enumerable.Range(0, Bags).Select(bag => Standardised(Trees.Ranking(rows, width, seed + bag), rows, 1.0 / Bags)),
            .. Enumerable.Range(0, Bags).Select(bag => Standardised(Trees.Regression(rows, width, seed + bag), rows, 1.0 / Bags)),
            Standardised(null, rows, 1),
        ];
        return new LearnedRanker($"learned-{seed}", neighbours, members, scale);
    }

    private static LearnedRanker.Member Standardised(Trees? trees, IReadOnlyList<TreeRow> rows, double share)
    {
        var scores = trees?.Score([.. rows.Select(r => r.Features)]) ?? [.. rows.Select(r => r.Features[LearnedFeatures.WeightedAt])];
        var mean = scores.Average(s => (double)s);
        return new LearnedRanker.Member(trees, mean, Math.Max(1e-6, Math.Sqrt(scores.Average(s => (s - mean) * (s - mean)))), share);
    }

    private static IReadOnlyList<Candidate> CandidatesOf(IReadOnlyList<GradedPair> need) => [.. need.Select(p => new Candidate(p.Need, p.Achievement, p.Features))];
}
