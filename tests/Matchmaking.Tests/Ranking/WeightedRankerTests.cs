using System.Text.Json;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Tests.Ranking;

public sealed class WeightedRankerTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    private static ListingDocument Document(int id, ListingKind kind, string title, string text, params Quantity[] quantities) => new(
        id, kind, $"X{id}", title, text, text, ["碳纤维"], null, "NewMaterials", "C28", "220200", "Near", 100, ["Licence"], 6, quantities, null,
        new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero), new DateOnly(2027, 5, 1));

    private static readonly ListingDocument Need = Document(1, ListingKind.Need, "大丝束碳纤维强度提升", "48K大丝束拉伸强度需达到5.5 GPa。", new Quantity("拉伸强度", Comparison.Ge, 5.5m, null, "GPa"));
    private static readonly ListingDocument Good = Document(2, ListingKind.Achievement, "碳纤维原丝高强化工艺", "大丝束碳纤维拉伸强度达5.8 GPa。", new Quantity("拉伸强度", Comparison.Eq, 5800, null, "MPa"));
    private static readonly ListingDocument Weak = Document(3, ListingKind.Achievement, "鲜人参保鲜包装", "失重率2.6%。", new Quantity("失重率", Comparison.Eq, 2.6m, null, "%"));

    private static float[] Vector(int seed)
    {
        var random = new Random(seed);
        var v = Enumerable.Range(0, 16).Select(_ => (float)random.NextDouble()).ToArray();
        var length = MathF.Sqrt(v.Sum(x => x * x));
        return [.. v.Select(x => x / length)];
    }

    private static ListingVectors Vectors(int seed) => new("test", Vector(seed), Vector(seed + 1), [Vector(seed + 2), Vector(seed + 3)]);

    private static PairDescription Describe(ListingDocument need, ListingDocument achievement, bool vectors) => PairFeatures.Describe(
        new PreparedListing(need, vectors ? Vectors(1) : null), new PreparedListing(achievement, vectors ? Vectors(5) : null), TermStatistics.From([need, achievement, Weak]), Today);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_parts_add_up_to_the_score(bool vectors)
    {
        var score = new WeightedRanker().Score(Describe(Need, Good, vectors).Values);

        Assert.Equal(score.Value, score.Contributions.Sum(c => c.Value), 9);
        Assert.InRange(score.Probability, 0, 1);
        Assert.True(score.Contributions.Count > 8);
    }

    [Fact]
    public void A_fit_stands_above_an_unrelated_offer_with_and_without_vectors()
    {
        var finder = new MatchFinder(null!, null!, new WeightedRanker());
        var order = finder.Rank(new IndexEntry(Need, null), [new IndexEntry(Weak, null), new IndexEntry(Good, null)], TermStatistics.From([Need, Good, Weak]), 10, Today);

        Assert.Equal([2, 3], order.Select(r => r.Candidate.Id));
        Assert.True(order[0].Score.Probability > order[1].Score.Probability);
    }

    public static TheoryData<string> Features => [.. Feature.All];

    [Theory]
    [MemberData(nameof(Features))]
    public void Each_feature_taken_away_moves_the_score(string feature)
    {
        var values = Feature.All.ToDictionary(f => f, _ => 0.9);
        var ranker = new WeightedRanker();
        var whole = ranker.Score(values);

        values.Remove(feature);

        Assert.NotEqual(whole.Value, ranker.Score(values).Value, 6);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("钢", "钢")]
    [InlineData("😀🚀", "😀")]
    [InlineData("pure latin words only", "another one 5 GPa")]
    [InlineData("123 456", "789")]
    [InlineData("<b>标题</b>", "<script>alert(1)</script>")]
    [InlineData("断\ud800代理", "零\u200b宽")]
    public void Odd_texts_give_a_number(string title, string text)
    {
        var pair = Describe(Document(7, ListingKind.Need, title, text), Document(8, ListingKind.Achievement, text, title), vectors: true);
        var score = new WeightedRanker().Score(pair.Values);

        Assert.True(double.IsFinite(score.Value));
        Assert.All(pair.Values, v => Assert.True(double.IsFinite(v.Value), v.Key));
    }

    [Fact]
    public void Four_thousand_characters_without_a_space_give_a_number()
    {
        var text = new string('碳', 4_000);
        Assert.True(double.IsFinite(new WeightedRanker().Score(Describe(Document(7, ListingKind.Need, "标题", text), Good, false).Values).Value));
    }

    [Fact]
    public void The_same_input_gives_the_same_order_and_ties_go_by_id()
    {
        var twins = Enumerable.Range(10, 6).Reverse().Select(id => new IndexEntry(Good with { Id = id }, null)).ToList();
        var finder = new MatchFinder(null!, null!, new WeightedRanker());
        var terms = TermStatistics.From([Need, Good]);

        var once = finder.Rank(new IndexEntry(Need, null), twins, terms, 10, Today).Select(r => r.Candidate.Id).ToList();
        var again = finder.Rank(new IndexEntry(Need, null), Enumerable.Reverse(twins), terms, 10, Today).Select(r => r.Candidate.Id).ToList();

        Assert.Equal([10, 11, 12, 13, 14, 15], once);
        Assert.Equal(once, again);
    }

    [Fact]
    public void Reciprocal_ranks_are_summed()
    {
        // 7: 1/61 + 1/62; 8: 1/62 + 1/61 → tie by id; 9: 1/63.
        var fused = MatchFinder.Fuse([new(7, 3), new(8, 2), new(9, 1)], [new(8, 9), new(7, 8)]);

        Assert.Equal([7, 8, 9], fused);
    }

    [Fact]
    public void The_explanation_shows_the_ledger_and_only_terms_of_both_texts()
    {
        var pair = Describe(Need, Good, true);
        var explanation = Explanation.Of(Need, Good, pair, new WeightedRanker().Score(pair.Values));

        Assert.Equal(LedgerVerdict.Met, Assert.Single(explanation.Ledger).Verdict);
        Assert.NotEmpty(explanation.SharedTerms);
        Assert.All(explanation.SharedTerms, term =>
        {
            Assert.Contains(term, ChineseTokenizer.Normalize(Need.Text), StringComparison.Ordinal);
            Assert.Contains(term, ChineseTokenizer.Normalize(Good.Text), StringComparison.Ordinal);
        });
        Assert.All(explanation.Sentences, s => Assert.All(s.NeedMarks, m => Assert.InRange(m.Start + m.Length, 0, s.NeedText.Length)));
        var back = JsonSerializer.Deserialize<Explanation>(JsonSerializer.Serialize(explanation, Revision.Json), Revision.Json)!;
        Assert.Equal(explanation.Ledger, back.Ledger);
    }
}
