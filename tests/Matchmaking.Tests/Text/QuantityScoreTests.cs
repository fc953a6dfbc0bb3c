using Matchmaking.Matching.Evaluation;
using Matchmaking.Matching.Text;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Text;

/// <summary>How well the quantities of the own sentences are found; the numbers are kept in both directions. And the measure itself.</summary>
public sealed class QuantityScoreTests
{
    private const double Tolerance = 0.0005;

    [Theory]
    [InlineData(QuantityMatch.ValueUnit, 1.000)]
    [InlineData(QuantityMatch.Comparison, 1.000)]
    [InlineData(QuantityMatch.Name, 1.000)]
    public void The_own_sentences_give_their_quantities(QuantityMatch match, double expected)
    {
        var lines = QuantityGold.Read(Repository.Path("tests", "Matchmaking.Tests", "Text", "quantities-gold.jsonl"));
        var score = lines.Aggregate(new QuantityScore(0, 0, 0), (sum, line) =>
            sum + QuantityScore.Of([.. Quantities.Find(line.Text).Select(f => f.Quantity)], line.Quantities, match).Score);

        Assert.True(lines.Count >= 60);
        Assert.True(score.F1 > expected - Tolerance, $"F1 fell to {score.F1:0.0000}, expected {expected:0.000}.");
        Assert.True(score.F1 < expected + Tolerance, $"F1 rose to {score.F1:0.0000}: update the expected value.");
    }

    private static readonly Quantity Strength = new("拉伸强度", Comparison.Ge, 5.5m, null, "GPa");

    [Fact]
    public void Each_level_asks_for_more()
    {
        Quantity[] found = [Strength with { Name = "温差", Comparison = Comparison.Eq }, Strength with { Name = "强度" }, Strength with { Unit = "MPa" }];
        Quantity[] expected = [Strength, Strength];

        Assert.Equal(new QuantityScore(2, 3, 2), QuantityScore.Of(found, expected, QuantityMatch.ValueUnit).Score);
        Assert.Equal(new QuantityScore(1, 3, 2), QuantityScore.Of(found, expected, QuantityMatch.Comparison).Score);
        Assert.Equal(new QuantityScore(1, 3, 2), QuantityScore.Of(found, expected, QuantityMatch.Name).Score);
    }

    [Fact]
    public void As_many_pairs_as_possible_are_made_whatever_the_order()
    {
        // 强度 agrees with both, 拉伸 with one only: the first choice has to make room.
        Quantity[] found = [Strength with { Name = "拉伸强度" }, Strength with { Name = "拉伸" }];
        Quantity[] expected = [Strength with { Name = "拉伸试验" }, Strength with { Name = "强度" }];

        var (score, wrong, missed) = QuantityScore.Of(found, expected, QuantityMatch.Name);

        Assert.Equal(2, score.Hits);
        Assert.Empty(wrong);
        Assert.Empty(missed);
    }

    [Fact]
    public void What_is_left_over_is_listed_on_its_side()
    {
        var other = Strength with { Value = 6 };

        var (_, wrong, missed) = QuantityScore.Of([Strength], [other], QuantityMatch.ValueUnit);

        Assert.Equal([Strength], wrong);
        Assert.Equal([other], missed);
    }

    [Theory]
    [InlineData("1000000000000", "1000000000000.001", true)]
    [InlineData("1", "1.00000001", false)]
    [InlineData("0", "0.0", true)]
    [InlineData("-1", "1", false)]
    public void Values_agree_within_a_billionth(string found, string expected, bool agree)
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var score = QuantityScore.Of([Strength with { Value = decimal.Parse(found, culture) }], [Strength with { Value = decimal.Parse(expected, culture) }], QuantityMatch.ValueUnit).Score;

        Assert.Equal(agree ? 1 : 0, score.Hits);
    }

    [Theory]
    [InlineData("拉伸强度", "拉伸强度", true)]
    [InlineData("强度", "拉伸强度", true)]
    [InlineData("PC 板", "pc板梁", true)]
    [InlineData("弯曲强度", "拉伸强度", true)]
    [InlineData("弯曲模量", "拉伸强度", false)]
    [InlineData("度度", "强度", true)]
    [InlineData("度度度", "强度", true)]
    [InlineData("温差", "拉伸强度", false)]
    [InlineData("", "", true)]
    [InlineData("", "强度", false)]
    [InlineData("强度", "", false)]
    public void Names_agree_by_overlap(string found, string expected, bool agree) => Assert.Equal(agree, QuantityScore.NamesAgree(found, expected));

    [Fact]
    public void The_shares_are_taken_over_all_quantities()
    {
        var sum = new QuantityScore(3, 4, 6) + new QuantityScore(0, 0, 0);

        Assert.Equal((0.75, 0.5, 0.6), (sum.Precision, sum.Recall, Math.Round(sum.F1, 9)));
        Assert.Equal((1, 1, 1), (new QuantityScore(0, 0, 0).Precision, new QuantityScore(0, 0, 0).Recall, new QuantityScore(0, 0, 0).F1));
    }

    private const string Right = """{"name": null, "comparison": "range", "value": 1.5, "high": 2, "unit": "m", "span": "1.5~2 m"}""";

    [Fact]
    public void A_file_is_read_with_names_that_are_null()
    {
        var line = Assert.Single(Read(Line(Right) + "\n\n"));

        Assert.Equal(new Quantity("", Comparison.Range, 1.5m, 2, "m"), Assert.Single(line.Quantities));
    }

    [Theory]
    [InlineData("\"high\": 2", "\"high\": null", "quantities[0].high")]
    [InlineData("\"value\": 1.5", "\"value\": \"1.5\"", "quantities[0].value")]
    [InlineData("\"value\": 1.5, ", "", "quantities[0].value")]
    [InlineData("range", "about", "quantities[0].comparison")]
    [InlineData("range", "6", "quantities[0].comparison")]
    [InlineData("1.5~2 m", "3 m", "quantities[0].span")]
    [InlineData("\"unit\": \"m\"", "\"unit\": 3", "quantities[0].unit")]
    [InlineData("null", "7", "quantities[0].name")]
    public void A_wrong_field_is_named_with_file_and_line(string from, string to, string field)
    {
        var error = Assert.Throws<FormatException>(() => Read(Line(Right) + "\n" + Line(Right.Replace(from, to, StringComparison.Ordinal))));

        Assert.Contains("line 2", error.Message);
        Assert.Contains("field " + field, error.Message);
        Assert.Contains(".jsonl", error.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"id": "a", "quantities": []}""")]
    public void A_line_that_is_no_object_with_its_fields_is_refused(string line) =>
        Assert.Contains("line 1", Assert.Throws<FormatException>(() => Read(line)).Message);

    private static string Line(string quantity) => $$"""{"id": "a", "text": "宽1.5~2 m", "quantities": [{{quantity}}]}""";

    private static IReadOnlyList<QuantityGoldLine> Read(string content)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".jsonl");
        try
        {
            File.WriteAllText(path, content);
            return QuantityGold.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
