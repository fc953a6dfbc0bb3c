using CsCheck;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Text;
using Matchmaking.Matching.Writing;
using Matchmaking.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Ranking;

/// <summary>What two close sentences say in other words, by a list.</summary>
public sealed class NearTermsTests : IDisposable
{
    private readonly string list = Path.GetTempFileName();

    public void Dispose() => File.Delete(list);

    [Theory]
    [InlineData("电机 马达", "电机过热", "马达降温", "电机-马达")]
    [InlineData("电机 马达", "马达过热", "电机降温", "马达-电机")]
    [InlineData("电机 马达", "电机过热", "液压降温", "")]
    [InlineData("# 电机 马达", "电机过热", "马达降温", "")]
    [InlineData("电机\n马达", "电机过热", "马达降温", "")]
    // A word of two groups is near to the words of each, which are not near to each other.
    [InlineData("成本 价格\n成本 能耗", "成本太高", "能耗可控", "成本-能耗")]
    [InlineData("成本 价格\n成本 能耗", "价格太高", "能耗可控", "")]
    // The longest word at a place, and nothing across a word that was found.
    [InlineData("粘接 胶接\n粘接剂 胶水", "换粘接剂", "改胶接", "")]
    [InlineData("粘接 胶接\n粘接剂 胶水", "换粘接剂", "用胶水", "粘接剂-胶水")]
    [InlineData("电机 马达\n发电机", "发电机过热", "马达降温", "")]
    [InlineData("分解 降解\n部分", "部分解决", "可降解", "")]
    // Letters are found whole, in either case, and marked as they are written.
    [InlineData("plc 可编程控制器", "用PLC联锁", "带可编程控制器", "PLC-可编程控制器")]
    [InlineData("plc 可编程控制器", "用PLCX联锁", "带可编程控制器", "")]
    [InlineData("plc 可编程控制器", "用PLCX和plc", "带可编程控制器", "plc-可编程控制器")]
    public void Words_of_a_group_are_near(string lines, string need, string achievement, string expected)
    {
        File.WriteAllText(list, lines);

        Assert.Equal(expected, Found(need, achievement));
    }

    [Fact]
    public void What_is_shared_is_not_near_as_well()
    {
        File.WriteAllText(list, "电机 马达 驱动电机");

        Assert.Equal("", Found("马达和电机过热", "电机降温，马达停转"));
        Assert.Equal("", Found("驱动电机过热", "电机降温"));
    }

    [Fact]
    public void No_more_than_three_are_told_and_each_word_once()
    {
        File.WriteAllText(list, "甲 乙 丙\n电机 马达\n价格 成本\n算法 模型\n尾气 废气");

        Assert.Equal("电机-马达 价格-成本 算法-模型", Found("电机、价格、算法、尾气", "成本、马达、模型、废气"));
        Assert.Equal("电机-马达", Found("电机和电机", "马达"));
        Assert.Equal("甲-乙 甲-丙", Found("甲，甲，甲", "乙，丙"));
    }

    [Fact]
    public void A_changed_list_is_in_force_at_once()
    {
        File.WriteAllText(list, "电机 马达");
        var near = new NearTerms(new NearWords(list));
        Assert.Empty(near.Find(Pair("价格高", "成本低")));

        File.WriteAllText(list, "电机 马达\n价格 成本");

        Assert.Single(near.Find(Pair("价格高", "成本低")));
    }

    [Fact]
    public void Marks_lie_inside_any_sentences_and_cover_listed_words()
    {
        var words = new NearWords(Repository.Path(WritingRegistration.DefaultNearTerms));
        var near = new NearTerms(words);
        var piece = Gen.OneOf("电机", "马达", "加热", "升温", "检测", "测量", "🙂", "İ", "ß", "\ud83d", " ", "。", "5.5 GPa", "的", "马");
        Gen.Select(piece.Array[0, 8].Select(string.Concat), piece.Array[0, 8].Select(string.Concat)).Sample((need, achievement) =>
            near.Find(Pair(need, achievement)).All(f => words.Current().AreNear(f.Need.Of(need), f.Achievement.Of(achievement))), iter: 2_000, threads: 1);
    }

    [Fact]
    public void The_list_that_ships_has_words_of_two_characters_and_more_and_tells_none_twice_in_a_line()
    {
        var known = new NearWords(Repository.Path(WritingRegistration.DefaultNearTerms)).Current();

        Assert.True(known.Words.Count >= 400, $"{known.Words.Count} words");
        Assert.DoesNotContain(known.Words, w => w.Length < 2);
        var lines = File.ReadLines(Repository.Path(WritingRegistration.DefaultNearTerms)).Where(l => !l.StartsWith('#')).Select(l => l.Split(' ')).ToList();
        Assert.DoesNotContain(lines, l => l.Distinct().Count() != l.Length);
    }

    [Fact]
    public void A_list_that_is_not_there_stops_the_program_with_the_name_of_its_setting()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Writing:NearTerms", "no/such/list.txt")]).Build();

        var error = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddWriting(settings));

        Assert.Contains("Writing:NearTerms is 'no/such/list.txt'", error.Message, StringComparison.Ordinal);
    }

    private string Found(string need, string achievement) =>
        string.Join(' ', new NearTerms(new NearWords(list)).Find(Pair(need, achievement)).Select(n => $"{n.Need.Of(need)}-{n.Achievement.Of(achievement)}"));

    private static SentenceEvidence Pair(string need, string achievement) => new(1, need, Explanation.SharedMarks(need, achievement), 1, achievement, Explanation.SharedMarks(achievement, need), 0.7);
}
