using Matchmaking.Jobs;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Plan;

public sealed class RemindReportsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Staff_are_told_once_when_a_quarters_reports_are_overdue_and_once_more_two_weeks_later()
    {
        var email = await app.AddUserAsync(Roles.Staff);
        var broker = await app.AddUserAsync(Roles.Broker);
        async Task<List<string>> ToldAsync(string to) => await app.WithDbAsync(db => db.Notices.Where(n => n.Kind == NoticeKind.PlanOverdue && db.Users.Any(u => u.Id == n.UserId && u.Email == to)).OrderBy(n => n.Id).Select(n => n.Link).ToListAsync(Cancel));
        async Task RunOnAsync(DateOnly day)
        {
            app.MoveTo(day);
            await app.RunJobAsync<RemindReports>(job => job.RunAsync(Cancel));
            await app.RunJobAsync<RemindReports>(job => job.RunAsync(Cancel));
        }
        var over = new DateOnly(2026, 12, 31).AddDays(PlanDesk.ReportDays + 1);

        await RunOnAsync(over);
        Assert.Equal(["/staff/indicators/desk#2026-12-31"], await ToldAsync(email));
        await RunOnAsync(over.AddDays(RemindReports.AgainAfterDays - 2));
        Assert.Single(await ToldAsync(email));
        await RunOnAsync(over.AddDays(RemindReports.AgainAfterDays));
        Assert.Equal(["/staff/indicators/desk#2026-12-31", "/staff/indicators/desk#2026-12-31-again"], await ToldAsync(email));
        Assert.Empty(await ToldAsync(broker));

        var client = await app.CreateClientForAsync(email);
        var inbox = (await client.GetPageAsync("/inbox")).MainText();
        Assert.Contains("应报送到2026-12-31，共38项", inbox, StringComparison.Ordinal);
    }
}
