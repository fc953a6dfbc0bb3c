using Hangfire;
using Matchmaking.Jobs;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Foresight;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Reports;

/// <summary>All reports; a new draft is counted by a job.</summary>
public sealed class IndexModel(MatchmakingDbContext db, IBackgroundJobClient jobs, CurrentUser current, LocalTime time, IStringLocalizer<ForesightText> text) : PageModel
{
    public IReadOnlyList<ForesightReport> Reports { get; private set; } = [];

    [BindProperty]
    public string? Year { get; set; }

    [BindProperty]
    public string? Scope { get; set; }

    [TempData]
    public string? Done { get; set; }

    public int ThisYear => time.Today.Year;

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var isYear = int.TryParse(Year, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var year) && year >= 2024 && year <= ThisYear;
        if (!isYear) ModelState.AddModelError(nameof(Year), text["Year.Wrong", 2024, ThisYear]);
        if (Scope is not { } scope || (scope != ForesightReport.AllFields && ForesightReport.FieldOf(scope) is null))
        {
            ModelState.AddModelError(nameof(Scope), text["Scope.Missing"]);
        }
        else if (isYear)
        {
            if (await db.ForesightReports.AnyAsync(r => r.Year == year && r.Scope == scope, cancellationToken)) ModelState.AddModelError("", text["There", year]);
            else
            {
                jobs.Enqueue<DraftForesight>(job => job.RunOneAsync(year, scope, current.Id, CancellationToken.None));
                Done = "Drafting";
                return RedirectToPage();
            }
        }
        await LoadAsync(cancellationToken);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Year ??= ThisYear.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Reports = await db.ForesightReports.AsNoTracking().OrderByDescending(r => r.Year).ThenBy(r => r.Scope).ThenByDescending(r => r.Edition).ToListAsync(cancellationToken);
    }
}
