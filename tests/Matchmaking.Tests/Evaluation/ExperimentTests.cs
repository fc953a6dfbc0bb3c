using Matchmaking.Matching.Evaluation;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;
using Matchmaking.Tests.Ranking;

namespace Matchmaking.Tests.Evaluation;

public sealed class ExperimentTests
{
    [Fact]
    public void Needs_with_a_small_pool_or_nothing_relevant_do_not_count()
    {
        Assert.True(Experiment.Counts(Need(3, 1, 1, 1, 1)));
        Assert.False(Experiment.Counts(Need(3, 1, 1, 1)));
        Assert.False(Experiment.Counts(Need(2, 2, 2, 2, 2)));
    }

    [Fact]
    public void A_score_that_knows_the_levels_is_perfect_and_its_opposite_is_not()
    {
        var needs = new[] { Need(1, 4, 2, 1, 3), Need(2, 1, 1, 3, 1) };

        var best = Experiment.Run("best", needs, (need, candidate) => Level(need, candidate));
        var worst = Experiment.Run("worst", needs, (need, candidate) => -Level(need, candidate));

        Assert.Equal((1.0, 1.0, 1.0, 2), (best.Ndcg10, best.Mrr, best.PrecisionAt1, best.Needs));
        // The relevant ones come last: ranks 4 and 5.
        Assert.Equal((1 / 4.0 + 1 / 5.0) / 2, worst.Mrr, 12);
        Assert.True(worst.Ndcg10 < 0.6);
        Assert.True(double.IsNaN(best.Ece));
    }

    [Fact]
    public void A_score_that_knows_nothing_gains_nothing_from_the_order_of_the_file()
    {
        // Pools written best first; equal scores must not keep that order.
        var needs = Enumerable.Range(0, 60).Select(_ => Need(4, 3, 2, 1, 1)).ToList();

        Assert.True(Experiment.Run("none", needs, (_, _) => 0).PrecisionAt1 < 0.7);
    }

    [Fact]
    public void The_products_ranker_is_measured_through_its_own_order()
    {
        var good = Documents.Achievement;
        var bad = Documents.Achievement with { Id = 3, Title = "玉米籽粒收获机", Summary = "", Description = "低损伤收获。", Keywords = [], Quantities = [], Field = "ModernAgriculture", Industry = "A01" };
        var pool = new[] { (good, 4), (bad, 1), (bad with { Id = 4 }, 1), (bad with { Id = 5 }, 1), (bad with { Id = 6 }, 1) };
        var need = new JudgedNeed("N", new IndexEntry(Documents.Need, null), [.. pool.Select(p => (new IndexEntry(p.Item1, null), p.Item2))]);

        var row = Experiment.Run("weighted", [need], new MatchFinder(null!, null!, new WeightedRanker()), TermStatistics.Empty, Documents.Today);

        Assert.Equal((1.0, 1.0, 1.0, 1), (row.Ndcg10, row.Mrr, row.PrecisionAt1, row.Needs));
        Assert.InRange(row.Ece, 0, 0.5);
    }

    private static int next = 100;

    private static JudgedNeed Need(params int[] levels) => new("N", new IndexEntry(Documents.Need, null), [.. levels.Select(level => (new IndexEntry(Documents.Achievement with { Id = ++next }, null), level))]);

    private static int Level(JudgedNeed need, IndexEntry candidate) => need.Pool.Single(p => p.Candidate == candidate).Level;
}
