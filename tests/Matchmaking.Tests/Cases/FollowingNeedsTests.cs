using System.Net;
using Matchmaking.Jobs;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Cases;

/// <summary>Alone in its database: what is unmatched depends on every achievement there.</summary>
public sealed class FollowingNeedsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_followed_need_is_searched_again_when_an_achievement_comes_and_the_broker_is_told_once()
    {
        var need = await app.PublishNeedAsync();
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<FindMatches>(job => job.RunAsync(Cancel));
        var email = await app.AddUserAsync(Roles.Broker);
        var (broker, brokerId) = (await app.CreateClientForAsync(email), await app.IdOfAsync(email));
        var decided = await broker.PostFormAsync("/desk/triage", new() { ["Input.Decision"] = "LongTerm" }, "form[action*='handler=Decide']");
        Assert.Equal(HttpStatusCode.Redirect, decided.StatusCode);
        Task<int> ToldAsync() => app.WithDbAsync(db => db.Notices.CountAsync(n => n.UserId == brokerId && n.Kind == NoticeKind.TriageMatched, Cancel));
        await app.RunJobAsync<FollowNeeds>(job => job.RunAsync(Cancel));
        Assert.Equal(0, await ToldAsync());

        var before = app.Clock.Now;
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.PublishAchievementAsync();
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<FollowNeeds>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<FollowNeeds>(job => job.RunAsync(Cancel));
        app.Clock.Now = before;

        Assert.NotNull(await app.WithDbAsync(db => db.Triages.Where(t => t.NeedId == need.Id).Select(t => t.SearchedAt).SingleAsync(Cancel)));
        Assert.True(await app.WithDbAsync(db => db.Matches.AnyAsync(m => m.NeedId == need.Id && m.Probability >= FollowNeeds.LowestBound, Cancel)), "The sample pair does not reach the bound, so the test looks at nothing.");
        Assert.Equal(1, await ToldAsync());
    }
}
