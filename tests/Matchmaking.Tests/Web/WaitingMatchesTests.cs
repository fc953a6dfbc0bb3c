using Matchmaking.Jobs;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Web;

/// <summary>What the home page says waits for a broker is what the broker's desk asks for.</summary>
public sealed class WaitingMatchesTests : IAsyncLifetime
{
    private readonly MatchmakingApplication app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    // found from either side
    [InlineData(0.31, 1, null, 1)]
    [InlineData(0.31, null, 1, 1)]
    // too poor to be shown, or found no more
    [InlineData(0.29, 1, null, 0)]
    [InlineData(0.31, null, null, 0)]
    public async Task Home_and_desk_count_the_same(double probability, int? rank, int? reverseRank, int expected)
    {
        await app.PublishNeedAsync();
        await app.PublishAchievementAsync();
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<FindMatches>(job => job.RunAsync(Cancel));
        Assert.Equal(1, await app.WithDbAsync(db => db.Matches.ExecuteUpdateAsync(set => set.SetProperty(m => m.Probability, probability).SetProperty(m => m.Rank, rank).SetProperty(m => m.ReverseRank, reverseRank), Cancel)));

        var home = await (await app.CreateClientForAsync(null)).GetPageAsync("/");
        var desk = await (await app.CreateClientForAsync(await app.AddUserAsync(Roles.Broker))).GetPageAsync("/desk");

        Assert.Equal($"{expected} 对", home.QuerySelectorAll("dt").Single(dt => dt.TextContent == "等待经纪人评级的匹配").NextElementSibling!.TextContent);
        Assert.Contains($"待评{expected}对", desk.Body!.TextContent, StringComparison.Ordinal);
    }
}
