using Matchmaking.Matching.Text;
using Matchmaking.Tests.Components;

namespace Matchmaking.Tests.Web;

public sealed class FormattingTests : ComponentTest
{
    [Theory]
    [InlineData("zh-CN", null, "面议")]
    [InlineData("zh-CN", "0.5", "0.5万元")]
    [InlineData("zh-CN", "1260", "1,260万元")]
    [InlineData("zh-CN", "12000", "1.2亿元")]
    [InlineData("en", null, "To be agreed")]
    [InlineData("en", "260", "CNY 2,600,000")]
    [InlineData("en", "12000", "CNY 120 million")]
    public void Money_is_counted_as_the_language_counts(string language, string? amount, string expected)
    {
        Speak(language);
        Assert.Equal(expected, Format.Money(amount is null ? null : decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData(Comparison.Ge, 5.5, null, "GPa", "≥5.5\u00a0GPa")]
    [InlineData(Comparison.Le, 2, null, "%", "≤2%")]
    [InlineData(Comparison.Eq, 12000, null, "次", "12,000次")]
    [InlineData(Comparison.Approx, 9, null, "℃", "约9\u00a0℃")]
    [InlineData(Comparison.Range, 3, 5.0, "mm", "3–5\u00a0mm")]
    [InlineData(Comparison.PlusMinus, 60, 2.0, "℃", "60±2\u00a0℃")]
    [InlineData(Comparison.PlusMinus, 0.5, null, "mm", "±0.5\u00a0mm")]
    [InlineData(Comparison.Gt, 4, null, "", ">4")]
    public void A_figure_stands_apart_from_its_unit_but_not_from_percent_or_Chinese(Comparison comparison, double value, double? high, string unit, string expected) =>
        Assert.Equal(expected, Format.Quantity(new Quantity("x", comparison, (decimal)value, (decimal?)high, unit)));

    [Theory]
    [InlineData(0, "今天")]
    [InlineData(1, "昨天")]
    [InlineData(3, "3天前")]
    [InlineData(59, "59天前")]
    [InlineData(61, "2个月前")]
    [InlineData(800, "2年前")]
    [InlineData(-2, "今天")]
    public void Freshness_is_told_in_days_then_months_then_years(int days, string expected) =>
        Assert.Equal(expected, Format.Ago(Clock.Now.AddDays(-days)));

    [Fact]
    public void A_listing_is_as_fresh_as_its_last_confirmation()
    {
        var published = Clock.Now.AddDays(-40);
        Assert.Equal("40天前发布", Format.Freshness(published, null));
        Assert.Equal("3天前确认有效", Format.Freshness(published, Clock.Now.AddDays(-3)));
    }

    [Fact]
    public void Days_begin_at_midnight_in_Shanghai()
    {
        var evening = new DateTimeOffset(2026, 11, 22, 16, 30, 0, TimeSpan.Zero);
        Assert.Equal("2026-11-23", Format.Date(evening));
        Assert.Equal("2026-11-23 00:30", Format.DateAndTime(evening));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 16, 0, 0, TimeSpan.Zero), Format.Time.StartOf(new DateOnly(2026, 11, 23)));
    }

    [Fact]
    public void A_day_in_a_sentence_names_the_year_only_when_it_is_another()
    {
        var today = Format.Time.Today;
        Assert.Equal($"{today.Month}月{today.Day}日", Format.Day(today));
        Assert.Equal($"{today.Year + 1}年1月5日", Format.Day(new DateOnly(today.Year + 1, 1, 5)));
    }

    [Theory]
    [InlineData("zh-CN", "TRL\u00a06 正样级", "C28\u00a0化学纤维制造业", "长春市", "新材料及其应用")]
    [InlineData("en", "TRL\u00a06 demonstrated in relevant environment", "C28\u00a0Chemical fibres", "Changchun", "New materials")]
    public void Codes_have_names_in_both_languages(string language, string trl, string industry, string region, string field)
    {
        Speak(language);
        Assert.Equal([trl, industry, region, field], [Format.Trl(6), Format.Industry("C28"), Format.Region("220100"), Format.Field("NewMaterials")]);
    }

    [Fact]
    public void What_is_missing_is_said_and_an_unknown_code_shows_itself()
    {
        Assert.Equal(["未说明", "未说明", "未说明", "Z99", "未说明"], [Format.Trl(null), Format.Trl(12), Format.Field((Matching.Listings.TechnologyField?)null), Format.Region("Z99"), Format.Region("")]);
    }

    [Theory]
    [InlineData(812, "812\u00a0B")]
    [InlineData(20_480, "20.5\u00a0kB")]
    [InlineData(2_100_000, "2.1\u00a0MB")]
    public void File_sizes_are_short(long bytes, string expected) => Assert.Equal(expected, Format.FileSize(bytes));
}
