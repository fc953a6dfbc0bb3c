using System.Globalization;
using Matchmaking.Matching.Ranking;
using Matchmaking.Tests.Support;
using Matchmaking.Web.Listings;

namespace Matchmaking.Tests.Web;

public sealed class RankerNamesTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    [Theory]
    [InlineData("zh-CN", "固定权重排序器")]
    [InlineData("en", "fixed-weight ranker")]
    public async Task The_ranker_in_use_and_the_ones_before_it_have_a_name_in_words(string language, string expected)
    {
        var used = new WeightedRanker().Version;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        var names = await app.WithServiceAsync<MatchViews, string[]>(views => Task.FromResult<string[]>([views.Ranker(used), views.Ranker("weighted-1")]));

        Assert.All(names, name => Assert.Contains(expected, name, StringComparison.Ordinal));
        Assert.Contains(used.Split('-')[^1], names[0], StringComparison.Ordinal);
        Assert.Contains("1", names[1], StringComparison.Ordinal);
    }
}
