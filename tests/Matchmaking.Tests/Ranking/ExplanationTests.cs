using System.Text.Encodings.Web;
using System.Text.Json;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Tests.Ranking;

public sealed class ExplanationTests
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Contributions_ledger_and_questions_are_those_that_were_scored()
    {
        var (pair, score, explanation) = Explain(Documents.Need with { Quantities = [.. Documents.Need.Quantities, Documents.Figure("线密度", Comparison.Le, 900, "tex")] }, Documents.Achievement);

        Assert.Same(score.Contributions, explanation.Contributions);
        Assert.Same(pair.Ledger, explanation.Ledger);
        Assert.Equal([LedgerVerdict.Met, LedgerVerdict.NotMet, LedgerVerdict.NotStated], explanation.Ledger.Select(r => r.Verdict));
        Assert.Equal("线密度", Assert.Single(explanation.Questions).Name);
        Assert.Equal(1 / 3.0, pair.Values[Feature.QuantitiesMet], 12);
    }

    [Fact]
    public void Shared_terms_occur_in_both_texts()
    {
        var (_, _, explanation) = Explain(Documents.Need, Documents.Achievement);

        Assert.NotEmpty(explanation.SharedTerms);
        Assert.All(explanation.SharedTerms, term =>
        {
            Assert.Contains(term, ChineseTokenizer.Normalize(Documents.Need.Text), StringComparison.Ordinal);
            Assert.Contains(term, ChineseTokenizer.Normalize(Documents.Achievement.Text), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void An_explanation_is_the_same_after_it_was_stored()
    {
        var (_, _, explanation) = Explain(Documents.Need, Documents.Achievement);

        var json = JsonSerializer.Serialize(explanation, Revision.Json);

        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<Explanation>(json, Revision.Json), Revision.Json));
        Assert.Contains("毛丝率", JsonSerializer.Deserialize<Explanation>(json, Revision.Json)!.Against[0].Arguments);
    }

    [Fact]
    public void A_contradiction_of_the_need_speaks_against_the_match_once_and_counts_as_neither_met_nor_not()
    {
        var (pair, _, explanation) = Explain(Documents.Need with { Quantities = [], Description = "密封强度≥5 GPa，密封强度≤3 GPa。" }, Documents.Achievement with { Quantities = [Documents.Figure("密封强度", Comparison.Eq, 6, "GPa")] });

        var objection = Assert.Single(explanation.Against, a => a.Code == "DemandsExclude");
        Assert.Equal(["密封强度", "≥5\u00A0GPa", "≤3\u00A0GPa"], objection.Arguments);
        Assert.DoesNotContain(explanation.Questions, q => q.Name == "密封强度");
        Assert.Equal((0, 0), (pair.Values[Feature.QuantitiesMet], pair.Values[Feature.QuantitiesNotMet]));
    }

    [Fact]
    public void General_words_particles_and_units_are_no_shared_terms()
    {
        var (_, _, explanation) = Explain(
            Documents.Need with { Title = "油封", Summary = "", Description = "要求密封强度提高，间隙5 mm，面积2 m2，目前采用氟橡胶与PTFE。", Keywords = [] },
            Documents.Achievement with { Title = "胶料", Summary = "", Description = "氟橡胶与PTFE复合，密封强度提高明显，间隙3 mm，面积3 m2，满足要求。", Keywords = [] });

        Assert.Equal(["密封强度", "氟橡胶", "ptfe", "间隙", "面积"], explanation.SharedTerms.OrderBy(t => Array.IndexOf(["密封强度", "氟橡胶", "ptfe", "间隙", "面积"], t)));
    }

    [Theory]
    [InlineData("疲劳强度提高", "疲劳强度")]
    [InlineData("要求有效幅宽", "有效幅宽")]
    [InlineData("复合材料", "复合材料")]
    [InlineData("材料", "")]
    [InlineData("采用要求", "")]
    [InlineData("力与", "力")]
    [InlineData("和制动", "制动")]
    // Terms that begin or end with what is often a particle.
    [InlineData("在线监测", "在线监测")]
    [InlineData("饱和", "饱和")]
    [InlineData("基因", "基因")]
    [InlineData("", "")]
    public void General_words_are_taken_off_the_ends_of_a_shared_stretch(string stretch, string expected) => Assert.Equal(expected, GeneralWords.Trim(stretch));

    [Fact]
    public void Nothing_shared_is_no_term() =>
        Assert.Empty(Explain(Documents.Need, Documents.Achievement with { Title = "玉米收获", Summary = "", Description = "割台", Keywords = [] }).Explanation.SharedTerms);

    [Theory]
    [InlineData("拉伸强度提高。毛丝减少comment。", "拉伸强度高mm。毛丝减少。")]
    [InlineData("🙂碳纤维🙂。İ强度ß模量。", "🙂碳纤维。强度ß模量🙂。")]
    [InlineData("5.5 GPa与5.5GPa。A", "5.5 GPa。A")]
    public void Marks_lie_inside_the_sentences_and_cover_what_the_other_has(string needText, string achievementText)
    {
        var (_, _, explanation) = Explain(Documents.Need with { Description = needText }, Documents.Achievement with { Description = achievementText });

        Assert.NotEmpty(explanation.Sentences);
        foreach (var evidence in explanation.Sentences)
        {
            Assert.Contains(evidence.NeedText, needText, StringComparison.Ordinal);
            Assert.Contains(evidence.AchievementText, achievementText, StringComparison.Ordinal);
            AssertMarks(evidence.NeedText, evidence.NeedMarks, evidence.AchievementText);
            AssertMarks(evidence.AchievementText, evidence.AchievementMarks, evidence.NeedText);
        }
    }

    [Fact]
    public void Shared_neighbouring_characters_make_one_mark()
    {
        var evidence = Assert.Single(Explain(Documents.Need with { Description = "现有碳纤维的拉伸强度低" }, Documents.Achievement with { Description = "碳纤维拉伸强度" }).Explanation.Sentences);

        Assert.Equal([new Span(2, 3), new Span(6, 4)], evidence.NeedMarks);
        Assert.Equal([new Span(0, 7)], evidence.AchievementMarks);
    }

    private static void AssertMarks(string text, IReadOnlyList<Span> marks, string other)
    {
        var end = -1;
        foreach (var mark in marks)
        {
            Assert.True(mark.Start > end && mark.Length >= 2 && mark.Start + mark.Length <= text.Length, $"{mark} in {text}");
            end = mark.Start + mark.Length;
            var piece = text.Substring(mark.Start, mark.Length).ToLowerInvariant();
            Assert.All(Enumerable.Range(0, piece.Length - 1), i => Assert.Contains(piece.Substring(i, 2), other.ToLowerInvariant(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Letters_are_marked_as_whole_words_only()
    {
        var (_, _, explanation) = Explain(Documents.Need with { Description = "comment 拉伸" }, Documents.Achievement with { Description = "mm 拉伸" });

        Assert.Equal([new Span(8, 2)], Assert.Single(explanation.Sentences).NeedMarks);
    }

    [Fact]
    public void Sentences_without_vectors_are_no_reason() => Assert.Empty(Explain(Documents.Need, Documents.Achievement, vectors: false).Explanation.Sentences);

    [Theory]
    [InlineData("maturity", "MaturityBelow", "5,6")]
    [InlineData("price", "PriceAboveBudget", "260,60")]
    [InlineData("modes", "NoSharedMode", "")]
    [InlineData("open", "NothingStated", "2")]
    [InlineData("noMaturity", "MaturityNotStated", "")]
    [InlineData("figures", "QuantityNotMet", "毛丝率,3%,≤2%")]
    public void What_speaks_against_is_said_with_its_numbers(string what, string code, string arguments)
    {
        var a = Documents.Achievement;
        var worse = what switch
        {
            "maturity" => a with { Maturity = 5 },
            "price" => a with { Money = 260 },
            "modes" => a with { Cooperation = ["EquityInvestment"] },
            "open" => a with { Quantities = [] },
            "noMaturity" => a with { Maturity = null },
            _ => a,
        };

        var against = Explain(Documents.Need, worse).Explanation.Against;

        Assert.Equal(arguments, string.Join(',', Assert.Single(against, o => o.Code == code).Arguments));
        if (what != "figures") Assert.DoesNotContain(Explain(Documents.Need, a).Explanation.Against, o => o.Code == code);
    }

    [Fact]
    public void The_name_of_an_anonymous_owner_is_in_no_explanation()
    {
        const string owner = "无名碳素有限公司（示例）";
        var at = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
        const string code = "91220100MA0000000";
        var organization = new Organization(owner, OrganizationKind.Enterprise, code + CreditCode.CheckCharacter(code), "220100", "C28", null, at);
        organization.Verify(1, at);

        string Json(Disclosure disclosure)
        {
            var need = new Need(organization, 1, at);
            need.Describe(new NeedContent
            {
                Title = "碳纤维拉伸强度提升", Summary = "提高强度", Description = "希望拉伸强度不低于5.5 GPa，毛丝减少，工艺稳定。", Keywords = ["碳纤维"], Field = TechnologyField.NewMaterials, Industry = "C28",
                Region = "220100", Quantities = [Documents.Figure("拉伸强度", Comparison.Ge, 5.5m, "GPa")], Cooperation = [CooperationMode.TechnicalService], Kind = NeedKind.Renovation, Horizon = Horizon.Near,
                Deadline = new DateOnly(2027, 6, 30), ValidUntil = new DateOnly(2027, 6, 30), Disclosure = disclosure,
            }, new Contact("联系人（示例）", "0431-00000000", "contact@demo.test"), at);
            need.Submit(1, at, new DateOnly(2026, 5, 1));
            need.Publish("XQ2026-220100-00001", 1, at);
            var document = need.ToDocument();
            var match = Assert.Single(new MatchFinder(null!, null!, new WeightedRanker()).Rank(new IndexEntry(Documents.Achievement, null), [new IndexEntry(document, null)], TermStatistics.Empty, 5, Documents.Today));
            return JsonSerializer.Serialize(match, Plain);
        }

        Assert.Contains(owner, Json(Disclosure.Named), StringComparison.Ordinal);
        Assert.DoesNotContain(owner, Json(Disclosure.Anonymous), StringComparison.Ordinal);
        Assert.DoesNotContain("联系人", Json(Disclosure.Named), StringComparison.Ordinal);
        Assert.DoesNotContain("contact@", Json(Disclosure.Named), StringComparison.Ordinal);
    }

    private static (PairDescription Pair, Score Score, Explanation Explanation) Explain(ListingDocument need, ListingDocument achievement, bool vectors = true)
    {
        var pair = PairFeatures.Describe(new PreparedListing(need, vectors ? Vectors(need) : null), new PreparedListing(achievement, vectors ? Vectors(achievement) : null), TermStatistics.Empty, Documents.Today);
        var score = WeightedRanker.Score(pair.Values);
        return (pair, score, Explanation.Of(need, achievement, pair, score));
    }

    private static ListingVectors Vectors(ListingDocument document)
    {
        var sentences = SentenceSplitter.Split(document.Description);
        return new ListingVectors("m1", [1, 0], [1, 0], [.. sentences.Select((_, i) => new[] { (float)Math.Cos(i), (float)Math.Sin(i) })]);
    }
}
