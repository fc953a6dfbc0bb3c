using Matchmaking.Jobs;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Notices;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Cases;

public sealed class TriageAndStatisticsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
