using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;

namespace Matchmaking.Tests.Ranking;

public sealed class WeightedRankerTests
{

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Contributions_add_up_to_the_score(bool withVectors)
    {
        var (pair, score) = Score(Documents.Need, Documents.Achievement, withVectors ? 0.2 : null);

        Assert.Equal(score.Value, score.Contributions.Sum(c => c.Value), 1e-9);
        Assert.InRange(score.Probability, 0, 1);
        Assert.Equal(pair.Values.Keys.Append(WeightedRanker.Bias).Order(StringComparer.Ordinal), score.Contributions.Select(c => c.Feature).Order(StringComparer.Ordinal));
        Assert.Equal(withVectors, pair.Values.ContainsKey(Feature.CosineTitle));
    }

    public static TheoryData<string> Features { get; } = new(Feature.All);

    [Theory]
    [MemberData(nameof(Features))]
    public void A_feature_taken_away_or_changed_moves_the_score(string feature)
    {
        var (pair, score) = Score(Documents.Need, Documents.Achievement, 0.2);
        var changed = pair.Values.ToDictionary();
        Assert.True(changed.ContainsKey(feature), "the sample pair has every feature");
        changed[feature] += 0.05;
        var without = pair.Values.Where(v => v.Key != feature).ToDictionary();

        Assert.NotEqual(score.Value, WeightedRanker.Score(changed).Value, 1e-6);
        Assert.NotEqual(score.Value, WeightedRanker.Score(without).Value, 1e-6);
    }

    /// <summary>What of the achievement is changed for the worse, and the feature that must fall (or, for what is not met, rise).</summary>
    public static TheoryData<string, string> Changes { get; } = new()
    {
        { "title", Feature.TitleCharacters }, { "text", Feature.TitleInText }, { "title", Feature.TitleInTextReversed }, { "text", Feature.TextTerms }, { "keywords", Feature.Keywords },
        { "vectors", Feature.CosineTitle }, { "vectors", Feature.CosineTitleText }, { "vectors", Feature.CosineText }, { "vectors", Feature.BestSentence }, { "vectors", Feature.ThreeSentences },
        { "field", Feature.Field }, { "industry", Feature.Industry }, { "maturity", Feature.Maturity }, { "figures", Feature.QuantitiesMet }, { "figures", Feature.QuantitiesNotMet },
        { "region", Feature.Region }, { "money", Feature.Money }, { "modes", Feature.Cooperation }, { "day", Feature.Freshness },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_worse_record_changes_its_feature_and_lowers_the_score(string what, string feature)
    {
        var a = Documents.Achievement;
        var worse = what switch
        {
            "title" => a with { Title = "凝固浴分级控制装置" },
            "text" => a with { Title = "浆料", Summary = "", Description = "颗粒分级。", Keywords = [], Quantities = a.Quantities },
            "keywords" => a with { Keywords = ["喷丝板", "凝胶"] },
            "field" => a with { Field = "ModernAgriculture" },
            "industry" => a with { Industry = "A01" },
            "maturity" => a with { Maturity = 3 },
            "figures" => a with { Quantities = [a.Quantities[0] with { Value = 4.9m }, a.Quantities[1]] },
            "region" => a with { Region = "220100" },
            "money" => a with { Money = 390 },
            "modes" => a with { Cooperation = ["EquityInvestment"] },
            "day" => a with { PublishedAt = a.PublishedAt.AddDays(-90) },
            _ => a,
        };
        var need = what == "day" ? Documents.Need with { PublishedAt = worse.PublishedAt.AddDays(-900) } : Documents.Need;
        var (before, high) = Score(need, a, 0.2);
        var (after, low) = Score(need, worse, what == "vectors" ? 0.9 : 0.2);

        if (feature == Feature.QuantitiesNotMet) Assert.True(after.Values[feature] > before.Values[feature]);
        else Assert.True(after.Values[feature] < before.Values[feature], $"{after.Values[feature]} < {before.Values[feature]}");
        Assert.True(low.Value < high.Value, $"{low.Value} < {high.Value}");
    }

    public static TheoryData<string> Texts { get; } =
        ["", " ", "碳", "碳纤维", "🙂🙂🙂", "tensile strength of carbon fibre", "12345 67.8 9", "<p>强度 &amp; <b>模量</b></p>", "。，！", "\0\u0007", new string('9', 4_000), new string('纤', 4_000)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void No_text_gives_anything_but_finite_numbers(string text)
    {
        var bare = Documents.Need with { Title = text, Summary = text, Description = text, Keywords = [text], Quantities = [], Money = 0, Field = "", Industry = "", Region = "" };
        foreach (var (need, achievement) in new[] { (bare, Documents.Achievement), (Documents.Need, bare with { Id = 2, Kind = ListingKind.Achievement }), (bare, bare with { Id = 2, Kind = ListingKind.Achievement }) })
        {
            var (pair, score) = Score(need, achievement, null);
            Assert.All(pair.Values, v => Assert.True(double.IsFinite(v.Value) && v.Value is >= -1 and <= 1 + 1e-9, $"{v}"));
            Assert.True(double.IsFinite(score.Value));
            Assert.InRange(score.Probability, 0, 1);
            Explanation.Of(need, achievement, pair, score);
        }
    }

    // Half characters as test data would be lost on the way: runners store it as UTF-8.
    [Fact]
    public void Half_characters_give_finite_numbers() => No_text_gives_anything_but_finite_numbers("\uDE00强度\uD83D\uFFFF");

    [Fact]
    public void Vectors_of_another_model_are_left_out_and_a_title_stands_in_for_missing_sentences()
    {
        var need = new PreparedListing(Documents.Need, Documents.Vectors(0));
        var other = PairFeatures.Describe(need, new PreparedListing(Documents.Achievement, Documents.Vectors(0) with { Model = "m2" }), TermStatistics.Empty, Documents.Today);
        var bare = PairFeatures.Describe(need, new PreparedListing(Documents.Achievement, Documents.Vectors(0) with { Sentences = [] }), TermStatistics.Empty, Documents.Today);
        var odd = PairFeatures.Describe(need, new PreparedListing(Documents.Achievement, new ListingVectors("m1", [1], [], [[]])), TermStatistics.Empty, Documents.Today);

        Assert.DoesNotContain(Feature.CosineText, other.Values.Keys);
        Assert.Contains(Feature.CosineText, bare.Values.Keys);
        // A title alone is its own only sentence; the reasons show no place in a description that is not there.
        Assert.Contains(Feature.BestSentence, bare.Values.Keys);
        Assert.Empty(bare.Sentences);
        Assert.All(odd.Values.Values, v => Assert.True(double.IsFinite(v)));
    }

    [Fact]
    public void Extreme_money_stays_a_finite_feature()
    {
        var (pair, _) = Score(Documents.Need with { Money = 0.0000000000000000000000000001m }, Documents.Achievement with { Money = 10_000_000m }, null);

        Assert.Equal(0, pair.Values[Feature.Money]);
    }

    [Fact]
    public void A_pair_that_fits_is_probable_and_one_of_two_worlds_is_not()
    {
        var foreign = Documents.Achievement with
        {
            Title = "玉米籽粒低损伤收获割台", Summary = "", Description = "割台损失率低。", Keywords = ["玉米"], Field = "ModernAgriculture", Industry = "A01", Quantities = [], Region = "220800", Money = null,
        };

        Assert.InRange(Score(Documents.Need, Documents.Achievement, null).Score.Probability, 0.6, 1);
        Assert.InRange(Score(Documents.Need, foreign, null).Score.Probability, 0, 0.15);
        Assert.InRange(Score(Documents.Need, Documents.Achievement, 0.2).Score.Probability, 0.6, 1);
        Assert.InRange(Score(Documents.Need, foreign, 1.2).Score.Probability, 0, 0.1);
    }

    /// <param name="angle">Between the vectors of the two sides; null for none.</param>
    private static (PairDescription Pair, Score Score) Score(ListingDocument need, ListingDocument achievement, double? angle)
    {
        var pair = PairFeatures.Describe(new PreparedListing(need, angle is null ? null : Documents.Vectors(0)), new PreparedListing(achievement, angle is { } a ? Documents.Vectors(a) : null), TermStatistics.From([need, achievement]), Documents.Today);
        return (pair, WeightedRanker.Score(pair.Values));
    }
}
