using System.Net;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Plan;

/// <summary>The expected line, what is foretold, and definitions that change without touching what was.</summary>
public sealed class PlanForecastTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateOnly Day(int after) => new DateOnly(2025, 1, 1).AddDays(after);

    private static List<Milestone> Series(params decimal[] values) => [.. values.Select((v, i) => new Milestone(Day(i * 30), v))];

    [Fact]
    public void Values_on_a_line_are_carried_on_exactly_and_the_interval_closes()
    {
        var forecast = PlanForecast.Of(Series(10, 20, 30, 40, 50, 60), Day(300))!;
        Assert.Equal((110m, 110m, 110m), (forecast.Point.Value, forecast.Point.Low, forecast.Point.High));
        Assert.Equal(new BackTest(2, 2, 0m), forecast.Back);
    }

    [Fact]
    public void The_interval_is_the_textbooks()
    {
        // x = 0, 30, 60, 90; y = 1, 3, 2, 5: slope 11/300, intercept 1.1, s² = 1.35, at x = 120 t(2) = 1.886.
        var point = PlanForecast.Of(Series(1, 3, 2, 5), Day(120))!.Point;
        var spread = 1.886 * Math.Sqrt(1.35 * (1 + 0.25 + (75d * 75 / 4500)));
        Assert.Equal(5.5m, point.Value);
        Assert.Equal(Math.Round(5.5 + spread, 2), (double)point.High, 2);
        Assert.Equal(Math.Round(5.5 - spread, 2), (double)point.Low, 2);
    }

    [Fact]
    public void A_jump_is_seen_by_the_back_test_and_too_little_foretells_nothing()
    {
        Assert.Equal(0, PlanForecast.Test(Series(10, 20, 30, 40, 400)).Inside);
        Assert.Equal(87.5m, PlanForecast.Test(Series(10, 20, 30, 40, 400)).MedianError);
        Assert.Null(PlanForecast.Of(Series(1, 2, 3), Day(300)));
        Assert.Null(PlanForecast.Of(Series(1, 2, 3, 4), Day(90)));
        Assert.Equal(0m, PlanForecast.Of(Series(40, 30, 20, 10), Day(3_000))!.Point.Value);
    }

    [Fact]
    public void The_line_goes_through_baseline_and_milestones()
    {
        var indicator = PlanIndicators.Find("19-1")!;
        var definition = new IndicatorDefinition(indicator, 1, PlanStatus.Start, "示例", 200m, [new(new DateOnly(2025, 12, 31), 300m), new(new DateOnly(2024, 12, 31), 200m)], "示例", 1, DateTimeOffset.UnixEpoch);
        var line = PlanLine.Of(indicator, definition);
        Assert.Equal([200m, 200m, 300m, 500m, 500m], new[] { "2023-05-01", "2024-06-01", "2025-12-31", "2026-12-31", "2027-03-01" }.Select(d => line.At(DateOnly.Parse(d, System.Globalization.CultureInfo.InvariantCulture))));
        // 250 on the last day of 2025 is half of the target and ten points under the milestone; by the line from 0 it would be 16 under.
        Assert.Equal(IndicatorStatus.Behind, PlanStatus.Of(indicator, 250m, new DateOnly(2025, 12, 31), line));
        Assert.Equal(IndicatorStatus.OnTheWay, PlanStatus.Of(indicator, 280m, new DateOnly(2025, 12, 31), line));
        Assert.Equal(IndicatorStatus.Behind, PlanStatus.Of(indicator, 280m, new DateOnly(2025, 12, 31)));
        Assert.Equal(60m, PlanStatus.Pace(indicator, new DateOnly(2025, 12, 31), line));
    }

    private static Dictionary<string, string> Fields(string milestones = "2025-12-31 400") => new()
    {
        ["Input.Text"] = "只数在册的企业专家（示例）", ["Input.FromDay"] = "2026-01-01", ["Input.Baseline"] = "120", ["Input.Milestones"] = milestones, ["Input.Reason"] = "示例文件〔2026〕1号",
    };

    [Fact]
    public async Task A_new_definition_is_public_and_the_older_values_are_no_longer_foretold_from()
    {
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var report = (string value, string day) => staff.PostFormAsync("/staff/indicators/2-2", new() { ["Input.Value"] = value, ["Input.AsOf"] = day, ["Input.Source"] = "示例月报" });
        foreach (var (value, day) in new[] { ("3000", "2025-03-31"), ("3300", "2025-06-30"), ("3600", "2025-09-30"), ("3900", "2025-12-31") }) await report(value, day);
        var reader = await app.CreateClientForAsync(null);
        var before = await reader.GetPageAsync("/plan/2-2");
        Assert.NotNull(before.QuerySelector("[data-forecast]"));
        Assert.Equal(4, before.QuerySelectorAll("svg.plan-chart circle").Length);

        var fields = Fields("2025-12-31 4000");
        Assert.Equal(HttpStatusCode.Redirect, (await staff.PostFormAsync("/staff/indicators/2-2/definition", fields)).StatusCode);
        await report("4200", "2026-03-31");
        var after = await reader.GetPageAsync("/plan/2-2");
        Assert.Null(after.QuerySelector("[data-forecast]"));
        Assert.Single(after.QuerySelectorAll("svg.plan-chart circle"));
        Assert.Contains("只数在册的企业专家（示例）", after.QuerySelector("[data-definition='1']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("3,900", after.MainText(), StringComparison.Ordinal);

        var refused = await Record.ExceptionAsync(() => app.WithDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE \"IndicatorDefinitions\" SET \"Text\" = 'x'", Cancel)));
        Assert.Contains("never changes", refused?.Message ?? "done", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Input.Text", "")]
    [InlineData("Input.Reason", " ")]
    [InlineData("Input.FromDay", "下个月")]
    [InlineData("Input.FromDay", "2027-01-01")]
    [InlineData("Input.Baseline", "-1")]
    [InlineData("Input.Baseline", "5500")]
    [InlineData("Input.Milestones", "2025年底 400")]
    [InlineData("Input.Milestones", "2025-12-31 -400")]
    [InlineData("Input.Milestones", "2023-12-31 400")]
    [InlineData("Input.Milestones", "2026-12-31 400")]
    [InlineData("Input.Milestones", "2024-12-31 400\n2025-12-31 300")]
    [InlineData("Input.Milestones", "2025-12-31 9000")]
    public async Task What_does_not_hold_is_told_at_its_field_and_nothing_is_lost(string field, string typed)
    {
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var fields = Fields();
        fields[field] = typed;
        var response = await staff.PostFormAsync("/staff/indicators/1-1/definition", fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var page = await response.PageAsync();
        Assert.NotNull(page.GetElementById(field.Replace('.', '_') + "-error"));
        Assert.Equal(fields["Input.Baseline"], page.QuerySelector("[name='Input.Baseline']")!.GetAttribute("value"));
        Assert.Equal(fields["Input.Milestones"], page.QuerySelector("[name='Input.Milestones']")!.TextContent.Trim().ReplaceLineEndings("\n"));
        Assert.False(await app.WithDbAsync(db => db.IndicatorDefinitions.AnyAsync(d => d.Code == "1-1", Cancel)));
    }
}
