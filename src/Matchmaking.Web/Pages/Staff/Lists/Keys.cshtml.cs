using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Lists;

/// <summary>The signing keys, and a new one in the place of the one in use, with the reason.</summary>
public sealed class KeysModel(MatchmakingDbContext db, IListSigner signer, CurrentUser current, TimeProvider time, IStringLocalizer<ListsText> text) : PageModel
{
    [BindProperty]
    public string? Reason { get; set; }

    [TempData]
    public string? Done { get; set; }

    public IReadOnlyList<ListSigningKey> Keys { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(int? seen, CancellationToken cancellationToken)
    {
        var reason = ListingRules.Clean(Reason);
        if (reason.Length == 0) ModelState.AddModelError(nameof(Reason), text["Reason.Missing"]);
        if (reason.Length > AnnualList.MaxReason) ModelState.AddModelError(nameof(Reason), text["Reason.TooLong", reason.Length, AnnualList.MaxReason]);
        await LoadAsync(cancellationToken);
        // A second click, or a colleague at the same moment, would throw away a key that has just come into use.
        if (ModelState.IsValid && (Keys.Count == 0 ? null : (int?)Keys[0].Id) != seen) ModelState.AddModelError("", text["Stale"]);
        if (!ModelState.IsValid) return Page();
        await signer.RotateAsync(reason, current.Id, time.GetUtcNow(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        Done = "Keys.Rotated";
        return Redirect("/staff/lists/keys");
    }

    private async Task LoadAsync(CancellationToken cancellationToken) => Keys = await db.ListSigningKeys.AsNoTracking().OrderByDescending(k => k.Id).ToListAsync(cancellationToken);
}
