namespace Matchmaking.Matching.Ranking;

/// <summary>
/// Learned from brokers' grades: the mean of a ranking model, a regression of the grade and the fixed weights, each in its own standard deviations.
/// Made by <see cref="RankerTrainer"/>; immutable.
/// </summary>
public sealed class LearnedRanker(string version, NeighbourLabels neighbours, IReadOnlyList<LearnedRanker.Member> members, GradeScale scale) : IRanker
{
    public const string Bias = "bias";

    private static readonly WeightedRanker Fixed = new();

    public string Version => version;

    /// <summary>From a score of this ranker to the grade that a broker would give.</summary>
    public GradeScale Scale => scale;

    /// <summary>A model with the mean and deviation of its scores over the training pairs; without trees it is the fixed score.</summary>
    public sealed record Member(Trees? Trees, double Mean, double Deviation, double Share);

    /// <summary>A pair alone has no place among others; it is scored as if all others were like it.</summary>
    public Score Score(IReadOnlyDictionary<string, double> features) => throw new NotSupportedException("The learned ranker scores the candidates of a listing together.");

    public IReadOnlyList<Score> ScoreAll(IReadOnlyList<Candidate> candidates)
    {
        var rows = LearnedFeatures.Of(candidates, Fixed, neighbours);
        var values = Combine(rows);
        return [.. values.Select(v => new Score(v, scale.Good(v), [new Contribution(Bias, v)]))];
    }

    private double[] Combine(IReadOnlyList<float[]> rows)
    {
        var sums = new double[rows.Count];
        foreach (var member in members)
        {
            var scores = member.Trees?.Score(rows) ?? [.. rows.Select(r => r[LearnedFeatures.WeightedAt])];
            for (var i = 0; i < sums.Length; i++) sums[i] += member.Share * (scores[i] - member.Mean) / member.Deviation;
        }
        return sums;
    }
}
