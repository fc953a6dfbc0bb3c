using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan;

/// <summary>What lies ready and would bring an indicator forward once it is done.</summary>
/// <param name="Name">Names a text in the resource files and a place where it is done.</param>
/// <param name="Amount">万元, where the indicator counts money.</param>
public sealed record GapCloser(string Code, string Name, int Count, decimal? Amount);

/// <param name="Overdue">Indicators whose value of the last quarter is not reported although its term is over.</param>
public sealed record DepartmentStanding(string Department, IReadOnlyList<IndicatorStanding> All, IReadOnlyList<IndicatorStanding> Overdue);

/// <summary>The plan as staff look at it: by department, with what is overdue and what would close a gap.</summary>
public sealed class PlanDesk(MatchmakingDbContext db)
{
    /// <summary>Days after the end of a quarter within which its values are to be reported.</summary>
    public const int ReportDays = 20;

    /// <summary>Last day of the last quarter whose term for reports is over.</summary>
    public static DateOnly ReportedUntil(DateOnly today)
    {
        var day = today.AddDays(-ReportDays);
        return new DateOnly(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1).AddDays(-1);
    }

    /// <summary>A number that the platform sees wholly needs no report, nor does one that is reached or whose due day was reported.</summary>
    public static bool IsOverdue(IndicatorStanding standing, DateOnly today)
    {
        if (CountingRules.Of(standing.Indicator.Code) is { SeesAll: true } || standing.Status == IndicatorStatus.Met) return false;
        var until = ReportedUntil(today);
        if (until > standing.Indicator.Due) until = standing.Indicator.Due;
        return until >= PlanStatus.Start && (standing.Reported is null || standing.Reported.AsOf < until);
    }

    /// <summary>In the order of the plan; an indicator of several departments stands with the first, which leads it.</summary>
    public static IReadOnlyList<DepartmentStanding> ByDepartment(IReadOnlyList<IndicatorStanding> all, DateOnly today) =>
        [.. all.GroupBy(s => s.Indicator.Departments[0]).Select(g => new DepartmentStanding(g.Key, [.. g], [.. g.Where(s => IsOverdue(s, today))]))];

    public async Task<IReadOnlyList<GapCloser>> ClosersAsync(CancellationToken cancellationToken)
    {
        var unregistered = await db.Contracts.AsNoTracking().Where(c => c.State == ContractState.Signed || c.State == ContractState.Submitted).Select(c => c.TotalAmount).ToListAsync(cancellationToken);
        var proofs = await db.SolutionProofs.CountAsync(p => p.State == ProofState.Open, cancellationToken);
        var untrained = await db.BrokerProfiles.CountAsync(p => !p.Trainings.Any(t => t.On >= PlanStatus.Start), cancellationToken);
        var resting = await db.Experts.CountAsync(e => e.IsFromFirm && !e.IsActive, cancellationToken);
        return
        [
            new(CountContracts.Turnover, "ContractsUnregistered", unregistered.Count, unregistered.Sum(a => a ?? 0m)),
            new("6-1", "ProofsOpen", proofs, null), new("15-1", "BrokersUntrained", untrained, null), new("19-1", "FirmExpertsResting", resting, null),
        ];
    }
}
