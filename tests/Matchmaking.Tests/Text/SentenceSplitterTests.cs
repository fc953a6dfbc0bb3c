using Matchmaking.Matching.Text;

namespace Matchmaking.Tests.Text;

public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData("强度不足。成本高！能否解决？可以；试试;好", "强度不足|成本高|能否解决|可以|试试|好")]
    [InlineData("强度5.5GPa，密度1.80。好", "强度5.5GPa，密度1.80|好")]
    [InlineData("First one. Second 2.5 mm. end.", "First one|Second 2.5 mm|end")]
    [InlineData("一\n\n二\r\n三", "一|二|三")]
    [InlineData("。。 ——；！甲", "甲")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    public void Sentences_end_at_closing_marks_and_never_at_a_decimal_point(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', SentenceSplitter.Split(text).Select(sentence => sentence.Text)));

    [Fact]
    public void The_start_points_into_the_text()
    {
        const string text = "  甲乙。\n 丙丁 ；" + "戊";

        Assert.All(SentenceSplitter.Split(text), sentence => Assert.Equal(sentence.Text, text.Substring(sentence.Start, sentence.Text.Length)));
        Assert.Equal([2, 7, 11], SentenceSplitter.Split(text).Select(sentence => sentence.Start));
    }

    [Fact]
    public void A_long_run_is_cut_at_commas_and_without_them_hard()
    {
        var clause = new string('甲', 90);
        var pieces = SentenceSplitter.Split($"{clause}，{clause}，{clause}。{new string('乙', 450)}");

        Assert.Equal([181, 90, 200, 200, 50], pieces.Select(piece => piece.Text.Length));
    }

    [Fact]
    public void No_character_of_two_halves_is_cut_apart()
    {
        var pieces = SentenceSplitter.Split("甲" + string.Concat(Enumerable.Repeat("𠮷", 300)));

        Assert.True(pieces.Count > 2);
        Assert.All(pieces, piece => Assert.False(char.IsHighSurrogate(piece.Text[^1])));
    }

    [Fact]
    public void At_most_the_limit_is_given() =>
        Assert.Equal(40, SentenceSplitter.Split(string.Concat(Enumerable.Repeat("甲乙。", 100))).Count);
}
