using System.Globalization;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Plan;

/// <summary>What is overdue, and what lies ready that would close a gap.</summary>
public sealed class PlanDeskTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("2026-10-20", "2026-06-30")]
    [InlineData("2026-10-21", "2026-09-30")]
    [InlineData("2026-01-20", "2025-09-30")]
    [InlineData("2026-01-21", "2025-12-31")]
    public void A_quarter_is_asked_for_once_its_term_is_over(string today, string until) => Assert.Equal(Day(until), PlanDesk.ReportedUntil(Day(today)));

    [Theory]
    [InlineData("1-1", 100, "2026-06-30", "2026-11-01", true)]
    [InlineData("1-1", 100, "2026-09-30", "2026-11-01", false)]
    [InlineData("1-1", 5000, "2025-01-01", "2026-11-01", false)]
    [InlineData("3-1", 90, "2025-12-31", "2026-11-01", false)]
    [InlineData("3-1", 90, "2025-12-30", "2026-11-01", true)]
    [InlineData("7-1", null, null, "2026-11-01", false)]
    [InlineData("1-1", null, null, "2026-11-01", true)]
    public void What_is_overdue_follows_from_the_last_report(string code, int? value, string? asOf, string today, bool overdue)
    {
        var indicator = PlanIndicators.Find(code)!;
        IndicatorReport[] reports = value is { } number ? [new IndicatorReport(indicator, Day(asOf!), number, "示例", 1, Guid.NewGuid(), new DateTimeOffset(2026, 10, 30, 0, 0, 0, TimeSpan.Zero))] : [];
        Assert.Equal(overdue, PlanDesk.IsOverdue(ReadPlan.Standing(indicator, reports, [], Day(today)), Day(today)));
    }

    [Fact]
    public async Task Signed_contracts_that_are_not_registered_stand_on_the_page_with_their_sum()
    {
        await app.SignAsync(PlanContracts.Content(12_000m));
        await app.SignAsync(PlanContracts.Content(3_000m));
        await app.CancelAsync(await app.SignAsync(PlanContracts.Content(7_000m)));
        await app.RegisterAsync(PlanContracts.Content(5_000m));
        var page = await (await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff))).GetPageAsync("/staff/indicators/desk");
        var row = page.QuerySelector("[data-closer='ContractsUnregistered']")!.TextContent;
        Assert.Contains("2份合同", row, StringComparison.Ordinal);
        Assert.Contains("1.5", row, StringComparison.Ordinal);
        Assert.Equal(42, page.QuerySelectorAll("section[aria-labelledby^='d'] tbody tr").Length);
        // Of the 42, three are seen wholly by the platform; nothing is reported.
        Assert.Equal(38, page.QuerySelectorAll("[data-overdue]").Sum(e => int.Parse(e.GetAttribute("data-overdue")!, CultureInfo.InvariantCulture)));
    }
}
