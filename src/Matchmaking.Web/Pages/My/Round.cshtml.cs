using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Matchmaking.Web.Rounds;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.My;

/// <summary>Submits one of the organisation's needs to a round: the round's terms, the firm's figures when asked, the declaration.</summary>
public sealed class RoundModel(
    MatchmakingDbContext db, OwnListings own, CurrentUser current, SubmitToRound submit, RoundWords words, ListingMessages messages, LocalCalendar calendar, IStringLocalizer<ListingsText> listings) : PageModel
{
    public Need Need { get; private set; } = null!;
    public CollectionRound Round { get; private set; } = null!;
    public IReadOnlyDictionary<int, string> Offices { get; private set; } = new Dictionary<int, string>();

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [TempData]
    public string? Done { get; set; }

    public async Task<IActionResult> OnGetAsync(int id, int round, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, round, cancellationToken)) return NotFound();
        Input.Version = Need.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, int round, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, round, cancellationToken)) return NotFound();
        var figures = Round.AsksFigures ? new FirmFigures(RoundInput.Number(Input.Turnover), RoundInput.Number(Input.Research)) : new FirmFigures(null, null);
        var decision = await submit.RunAsync(round, id, Input.Version, figures, Input.Declared.Length > 0, (await current.RequireAsync()).Id, calendar.Today, cancellationToken);
        if (decision.Outcome == DecisionOutcome.Done)
        {
            Done = "Done.Submitted";
            return Redirect(ListingAddresses.View(Need));
        }
        if (!await FindAsync(id, round, cancellationToken)) return NotFound();
        if (decision.Outcome == DecisionOutcome.Changed) ModelState.AddModelError("", listings["Trouble.Closed", listings["StateNow." + Need.State]]);
        foreach (var problem in decision.Problems)
        {
            // Figures and declaration have their fields here; the rest is mended in the need's own form.
            var key = problem.Field is "Turnover" or "Research" or "Declared" ? $"{nameof(Input)}.{problem.Field}" : "";
            ModelState.AddModelError(key, words.Of(problem) ?? messages.Of(problem, ListingKind.Need));
        }
        Response.StatusCode = decision.Outcome == DecisionOutcome.Changed ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> FindAsync(int id, int roundId, CancellationToken cancellationToken)
    {
        if (await own.FindAgainAsync(id, Policies.EditListing, cancellationToken) is not Need need) return false;
        var round = await db.CollectionRounds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == roundId && r.State != RoundState.Draft, cancellationToken);
        if (round is null) return false;
        (Need, Round) = (need, round);
        if (round.Offices.Count > 0) Offices = await RoundWords.OfficesAsync(db, cancellationToken);
        return true;
    }

    public sealed class InputModel
    {
        public int Version { get; set; }
        public string? Turnover { get; set; }
        public string? Research { get; set; }
        public string[] Declared { get; set; } = [];
    }
}
