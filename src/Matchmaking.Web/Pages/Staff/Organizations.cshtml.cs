using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff;

/// <summary>Organisations that wait to be verified, oldest first, and the ones decided before.</summary>
public sealed class OrganizationsModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, IStringLocalizer<AccountText> text) : PageModel
{
    private const int Shown = 100;

    public IReadOnlyList<Organization> Waiting { get; private set; } = [];
    public IReadOnlyList<Organization> Decided { get; private set; } = [];

    [BindProperty]
    public string? Remark { get; set; }

    public int? RefusedId { get; private set; }

    [TempData]
    public string? Done { get; set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public Task<IActionResult> OnPostVerifyAsync(int id, CancellationToken cancellationToken) =>
        DecideAsync(id, (organization, by, at) => organization.Verify(by, at), "organization.verify", "Done.Verified", cancellationToken);

    public async Task<IActionResult> OnPostRefuseAsync(int id, CancellationToken cancellationToken)
    {
        var remark = ListingRules.Clean(Remark);
        if (remark.Length is > 0 and <= 500)
            return await DecideAsync(id, (organization, by, at) => organization.Refuse(remark, by, at), "organization.refuse", "Done.Refused", cancellationToken);
        ModelState.AddModelError($"remark-{id}", text[remark.Length == 0 ? "Remark.Missing" : "Remark.TooLong"]);
        RefusedId = id;
        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task<IActionResult> DecideAsync(int id, Action<Organization, int, DateTimeOffset> decide, string act, string done, CancellationToken cancellationToken)
    {
        var organization = await db.Organizations.SingleOrDefaultAsync(o => o.Id == id, cancellationToken);
        if (organization is null) return NotFound();
        decide(organization, current.Id!.Value, time.GetUtcNow());
        db.Audit(current.Id, act, $"organization:{id}", time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        Done = done;
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Waiting = await db.Organizations.AsNoTracking().Include(o => o.Office).Where(o => o.State == OrganizationState.Unverified).OrderBy(o => o.CreatedAt).Take(Shown).ToListAsync(cancellationToken);
        Decided = await db.Organizations.AsNoTracking().Where(o => o.State != OrganizationState.Unverified).OrderByDescending(o => o.DecidedAt).Take(Shown).ToListAsync(cancellationToken);
    }
}
