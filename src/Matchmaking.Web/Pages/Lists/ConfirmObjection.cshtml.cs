using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Matchmaking.Web.ListRounds;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Lists;

/// <summary>The link of the mail: shows what is confirmed, and confirms with a button, since mail programs open links by themselves.</summary>
public sealed class ConfirmObjectionModel(MatchmakingDbContext db, HandleObjections objections, TimeProvider time, RoundsWords words, IStringLocalizer<RoundsText> text) : PageModel
{
    public Objection Objection { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancellationToken) => await FindAsync(key, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string key, CancellationToken cancellationToken)
    {
        if (!await FindAsync(key, cancellationToken)) return NotFound();
        try
        {
            if (Objection.State == ObjectionState.Unconfirmed)
            {
                await objections.ConfirmAsync(Objection, time.GetUtcNow(), cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
            }
            return Redirect($"/lists/objections/{key}");
        }
        catch (ListRoundRefusedException refused)
        {
            ModelState.AddModelError("", words.Refusal(refused));
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
        catch (DbUpdateConcurrencyException)
        {
            ModelState.AddModelError("", text["Object.Again"]);
            Response.StatusCode = StatusCodes.Status409Conflict;
        }
        db.ChangeTracker.Clear();
        return await FindAsync(key, cancellationToken) ? Page() : NotFound();
    }

    private async Task<bool> FindAsync(string key, CancellationToken cancellationToken)
    {
        var hash = Matching.AnnualLists.Rounds.Objection.HashOf(key);
        if (await db.Objections.Include(o => o.Entry.Listing).Include(o => o.Round.List).SingleOrDefaultAsync(o => o.KeyHash == hash, cancellationToken) is not { } objection) return false;
        Objection = objection;
        return true;
    }
}
