namespace Matchmaking.Matching.Ranking;

/// <summary>
/// The numbers of a pair that the learned ranker weighs: the named features, and each of them once more as its distance from the mean of the
/// listing's candidates in standard deviations. Not known is NaN.
/// </summary>
public static class LearnedFeatures
{
    /// <summary>Set to a candidate's place among the others; named feature:pool.</summary>
    private const string PoolSuffix = ":pool";

    /// <summary>Names in the order of the numbers: first the features, then their places in the pool.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Feature.All, .. Feature.All.Select(f => f + PoolSuffix)];

    /// <summary>One row for each candidate of one listing.</summary>
    public static IReadOnlyList<float[]> Of(IReadOnlyList<Candidate> candidates)
    {
        var rows = candidates.Select(c => new float[Names.Count]).ToList();
        for (var f = 0; f < Feature.All.Count; f++)
        {
            for (var i = 0; i < rows.Count; i++) rows[i][f] = candidates[i].Features.TryGetValue(Feature.All[f], out var value) ? (float)value : float.NaN;
            var (mean, deviation) = Spread(rows.Select(r => r[f]));
            foreach (var row in rows) row[Feature.All.Count + f] = float.IsNaN(row[f]) ? float.NaN : deviation == 0 ? 0 : (row[f] - mean) / deviation;
        }
        return rows;
    }

    /// <summary>Mean and standard deviation of what is known; a deviation of 0 says that all are alike.</summary>
    internal static (float Mean, float Deviation) Spread(IEnumerable<float> values)
    {
        var known = values.Where(v => !float.IsNaN(v)).ToList();
        if (known.Count == 0) return (0, 0);
        var mean = known.Average(v => (double)v);
        var deviation = Math.Sqrt(known.Average(v => (v - mean) * (v - mean)));
        return ((float)mean, deviation < 1e-6 ? 0 : (float)deviation);
    }
}
