namespace Matchmaking.Matching.Plan;

/// <param name="Value">What is to be reached by the day.</param>
public sealed record Milestone(DateOnly Day, decimal Value);

/// <summary>
/// How a number is understood from a day on: its definition in words, what it stood at when the plan began, and what is to be reached on the way. A change is a new version;
/// values of days before it keep the older one, and nothing is calculated across the two. Without any, the plan's own words and the line from 0 hold.
/// </summary>
public sealed class IndicatorDefinition
{
    public const int MaxText = 500;
    public const int MaxReason = 200;
    public const int MostMilestones = 12;

    private IndicatorDefinition() { }

    public IndicatorDefinition(PlanIndicator indicator, int version, DateOnly fromDay, string text, decimal? baseline, IReadOnlyList<Milestone> milestones, string reason, int by, DateTimeOffset at)
    {
        if (Check(indicator, fromDay, baseline, milestones) is { } problem) throw new ArgumentException($"The definition does not hold: {problem}.", nameof(milestones));
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        (Code, Version, FromDay, Text, Baseline, Milestones, Reason, ById, At) = (indicator.Code, version, fromDay, text, baseline, [.. milestones.OrderBy(m => m.Day)], reason, by, at);
    }

    public int Id { get; private set; }
    public string Code { get; private set; } = "";
    public int Version { get; private set; }

    /// <summary>First day whose values are understood so.</summary>
    public DateOnly FromDay { get; private set; }
    public string Text { get; private set; } = "";

    /// <summary>Value on the first day of the plan; null when nobody knows.</summary>
    public decimal? Baseline { get; private set; }
    public IReadOnlyList<Milestone> Milestones { get; private set; } = [];
    public string Reason { get; private set; } = "";
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>Name of the text that says what does not hold; null when all does.</summary>
    public static string? Check(PlanIndicator indicator, DateOnly fromDay, decimal? baseline, IReadOnlyList<Milestone> milestones)
    {
        if (fromDay < PlanStatus.Start || fromDay > indicator.Due) return "FromDay";
        if (baseline is < 0 || baseline >= indicator.Target) return "Baseline";
        if (milestones.Count > MostMilestones) return "Many";
        var last = new Milestone(PlanStatus.Start, baseline ?? 0m);
        foreach (var milestone in milestones.OrderBy(m => m.Day))
        {
            if (milestone.Day <= last.Day || milestone.Day >= indicator.Due) return "MilestoneDay";
            if (milestone.Value < last.Value || milestone.Value > indicator.Target) return "MilestoneValue";
            last = milestone;
        }
        return null;
    }
}

/// <summary>The way that is expected: straight from the baseline through the milestones to the target on the due day.</summary>
public sealed record PlanLine(IReadOnlyList<Milestone> Points)
{
    public static PlanLine Of(PlanIndicator indicator, IndicatorDefinition? definition) =>
        new([new Milestone(PlanStatus.Start, definition?.Baseline ?? 0m), .. definition?.Milestones ?? [], new Milestone(indicator.Due, indicator.Target)]);

    public decimal At(DateOnly day)
    {
        if (day <= Points[0].Day) return Points[0].Value;
        for (var i = 1; i < Points.Count; i++)
        {
            if (day > Points[i].Day) continue;
            var (from, to) = (Points[i - 1], Points[i]);
            return from.Value + ((to.Value - from.Value) * (day.DayNumber - from.Day.DayNumber) / (to.Day.DayNumber - from.Day.DayNumber));
        }
        return Points[^1].Value;
    }
}
