using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Organizations;

public sealed class CreditCodeTests
{
    [Theory]
    [InlineData("912201011239989159", "912201011239989159")]
    [InlineData("9144030071526726XG", "9144030071526726XG")]
    [InlineData(" 9144030071526726xg ", "9144030071526726XG")]
    [InlineData("９１４４０３００７１５２６７２６ＸＧ", "9144030071526726XG")]
    public void Valid_codes_pass_in_any_width_and_case(string typed, string stored) => Assert.Equal(stored, CreditCode.Normalize(typed));

    [Theory]
    [InlineData("91350100M000100Y4Z")] // the counter-example of the standard: the check character must be 3
    [InlineData("912201011239989158")]
    [InlineData("91220101123998915")]
    [InlineData("9122010112399891590")]
    [InlineData("91220101I239989159")]
    [InlineData("")]
    [InlineData("示例")]
    public void Other_codes_are_refused(string typed) => Assert.Null(CreditCode.Normalize(typed));

    [Fact]
    public void Half_a_character_is_refused_and_does_not_fail() => Assert.Null(CreditCode.Normalize("91220101123998915" + (char)0xD800));

    [Fact]
    public void The_counter_example_expects_3() => Assert.Equal('3', CreditCode.CheckCharacter("91350100M000100Y4"));

    [Fact]
    public void Every_sample_organisation_carries_a_valid_code_and_shows_that_it_is_invented()
    {
        var rows = File.ReadLines(Repository.Path("samples", "organizations.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        Assert.True(rows.Count >= 48);
        Assert.All(rows, row =>
        {
            Assert.True(CreditCode.IsValid(row[3]), row[0]);
            Assert.EndsWith("（示例）", row[1], StringComparison.Ordinal);
        });
        Assert.Equal(rows.Count, rows.Select(r => r[3]).Distinct().Count());
    }
}
