using Matchmaking.Matching.Operations;

namespace Matchmaking.Matching.Brokerage;

/// <summary>Who is waited for.</summary>
public enum CaseTurn { Nobody, Broker, Sides }

/// <param name="WorkingDays">How many working days after the day of the stage the clock runs; 0 for none.</param>
public sealed record ClockRule(CaseTurn Turn, int WorkingDays);

/// <summary>How long each stage may take and whose turn it is. Both sides see these days.</summary>
public static class CaseClock
{
    public static IReadOnlyDictionary<CaseStage, ClockRule> Rules { get; } = new Dictionary<CaseStage, ClockRule>
    {
        [CaseStage.Recommended] = new(CaseTurn.Broker, 3),
        [CaseStage.Accepted] = new(CaseTurn.Broker, 3),
        [CaseStage.Pushed] = new(CaseTurn.Sides, 5),
        [CaseStage.OneInterested] = new(CaseTurn.Sides, 5),
        [CaseStage.BothInterested] = new(CaseTurn.Broker, 10),
        [CaseStage.Met] = new(CaseTurn.Broker, 10),
        [CaseStage.Negotiating] = new(CaseTurn.Broker, 30),
        [CaseStage.Signed] = new(CaseTurn.Broker, 30),
        [CaseStage.Registered] = new(CaseTurn.Broker, 30),
        [CaseStage.Closed] = new(CaseTurn.Nobody, 0),
        [CaseStage.Ended] = new(CaseTurn.Nobody, 0),
    };

    /// <summary>The last day of the stage's clock; null when none runs.</summary>
    public static DateOnly? DueOn(CaseStage stage, DateOnly since, WorkingDays calendar) => Rules[stage] is { WorkingDays: > 0 } rule ? calendar.After(since, rule.WorkingDays) : null;
}
