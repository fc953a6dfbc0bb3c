namespace Matchmaking.Matching.Plan.Returns;

/// <summary>A contract named for an indicator, by a department or by the platform's own count.</summary>
/// <param name="Department">Null for the platform.</param>
/// <param name="Period">Of the return; null for the platform.</param>
/// <param name="ReturnId">Null for the platform.</param>
/// <param name="ConfirmedAt">Null as long as the return is not confirmed.</param>
public sealed record ContractClaim(string Number, string Code, string? Department, string? Period, int? ReturnId, decimal? Amount, DateTimeOffset? ConfirmedAt);

/// <summary>Why one of several claims counts.</summary>
public enum ClaimReason
{
    /// <summary>The platform's own registered contract goes before what a department names.</summary>
    Platform,

    /// <summary>The department that leads the indicator goes before those that take part.</summary>
    Leads,

    /// <summary>The return that was confirmed earlier.</summary>
    Earlier,

    /// <summary>Of two indicators that are no parts of one another, the first in the plan.</summary>
    FirstInPlan,
}

/// <summary>A contract that is claimed more than once where it counts once.</summary>
/// <param name="Counts">The claim that counts.</param>
/// <param name="Others">The claims that do not.</param>
public sealed record ClaimConflict(string Number, ClaimReason Reason, ContractClaim Counts, IReadOnlyList<ContractClaim> Others);

/// <summary>
/// Which of several claims to one contract counts. Version 1: for one indicator a contract counts once, first the platform's own count, then the department that leads the indicator,
/// then the return that was confirmed earlier. For two indicators it counts in both only where one asks about a part of the other or about its amount (5-1, 5-2 and 16-2); otherwise
/// in the first of the plan.
/// </summary>
public static class ClaimRule
{
    public const string Name = "ContractCountsOnce";
    public const int Version = 1;

    /// <summary>Indicators in which one contract may stand together.</summary>
    private static readonly HashSet<string> Together = [CountContracts.InProvince, CountContracts.Turnover, CountContracts.ToFirms];

    private static readonly Dictionary<string, int> Order = PlanIndicators.All.Select((indicator, place) => (indicator.Code, place)).ToDictionary(i => i.Code, i => i.place);

    public static IReadOnlyList<ClaimConflict> Conflicts(IEnumerable<ContractClaim> claims)
    {
        var conflicts = new List<ClaimConflict>();
        foreach (var contract in claims.GroupBy(c => c.Number, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var counting = new List<ContractClaim>();
            foreach (var indicator in contract.GroupBy(c => c.Code).OrderBy(g => Order[g.Key]))
            {
                var ranked = indicator.OrderBy(c => c.Department is null ? 0 : Leads(c) ? 1 : 2).ThenBy(c => c.ConfirmedAt ?? DateTimeOffset.MaxValue).ThenBy(c => c.ReturnId).ToList();
                counting.Add(ranked[0]);
                if (ranked.Count > 1) conflicts.Add(new ClaimConflict(contract.Key, ReasonOf(ranked[0], ranked[1]), ranked[0], [.. ranked.Skip(1)]));
            }
            var apart = counting.Skip(1).Where(c => !(Together.Contains(c.Code) && Together.Contains(counting[0].Code))).ToList();
            if (apart.Count > 0) conflicts.Add(new ClaimConflict(contract.Key, ClaimReason.FirstInPlan, counting[0], apart));
        }
        return conflicts;
    }

    private static bool Leads(ContractClaim claim) => PlanIndicators.Find(claim.Code)?.Departments[0] == claim.Department;

    private static ClaimReason ReasonOf(ContractClaim counts, ContractClaim other) =>
        counts.Department is null ? ClaimReason.Platform : Leads(counts) && !Leads(other) ? ClaimReason.Leads : ClaimReason.Earlier;
}
