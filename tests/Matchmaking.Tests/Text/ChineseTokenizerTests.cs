using Matchmaking.Matching.Text;

namespace Matchmaking.Tests.Text;

public sealed class ChineseTokenizerTests
{
    [Theory]
    [InlineData("碳纤维", "碳纤 纤维")]
    [InlineData("碳", "碳")]
    [InlineData("碳，纤维", "碳 纤维")]
    [InlineData("CBN单晶", "cbn 单晶")]
    [InlineData("ＣＢＮ１２３", "cbn123")]
    [InlineData("拉伸强度≥5.5 GPa", "拉伸 伸强 强度 5.5 5.5gpa gpa")]
    [InlineData("拉伸强度≥5.5GPa", "拉伸 伸强 强度 5.5 5.5gpa gpa")]
    [InlineData("5.5\u00a0GPa", "5.5 5.5gpa gpa")]
    [InlineData("低于9℃", "低于 9 9℃")]
    [InlineData("低于 9 °C", "低于 9 9℃")]
    [InlineData("95％", "95 95%")]
    [InlineData("95 %", "95 95%")]
    [InlineData("7.8 g/cm³", "7.8 7.8g/cm3 g cm3")]
    [InlineData("980nm激光", "980 980nm nm 激光")]
    [InlineData("18650 cells", "18650 cells")]
    [InlineData("30万吨", "30 30万吨 万吨")]
    [InlineData("CO₂与Rg3", "co2 与 rg3")]
    [InlineData("3.14.15", "3.14 15")]
    [InlineData("𠮷野家", "𠮷野 野家")]
    [InlineData("零\u200b宽\ufeff字", "零宽 宽字")]
    [InlineData("a\tb\nc", "a b c")]
    [InlineData("\"()[]{}*&&||!：。——😀", "")]
    [InlineData("", "")]
    public void Text_is_cut_into_bigrams_words_and_numbers_with_their_units(string text, string expected) =>
        Assert.Equal(Words(expected), ChineseTokenizer.Bigrams(text));

    [Theory]
    [InlineData("碳纤维CBN", "碳 纤 维 cbn")]
    [InlineData("强度5.5 GPa", "强 度 5.5 gpa")]
    [InlineData("𠮷A", "𠮷 a")]
    public void Characters_stand_alone_and_words_stay_whole(string text, string expected) =>
        Assert.Equal(Words(expected), ChineseTokenizer.Characters(text));

    // A fact, not a theory: attributes cannot hold half characters.
    [Fact]
    public void Broken_and_invisible_characters_are_dropped()
    {
        Assert.Equal("碳纤", ChineseTokenizer.Normalize("\ud83d碳纤"));
        Assert.Equal("碳纤", ChineseTokenizer.Normalize("碳\udc00纤"));
        Assert.Equal("碳纤", ChineseTokenizer.Normalize("碳\u0000纤\ufffe\uffff"));
        Assert.Equal("ab c", ChineseTokenizer.Normalize("  ＡＢ　 ｃ\r\n"));
        Assert.Equal("", ChineseTokenizer.Normalize("\ud83d"));
    }

    [Fact]
    public void No_string_of_random_characters_makes_it_fail_or_give_a_word_with_white_space()
    {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var text = string.Create(random.Next(30), random, (span, source) =>
            {
                foreach (ref var c in span) c = (char)source.Next(0x10000);
            });
            Assert.All(ChineseTokenizer.Bigrams(text).Concat(ChineseTokenizer.Characters(text)),
                word => Assert.False(word.Length == 0 || word.Any(char.IsWhiteSpace), word));
        }
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
