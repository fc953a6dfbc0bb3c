namespace Matchmaking.Matching.Ranking;

/// <summary>
/// The numbers that the learned ranker sees of a pair: the named features, the fixed score, what neighbours suggest, and each of them once more
/// as its distance from the mean of the listing's candidates in standard deviations. Not known is NaN.
/// </summary>
public static class LearnedFeatures
{
    public const string Weighted = "weighted";
    public const string Neighbours = "neighbours";

    /// <summary>Set to a candidate's place among the others; named feature:pool.</summary>
    private const string PoolSuffix = ":pool";

    private static readonly IReadOnlyList<string> Raw = [.. Feature.All, Weighted, Neighbours];

    /// <summary>Where the fixed score stands in a row.</summary>
    internal static int WeightedAt => Raw.Count - 2;

    /// <summary>Names in the order of the numbers.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Raw, .. Raw.Select(n => n + PoolSuffix)];

    /// <summary>One row for each candidate of one listing.</summary>
    public static IReadOnlyList<float[]> Of(IReadOnlyList<Candidate> candidates, NeighbourLabels neighbours)
    {
        var rows = candidates.Select(_ => new float[Names.Count]).ToList();
        var suggested = Suggest(candidates, neighbours);
        for (var i = 0; i < rows.Count; i++)
        {
            for (var f = 0; f < Feature.All.Count; f++)
                rows[i][f] = candidates[i].Features.TryGetValue(Feature.All[f], out var value) ? (float)value : float.NaN;
            rows[i][WeightedAt] = (float)WeightedRanker.Score(candidates[i].Features).Value;
            rows[i][WeightedAt + 1] = suggested[i] is { } grade ? (float)grade : float.NaN;
        }
        for (var f = 0; f < Raw.Count; f++) Standardise(rows, f, Raw.Count + f);
        return rows;
    }

    private static IReadOnlyList<double?> Suggest(IReadOnlyList<Candidate> candidates, NeighbourLabels neighbours)
    {
        // One need with its achievements, or one achievement with its needs.
        if (candidates.Count == 0) return [];
        if (candidates.All(c => c.Need.Document.Id == candidates[0].Need.Document.Id))
            return neighbours.Suggest(candidates[0].Need, [.. candidates.Select(c => c.Achievement)]);
        return [.. candidates.Select(c => neighbours.Suggest(c.Need, [c.Achievement])[0])];
    }

    private static void Standardise(List<float[]> rows, int from, int to)
    {
        var known = rows.Select(r => r[from]).Where(v => !float.IsNaN(v)).ToList();
        var mean = known.Count == 0 ? 0 : known.Average();
        var deviation = known.Count == 0 ? 0 : Math.Sqrt(known.Average(v => (v - mean) * (v - mean)));
        foreach (var row in rows) row[to] = float.IsNaN(row[from]) ? float.NaN : deviation < 1e-6 ? 0 : (float)((row[from] - mean) / deviation);
    }
}
