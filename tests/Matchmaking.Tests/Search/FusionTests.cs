using Matchmaking.Matching.Search;

namespace Matchmaking.Tests.Search;

/// <summary>What words and a vector are worth beside each other.</summary>
public sealed class FusionTests
{
    private static readonly IReadOnlyList<(ListingFacts, float)> Nearest = [(ListingFacts.OfHit(1, 0), 0.8f), (ListingFacts.OfHit(2, 0), 0.5f)];

    [Fact]
    public void Words_count_by_their_share_of_what_was_typed_and_the_cosine_twice()
    {
        var fusion = new Fusion(10, Nearest, null);

        Assert.Equal(0.4 + 1.6, fusion.Score(1, 4), 6);
        Assert.Equal(1.0, fusion.Score(2, 0), 6);
    }

    [Fact]
    public void A_listing_that_is_not_among_the_nearest_counts_like_the_last_of_them()
    {
        Assert.Equal(new Fusion(10, Nearest, null).Score(2, 3), new Fusion(10, Nearest, null).Score(9, 3));
        Assert.Equal(0.3, new Fusion(10, [], null).Score(9, 3), 6);
    }

    [Fact]
    public void The_listing_with_the_typed_number_stands_before_all()
    {
        var fusion = new Fusion(0.001, Nearest, exactId: 2);

        Assert.True(fusion.Score(2, 0) > fusion.Score(1, 50));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1_000, 1_000)]
    [InlineData(0, 1_000)]
    public void The_rarity_of_words_is_a_number_above_nothing(int found, int documents) =>
        Assert.InRange(Fusion.Rarity([found], documents), 1e-9, 20);

    [Fact]
    public void Rare_words_weigh_more_than_frequent_ones() =>
        Assert.True(Fusion.Rarity([1], 1_000) > Fusion.Rarity([500], 1_000));
}
