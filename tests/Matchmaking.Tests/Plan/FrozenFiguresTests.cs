using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Plan;

/// <summary>What somebody with a hand in the database can do to figures that were reported or counted.</summary>
public sealed class FrozenFiguresTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<int> ExecuteAsync(string sql) => app.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(sql, Cancel));

    private async Task RefusedAsync(string sql)
    {
        var refused = await Record.ExceptionAsync(() => ExecuteAsync(sql));
        Assert.True(refused?.Message.Contains("never changes", StringComparison.Ordinal) == true, $"{sql}: {refused?.Message ?? "done"}");
    }

    [Fact]
    public async Task The_database_refuses_to_change_or_remove_a_reported_value_and_takes_a_correction()
    {
        var email = await app.AddUserAsync(Roles.Staff);
        var by = await app.WithDbAsync(db => db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(Cancel));
        Task<int> ReportAsync(decimal value) => app.WithDbAsync(async db =>
        {
            var report = new IndicatorReport(PlanIndicators.Find("1-1")!, new DateOnly(2026, 9, 30), value, "季报（示例）", by, Guid.NewGuid(), app.Clock.Now);
            db.IndicatorReports.Add(report);
            await db.SaveChangesAsync(Cancel);
            return report.Id;
        });
        var id = await ReportAsync(4100m);

        await RefusedAsync($"UPDATE \"IndicatorReports\" SET \"Value\" = 5000 WHERE \"Id\" = {id}");
        await RefusedAsync($"UPDATE \"IndicatorReports\" SET \"Source\" = 'x' WHERE \"Id\" = {id}");
        await RefusedAsync($"DELETE FROM \"IndicatorReports\" WHERE \"Id\" = {id}");
        if (!app.OnPostgres) await RefusedAsync($"INSERT OR REPLACE INTO \"IndicatorReports\" (\"Id\", \"AsOf\", \"At\", \"Code\", \"CreationKey\", \"EnteredById\", \"Source\", \"Value\") SELECT \"Id\", \"AsOf\", \"At\", \"Code\", \"CreationKey\", \"EnteredById\", \"Source\", 5000 FROM \"IndicatorReports\" WHERE \"Id\" = {id}");
        await ReportAsync(4200m);

        Assert.Equal([4100m, 4200m], await app.WithDbAsync(db => db.IndicatorReports.OrderBy(r => r.Id).Select(r => r.Value).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task A_count_is_brought_up_to_date_during_its_day_and_frozen_once_a_later_day_is_counted()
    {
        Task CountAsync() => app.RunAsync<CountIndicators>((job, token) => job.RunAsync(token));
        await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, 2026, await app.PublishNeedAsync());
        var first = ProvinceTime.DayOf(app.Clock.Now);
        Task<IndicatorCount> OfFirstAsync() => app.WithDbAsync(db => db.IndicatorCounts.AsNoTracking().SingleAsync(c => c.Code == "7-1" && c.Day == first, Cancel));
        await CountAsync();
        Assert.Equal(1, await ExecuteAsync($"UPDATE \"IndicatorCounts\" SET \"Value\" = 0 WHERE \"Id\" = {(await OfFirstAsync()).Id}"));
        await CountAsync();
        var count = await OfFirstAsync();
        Assert.Equal(1m, count.Value);
        await RefusedAsync($"DELETE FROM \"IndicatorCounts\" WHERE \"Id\" = {count.Id}");
        await RefusedAsync($"UPDATE \"IndicatorCounts\" SET \"Code\" = '7-9' WHERE \"Id\" = {count.Id}");
        await RefusedAsync($"UPDATE \"IndicatorCounts\" SET \"Day\" = '2020-01-01' WHERE \"Id\" = {count.Id}");

        app.MoveTo(first.AddDays(1));
        await CountAsync();

        await RefusedAsync($"UPDATE \"IndicatorCounts\" SET \"Value\" = 9 WHERE \"Id\" = {count.Id}");
        await RefusedAsync($"UPDATE \"IndicatorCounts\" SET \"Rows\" = '[]' WHERE \"Id\" = {count.Id}");
        var now = await OfFirstAsync();
        Assert.Equal((count.Value, count.CountedAt), (now.Value, now.CountedAt));
        Assert.Equal(count.Rows, now.Rows);
    }
}
