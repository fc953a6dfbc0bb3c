namespace Matchmaking.Matching.Evaluation;

/// <summary>Measures of an order against levels 1–4 (4 best). All lie in 0–1, higher is better, except <see cref="Mae"/> and <see cref="Ece"/>.</summary>
public static class RankingMetrics
{
    /// <summary>NDCG@k with gain 2^(level−1) − 1 and discount log2(rank + 1); ideal over the judged pool. Null when no level exceeds 1.</summary>
    /// <param name="levels">Levels in the order of the ranking, best rank first.</param>
    public static double? Ndcg(IReadOnlyList<int> levels, int k)
    {
        var ideal = Dcg([.. levels.OrderByDescending(l => l)], k);
        return ideal > 0 ? Dcg(levels, k) / ideal : null;
    }

    /// <summary>1 / rank of the first with at least the level; 0 when there is none.</summary>
    public static double ReciprocalRank(IReadOnlyList<int> levels, int least = 3)
    {
        for (var i = 0; i < levels.Count; i++) if (levels[i] >= least) return 1.0 / (i + 1);
        return 0;
    }

    /// <summary>1 when the first has at least the level.</summary>
    public static double PrecisionAt1(IReadOnlyList<int> levels, int least = 3) => levels.Count > 0 && levels[0] >= least ? 1 : 0;

    /// <summary>Mean absolute error of predicted levels.</summary>
    public static double Mae(IReadOnlyList<double> predicted, IReadOnlyList<int> levels) => predicted.Zip(levels, (p, l) => Math.Abs(p - l)).DefaultIfEmpty(0).Average();

    /// <summary>Expected calibration error over ten equal bins: Σ share of the bin · |mean probability − share that was true|.</summary>
    public static double Ece(IReadOnlyList<double> probabilities, IReadOnlyList<bool> outcomes) => probabilities.Count == 0 ? 0 : probabilities
        .Zip(outcomes).GroupBy(p => Math.Min(9, (int)(p.First * 10)))
        .Sum(bin => bin.Count() / (double)probabilities.Count * Math.Abs(bin.Average(p => p.First) - bin.Average(p => p.Second ? 1.0 : 0.0)));

    /// <summary>95 % interval of the mean by resampling the values with replacement, with a fixed seed.</summary>
    public static (double Low, double High) Interval(IReadOnlyList<double> values, int samples = 2_000, int seed = 7)
    {
        if (values.Count == 0) return (0, 0);
        var random = new Random(seed);
        var means = new double[samples];
        for (var i = 0; i < samples; i++)
        {
            double sum = 0;
            for (var j = 0; j < values.Count; j++) sum += values[random.Next(values.Count)];
            means[i] = sum / values.Count;
        }
        Array.Sort(means);
        return (means[(int)(samples * 0.025)], means[(int)(samples * 0.975)]);
    }

    private static double Dcg(IReadOnlyList<int> levels, int k)
    {
        double sum = 0;
        for (var i = 0; i < Math.Min(k, levels.Count); i++) sum += (Math.Pow(2, levels[i] - 1) - 1) / Math.Log2(i + 2);
        return sum;
    }
}
