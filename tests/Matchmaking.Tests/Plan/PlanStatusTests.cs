using Matchmaking.Matching.Plan;

namespace Matchmaking.Tests.Plan;

public sealed class PlanStatusTests
{
    private static PlanIndicator Indicator(IndicatorKind kind, decimal target = 100, string due = "2026-12-31") => new(
        "1-1", 1, "试验", "Trial", "户", target, kind, DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture), ["省科技厅"], "", "report");

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    // 2024-01-01 to 2026-12-31 are 1,095 days; the 548th is 2025-07-02, so that even pace is 50.05 % there.
    [Theory]
    [InlineData(IndicatorKind.Cumulative, null, "2025-07-02", IndicatorStatus.None)]
    [InlineData(IndicatorKind.Cumulative, null, "2027-01-01", IndicatorStatus.None)]
    [InlineData(IndicatorKind.Cumulative, 0.0, "2024-01-01", IndicatorStatus.OnTheWay)]
    [InlineData(IndicatorKind.Cumulative, 45.1, "2025-07-02", IndicatorStatus.OnTheWay)]
    [InlineData(IndicatorKind.Cumulative, 45.0, "2025-07-02", IndicatorStatus.Behind)]
    [InlineData(IndicatorKind.Cumulative, 95.0, "2026-12-31", IndicatorStatus.OnTheWay)]
    [InlineData(IndicatorKind.Cumulative, 94.9, "2026-12-31", IndicatorStatus.Behind)]
    [InlineData(IndicatorKind.Cumulative, 99.9, "2027-01-01", IndicatorStatus.Missed)]
    [InlineData(IndicatorKind.Cumulative, 100.0, "2024-02-01", IndicatorStatus.Met)]
    [InlineData(IndicatorKind.Cumulative, 100.0, "2027-06-01", IndicatorStatus.Met)]
    [InlineData(IndicatorKind.Stock, 45.0, "2025-07-02", IndicatorStatus.Behind)]
    [InlineData(IndicatorKind.Ratio, 60.0, "2025-07-02", IndicatorStatus.Ahead)]
    [InlineData(IndicatorKind.Stock, 55.0, "2025-07-02", IndicatorStatus.OnTheWay)]
    [InlineData(IndicatorKind.Stock, 55.1, "2025-07-02", IndicatorStatus.Ahead)]
    [InlineData(IndicatorKind.Level, 30.0, "2025-07-02", IndicatorStatus.Behind)]
    [InlineData(IndicatorKind.Yearly, 0.0, "2026-12-31", IndicatorStatus.OnTheWay)]
    [InlineData(IndicatorKind.Yearly, 0.0, "2027-01-01", IndicatorStatus.Missed)]
    [InlineData(IndicatorKind.Yearly, 100.0, "2026-02-01", IndicatorStatus.Met)]
    public void The_state_follows_from_value_day_and_line(IndicatorKind kind, double? value, string day, IndicatorStatus expected) =>
        Assert.Equal(expected, PlanStatus.Of(Indicator(kind), (decimal?)value, Day(day)));

    [Fact]
    public void An_earlier_due_day_has_its_own_line() =>
        Assert.Equal(IndicatorStatus.Missed, PlanStatus.Of(Indicator(IndicatorKind.Cumulative, due: "2025-12-31"), 94, Day("2026-01-01")));

    [Theory]
    [InlineData(IndicatorKind.Cumulative, "2023-06-01", 0)]
    [InlineData(IndicatorKind.Cumulative, "2025-07-02", 50.0)]
    [InlineData(IndicatorKind.Cumulative, "2026-12-31", 100)]
    [InlineData(IndicatorKind.Yearly, "2026-07-02", 50)]
    [InlineData(IndicatorKind.Yearly, "2026-01-01", 0)]
    public void Pace_is_a_straight_line(IndicatorKind kind, string day, double expected) =>
        Assert.Equal((decimal)expected, PlanStatus.Pace(Indicator(kind), Day(day)));

    [Theory]
    [InlineData(15, null, true)]
    [InlineData(21, null, false)]
    [InlineData(20_000, null, false)]
    [InlineData(20_000_000, null, true)]
    [InlineData(19_999, 18_000.0, false)]
    [InlineData(18, 18_000.0, true)]
    [InlineData(18_000_000, 18_000.0, true)]
    [InlineData(0, 18_000.0, true)]
    [InlineData(15, 0.0, true)]
    public void A_value_a_thousand_times_off_is_doubtful(int value, double? last, bool doubtful) =>
        Assert.Equal(doubtful, IndicatorReport.IsDoubtful(value, (decimal?)last, 20_000));
}
