using System.Text.Json;
using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Plan;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Plan;

public sealed class CountingTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private Task CountAsync() => app.RunAsync<CountIndicators>((job, token) => job.RunAsync(token));

    [Fact]
    public async Task Published_lists_are_counted_once_a_day_and_the_figure_opens_to_them()
    {
        await CountAsync();
        var zero = await app.WithDbAsync(db => db.IndicatorCounts.AsNoTracking().SingleAsync(c => c.Code == "7-1"));
        Assert.Equal(0m, zero.Value);

        var list = await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, 2026, await app.PublishNeedAsync());
        await CountAsync();
        await CountAsync();

        var today = ProvinceTime.DayOf(app.Clock.Now);
        var row = Assert.Single(await app.WithDbAsync(db => db.IndicatorCounts.AsNoTracking().Where(c => c.Code == "7-1" && c.Day == today).ToListAsync()));
        Assert.Equal((1m, "ListsPublishedInYear", 1), (row.Value, row.Rule, row.RuleVersion));
        Assert.Equal([list.Id], row.Rows);
        var client = await app.CreateClientForAsync(null);
        var page = await client.GetPageAsync("/plan/7-1");
        Assert.Equal("/lists/2026/key-technology-needs", page.QuerySelector("[data-rows-behind] a")!.GetAttribute("href"));
        Assert.Contains("已达标", page.MainText(), StringComparison.Ordinal);
        Assert.Contains("以此为准", page.MainText(), StringComparison.Ordinal);
        Assert.Empty((await client.GetPageAsync("/plan/7-2")).QuerySelectorAll("[data-rows-behind]"));

        using var json = JsonDocument.Parse(await client.GetStringAsync("/api/v1/plan/indicators", TestContext.Current.CancellationToken));
        var found = json.RootElement.EnumerateArray().Single(i => i.GetProperty("code").GetString() == "7-1");
        Assert.Equal(("Counted", "Met", list.Id), (found.GetProperty("origin").GetString(), found.GetProperty("status").GetString(), found.GetProperty("rows")[0].GetInt32()));

        // The year after, last year's list does not count any more.
        app.MoveTo(new DateOnly(2027, 2, 1));
        await CountAsync();
        Assert.Equal(0m, await app.WithDbAsync(db => db.IndicatorCounts.Where(c => c.Code == "7-1" && c.Day == new DateOnly(2027, 2, 1)).Select(c => c.Value).SingleAsync()));
    }

    [Fact]
    public void The_counted_value_holds_where_there_is_a_rule_otherwise_the_latest_report()
    {
        var day = new DateOnly(2026, 6, 1);
        IndicatorReport Report(string code, decimal value, DateOnly asOf, int hour = 0) => new(
            PlanIndicators.Find(code)!, asOf, value, "来源（示例）", 1, Guid.NewGuid(), new DateTimeOffset(2026, 6, 1, hour, 0, 0, TimeSpan.Zero));
        IndicatorCount Count(decimal value)
        {
            var count = new IndicatorCount("7-1", day);
            count.Set(value, [], "r", 1, DateTimeOffset.UnixEpoch);
            return count;
        }

        var counted = ReadPlan.Standing(PlanIndicators.Find("7-1")!, [Report("7-1", 5, day)], [Count(1)], day);
        var uncounted = ReadPlan.Standing(PlanIndicators.Find("7-1")!, [Report("7-1", 5, day)], [], day);
        var reported = ReadPlan.Standing(PlanIndicators.Find("1-1")!,
            [Report("1-1", 100, day.AddDays(-40)), Report("1-1", 300, day.AddDays(-1), 1), Report("1-1", 3000, day.AddDays(-1), 2)], [], day);

        Assert.Equal((1m, ValueOrigin.Counted), (counted.Value, counted.Origin));
        Assert.Equal(5m, counted.Reported!.Value);
        Assert.Equal((null, IndicatorStatus.None), (uncounted.Value, uncounted.Status));
        Assert.Equal((3000m, day.AddDays(-1)), (reported.Value, reported.AsOf));
        Assert.Equal([null, null, null, null, null, null, null, null, null, 100m, 3000m, 3000m], reported.Trend);
    }

    [Fact]
    public void A_yearly_number_of_last_year_says_nothing_about_this_year()
    {
        var indicator = PlanIndicators.Find("7-3")!;
        var last = new IndicatorCount("7-3", new DateOnly(2025, 11, 1));
        last.Set(1, [], "r", 1, DateTimeOffset.UnixEpoch);

        Assert.Null(ReadPlan.Standing(indicator, [], [last], new DateOnly(2026, 1, 5)).Value);
        Assert.Equal(1m, ReadPlan.Standing(indicator, [], [last], new DateOnly(2025, 12, 31)).Value);
    }
}
