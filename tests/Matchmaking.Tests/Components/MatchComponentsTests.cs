using Bunit;
using Matchmaking.Web.Components;

namespace Matchmaking.Tests.Components;

public sealed class MatchComponentsTests : ComponentTest
{
    private static readonly MatchView Full = new(
        "m1", "多温区预氧化炉", "/achievements/CG1", "北湖理工大学（示例）", ["TRL\u00a06 正样级"], "对象同为预氧化炉。", new(0.81, "很可能相关"),
        [new("您的需求，第2句", new("预氧化炉共6个温区", [new(0, 4)]), "该成果，第5句", new("8温区预氧化炉", [new(3, 4)]), [])],
        [new("温差", "≤3\u00a0℃", "2.4\u00a0℃", Verdict.Met), new("强度", "≥5.5\u00a0GPa", "5.3\u00a0GPa", Verdict.NotMet), new("能耗", "≤18", null, Verdict.NotStated)],
        ["强度低于要求。"], ["预氧化炉", "温区"], ["能耗是多少？"], [new("标题用词", 0.414), new("成熟度", -0.12)]);

    [Theory]
    [InlineData("abcdef", "", "abcdef")]
    [InlineData("abcdef", "1,2", "a[bc]def")]
    [InlineData("abcdef", "4,1 0,2 1,2", "[abc]d[e]f")]
    [InlineData("abcdef", "-3,1 5,99 3,0", "abcde[f]")]
    [InlineData("abcdef", "2,2147483647", "ab[cdef]")]
    [InlineData("", "0,4", "")]
    public void Marks_are_tidied_and_nothing_of_the_text_is_lost(string text, string spans, string expected)
    {
        var marks = spans.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split(',').Select(int.Parse).ToArray()).Select(n => new MarkSpan(n[0], n[1])).ToList();
        var view = new MarkedTextView(text, marks);
        Assert.Equal(expected, string.Concat(view.Pieces().Select(p => p.Mark == MarkKind.Shared ? $"[{p.Piece}]" : p.Piece)));
        var markup = Render<MarkedText>(p => p.Add(c => c.Content, view));
        Assert.Equal(expected.Count(c => c == '['), markup.FindAll("mark").Count);
    }

    [Theory]
    // Apart, one behind the other, one within the other, and a near one that begins before the shared one ends.
    [InlineData("abcdef", "0,1 3,1", "5,1", "[a]bc[d]e{f}")]
    [InlineData("abcdef", "0,2", "2,2", "[ab]{cd}ef")]
    [InlineData("abcdef", "0,4", "1,2", "[abcd]ef")]
    [InlineData("abcdef", "0,2", "1,3", "[ab]{cd}ef")]
    [InlineData("abcdef", "", "1,1 2,1", "a{bc}def")]
    public void Shared_and_near_marks_do_not_mix(string text, string shared, string near, string expected)
    {
        var view = new MarkedTextView(text, [.. Spans(shared, MarkKind.Shared), .. Spans(near, MarkKind.Near)]);

        Assert.Equal(expected, string.Concat(view.Pieces().Select(p => p.Mark switch { MarkKind.Shared => $"[{p.Piece}]", MarkKind.Near => $"{{{p.Piece}}}", _ => p.Piece })));
        var markup = Render<MarkedText>(p => p.Add(c => c.Content, view));
        Assert.Equal((expected.Count(c => c == '['), expected.Count(c => c == '{')), (markup.FindAll("mark:not(.near)").Count, markup.FindAll("mark.near").Count));
        Assert.Equal(text, string.Concat(view.Pieces().Select(p => p.Piece)));

        static IEnumerable<MarkSpan> Spans(string spans, MarkKind kind) =>
            spans.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split(',').Select(int.Parse).ToArray()).Select(n => new MarkSpan(n[0], n[1], kind));
    }

    [Theory]
    [InlineData("zh-CN", "意思相近 耐磨与磨耗、分辨与识别")]
    [InlineData("en", "Near in meaning 耐磨 and 磨耗, 分辨 and 识别")]
    public void Near_terms_are_marked_and_named(string language, string line)
    {
        Speak(language);
        var pair = new SentencePairView("需求，第1句", new("耐磨且能分辨", [new(0, 2, MarkKind.Near), new(4, 2, MarkKind.Near)]), "成果，第2句", new("磨耗低，可识别", []), [("耐磨", "磨耗"), ("分辨", "识别")]);

        var markup = Render<SentencePair>(p => p.Add(c => c.Pair, pair));

        Assert.Equal(["耐磨", "分辨"], markup.FindAll(".quote mark.near").Select(m => m.TextContent));
        Assert.Equal(line, markup.Find(".pair__near").TextContent);
        Assert.Empty(Render<SentencePair>(p => p.Add(c => c.Pair, pair with { Near = [] })).FindAll(".pair__near"));
    }

    [Fact]
    public void Closest_sentences_shared_terms_and_questions_stand_together()
    {
        var all = Render<ClosestSentences>(p => p.Add(c => c.Id, "cs").Add(c => c.Pairs, Full.Sentences).Add(c => c.SharedTerms, Full.SharedTerms).Add(c => c.ToAsk, ["能耗 ≤18"]));
        Assert.Equal("最接近的一对句子", all.Find("h2#cs").TextContent);
        Assert.Equal(["共有词 预氧化炉、温区", "可以先问清楚 能耗 ≤18"], all.FindAll("p.sm").Select(p => p.TextContent));

        var wordsOnly = Render<ClosestSentences>(p => p.Add(c => c.Id, "cs").Add(c => c.Pairs, []).Add(c => c.SharedTerms, Full.SharedTerms).Add(c => c.ToAsk, []));
        Assert.Equal("共有词", wordsOnly.Find("h2").TextContent);
        Assert.Equal("预氧化炉、温区", Assert.Single(wordsOnly.FindAll("p.sm")).TextContent);

        var questionsOnly = Render<ClosestSentences>(p => p.Add(c => c.Id, "cs").Add(c => c.Pairs, []).Add(c => c.SharedTerms, []).Add(c => c.ToAsk, ["能耗 ≤18"]));
        Assert.Equal("可以先问清楚", questionsOnly.Find("h2").TextContent);
        Assert.Equal("能耗 ≤18", Assert.Single(questionsOnly.FindAll("p.sm")).TextContent);
    }

    [Theory]
    [InlineData(0.81, "81%", 8)]
    [InlineData(0.345, "35%", 4)]
    [InlineData(0, "0%", 0)]
    [InlineData(1.7, "100%", 10)]
    [InlineData(double.NaN, "0%", 0)]
    public void A_score_is_number_word_ten_squares_and_what_it_means(double probability, string number, int filled)
    {
        var mark = Render<ScoreMark>(p => p.Add(c => c.Score, new ScoreView(probability, "很可能相关")));
        Assert.Equal(number, mark.Find(".score__num").TextContent);
        Assert.Equal("很可能相关", mark.Find(".score__word").TextContent);
        Assert.Equal(filled, mark.FindAll("g.ch-value rect").Count);
        Assert.Equal(10, mark.FindAll("rect").Count);
        Assert.Equal($"同样分数的匹配，10对里约{filled}对被经纪人评为3级或4级", mark.Find(".score__note").TextContent);
    }

    [Fact]
    public void The_note_can_be_left_out() =>
        Assert.Empty(Render<ScoreMark>(p => p.Add(c => c.Score, new ScoreView(0.5, "较可能相关", Note: false))).FindAll(".score__note"));

    [Fact]
    public void The_parts_of_a_score_add_up_to_the_sum_shown()
    {
        var parts = Render<ScoreParts>(p => p.Add(c => c.Parts, [new("标题用词", 0.404), new("句子相近", 0.304), new("成熟度", -0.12), new("无", 0)]));
        Assert.Equal(["+0.40", "+0.30", "−0.12", "0.00"], parts.FindAll("tbody .num").Select(c => c.TextContent));
        Assert.Equal("+0.58", parts.Find("tfoot .num").TextContent);
        Assert.Equal("-29.7", parts.Find("rect.ch-value--warn").GetAttribute("x"));
        Assert.Equal("", Render<ScoreParts>(p => p.Add(c => c.Parts, [])).Markup.Trim());
    }

    [Fact]
    public void The_ledger_shows_each_verdict_and_puts_the_unmet_first_when_asked()
    {
        var ledger = Render<LedgerTable>(p => p.Add(c => c.Rows, Full.Ledger));
        Assert.Equal(["温差", "强度", "能耗"], ledger.FindAll("tbody td:first-child").Select(c => c.TextContent));
        Assert.Equal(["已满足", "未满足", "未说明"], ledger.FindAll("tbody .chip").Select(c => c.TextContent));
        Assert.Equal("–", ledger.FindAll("tbody tr")[2].Children[2].TextContent);
        var desk = Render<LedgerTable>(p => p.Add(c => c.Rows, Full.Ledger).Add(c => c.UnmetFirst, true));
        Assert.Equal(["强度", "能耗", "温差"], desk.FindAll("tbody td:first-child").Select(c => c.TextContent));
    }

    [Fact]
    public void The_ledger_quotes_the_sentence_of_a_figure_once()
    {
        const string Sentence = "满炉温差为2.6 ℃，能耗降低12%";
        LedgerRowView[] rows =
        [
            new("温差", "≤3 ℃", "2.6 ℃", Verdict.Met, Sentence), new("能耗", "≥10%", "12%", Verdict.Met, Sentence),
            new("强度", "≥5 GPa", "5.8 GPa", Verdict.Met), new("幅宽", "≥2 m", "3 m", Verdict.Met, "炉膛幅宽3 m"),
        ];

        var ledger = Render<LedgerTable>(p => p.Add(c => c.Rows, rows));

        Assert.Equal(["温差", "能耗", "成果原文：" + Sentence, "强度", "幅宽", "成果原文：炉膛幅宽3 m"], ledger.FindAll("tbody td:first-child").Select(c => c.TextContent));
        Assert.Equal(4, ledger.FindAll("tbody .chip").Count);
    }

    [Theory]
    [InlineData("zh-CN", "成果写有整套硬件成本 4,800元，是否同一项，要问清")]
    [InlineData("en", "The achievement states 整套硬件成本 4,800元; ask whether it is the same figure")]
    public void The_ledger_tells_a_figure_of_a_near_name_below_the_one_that_is_not_stated(string language, string expected)
    {
        Speak(language);
        LedgerRowView[] rows = [new("整套成本", "≤6,000元", null, Verdict.NotStated, Near: "整套硬件成本 4,800元"), new("准确率", "≥93%", "94.5%", Verdict.Met)];

        var ledger = Render<LedgerTable>(p => p.Add(c => c.Rows, rows));

        Assert.Equal(["整套成本", expected, "准确率"], ledger.FindAll("tbody td:first-child").Select(c => c.TextContent));
        Assert.Equal(2, ledger.FindAll("tbody .chip").Count);
    }

    [Fact]
    public void The_ledger_says_where_the_need_contradicts_itself_before_what_is_met()
    {
        LedgerRowView[] rows = [new("温差", "≤3 ℃", "2.6 ℃", Verdict.Met), new("密封强度", "≥5 GPa", null, Verdict.Contradicted)];

        var ledger = Render<LedgerTable>(p => p.Add(c => c.Rows, rows).Add(c => c.UnmetFirst, true));

        Assert.Equal(["需求自相矛盾", "已满足"], ledger.FindAll("tbody .chip").Select(c => c.TextContent));
    }

    [Fact]
    public void A_pair_of_sentences_says_whose_they_are()
    {
        var pair = Render<SentencePair>(p => p.Add(c => c.Pair, Full.Sentences[0]));
        Assert.Equal(["您的需求，第2句", "该成果，第5句"], pair.FindAll(".quote > span").Select(s => s.TextContent));
        Assert.All(pair.FindAll("mark"), mark => Assert.Equal("预氧化炉", mark.TextContent));
    }

    [Fact]
    public void A_match_shows_evidence_against_terms_questions_parts_and_its_foot()
    {
        var card = Render<MatchCard>(p => p.Add(c => c.Match, Full).AddChildContent("<button>有意</button>"));
        Assert.Equal("m1", card.Find("article").GetAttribute("aria-labelledby"));
        Assert.Equal("/achievements/CG1", card.Find("#m1 a").GetAttribute("href"));
        Assert.Equal(["已满足1", "未满足1", "未说明1"], card.FindAll("summary .chip").Select(c => c.TextContent));
        Assert.Equal(["最接近的一对句子", "指标对照", "不利之处", "共有词", "可以先问清楚", "分数怎样得来"], card.FindAll("h4").Select(h => h.TextContent));
        Assert.Contains("预氧化炉、温区", card.Markup, StringComparison.Ordinal);
        Assert.Equal("有意", card.Find(".match__foot button").TextContent);
        Assert.False(card.Find("details").HasAttribute("open"));
        Assert.True(Render<MatchCard>(p => p.Add(c => c.Match, Full with { Open = true })).Find("details").HasAttribute("open"));
    }

    [Fact]
    public void A_match_without_evidence_says_so_and_an_unknown_owner_stays_unknown()
    {
        var card = Render<MatchCard>(p => p.Add(c => c.Match, Full with { Owner = null, Why = "", Sentences = [], Ledger = [], Against = [], SharedTerms = [], Questions = [], Contributions = [] }));
        Assert.Contains("没有可以引用的依据", card.Find(".match__body").TextContent, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("h4, .tally, .match__why, .match__foot"));
        Assert.DoesNotContain("北湖", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_pairs_of_sentences_are_counted()
    {
        var card = Render<MatchCard>(p => p.Add(c => c.Match, Full with { Sentences = [Full.Sentences[0], Full.Sentences[0]] }));
        Assert.Equal("最接近的2对句子", card.Find("h4").TextContent);
    }

    [Fact]
    public void In_English_the_same_card_speaks_English()
    {
        Speak("en");
        var card = Render<MatchCard>(p => p.Add(c => c.Match, Full));
        Assert.Equal(["1 met", "1 not met", "1 not stated"], card.FindAll("summary .chip").Select(c => c.TextContent));
    }
}
