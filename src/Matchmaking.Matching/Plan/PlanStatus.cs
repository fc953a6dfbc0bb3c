namespace Matchmaking.Matching.Plan;

/// <summary>未说明 (no value), 已达标, 快于进度, 按进度, 落后, 逾期未达.</summary>
public enum IndicatorStatus { None, Met, Ahead, OnTheWay, Behind, Missed }

/// <summary>
/// How an indicator stands, by one stated rule: the value beside the <see cref="PlanLine"/>, straight from the baseline on 2024-01-01 through the milestones to the target on
/// the due day. Stocks, levels and ratios did not begin at 0, but the plan names no starting value; as long as none is written down, the line from 0 is used and the pages say so.
/// A yearly number begins anew each year and is on the way until the year is over.
/// </summary>
public static class PlanStatus
{
    public const decimal TolerancePoints = 5m;

    public static DateOnly Start { get; } = new(2024, 1, 1);
    public static DateOnly End { get; } = new(2026, 12, 31);

    /// <summary>The day of which a yearly number is shown: today, and after the plan the last day of the plan.</summary>
    public static DateOnly YearOf(PlanIndicator indicator, DateOnly today) => today > indicator.Due ? indicator.Due : today;

    /// <summary>Percent of the target that should be reached by now, 0 … 100, one decimal.</summary>
    public static decimal Pace(PlanIndicator indicator, DateOnly today, PlanLine? line = null)
    {
        if (today >= indicator.Due) return 100m;
        if (indicator.Kind == IndicatorKind.Yearly)
        {
            var from = new DateOnly(today.Year, 1, 1);
            return decimal.Round(100m * (today.DayNumber - from.DayNumber) / (new DateOnly(today.Year, 12, 31).DayNumber - from.DayNumber), 1);
        }
        return decimal.Round(Expected(indicator, today, line), 1);
    }

    /// <summary>Percent of the target reached, one decimal; may be over 100.</summary>
    public static decimal Done(PlanIndicator indicator, decimal value) => decimal.Round(100m * value / indicator.Target, 1);

    public static IndicatorStatus Of(PlanIndicator indicator, decimal? value, DateOnly today, PlanLine? line = null)
    {
        if (value is null) return IndicatorStatus.None;
        if (value >= indicator.Target) return IndicatorStatus.Met;
        if (today > indicator.Due) return IndicatorStatus.Missed;
        if (indicator.Kind == IndicatorKind.Yearly) return IndicatorStatus.OnTheWay;
        // Unrounded, so that the bound is where the rule says it is.
        var lead = (100m * value.Value / indicator.Target) - Expected(indicator, today, line);
        return lead < -TolerancePoints ? IndicatorStatus.Behind : lead > TolerancePoints ? IndicatorStatus.Ahead : IndicatorStatus.OnTheWay;
    }

    private static decimal Expected(PlanIndicator indicator, DateOnly today, PlanLine? line) => 100m * (line ?? PlanLine.Of(indicator, null)).At(today) / indicator.Target;
}
