using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Tests.Ranking;

public sealed class LedgerVerdictTests
{
    private static LedgerRow Compare(Quantity asked, string offerText, params Quantity[] offered)
    {
        ListingDocument Document(ListingKind kind, string text, Quantity[] rows) => new(1, kind, "X", "标题", "", text, [], null, "", "", "", null, null, [], null, rows, null, DateTimeOffset.UnixEpoch, DateOnly.MaxValue);
        return Assert.Single(QuantityLedger.Compare(Document(ListingKind.Need, "", [asked]), Document(ListingKind.Achievement, offerText, offered)));
    }

    [Theory]
    [InlineData(Comparison.Ge, 5.5, "GPa", Comparison.Eq, 5.8, "GPa", LedgerVerdict.Met)]
    [InlineData(Comparison.Ge, 5.5, "GPa", Comparison.Eq, 5800, "MPa", LedgerVerdict.Met)]
    [InlineData(Comparison.Ge, 5.5, "GPa", Comparison.Eq, 5300, "MPa", LedgerVerdict.NotMet)]
    [InlineData(Comparison.Le, 3, "℃", Comparison.Eq, 2.4, "℃", LedgerVerdict.Met)]
    [InlineData(Comparison.Le, 3, "℃", Comparison.Le, 4, "℃", LedgerVerdict.NotStated)]
    [InlineData(Comparison.Ge, 95, "%", Comparison.Ge, 98, "%", LedgerVerdict.Met)]
    [InlineData(Comparison.Lt, 10, "mm", Comparison.Eq, 10, "mm", LedgerVerdict.NotMet)]
    [InlineData(Comparison.Ge, 5.5, "GPa", Comparison.Eq, 5.8, "℃", LedgerVerdict.NotStated)]
    [InlineData(Comparison.Ge, 5.5, "某单位", Comparison.Eq, 5.8, "某单位", LedgerVerdict.Met)]
    [InlineData(Comparison.Ge, 1e15, "GPa", Comparison.Eq, 1e15, "Pa", LedgerVerdict.NotMet)]
    public void Same_name(Comparison asked, double value, string unit, Comparison offered, double offer, string offerUnit, LedgerVerdict verdict) =>
        Assert.Equal(verdict, Compare(new Quantity("强度", asked, (decimal)value, null, unit), "", new Quantity("强度", offered, (decimal)offer, null, offerUnit)).Verdict);

    [Theory]
    [InlineData("拉伸强度", "拉伸模量")]
    [InlineData("炉内温差", "升温速率")]
    [InlineData("寿命", "循环寿命下限说明之外的别的东西")]
    [InlineData("强度", "强度离散系数")]
    public void Another_name_is_not_stated(string asked, string offered) =>
        Assert.Equal(LedgerVerdict.NotStated, Compare(new Quantity(asked, Comparison.Ge, 1, null, "h"), "", new Quantity(offered, Comparison.Eq, 9, null, "h")).Verdict);

    [Fact]
    public void A_figure_of_the_running_text_counts_with_its_words()
    {
        var row = Compare(new Quantity("炉内温差", Comparison.Le, 3, null, "℃"), "线速度14 m/min。满幅炉内温差为2.4 ℃。");

        Assert.Equal(LedgerVerdict.Met, row.Verdict);
        Assert.Contains("2.4", row.Words, StringComparison.Ordinal);
    }
}
