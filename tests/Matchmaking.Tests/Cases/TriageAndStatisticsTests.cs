using System.Net;
using Matchmaking.Jobs;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Cases;

public sealed class TriageAndStatisticsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
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
        var decided = await broker.PostFormAsync("/desk/triage", new() { ["Input.Decision"] = "LongTerm" }, $"form[action*='handler=Decide'][action*='id={need.Id}'], form[action*='handler=Decide']");
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

    [Fact]
    public async Task Two_decisions_about_one_need_leave_one_standing()
    {
        var need = await app.PublishNeedAsync();
        await app.WithDbAsync(async db =>
        {
            var first = new Triage(need.Id, TriageDecision.LongTerm, "", null, 1, app.Clock.Now);
            db.Triages.Add(first);
            await db.SaveChangesAsync(Cancel);
            first.End(app.Clock.Now);
            db.Triages.Add(new Triage(need.Id, TriageDecision.Sharpen, "补指标", null, 1, app.Clock.Now));
            await db.SaveChangesAsync(Cancel);
        });

        await Assert.ThrowsAsync<DbUpdateException>(() => app.WithDbAsync(async db =>
        {
            db.Triages.Add(new Triage(need.Id, TriageDecision.LongTerm, "", null, 1, app.Clock.Now));
            await db.SaveChangesAsync(Cancel);
        }));
    }

    [Fact]
    public async Task A_month_of_declines_is_told_to_both_organisations_once_and_in_numbers_only()
    {
        var (pair, id, _) = await app.AddCaseAsync(CaseStage.OneInterested);
        await app.WithServiceAsync<Introductions, CaseDecision>(i => i.DeclineAsync(id, CaseSide.Achievement, EndReason.Price, "对方报价太低（示例）", pair.AchievementMember, Cancel));
        var before = app.Clock.Now;
        app.Clock.Now = new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.Zero);
        await app.RunJobAsync<TellDeclineStatistics>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<TellDeclineStatistics>(job => job.RunAsync(Cancel));
        var firm = await app.CreateClientForAsync(pair.NeedEmail);

        var page = (await firm.GetPageAsync("/my/statistics")).MainText();
        app.Clock.Now = before;

        Assert.Contains("2026-11", page, StringComparison.Ordinal);
        Assert.Contains("推送1项，终止1项；经纪人评为1或2级0对", page, StringComparison.Ordinal);
        Assert.Contains("价格", page, StringComparison.Ordinal);
        Assert.Contains("TRL\u00a07", page, StringComparison.Ordinal);
        Assert.DoesNotContain("报价太低", page, StringComparison.Ordinal);
        Assert.Equal(1, await app.WithDbAsync(db => db.Notices.CountAsync(n => n.UserId == pair.NeedMember && n.Kind == NoticeKind.DeclineStatistics, Cancel)));
        Assert.Equal(1, await app.WithDbAsync(db => db.Notices.CountAsync(n => n.UserId == pair.AchievementMember && n.Kind == NoticeKind.DeclineStatistics, Cancel)));
    }
}
