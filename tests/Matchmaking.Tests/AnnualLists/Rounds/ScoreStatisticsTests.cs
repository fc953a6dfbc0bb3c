using Matchmaking.Matching.AnnualLists.Rounds;

namespace Matchmaking.Tests.AnnualLists.Rounds;

/// <summary>
/// The expected values were got without our code: least squares by exact fractions in Python from the full normal equations (mean, entries and experts with
/// a Lagrange condition each, where our code eliminates the entries); ICC from sums of squares in exact fractions; W as the sum of squares of the rank sums over m
/// times that of the ranks themselves. The published values beside them are Shrout and Fleiss (1979), table 4: ICC(1,1) = 0.17, and Kendall's own example with ties
/// (Siegel and Castellan 1988, § 9.7 use the same form): W = 0.828.
/// </summary>
public sealed class ScoreStatisticsTests
{
    private static readonly Rating[] Unbalanced = [new(1, 1, 80), new(1, 2, 70), new(1, 3, 90), new(2, 1, 60), new(2, 2, 55), new(2, 4, 62), new(3, 3, 85.5m), new(3, 4, 79), new(3, 2, 72)];

    private static readonly int[][] ShroutFleiss = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];

    private static Rating[] Table(int[][] entries) => [.. entries.SelectMany((row, entry) => row.Select((value, expert) => new Rating(expert, entry, value)))];

    [Fact]
    public void Unequal_numbers_of_scores_are_put_on_one_scale()
    {
        var model = AdditiveModel.Fit(Unbalanced);
        Assert.Equal(1, model.Groups);
        Assert.Equal([72.5167m, 65.6667m, 81.9167m, 73.8167m], model.Entries.Select(e => e.Adjusted));
        Assert.Equal([6.6333m, -11.6667m, 5.0333m], model.Experts.Select(e => e.Effect));
        Assert.Equal([70m, 65.6667m, 87.75m, 70.5m], model.Entries.Select(e => e.Mean));
        // Whoever met the severe expert is lifted, whoever did not is lowered.
        Assert.True(model.Entries[3].Adjusted > model.Entries[3].Mean && model.Entries[2].Adjusted < model.Entries[2].Mean);
    }

    [Fact]
    public void A_complete_table_keeps_its_plain_means()
    {
        var model = AdditiveModel.Fit(Table(ShroutFleiss));
        Assert.All(model.Entries, e => Assert.Equal(e.Mean, e.Adjusted));
        Assert.Equal(0, model.Experts.Sum(e => e.Effect), 3);
    }

    [Fact]
    public void Experts_who_share_nothing_are_not_compared()
    {
        var model = AdditiveModel.Fit([new(1, 1, 90), new(1, 2, 80), new(2, 3, 50), new(2, 4, 40)]);
        Assert.Equal(2, model.Groups);
        Assert.Equal([90m, 80m, 50m, 40m], model.Entries.Select(e => e.Adjusted));
        Assert.All(model.Experts, e => Assert.Equal(0, e.Effect));
        Assert.Equal([1, 2], model.Experts.Select(e => e.Group));
    }

    [Fact]
    public void The_order_of_the_rows_makes_no_difference_and_nobody_scores_twice()
    {
        Assert.Equal(AdditiveModel.Fit(Unbalanced).Entries, AdditiveModel.Fit([.. Unbalanced.Reverse()]).Entries);
        Assert.Throws<ArgumentException>(() => AdditiveModel.Fit([new(1, 1, 90), new(1, 1, 80)]));
        Assert.Equal(0, AdditiveModel.Fit([]).Groups);
    }

    [Fact]
    public void Agreement_is_that_of_the_literature()
    {
        Assert.Equal(0.1657m, Agreement.Icc(Table(ShroutFleiss)));
        Assert.Equal(0.3055m, Agreement.Icc(Unbalanced));
        Assert.Equal((0.8870m, 4), Agreement.KendallW(Table(ShroutFleiss)));
        decimal[][] kendall = [[1, 4.5m, 2, 4.5m, 3, 7.5m, 6, 9, 7.5m, 10], [2.5m, 1, 2.5m, 4.5m, 4.5m, 8, 9, 6.5m, 10, 6.5m], [2, 1, 4.5m, 4.5m, 4.5m, 4.5m, 8, 8, 8, 10]];
        Assert.Equal((0.8277m, 3), Agreement.KendallW([.. kendall.SelectMany((row, expert) => row.Select((value, entry) => new Rating(expert, entry, value)))]));
    }

    [Fact]
    public void What_is_not_defined_is_not_zero()
    {
        Assert.Null(Agreement.Icc([new(1, 1, 90), new(1, 2, 80)]));
        Assert.Null(Agreement.Icc([new(1, 1, 90), new(2, 1, 80)]));
        Assert.Null(Agreement.KendallW(Unbalanced));
        Assert.Null(Agreement.KendallW([new(1, 1, 5), new(1, 2, 5), new(1, 3, 5), new(2, 1, 5), new(2, 2, 5), new(2, 3, 5)]));
    }
}
