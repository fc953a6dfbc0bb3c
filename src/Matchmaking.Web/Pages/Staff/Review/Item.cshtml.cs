using System.Globalization;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Writing;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Display;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Offices;
using Matchmaking.Web.Resources;
using Matchmaking.Web.Writing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Review;

/// <summary>One record for staff: all of it, what a proposal changes, publishing and returning, and its broker.</summary>
public sealed class ItemModel(
    MatchmakingDbContext db, OwnListings own, CurrentUser current, PublishListing publishing, Brokers brokers, ContentFacts facts, ListingMessages messages,
    ListingHistory history, Checklists checklists, OfficeMembers offices, Togetherness together, JoinNeeds joining, IStringLocalizer<TiersText> tiers, LocalTime time, TimeProvider clock, IStringLocalizer<ListingsText> text, IStringLocalizer<WritingText> words) : PageModel
{
    public const int MaxReasons = 1_000;

    public Listing Listing { get; private set; } = null!;

    /// <summary>The content to decide on: the proposal, else the record's own.</summary>
    public ListingContent Proposed { get; private set; } = null!;

    /// <summary>What the proposal changes in what readers see.</summary>
    public IReadOnlyList<FactChange> Changes { get; private set; } = [];

    public IReadOnlyList<Fact> Facts { get; private set; } = [];

    public TogetherView Together { get; private set; } = null!;

    /// <summary>The need to merge into, as typed.</summary>
    public string Into { get; private set; } = "";

    public IReadOnlyList<HistoryLine> History { get; private set; } = [];

    public IReadOnlyList<BrokerLoad> BrokerChoices { get; private set; } = [];

    /// <summary>Something waits for a decision here.</summary>
    public bool Open => Listing.State == ListingState.Submitted || (Listing.IsPublic && Listing.PendingRevision is not null);

    public ChecklistView Checks { get; private set; } = new([], [], null);

    /// <summary>How the recommending office passed it on; null when none did.</summary>
    public HistoryLine? OfficeStep { get; private set; }

    private IReadOnlyCollection<int> ticked = [];
    private string? checkError;

    /// <summary>Reasons as typed.</summary>
    public string Reasons { get; private set; } = "";

    [TempData]
    public string? Done { get; set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (await own.FindAsync(id, Policies.ReadListing, cancellationToken) is not { } listing) return NotFound();
        // The page shows the contact, and the owner sees who was shown it.
        db.ContactReadings.Add(new ContactReading(id, current.Id!.Value, clock.GetUtcNow()));
        db.Audit(current.Id, "contact.read", PublishListing.Subject(listing), clock.GetUtcNow(), "review");
        await db.SaveChangesAsync(cancellationToken);
        return await ShowAsync(listing, cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(int id, string? act, int version, string? reasons, string? broker, string? into, int[] ticks, CancellationToken cancellationToken)
    {
        if (await own.FindAsync(id, Policies.ReadListing, cancellationToken) is not { } listing) return NotFound();
        Reasons = reasons ?? "";
        Into = into ?? "";
        ticked = ticks;
        var by = (await current.RequireAsync()).Id;
        return act switch
        {
            "publish" => await AnswerAsync(listing, await publishing.PublishAsync(id, version, by, time.Today, cancellationToken, ticks), "Done.Published", cancellationToken),
            // Staff in the office's place: its checklist stays unticked, and the step says who.
            "forward" => await ForwardAsync(listing, version, by, cancellationToken),
            "return" => await ReturnAsync(listing, version, by, cancellationToken),
            "merge" => await MergeAsync(listing, version, by, cancellationToken),
            "assign" => await AssignAsync(listing, version, broker, by, cancellationToken),
            _ => BadRequest(),
        };
    }

    private async Task<IActionResult> ReturnAsync(Listing listing, int version, int by, CancellationToken cancellationToken)
    {
        var reasons = ListingRules.Clean(Reasons);
        if (reasons.Length is 0 or > MaxReasons)
        {
            ModelState.AddModelError("reasons", reasons.Length == 0 ? text["Return.Missing"] : text["Return.TooLong", reasons.Length, MaxReasons]);
            return await RefuseAsync(listing, StatusCodes.Status422UnprocessableEntity, cancellationToken);
        }
        return await AnswerAsync(listing, await publishing.ReturnAsync(listing.Id, version, reasons, by, cancellationToken, ticked), "Done.Returned", cancellationToken);
    }

    private async Task<IActionResult> ForwardAsync(Listing listing, int version, int by, CancellationToken cancellationToken)
    {
        var decision = listing.Version == version && listing.May(ListingAct.Forward)
            ? await offices.ForwardInPlaceAsync(listing.Id, version, by, cancellationToken) : new Decision(DecisionOutcome.Changed, []);
        return await AnswerAsync(listing, decision, "Done.ForwardedInPlace", cancellationToken);
    }

    private async Task<IActionResult> MergeAsync(Listing listing, int version, int by, CancellationToken cancellationToken)
    {
        var outcome = listing is Need ? await joining.MergeAsync(listing.Id, version, ListingRules.CleanLine(Into), by, cancellationToken) : JoinOutcome.Unknown;
        if (outcome == JoinOutcome.Done)
        {
            Done = "Done.Withdrawn";
            return Redirect(ListingAddresses.Review(listing.Id));
        }
        if (outcome == JoinOutcome.Changed) return await AnswerAsync(listing, new Decision(DecisionOutcome.Changed, []), "", cancellationToken);
        ModelState.AddModelError("into", words[outcome == JoinOutcome.Own ? "Merge.Same" : "Merge.Unknown", ListingRules.CleanLine(Into)]);
        return await RefuseAsync(listing, StatusCodes.Status422UnprocessableEntity, cancellationToken);
    }

    private async Task<IActionResult> AssignAsync(Listing listing, int version, string? broker, int by, CancellationToken cancellationToken)
    {
        int? chosen = null;
        if (!string.IsNullOrEmpty(broker))
        {
            chosen = int.TryParse(broker, CultureInfo.InvariantCulture, out var number) && await brokers.IsBrokerAsync(number, cancellationToken) ? number : null;
            if (chosen is null)
            {
                ModelState.AddModelError("broker", text["Assign.Unknown"]);
                return await RefuseAsync(listing, StatusCodes.Status422UnprocessableEntity, cancellationToken);
            }
        }
        if (listing.BrokerId == chosen) return Redirect(ListingAddresses.Review(listing.Id));
        if (listing.Version != version) return await AnswerAsync(listing, new Decision(DecisionOutcome.Changed, []), "", cancellationToken);
        var at = clock.GetUtcNow();
        listing.AssignBroker(chosen, by, at);
        db.Audit(by, "listing.assign-broker", PublishListing.Subject(listing), at, $"broker {chosen?.ToString(CultureInfo.InvariantCulture) ?? "none"}");
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await AnswerAsync(listing, new Decision(DecisionOutcome.Changed, []), "", cancellationToken);
        }
        Done = "Done.Assigned";
        return Redirect(ListingAddresses.Review(listing.Id));
    }

    private async Task<IActionResult> AnswerAsync(Listing listing, Decision decision, string done, CancellationToken cancellationToken)
    {
        if (decision.Outcome == DecisionOutcome.Done)
        {
            Done = done;
            return Redirect(ListingAddresses.Review(listing.Id));
        }
        if (await own.FindAgainAsync(listing.Id, Policies.ReadListing, cancellationToken) is not { } now) return NotFound();
        switch (decision.Outcome)
        {
            case DecisionOutcome.NotVerified:
                ModelState.AddModelError("", text["Publish.NotVerified", now.Organization.Name]);
                break;
            case DecisionOutcome.Incomplete when decision.Problems is [{ Code: "CheckMissing" } check]:
                checkError = tiers["Checks.Missing", check.Arguments[0]];
                ModelState.AddModelError("checks", checkError);
                break;
            case DecisionOutcome.Incomplete:
                foreach (var problem in decision.Problems) ModelState.AddModelError("", messages.Of(problem, now.ListingKind));
                break;
            default:
                ModelState.AddModelError("", text["Publish.Changed", text["StateNow." + now.State]]);
                break;
        }
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
        Proposed = listing.PendingRevision?.Content(listing.ListingKind) ?? listing.Content();
        Facts = [.. facts.All(Proposed), .. facts.Of(listing.Contact)];
        if (listing.PendingRevision is not null) Changes = facts.Between(listing.Content(), Proposed);
        else if (listing.State == ListingState.Submitted && listing.Revisions.SingleOrDefault(r => r.Number == listing.PublishedRevision) is { } earlier)
            Changes = facts.Between(earlier.Content(listing.ListingKind), Proposed);
        History = await history.OfAsync(listing, cancellationToken, forStaff: true);
        OfficeStep = listing.Steps.Where(s => s is { From: ListingState.AwaitingOffice, To: ListingState.Submitted }).MaxBy(s => s.Id) is { } step && listing.ForwardedAt is not null
            ? History.FirstOrDefault(line => line.At == step.At) : null;
        if (Open) Checks = new ChecklistView(listing.State == ListingState.Submitted ? await checklists.OfAsync(CheckStage.Staff, cancellationToken) : [], ticked, checkError);
        Together = await together.OfAsync(listing, cancellationToken);
        BrokerChoices = await brokers.AllAsync(cancellationToken);
        return Page();
    }
}
