using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff;

/// <summary>What office and staff tick before a record goes on; items are retired, never deleted.</summary>
public sealed class ChecklistsModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, IStringLocalizer<TiersText> text) : PageModel
{
    public IReadOnlyList<ChecklistItem> Items { get; private set; } = [];

    /// <summary>Words of a new item, as typed.</summary>
    public string Words { get; private set; } = "";

    [TempData]
    public string? Done { get; set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAddAsync(CheckStage stage, string? words, bool required, CancellationToken cancellationToken)
    {
        Words = words ?? "";
        var clean = ListingRules.CleanLine(Words);
        if (clean.Length is 0 or > ChecklistItem.MaxText)
        {
            ModelState.AddModelError("words", clean.Length == 0 ? text["Checks.WordsMissing"] : text["Checks.WordsTooLong", clean.Length, ChecklistItem.MaxText]);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            await LoadAsync(cancellationToken);
            return Page();
        }
        db.ChecklistItems.Add(ChecklistItem.Own(Enum.IsDefined(stage) ? stage : CheckStage.Office, clean, required, 1 + await db.ChecklistItems.MaxAsync(i => (int?)i.Position, cancellationToken) ?? 0));
        db.Audit(current.Id, "checklist.add", $"checklist:{stage}", time.GetUtcNow());
        return await SavedAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostChangeAsync(int id, bool required, bool retired, CancellationToken cancellationToken)
    {
        if (await db.ChecklistItems.SingleOrDefaultAsync(i => i.Id == id, cancellationToken) is not { } item) return NotFound();
        item.Require(required);
        item.Retire(retired);
        db.Audit(current.Id, "checklist.change", $"checklist-item:{id}", time.GetUtcNow(), $"required {required}, retired {retired}");
        return await SavedAsync(cancellationToken);
    }

    private async Task<IActionResult> SavedAsync(CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        Done = "Done.ChecksSaved";
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken cancellationToken) =>
        Items = await db.ChecklistItems.AsNoTracking().OrderBy(i => i.Position).ThenBy(i => i.Id).ToListAsync(cancellationToken);
}
