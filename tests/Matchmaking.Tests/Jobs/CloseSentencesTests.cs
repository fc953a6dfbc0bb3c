using Matchmaking.Jobs;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Jobs;

/// <summary>The closest sentences of a match, from the encoder to the broker's desk.</summary>
public sealed class CloseSentencesTests : IAsyncLifetime
{
    private readonly EncodedApplication app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        await app.PublishNeedAsync(content: app.NeedContent() with { Description = "零下三十度时主驱电机启动困难。" });
        await app.PublishAchievementAsync(content: app.AchievementContent() with { Description = "零下三十度时主驱马达顺利启动。" });
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<FindMatches>(job => job.RunAsync(Cancel));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task<Match> MatchAsync() => app.WithDbAsync(db => db.Matches.AsNoTracking().SingleAsync(Cancel));

    [Fact]
    public async Task The_desk_shows_them_with_shared_and_near_terms_marked()
    {
        var match = await MatchAsync();
        var broker = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Broker));

        var panel = (await broker.GetPageAsync($"/desk?match={match.Id}")).QuerySelector("section[aria-labelledby=cs]")!;

        Assert.Equal("最接近的一对句子", panel.QuerySelector("h2")!.TextContent);
        Assert.Equal(["零下三十度时主驱电机启动困难", "零下三十度时主驱马达顺利启动"], panel.QuerySelectorAll(".quote").Select(q => q.TextContent[q.QuerySelector("span")!.TextContent.Length..].Trim()));
        Assert.Equal(["电机", "马达", "意思相近"], panel.QuerySelectorAll("mark.near").Select(m => m.TextContent));
        Assert.Equal(["零下三十度时主驱", "启动", "零下三十度时主驱", "启动"], panel.QuerySelectorAll("mark:not(.near)").Select(m => m.TextContent));
        Assert.Equal("意思相近 电机与马达", panel.QuerySelector(".pair__near")!.TextContent);
        Assert.Contains("共有词", panel.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_owners_see_the_same_with_their_own_side_first()
    {
        var match = await MatchAsync();
        var member = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.WithDbAsync(db => db.Needs.Where(n => n.Id == match.NeedId).Select(n => n.Organization).SingleAsync(Cancel))));
        var researcher = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Researcher, await app.WithDbAsync(db => db.Achievements.Where(a => a.Id == match.AchievementId).Select(a => a.Organization).SingleAsync(Cancel))));

        Assert.Equal("意思相近 电机与马达", (await member.GetPageAsync($"/my/needs/{match.NeedId}/matches")).QuerySelector(".match .pair__near")!.TextContent);
        Assert.Equal("意思相近 马达与电机", (await researcher.GetPageAsync($"/my/achievements/{match.AchievementId}/matches")).QuerySelector(".match .pair__near")!.TextContent);
    }

    [Fact]
    public async Task A_need_that_found_an_imported_paper_by_words_is_matched_again_when_the_paper_has_its_vectors()
    {
        var match = await MatchAsync();
        await app.WithDbAsync(async db =>
        {
            await db.Achievements.Where(a => a.Id == match.AchievementId).ExecuteUpdateAsync(set => set.SetProperty(a => a.Source, "csl:test"), Cancel);
            await db.ListingVectors.Where(v => v.ListingId == match.AchievementId).ExecuteDeleteAsync(Cancel);
        });
        await app.RunJobAsync<FindMatches>(job => job.RunOneAsync(match.NeedId, Cancel));
        Assert.DoesNotContain("cosine_text", (await MatchAsync()).FeaturesJson, StringComparison.Ordinal);

        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<FindMatches>(job => job.RunAsync(Cancel));

        Assert.Contains("cosine_text", (await MatchAsync()).FeaturesJson, StringComparison.Ordinal);
        // And not again and again.
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        Assert.False(await app.WithDbAsync(db => db.Listings.AnyAsync(l => l.MatchedVersion < l.SearchVersion, Cancel)));
    }

    private sealed class EncodedApplication : MatchmakingApplication
    {
        protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Encoder:Path", Repository.Path(SearchRegistration.DefaultEncoder))];
    }
}
