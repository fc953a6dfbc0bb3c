using Matchmaking.Jobs;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Plan;

/// <summary>What somebody changes in the database by hand, past its triggers, is found by the next daily verification and shown.</summary>
public sealed class VerifyPlanTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task VerifyAsync() => app.RunAsync<VerifyPlan>((job, token) => job.RunAsync(token));

    [Fact]
    public async Task Sound_figures_pass_and_each_change_by_hand_is_named()
    {
        var staff = await app.AddUserAsync(Roles.Staff);
        await app.WithDbAsync(async db =>
        {
            var by = await db.Users.Where(u => u.Email == staff).Select(u => u.Id).SingleAsync(Cancel);
            db.Report(new IndicatorReport(PlanIndicators.Find("1-1")!, new DateOnly(2026, 9, 30), 4_000, "季报（示例）", by, Guid.NewGuid(), app.Clock.Now));
            await db.SaveChangesAsync(Cancel);
        });
        for (var day = 0; day < 3; day++)
        {
            await app.RegisterAsync(PlanContracts.Content(100 + day));
            await app.RunAsync<CountIndicators>((job, token) => job.RunAsync(token));
            app.Clock.Advance(TimeSpan.FromDays(1));
        }
        await app.RunAsync<IssueBulletins>((job, token) => job.RunAsync(token));
        await VerifyAsync();
        Assert.Equal(3, await app.WithDbAsync(db => db.IndicatorLines.CountAsync(l => l.Code == "5-2", Cancel)));

        await ChangeAsync("IndicatorLines", "\"Weight\" = \"Weight\" + 1", "\"Code\" = '5-2'", async () =>
        {
            // Each of the three days' counts rests on it.
            var wrong = await WrongAsync();
            Assert.Equal(3, wrong.Count(w => w is { Fault: FigureFault.Lines } && w.What.StartsWith("5-2 ", StringComparison.Ordinal)));
        }, "\"Weight\" = \"Weight\" - 1");
        await ChangeAsync("IndicatorReports", "\"Value\" = \"Value\" + 1", "\"Code\" = '1-1'", async () =>
        {
            // What the log has and is not there, and what is there and the log has not.
            var wrong = (await WrongAsync()).Where(w => w.Fault == FigureFault.Report).Select(w => w.What).ToList();
            Assert.Contains("1-1 2026-09-30 4000", wrong);
            Assert.Equal(2, wrong.Count(w => w.StartsWith("1-1 2026-09-30 ", StringComparison.Ordinal)));
        }, "\"Value\" = \"Value\" - 1");
        await ChangeAsync("IndicatorCounts", "\"Value\" = 999", "\"Code\" = '15-1' AND \"Day\" = (SELECT MIN(c.\"Day\") FROM \"IndicatorCounts\" c WHERE c.\"Code\" = '15-1')", async () =>
        {
            Assert.Equal(FigureFault.Lines, Assert.Single(await WrongAsync()).Fault);
        }, "\"Value\" = 0");
        await ChangeAsync("PlanBulletins", "\"FrozenJson\" = 'x'", "\"Edition\" = 1", async () =>
        {
            Assert.Equal((FigureFault.Bulletin, "2026-3"), (await WrongAsync()) is [var one] ? (one.Fault, one.What) : default);
            await Assert.ThrowsAsync<PlanFigureChangedException>(VerifyAsync);
            Assert.Contains(nameof(PlanFigureChangedException), (await app.CreateClient().GetPageAsync("/status")).MainText(), StringComparison.Ordinal);
        }, null);
    }

    private Task<IReadOnlyList<WrongFigure>> WrongAsync() => app.WithServiceAsync<VerifyFigures, IReadOnlyList<WrongFigure>>(v => v.RunAsync(Cancel));

    private Task<int> RunAsync(string sql) => app.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(sql, Cancel));

    /// <summary>By hand in the database: without its triggers, an update, and (unless it is the last) another that undoes it.</summary>
    private async Task ChangeAsync(string table, string change, string where, Func<Task> look, string? undo)
    {
        await RunAsync($"DROP TRIGGER \"frozen_{table}_UPDATE\"{(app.OnPostgres ? $" ON \"{table}\"" : "")}");
        Assert.True(await RunAsync($"UPDATE \"{table}\" SET {change} WHERE {where}") > 0);
        await look();
        if (undo is not null) await RunAsync($"UPDATE \"{table}\" SET {undo} WHERE {where}");
    }
}
