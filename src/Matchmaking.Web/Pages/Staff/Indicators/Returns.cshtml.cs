using Matchmaking.Matching.Data;
using Matchmaking.Matching.Plan.Returns;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Staff.Indicators;

/// <summary>The returns of all departments, what waits for staff first; and who owes one.</summary>
public sealed class ReturnsModel(MatchmakingDbContext db, LocalTime local) : PageModel
{
    private const int Size = 50;

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Department { get; set; }

    public IReadOnlyList<DepartmentReturn> Returns { get; private set; } = [];
    public PagerModel Pages { get; private set; } = null!;

    /// <summary>Departments with people whose last period is over its term and was not handed in.</summary>
    public IReadOnlyList<(string Department, string Period)> Late { get; private set; } = [];

    public async Task OnGetAsync([FromQuery(Name = "page")] int? page, CancellationToken cancellationToken)
    {
        var returns = db.DepartmentReturns.AsNoTracking();
        if (Enum.TryParse<ReturnState>(State, out var state) && Enum.IsDefined(state)) returns = returns.Where(r => r.State == state);
        else State = null;
        if (PlanDepartments.All.Contains(Department ?? "")) returns = returns.Where(r => r.Department == Department);
        else Department = null;
        var total = await returns.CountAsync(cancellationToken);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (total + Size - 1) / Size));
        Pages = new PagerModel(shown, Size, total, n => $"/staff/indicators/returns?state={State}&department={Uri.EscapeDataString(Department ?? "")}&page={n}");
        Returns = await returns.OrderByDescending(r => r.State == ReturnState.Checked).ThenByDescending(r => r.LastDay).ThenBy(r => r.Department).ThenByDescending(r => r.Number).Skip((shown - 1) * Size).Take(Size).ToListAsync(cancellationToken);
        Late = await OverdueReturns.ReadAsync(db, local.Today, cancellationToken);
    }
}
