using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Plan;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Indicators;

/// <summary>The plan by department: what is overdue, and what lies ready that would close a gap.</summary>
public sealed class DeskModel(
    ReadPlan read, PlanDesk desk, IssueBulletin issue, MatchmakingDbContext db, CurrentUser current, LocalTime time, TimeProvider clock, IStringLocalizer<PlanText> text) : PageModel
{
    private IReadOnlyList<IndicatorStanding> all = [];

    public IReadOnlyList<DepartmentStanding> Departments { get; private set; } = [];
    public IReadOnlyList<GapCloser> Closers { get; private set; } = [];

    /// <summary>The day up to which values should be reported by now.</summary>
    public DateOnly Until => PlanDesk.ReportedUntil(time.Today);

    /// <summary>Quarters whose bulletin is issued, the latest first.</summary>
    public IReadOnlyList<string> Issued { get; private set; } = [];

    [BindProperty]
    public string? Quarter { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [TempData]
    public string? Done { get; set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    /// <summary>Another edition of a bulletin from today's records.</summary>
    public async Task<IActionResult> OnPostCorrectAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var reason = ListingRules.Clean(Reason);
        if (Quarter is null || !Issued.Contains(Quarter)) ModelState.AddModelError(nameof(Quarter), text["Bulletin.Which"]);
        if (reason.Length == 0) ModelState.AddModelError(nameof(Reason), text["Bulletin.Reason.Missing"]);
        if (reason.Length > PlanBulletin.MaxReason) ModelState.AddModelError(nameof(Reason), text["Bulletin.Reason.TooLong", reason.Length, PlanBulletin.MaxReason]);
        if (!ModelState.IsValid) return Page();
        if (await issue.CorrectAsync(Quarter!, reason, (await current.RequireAsync()).Id, time.Today, clock.GetUtcNow(), cancellationToken) is null)
        {
            ModelState.AddModelError(nameof(Quarter), text["Bulletin.Meanwhile"]);
            return Page();
        }
        Done = "Bulletin.Corrected";
        return Redirect("/staff/indicators/desk#bulletins");
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Issued = await db.PlanBulletins.Select(b => b.Quarter).Distinct().OrderByDescending(q => q).ToListAsync(cancellationToken);
        all = await read.AllAsync(time.Today, cancellationToken);
        Departments = PlanDesk.ByDepartment(all, time.Today);
        Closers = await desk.ClosersAsync(cancellationToken);
    }

    public IndicatorStanding Of(string code) => all.Single(s => s.Indicator.Code == code);

    public static string AddressOf(GapCloser closer) => closer.Name switch
    {
        "ContractsUnregistered" => "/contracts?show=all",
        "ProofsOpen" => "/staff/proofs",
        "BrokersUntrained" => "/staff/brokers",
        _ => "/staff/experts",
    };
}
