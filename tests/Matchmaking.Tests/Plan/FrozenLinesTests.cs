using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.Plan;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Plan;

/// <summary>What somebody with a hand in the database can do to the rows behind a figure.</summary>
public sealed class FrozenLinesTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_database_refuses_to_touch_lines_of_a_day_that_is_over()
    {
        var achievement = (await app.PublishAchievementAsync()).Id;
        await app.RegisterAsync(PlanContracts.Content(77m), achievement);
        await app.RunAsync<CountIndicators>((job, token) => job.RunAsync(token));
        var first = ProvinceTime.DayOf(app.Clock.Now);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunAsync<CountIndicators>((job, token) => job.RunAsync(token));
        var id = await app.WithDbAsync(db => db.IndicatorLines.Where(l => l.Code == "5-2" && l.Weight == 77m).Select(l => l.Id).SingleAsync(Cancel));
        async Task RefusedAsync(FormattableString sql)
        {
            var refused = await Record.ExceptionAsync(() => app.WithDbAsync(db => db.Database.ExecuteSqlAsync(sql, Cancel)));
            Assert.True(refused?.Message.Contains("never changes", StringComparison.Ordinal) == true, $"{sql.Format}: {refused?.Message ?? "done"}");
        }
        await RefusedAsync($"UPDATE \"IndicatorLines\" SET \"Weight\" = 1 WHERE \"Id\" = {id}");
        await RefusedAsync($"UPDATE \"IndicatorLines\" SET \"Title\" = 'x' WHERE \"Id\" = {id}");
        await RefusedAsync($"UPDATE \"IndicatorLines\" SET \"GoneOn\" = {first} WHERE \"Id\" = {id}");
        await RefusedAsync($"DELETE FROM \"IndicatorLines\" WHERE \"Id\" = {id}");
        await RefusedAsync($"INSERT INTO \"IndicatorLines\" (\"Code\", \"RowId\", \"Number\", \"Title\", \"Weight\", \"IsPublic\", \"AlsoIn\", \"FromDay\") SELECT \"Code\", 999, \"Number\", \"Title\", \"Weight\", \"IsPublic\", \"AlsoIn\", \"FromDay\" FROM \"IndicatorLines\" WHERE \"Id\" = {id}");
        Assert.True(await app.WithServiceAsync<ReadLines, bool>(async read =>
            await read.HoldsAsync(CountingRules.Of("5-2")!, await app.WithDbAsync(db => db.IndicatorCounts.AsNoTracking().SingleAsync(c => c.Code == "5-2" && c.Day == first, Cancel)), Cancel)));
    }
}
