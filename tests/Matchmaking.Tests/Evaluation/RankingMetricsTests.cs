using Matchmaking.Matching.Evaluation;

namespace Matchmaking.Tests.Evaluation;

public sealed class RankingMetricsTests
{
    [Fact]
    public void Ndcg_equals_the_number_by_hand()
    {
        // Gains 2^(level−1) − 1: level 4 → 7, 3 → 3, 2 → 1, 1 → 0; discounts 1, log2 3, 2.
        var dcg = 3 + (7 / Math.Log2(3)) + (0 / 2.0) + (1 / Math.Log2(5));
        var ideal = 7 + (3 / Math.Log2(3)) + (1 / 2.0);

        Assert.Equal(dcg / ideal, RankingMetrics.Ndcg([3, 4, 1, 2], 10)!.Value, 12);
        Assert.Equal(0.8354, RankingMetrics.Ndcg([3, 4, 1, 2], 10)!.Value, 4);
    }

    [Fact]
    public void Ndcg_looks_at_the_first_k_only() =>
        Assert.Equal(1 / (1 + (1 / Math.Log2(3))), RankingMetrics.Ndcg([2, 1, 2], 2)!.Value, 12);

    [Theory]
    [InlineData(new[] { 4, 3, 2, 1 }, 1.0)]
    [InlineData(new[] { 1, 1 }, null)]
    [InlineData(new int[0], null)]
    public void Ndcg_is_one_in_the_best_order_and_absent_when_nothing_is_relevant(int[] levels, double? expected) => Assert.Equal(expected, RankingMetrics.Ndcg(levels, 10));

    [Theory]
    [InlineData(new[] { 3, 1 }, 1.0)]
    [InlineData(new[] { 2, 1, 4 }, 1 / 3.0)]
    [InlineData(new[] { 2, 2 }, 0.0)]
    [InlineData(new int[0], 0.0)]
    public void Reciprocal_rank_is_of_the_first_that_fits(int[] levels, double expected) => Assert.Equal(expected, RankingMetrics.ReciprocalRank(levels), 12);

    [Theory]
    [InlineData(new[] { 3, 1 }, 1.0)]
    [InlineData(new[] { 2, 4 }, 0.0)]
    [InlineData(new int[0], 0.0)]
    public void Precision_at_one_looks_at_the_first(int[] levels, double expected) => Assert.Equal(expected, RankingMetrics.PrecisionAt1(levels));

    [Fact]
    public void Mean_absolute_error_by_hand() => Assert.Equal((0.5 + 0 + 1.5) / 3, RankingMetrics.Mae([3.5, 2, 2.5], [4, 2, 1]), 12);

    [Fact]
    public void Calibration_error_by_hand()
    {
        // Bin 0: 0.05 and 0.05, one of two true: gap |0.05 − 0.5|, share 2/5. Bin 8: 0.85, 0.81 and one of two true: gap |0.83 − 0.5|, share 2/5. Bin 9: 1.0, true: gap 0.
        var ece = RankingMetrics.Ece([0.05, 0.85, 0.05, 0.81, 1.0], [true, true, false, false, true]);

        Assert.Equal((0.4 * 0.45) + (0.4 * 0.33), ece, 12);
    }

    [Fact]
    public void Nothing_is_calibrated_perfectly() => Assert.Equal(0, RankingMetrics.Ece([], []));

    [Fact]
    public void The_interval_of_equal_values_is_that_value() => Assert.Equal((0.25, 0.25), RankingMetrics.Interval([0.25, 0.25, 0.25]));

    [Fact]
    public void The_interval_of_zeros_and_ones_is_that_of_the_binomial()
    {
        // 100 tosses: mean 0.5, standard error 0.05, hence 0.5 ± 1.96 · 0.05.
        var (low, high) = RankingMetrics.Interval([.. Enumerable.Range(0, 100).Select(i => i % 2.0)]);

        Assert.Equal(0.402, low, 0.015);
        Assert.Equal(0.598, high, 0.015);
    }

    [Fact]
    public void The_interval_is_the_same_each_time() => 
        Assert.Equal(RankingMetrics.Interval(Values), RankingMetrics.Interval(Values));

    private static readonly double[] Values = [.. Enumerable.Range(0, 40).Select(i => Math.Sqrt(i))];

    [Fact]
    public void The_interval_of_nothing_is_zero() => Assert.Equal((0, 0), RankingMetrics.Interval([]));
}
