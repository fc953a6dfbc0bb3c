namespace Matchmaking.Matching.Ranking;

/// <summary>
/// Learned from brokers' grades: the mean of a ranking model, a regression of the grade and the fixed weights, each in its own standard deviations.
/// Made by <see cref="RankerTrainer"/>; immutable. Its score is given as a whole, not yet by features, so it is measured and not used in the product.
/// </summary>
public sealed class LearnedRanker(string version, NeighbourLabels neighbours, IReadOnlyList<LearnedRanker.Member> members, GradeScale scale) : IRanker
{
    public string Version => version;

    /// <summary>From a score of this ranker to the grade that a broker would give.</summary>
    public GradeScale Scale => scale;

    /// <summary>A model with the mean and deviation of its scores over the training pairs; without trees it is the fixed score.</summary>
    public sealed record Member(Trees? Trees, double Mean, double Deviation, double Share);

    public IReadOnlyList<Score> ScoreAll(IReadOnlyList<Candidate> candidates)
    {
        var rows = LearnedFeatures.Of(candidates, neighbours);
        var values = Combine(rows);
        return [.. values.Select(v => new Score(v, scale.Good(v), [new Contribution(WeightedRanker.Bias, v)]))];
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
