using System.Globalization;
using Matchmaking.Matching.Plan;

namespace Matchmaking.Web.Components;

/// <summary>A value on the way to its target. Shares are of the target: 1 is reached; the bar's scale ends at 1.2.</summary>
/// <param name="Value">As printed, e.g. 5,126.</param>
/// <param name="Target">As printed with its unit, e.g. 5,000 户.</param>
/// <param name="Share">Value divided by target.</param>
/// <param name="Pace">Share that an even pace would have reached by now; null draws no line.</param>
public sealed record ProgressView(string Value, string Target, double Share, double? Pace, StatusKind Kind = StatusKind.Neutral);

/// <summary>The course of one of the plan's numbers beside the line to its target.</summary>
/// <param name="Label">What is drawn, for those who do not see it; the same numbers stand in a table beside it.</param>
public sealed record PlanChartView(DateOnly First, DateOnly Last, decimal Target, IReadOnlyList<Milestone> Line, IReadOnlyList<Milestone> Values, ForecastPoint? Forecast, string Label);

/// <param name="Rate">Share of the step before; null for the first.</param>
public sealed record FunnelStep(string Text, int Count, double? Rate, string? Href = null);

/// <summary>A table of counts coloured in five steps of one hue.</summary>
public sealed record HeatView(string Caption, string RowHeading, IReadOnlyList<string> Columns, IReadOnlyList<HeatRow> Rows)
{
    /// <summary>0 for nothing, else 1–5 by share of the largest cell.</summary>
    public int Step(int count)
    {
        var most = Rows.SelectMany(r => r.Counts).DefaultIfEmpty(0).Max();
        return count <= 0 || most == 0 ? 0 : Math.Max(1, (int)Math.Ceiling(count * 5d / most));
    }
}

public sealed record HeatRow(string Name, IReadOnlyList<int> Counts);

/// <summary>Numbers inside SVG attributes: point as decimal sign whatever the reader's language.</summary>
internal static class Svg
{
    public static string Number(double value) => (double.IsFinite(value) ? Math.Round(value, 2) : 0).ToString("0.##", CultureInfo.InvariantCulture);
}
