using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Brokerage;

/// <summary>One introduction of an organisation's record that ended, or a grade of 1 or 2 with the broker's reason.</summary>
/// <param name="Reason">Null for a grade.</param>
/// <param name="Trl">Of the achievement; null when it is not stated.</param>
public sealed record DeclinedMatch(int OrganizationId, EndReason? Reason, int? Trl, TechnologyField? Field);

/// <summary>Counts by reason, TRL and field for one organisation and month; numbers only, no record and no other side.</summary>
/// <param name="Introduced">Introductions of the organisation that reached the two sides in the month.</param>
/// <param name="LowGrades">Pairs that brokers graded 1 or 2 in the month.</param>
public sealed record DeclineCounts(
    int Introduced, int Ended, int LowGrades, IReadOnlyDictionary<EndReason, int> Reasons, IReadOnlyDictionary<string, int> Trls, IReadOnlyDictionary<string, int> Fields)
{
    public const string Unstated = "";

    public static DeclineCounts Of(int introduced, IReadOnlyCollection<DeclinedMatch> declined) => new(
        introduced, declined.Count(d => d.Reason is not null), declined.Count(d => d.Reason is null),
        declined.Where(d => d.Reason is not null).GroupBy(d => d.Reason!.Value).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).ToDictionary(g => g.Key, g => g.Count()),
        declined.GroupBy(d => d.Trl is { } trl ? $"{trl}" : Unstated).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count()),
        declined.GroupBy(d => d.Field?.ToString() ?? Unstated).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count()));
}

/// <summary>The counts of one organisation and month as they were told to it; made once.</summary>
public sealed class DeclineReport
{
    private DeclineReport() { }

    /// <param name="month">The first day of the month.</param>
    public DeclineReport(int organizationId, DateOnly month, string countsJson, DateTimeOffset at) => (OrganizationId, Month, CountsJson, At) = (organizationId, month, countsJson, at);

    public int Id { get; private set; }
    public int OrganizationId { get; private set; }
    public DateOnly Month { get; private set; }

    /// <summary><see cref="DeclineCounts"/> as JSON.</summary>
    public string CountsJson { get; private set; } = "{}";
    public DateTimeOffset At { get; private set; }
}
