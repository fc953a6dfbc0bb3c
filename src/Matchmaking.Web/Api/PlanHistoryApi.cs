using System.Globalization;
using Matchmaking.Matching.Plan;
using Matchmaking.Web.Display;
using Matchmaking.Web.Lists;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Web.Api;

public sealed record ReportSummary(DateOnly AsOf, decimal Value, string Source, DateTimeOffset EnteredAt, bool Corrected);

/// <param name="Since">First day with this figure.</param>
/// <param name="Lines">Rows behind it; null in counts from before rows were kept.</param>
/// <param name="Digest">SHA-256 over the kept rows.</param>
public sealed record CountSummary(DateOnly Since, decimal Value, string Rule, int RuleVersion, int? Lines, string? Digest);

public sealed record DefinitionSummary(int Version, DateOnly FromDay, string Text, decimal? Baseline, IReadOnlyList<Milestone> Milestones, string Reason);

/// <param name="Series">The values since the definition of today holds.</param>
public sealed record IndicatorCourse(
    IndicatorSummary Indicator, IReadOnlyList<DefinitionSummary> Definitions, IReadOnlyList<Milestone> Series, IReadOnlyList<Milestone> Line, Forecast? Forecast,
    IReadOnlyList<ReportSummary> Reports, IReadOnlyList<CountSummary> Counts);

/// <param name="Number">Number of the record, where it has one.</param>
public sealed record PublicLine(string Number, string Title, DateOnly? Day);

/// <param name="AlsoIn">How many rows count in another indicator as well, by its code.</param>
/// <param name="Public">A page of those rows that everybody may read.</param>
public sealed record IndicatorLineage(string Code, DateOnly Day, decimal Value, int Lines, string? Digest, IReadOnlyDictionary<string, int> AlsoIn, int PublicLines, IReadOnlyList<PublicLine> Public);

/// <summary>The course of one number and the rows behind its counts.</summary>
public static class PlanHistoryApi
{
    public static RouteGroupBuilder MapPlanHistory(this RouteGroupBuilder group)
    {
        group.MapGet("/plan/indicators/{code}", CourseAsync).WithName("GetIndicator").WithSummary("One of the plan's numbers with its definitions, values, reports and counts.");
        group.MapGet("/plan/indicators/{code}/lines", LinesAsync).WithName("GetIndicatorLines").WithSummary("How many rows are behind the count of a day, and those that are public.");
        group.MapGet("/plan/indicators/{code}/history.csv", CsvAsync).WithName("GetIndicatorCsv").WithSummary("Every reported and counted value of one number as a table.");
        return group;
    }

    private static async Task<Results<Ok<IndicatorCourse>, NotFound>> CourseAsync(string code, ReadPlan read, LocalTime time, CancellationToken cancellationToken)
    {
        if (PlanIndicators.Find(code) is not { } indicator) return TypedResults.NotFound();
        var history = await read.HistoryAsync(indicator, time.Today, cancellationToken);
        return TypedResults.Ok(new IndicatorCourse(
            PlanApi.Summary(history.Standing), [.. history.Definitions.Select(d => new DefinitionSummary(d.Version, d.FromDay, d.Text, d.Baseline, d.Milestones, d.Reason))],
            history.Series, history.Standing.Line.Points, history.Forecast, Reports(history),
            [.. history.Counts.Select(c => new CountSummary(c.Day, c.Value, c.Rule, c.RuleVersion, c.Lines, c.Digest))]));
    }

    private static async Task<Results<Ok<IndicatorLineage>, NotFound>> LinesAsync(string code, DateOnly? day, int? page, ReadLines read, LocalTime time, CancellationToken cancellationToken)
    {
        if (PlanIndicators.Find(code) is null) return TypedResults.NotFound();
        if (await read.AtAsync(code, day ?? time.Today, publicOnly: true, Math.Clamp(page ?? 1, 1, 10_000), cancellationToken) is not { } lines) return TypedResults.NotFound();
        return TypedResults.Ok(new IndicatorLineage(
            code, lines.Count.Day, lines.Count.Value, lines.Total, lines.Count.Digest, lines.Claimed, lines.Matching, [.. lines.Page.Select(l => new PublicLine(l.Number, l.Title, l.Day))]));
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> CsvAsync(string code, ReadPlan read, LocalTime time, CancellationToken cancellationToken)
    {
        if (PlanIndicators.Find(code) is not { } indicator) return TypedResults.NotFound();
        var history = await read.HistoryAsync(indicator, time.Today, cancellationToken);
        string Day(DateOnly on) => on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string Number(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);
        var rows = Reports(history).Select(r => new[] { code, "reported", Day(r.AsOf), Number(r.Value), r.Source, r.Corrected ? "corrected" : "", "" })
            .Concat(history.Counts.Select(c => new[] { code, "counted", Day(c.Day), Number(c.Value), $"{c.Rule} {c.RuleVersion}", "", c.Lines?.ToString(CultureInfo.InvariantCulture) ?? "" }));
        return TypedResults.File(CsvText.Write(["code", "origin", "day", "value", "source", "state", "rows"], rows), "text/csv; charset=utf-8", $"plan-{code}.csv");
    }

    private static List<ReportSummary> Reports(IndicatorHistory history)
    {
        // The first of a day holds; what comes after it was corrected.
        var seen = new HashSet<DateOnly>();
        return [.. history.Reports.Select(r => new ReportSummary(r.AsOf, r.Value, r.Source, r.At, !seen.Add(r.AsOf)))];
    }
}
