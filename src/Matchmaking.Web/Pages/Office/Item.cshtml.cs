using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Offices;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Office;

/// <summary>One member's record for its office: what it says, without the contact; the checklist; passing on with an opinion or giving back with reasons.</summary>
public sealed class ItemModel(
    OwnListings own, CurrentUser current, PublishListing publishing, Checklists checklists, ContentFacts facts, ListingHistory history,
    IStringLocalizer<TiersText> text, IStringLocalizer<ListingsText> words) : PageModel
{
    public const int MaxOpinion = 1_000;

    public Listing Listing { get; private set; } = null!;
    public IReadOnlyList<Fact> Facts { get; private set; } = [];

    /// <summary>What the record changes against what was published before; after a withdrawal it comes by here again.</summary>
    public IReadOnlyList<FactChange> Changes { get; private set; } = [];
    public IReadOnlyList<HistoryLine> History { get; private set; } = [];
    public ChecklistView Checks { get; private set; } = new([], [], null);
    public string Opinion { get; private set; } = "";

    [TempData]
    public string? Done { get; set; }

    private IReadOnlyCollection<int> ticked = [];
    private string? checkError;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken) =>
        await own.FindAsync(id, Policies.RecommendListing, cancellationToken) is { } listing ? await ShowAsync(listing, cancellationToken) : NotFound();

    public async Task<IActionResult> OnPostAsync(int id, string? act, int version, string? opinion, int[] ticks, CancellationToken cancellationToken)
    {
        if (await own.FindAsync(id, Policies.RecommendListing, cancellationToken) is not { } listing) return NotFound();
        (Opinion, ticked) = (opinion ?? "", ticks);
        var said = ListingRules.Clean(Opinion);
        if (act is not ("forward" or "send-back")) return BadRequest();
        if (said.Length > MaxOpinion) ModelState.AddModelError("opinion", text["Opinion.TooLong", said.Length, MaxOpinion]);
        if (act == "send-back" && said.Length == 0) ModelState.AddModelError("opinion", text["Opinion.Missing"]);
        if (!ModelState.IsValid) return await RefuseAsync(listing, StatusCodes.Status422UnprocessableEntity, cancellationToken);
        var by = (await current.RequireAsync()).Id;
        var decision = act == "forward"
            ? await publishing.ForwardAsync(id, version, said, ticks, by, cancellationToken)
            : await publishing.SendBackAsync(id, version, said, ticks, by, cancellationToken);
        if (decision.Outcome == DecisionOutcome.Done)
        {
            Done = act == "forward" ? "Done.Forwarded" : "Done.SentBack";
            return Redirect($"/office/{id}");
        }
        if (await own.FindAgainAsync(id, Policies.RecommendListing, cancellationToken) is not { } now) return NotFound();
        if (decision.Outcome == DecisionOutcome.Incomplete)
        {
            checkError = text["Checks.Missing", decision.Problems[0].Arguments[0]];
            ModelState.AddModelError("checks", checkError);
            return await RefuseAsync(now, StatusCodes.Status422UnprocessableEntity, cancellationToken);
        }
        ModelState.AddModelError("", words["Publish.Changed", words["StateNow." + now.State]]);
        return await RefuseAsync(now, StatusCodes.Status409Conflict, cancellationToken);
    }

    private async Task<PageResult> RefuseAsync(Listing listing, int status, CancellationToken cancellationToken)
    {
        Response.StatusCode = status;
        return await ShowAsync(listing, cancellationToken);
    }

    private async Task<PageResult> ShowAsync(Listing listing, CancellationToken cancellationToken)
    {
        Listing = listing;
        Facts = facts.All(listing.Content());
        if (ListingStates.Waiting.Contains(listing.State) && listing.Revisions.SingleOrDefault(r => r.Number == listing.PublishedRevision) is { } earlier)
            Changes = facts.Between(earlier.Content(listing.ListingKind), listing.Content());
        History = await history.OfAsync(listing, cancellationToken);
        if (listing.May(ListingAct.Forward)) Checks = new ChecklistView(await checklists.OfAsync(CheckStage.Office, cancellationToken), ticked, checkError);
        return Page();
    }
}
