using Matchmaking.Matching.Text;

namespace Matchmaking.Tests.Text;

public sealed class UnitsTests
{
    [Theory]
    [InlineData("5.8", "GPa", "5800", "MPa")]
    [InlineData("5.8", "GPa", "5800", "mpa")]
    [InlineData("1", "mm", "1000", "µm")]
    [InlineData("1", "mm", "1000", "μm")]
    [InlineData("1", "mm", "1000", "um")]
    [InlineData("5", "％", "5", "%")]
    [InlineData("1.8", "g/cm³", "1800", "kg/m3")]
    [InlineData("1", "g·cm-3", "1", "g/cm3")]
    [InlineData("24", "小时", "1", "天")]
    [InlineData("400", "W/(m·K)", "400", "W·m-1·K-1")]
    [InlineData("3", "KN", "3000", "N")]
    [InlineData("25", "°C", "25", "℃")]
    [InlineData("3000", "r/min", "3000", "rpm")]
    [InlineData("7", "Foo/bar", "7", "foo/BAR")]
    public void The_same_amount_in_two_units_is_the_same_number(string left, string leftUnit, string right, string rightUnit)
    {
        var common = Units.Common(Number(left), leftUnit, Number(right), rightUnit);

        Assert.Equal(common!.Value.Left, common.Value.Right);
    }

    [Theory]
    [InlineData("GPa", "mm")]
    [InlineData("MW", "mPa·s")]
    [InlineData("%", "")]
    [InlineData("℃", "K")]
    [InlineData("个", "台")]
    [InlineData("foo", "bar")]
    [InlineData("mN", "")]
    public void Units_of_different_kinds_do_not_compare(string left, string right) => Assert.Null(Units.Common(1, left, 1, right));

    [Fact]
    public void Case_that_means_something_is_kept()
    {
        var common = Units.Common(1, "MW", 1, "mW")!.Value;

        Assert.Equal(1_000_000_000m, common.Left / common.Right);
    }

    [Fact]
    public void Numbers_too_large_to_convert_do_not_compare() => Assert.Null(Units.Common(1e25m, "GPa", 1, "Pa"));

    // In one test and not as its data: attributes and runners store text as UTF-8, where half a character is lost.
    [Fact]
    public void Any_text_has_a_normal_form() => Assert.Equal(["", "", "m", "", "mm"], new[] { "", "\uD83D", "m\uDE00\uFFFF", "🙂", "\uD83Dmm" }.Select(Units.Normal));

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
