using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Evaluation;

/// <summary>Pairs whose probability lay in one twentieth from <paramref name="From"/> on: what was said and what was so.</summary>
public sealed record ReliabilityBin(double From, int Count, double Said, double Was);

/// <summary>NDCG@10 of the needs of one technology field.</summary>
public sealed record FieldMeasure(string Field, int Needs, double Ndcg10, double Low, double High);

/// <summary>How well a ranker orders what brokers have graded, each need scored without its own grades.</summary>
/// <param name="Needs">Needs that count: five graded pairs or more, one of them 3 or 4.</param>
public sealed record RankerMeasure(
    string Ranker, int Grades, int Needs, double Ndcg10, double Low, double High, double Mrr, double PrecisionAt1, double Ece,
    IReadOnlyList<ReliabilityBin> Bins, IReadOnlyList<FieldMeasure> Fields)
{
    /// <param name="scores">Held-back scores in the order of the pairs.</param>
    /// <returns>The measure, and NDCG@10 of each need that counts, in the order of the needs' ids.</returns>
    public static (RankerMeasure Measure, IReadOnlyList<double> PerNeed) Of(string ranker, IReadOnlyList<GradedPair> pairs, IReadOnlyList<Score> scores)
    {
        var byNeed = pairs.Zip(scores).GroupBy(p => p.First.Need.Document.Id).OrderBy(g => g.Key).Select(g => g.ToList()).ToList();
        List<JudgedNeed> needs = [.. byNeed.Select(g => new JudgedNeed($"{g[0].First.Need.Document.Id}", g[0].First.Need, [.. g.Select(p => (p.First.Achievement, p.First.Grade))]))];
        var scored = byNeed.ToDictionary(g => $"{g[0].First.Need.Document.Id}", g => (IReadOnlyList<(double, double)>)[.. g.Select(p => (p.Second.Value, p.Second.Probability))]);
        var row = Experiment.Run(ranker, needs, need => scored[need.Id]);
        var fields = needs.Where(Experiment.Counts).Zip(row.PerNeed).GroupBy(n => n.First.Need.Document.Field).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g =>
        {
            IReadOnlyList<double> values = [.. g.Select(n => n.Second)];
            var (low, high) = RankingMetrics.Interval(values);
            return new FieldMeasure(g.Key, values.Count, values.Average(), low, high);
        });
        return (new RankerMeasure(ranker, pairs.Count, row.Needs, row.Ndcg10, row.Low, row.High, row.Mrr, row.PrecisionAt1, double.IsNaN(row.Ece) ? 0 : row.Ece, BinsOf(pairs, scores), [.. fields]), row.PerNeed);
    }

    private static List<ReliabilityBin> BinsOf(IReadOnlyList<GradedPair> pairs, IReadOnlyList<Score> scores) =>
        [.. scores.Zip(pairs).GroupBy(p => Math.Min(19, (int)(p.First.Probability * 20))).OrderBy(g => g.Key)
            .Select(g => new ReliabilityBin(g.Key / 20.0, g.Count(), g.Average(p => p.First.Probability), g.Average(p => p.Second.Grade >= 3 ? 1.0 : 0)))];
}

/// <summary>A new ranker against the one in use, on the same grades, each need scored without its own.</summary>
/// <param name="Difference">Mean difference of NDCG@10 over the needs that count, with its 95 % interval by resampling them.</param>
public sealed record RankerComparison(RankerMeasure Candidate, RankerMeasure InUse, double Difference, double Low, double High)
{
    /// <summary>With fewer grades or needs an interval says little.</summary>
    public const int LeastGrades = 300;
    public const int LeastNeeds = 20;

    public bool Enough => Candidate.Grades >= LeastGrades && Candidate.Needs >= LeastNeeds;

    /// <summary>The gate: enough grades, and better beyond doubt.</summary>
    public bool Passes => Enough && Low > 0;

    public static RankerComparison Of((RankerMeasure Measure, IReadOnlyList<double> PerNeed) candidate, (RankerMeasure Measure, IReadOnlyList<double> PerNeed) inUse)
    {
        IReadOnlyList<double> differences = [.. candidate.PerNeed.Zip(inUse.PerNeed, (a, b) => a - b)];
        var (low, high) = RankingMetrics.Interval(differences);
        return new RankerComparison(candidate.Measure, inUse.Measure, differences.DefaultIfEmpty(0).Average(), low, high);
    }
}
