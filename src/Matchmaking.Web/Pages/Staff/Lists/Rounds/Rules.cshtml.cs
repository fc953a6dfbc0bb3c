using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.ListRounds;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Lists.Rounds;

/// <summary>Call and rules of a round, until the scoring begins.</summary>
public sealed class RulesModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, RoundsWords words, IStringLocalizer<RoundsText> text) : PageModel
{
    [BindProperty]
    public ListRoundInput Input { get; set; } = new();

    [BindProperty]
    public int Version { get; set; }

    public ListRound Round { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken) || !Round.May(ListRoundAct.ChangeRules)) return NotFound();
        Input = ListRoundInput.Of(Round.Rules, Round.Text);
        Input.Fill();
        Version = Round.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        if (Version != Round.Version) return Stale();
        var call = ListingRules.Clean(Input.Text);
        if (call.Length == 0) ModelState.AddModelError("Input.Text", text["Text.Missing"]);
        if (call.Length > ListRound.MaxText) ModelState.AddModelError("Input.Text", text["Text.TooLong", call.Length, ListRound.MaxText]);
        if (Input.ReadRules(Round.Kind, ModelState, text, words) is { } rules && ModelState.IsValid)
        {
            try
            {
                Round.ChangeRules(call, rules, current.Id!.Value, time.GetUtcNow());
                db.Audit(current.Id, "list-round.rules", AdvanceListRound.Subject(Round), time.GetUtcNow());
                await db.SaveChangesAsync(cancellationToken);
                return Redirect($"/staff/lists/rounds/{id}");
            }
            catch (ListRoundRefusedException refused)
            {
                ModelState.AddModelError("", words.Refusal(refused));
            }
            catch (DbUpdateConcurrencyException)
            {
                return Stale();
            }
        }
        Input.Fill();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private PageResult Stale()
    {
        ModelState.AddModelError("", text["Stale"]);
        Input.Fill();
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> FindAsync(int id, CancellationToken cancellationToken)
    {
        if (await db.ListRounds.SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is not { } round) return false;
        Round = round;
        return true;
    }
}
