using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan.Returns;

/// <summary>Departments whose return of the last period whose term is over is still unwritten or with its writers. Those without people cannot be late.</summary>
public static class OverdueReturns
{
    public static async Task<IReadOnlyList<(string Department, string Period)>> ReadAsync(MatchmakingDbContext db, DateOnly today, CancellationToken cancellationToken)
    {
        var departments = await db.DepartmentMembers.Select(m => m.Department).Distinct().ToListAsync(cancellationToken);
        if (departments.Count == 0) return [];
        var monthly = await db.MonthlyDepartments.Select(d => d.Name).ToListAsync(cancellationToken);
        var owed = departments.Where(d => PlanDepartments.LedBy(d).Count > 0)
            .Select(d => (Department: d, Period: Periods.Ended(monthly.Contains(d), today).FirstOrDefault(p => Periods.DueOn(Periods.LastDay(p)!.Value) < today))).Where(d => d.Period is not null).ToList();
        var periods = owed.Select(d => d.Period!).Distinct().ToList();
        var handed = (await db.DepartmentReturns.AsNoTracking().Where(r => periods.Contains(r.Period) && (r.State != ReturnState.Draft || r.Number > 1)).Select(r => new { r.Department, r.Period }).ToListAsync(cancellationToken)).Select(r => (r.Department, r.Period)).ToHashSet();
        return [.. owed.Where(d => !handed.Contains((d.Department, d.Period!))).OrderBy(d => d.Department, StringComparer.Ordinal).Select(d => (d.Department, d.Period!))];
    }
}
