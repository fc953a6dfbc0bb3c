using Matchmaking.Matching.Data;
using Matchmaking.Matching.Plan.Returns;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Display;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Reporting;

/// <summary>The periods of the reader's department: what is to be reported, and how far each return is. Who reports for none is told so.</summary>
public sealed class IndexModel(MatchmakingDbContext db, DepartmentReturns returns, CurrentUser current, LocalTime local) : PageModel
{
    /// <summary>Periods without a return that are offered; older ones were before the department began to report here.</summary>
    private const int MostOpen = 4;

    /// <summary>Null for who reports for none.</summary>
    public string? Department { get; private set; }
    public IReadOnlyList<PeriodLine> Periods { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostStartAsync(string period, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken) || Periods.All(p => p.Period != period)) return NotFound();
        return await returns.StartAsync(Department!, period, current.Id!.Value, cancellationToken) is { } form ? Redirect(DepartmentReturns.Address(form.Id)) : NotFound();
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await returns.DepartmentOfAsync(current.Id!.Value, cancellationToken) is not { } department) return false;
        Department = department;
        var ended = Matching.Plan.Returns.Periods.Ended(await returns.IsMonthlyAsync(department, cancellationToken), local.Today);
        var all = (await db.DepartmentReturns.AsNoTracking().Where(r => r.Department == department).ToListAsync(cancellationToken)).GroupBy(r => r.Period).ToDictionary(g => g.Key, g => g.MaxBy(r => r.Number)!);
        Periods = [.. ended.Where((p, place) => place < MostOpen || all.ContainsKey(p)).Union(all.Keys).Select(p => new PeriodLine(p, Matching.Plan.Returns.Periods.LastDay(p)!.Value, all.GetValueOrDefault(p))).OrderByDescending(p => p.LastDay)];
        return true;
    }

    /// <param name="Return">The latest number; null when none was begun.</param>
    public sealed record PeriodLine(string Period, DateOnly LastDay, DepartmentReturn? Return)
    {
        public DateOnly DueOn => Matching.Plan.Returns.Periods.DueOn(LastDay);

        /// <summary>Its term is over, and it is still with those who write it.</summary>
        public bool IsLate(DateOnly today) => today > DueOn && (Return is null || Return is { State: ReturnState.Draft, Number: 1 });
    }
}
