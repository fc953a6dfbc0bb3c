using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan;

public enum ValueOrigin { Reported, Counted }

/// <summary>The value of an indicator on a day, where it comes from, and how it stands.</summary>
/// <param name="Reported">Latest reported value; null without one.</param>
/// <param name="Counted">Latest count; null without one.</param>
/// <param name="Definition">How the number is understood today; null for the plan's own words.</param>
/// <param name="Trend">Value at the end of each of the last twelve months, oldest first; null before the first value.</param>
public sealed record IndicatorStanding(
    PlanIndicator Indicator, IndicatorReport? Reported, IndicatorCount? Counted, int Reports, DateOnly Today, IReadOnlyList<decimal?> Trend,
    IndicatorDefinition? Definition = null)
{
    public PlanLine Line => PlanLine.Of(Indicator, Definition);

    /// <summary>Counted where a rule sees all there is to count, or has seen a part and nothing was reported; otherwise reported.</summary>
    public ValueOrigin Origin => CountingRules.Of(Indicator.Code) is { } rule && (rule.SeesAll || (Reported is null && Counted is not null)) ? ValueOrigin.Counted : ValueOrigin.Reported;

    /// <summary>Reported less counted, where both are there.</summary>
    public decimal? Difference => Reported is { } reported && Counted is { } counted ? reported.Value - counted.Value : null;

    public decimal? Value => Origin == ValueOrigin.Counted ? Counted?.Value : Reported?.Value;

    public DateOnly? AsOf => Origin == ValueOrigin.Counted ? Counted?.Day : Reported?.AsOf;

    public IndicatorStatus Status => PlanStatus.Of(Indicator, Value, Today, Line);

    /// <summary>Percent of the target, one decimal; null without a value.</summary>
    public decimal? Done => Value is { } value ? PlanStatus.Done(Indicator, value) : null;

    public decimal Pace => PlanStatus.Pace(Indicator, Today, Line);
}

/// <summary>Standings of the 42 numbers from what was reported and counted.</summary>
public sealed class ReadPlan(MatchmakingDbContext db)
{
    public const int TrendMonths = 12;

    public async Task<IReadOnlyList<IndicatorStanding>> AllAsync(DateOnly today, CancellationToken cancellationToken)
    {
        var reports = (await db.IndicatorReports.AsNoTracking().Where(r => r.AsOf <= today).ToListAsync(cancellationToken)).ToLookup(r => r.Code);
        // A count is made each day; what stands now, and the trend by months, need the last one of each month only.
        var counted = db.IndicatorCounts.AsNoTracking().Where(c => c.Day <= today);
        var lastDays = counted.GroupBy(c => new { c.Code, c.Day.Year, c.Day.Month }).Select(g => g.Max(c => c.Day));
        var counts = (await counted.Where(c => lastDays.Contains(c.Day)).ToListAsync(cancellationToken)).ToLookup(c => c.Code);
        var definitions = (await db.IndicatorDefinitions.AsNoTracking().Where(d => d.FromDay <= today).ToListAsync(cancellationToken)).ToLookup(d => d.Code);
        return [.. PlanIndicators.All.Select(i => Standing(i, [.. reports[i.Code]], [.. counts[i.Code]], today) with { Definition = definitions[i.Code].MaxBy(d => d.Version) })];
    }

    public async Task<IndicatorHistory> HistoryAsync(PlanIndicator indicator, DateOnly today, CancellationToken cancellationToken)
    {
        var reports = InForce(await db.IndicatorReports.AsNoTracking().Where(r => r.Code == indicator.Code).ToListAsync(cancellationToken));
        var counts = await db.IndicatorCounts.AsNoTracking().Where(c => c.Code == indicator.Code && c.Day <= today)
            .OrderByDescending(c => c.Day).ToListAsync(cancellationToken);
        var definitions = await db.IndicatorDefinitions.AsNoTracking().Where(d => d.Code == indicator.Code).OrderByDescending(d => d.Version).ToListAsync(cancellationToken);
        var standing = Standing(indicator, reports, counts, today) with { Definition = definitions.Find(d => d.FromDay <= today) };
        return new IndicatorHistory(standing, reports, Changes(counts), definitions, Series(standing, reports, counts));
    }

    /// <summary>
    /// One value a day as far as it is understood as today's: of reports each day's value in force, of counts the last of each month and of the running one. A number that
    /// begins anew each year has no course.
    /// </summary>
    internal static IReadOnlyList<Milestone> Series(IndicatorStanding standing, IEnumerable<IndicatorReport> reports, IEnumerable<IndicatorCount> counts)
    {
        if (standing.Indicator.Kind == IndicatorKind.Yearly) return [];
        var from = standing.Definition?.FromDay ?? DateOnly.MinValue;
        var values = standing.Origin == ValueOrigin.Reported
            ? InForce(reports).DistinctBy(r => r.AsOf).Select(r => new Milestone(r.AsOf, r.Value))
            : counts.OrderByDescending(c => c.Day).DistinctBy(c => (c.Day.Year, c.Day.Month)).Select(c => new Milestone(c.Day, c.Value));
        return [.. values.Where(v => v.Day >= from && v.Day <= standing.Today).OrderBy(v => v.Day)];
    }

    internal static IndicatorStanding Standing(
        PlanIndicator indicator, IReadOnlyList<IndicatorReport> reports, IReadOnlyList<IndicatorCount> counts, DateOnly today) => new(
            indicator, LastReport(indicator, reports, today), LastCount(indicator, counts, today), reports.Count, today, Trend(indicator, reports, counts, today));

    private static IndicatorReport? LastReport(PlanIndicator indicator, IEnumerable<IndicatorReport> reports, DateOnly day) =>
        InForce(reports.Where(r => r.AsOf <= day && SameYear(indicator, r.AsOf, day))).FirstOrDefault();

    private static IndicatorCount? LastCount(PlanIndicator indicator, IEnumerable<IndicatorCount> counts, DateOnly day) =>
        counts.Where(c => c.Day <= day && SameYear(indicator, c.Day, day)).MaxBy(c => c.Day);

    /// <summary>A yearly number of last year says nothing about this one.</summary>
    private static bool SameYear(PlanIndicator indicator, DateOnly of, DateOnly day) =>
        indicator.Kind != IndicatorKind.Yearly || of.Year == PlanStatus.YearOf(indicator, day).Year;

    /// <summary>Latest day first, and of one day the correction before what it corrects.</summary>
    private static List<IndicatorReport> InForce(IEnumerable<IndicatorReport> reports) =>
        [.. reports.OrderByDescending(r => r.AsOf).ThenByDescending(r => r.At).ThenByDescending(r => r.Id)];

    private static List<decimal?> Trend(PlanIndicator indicator, IReadOnlyList<IndicatorReport> reports, IReadOnlyList<IndicatorCount> counts, DateOnly today)
    {
        var counted = CountingRules.Of(indicator.Code) is { } rule && (rule.SeesAll || LastReport(indicator, reports, today) is null);
        var firstOfMonth = new DateOnly(today.Year, today.Month, 1);
        var values = new List<decimal?>(TrendMonths);
        for (var month = TrendMonths - 1; month >= 0; month--)
        {
            // The running month ends today.
            var day = month == 0 ? today : firstOfMonth.AddMonths(1 - month).AddDays(-1);
            values.Add(counted ? LastCount(indicator, counts, day)?.Value : LastReport(indicator, reports, day)?.Value);
        }
        return values;
    }

    /// <summary>Of the daily counts, newest first, those at which the figure or the rule changed.</summary>
    private static List<IndicatorCount> Changes(List<IndicatorCount> counts)
    {
        var changes = new List<IndicatorCount>();
        for (var i = 0; i < counts.Count; i++)
        {
            var older = i + 1 < counts.Count ? counts[i + 1] : null;
            if (older is null || older.Value != counts[i].Value || older.RuleVersion != counts[i].RuleVersion || older.Digest != counts[i].Digest || !older.Rows.SequenceEqual(counts[i].Rows))
                changes.Add(counts[i]);
        }
        return changes;
    }
}

/// <param name="Reports">Every reported value, in force first, corrected ones after their correction.</param>
/// <param name="Counts">The counts at which something changed, newest first.</param>
/// <param name="Definitions">Newest first; empty when the plan's own words hold.</param>
/// <param name="Series">The values since the definition of today holds, oldest first.</param>
public sealed record IndicatorHistory(IndicatorStanding Standing, IReadOnlyList<IndicatorReport> Reports, IReadOnlyList<IndicatorCount> Counts,
    IReadOnlyList<IndicatorDefinition> Definitions, IReadOnlyList<Milestone> Series)
{
    public Forecast? Forecast => PlanForecast.Of(Series, Standing.Indicator.Due);
}
