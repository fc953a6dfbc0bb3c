using System.Globalization;

namespace Matchmaking.Matching.Plan.Returns;

/// <summary>Periods of reporting: quarters as 2026-3, months as 2026-09.</summary>
public static class Periods
{
    public const int MaxLength = 7;

    public static bool IsMonth(string period) => period.Length == MaxLength;

    /// <summary>Null for what is neither.</summary>
    public static DateOnly? LastDay(string period) => !IsMonth(period) ? Quarters.LastDay(period)
        : DateOnly.TryParseExact(period + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year is >= 2024 and <= 2100 ? first.AddMonths(1).AddDays(-1) : null;

    /// <summary>The last day on which a return of the period is in time.</summary>
    public static DateOnly DueOn(DateOnly lastDay) => lastDay.AddDays(PlanDesk.ReportDays);

    /// <summary>Those of the plan that have ended, the latest first.</summary>
    public static IReadOnlyList<string> Ended(bool monthly, DateOnly today)
    {
        if (!monthly) return Quarters.Ended(today);
        var months = new List<string>();
        for (var first = PlanStatus.Start; first.AddMonths(1).AddDays(-1) < today && first <= PlanStatus.End; first = first.AddMonths(1)) months.Add(first.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        months.Reverse();
        return months;
    }
}

/// <summary>The plan's departments and what each reports.</summary>
public static class PlanDepartments
{
    public const int MaxName = 40;

    /// <summary>In the order of the plan.</summary>
    public static IReadOnlyList<string> All { get; } = [.. PlanIndicators.All.SelectMany(i => i.Departments).Distinct()];

    /// <summary>Those that it leads, and whose values it reports; not those that the platform sees wholly and counts itself.</summary>
    public static IReadOnlyList<PlanIndicator> LedBy(string department) => [.. PlanIndicators.All.Where(i => i.Departments[0] == department && CountingRules.Of(i.Code) is not { SeesAll: true })];

    /// <summary>Those it has a part in: for them it may name contracts.</summary>
    public static IReadOnlyList<PlanIndicator> Of(string department) => [.. PlanIndicators.All.Where(i => i.Departments.Contains(department))];
}
