using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Display;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Matchmaking.Web.Rounds;
using Matchmaking.Web.Writing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.My.Listings;

/// <summary>The owner's page of one record: what it says, where it stands, what can be done with it, its files and its past.</summary>
public sealed class ViewModel(
    MatchmakingDbContext db, CurrentUser current, OwnListings own, OpenRounds rounds, AttachmentStore store, ListingMessages messages, ListingHistory history, WritingCheck writing, NearCheck nearCheck, Togetherness together, LocalTime time,
    TimeProvider clock, Introductions introductions, IStringLocalizer<ListingsText> text) : PageModel
{
    private bool searchAway;

    public ListingKind Kind => ListingAddresses.Kind(RouteData.Values["side"] as string);

    public Listing Listing { get; private set; } = null!;

    public TogetherView Together { get; private set; } = null!;

    public IReadOnlyList<HistoryLine> History { get; private set; } = [];

    /// <summary>Rounds that a draft could be submitted to.</summary>
    public IReadOnlyList<Matching.Collecting.CollectionRound> Rounds { get; private set; } = [];

    /// <summary>The day to renew until, as typed.</summary>
    public string Until { get; private set; } = "";

    [TempData]
    public string? Done { get; set; }

    /// <summary>Search was away when it was submitted, so that nobody looked for needs that say the same.</summary>
    [TempData]
    public bool NotCompared { get; set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (await own.FindAsync(Kind, id, Policies.EditListing, cancellationToken) is not { } found) return NotFound();
        return await ShowAsync(found, cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(int id, string? act, string? until, int? file, IFormFile? upload, CancellationToken cancellationToken)
    {
        if (await own.FindAsync(Kind, id, Policies.EditListing, cancellationToken) is not { } found) return NotFound();
        Until = until ?? "";
        var user = await current.RequireAsync();
        if (act == "submit" && found.May(ListingAct.Submit) && await LookFirstAsync(found, cancellationToken) is { } look) return look;
        try
        {
            if (act == "delete") return await DeleteAsync(found, user.Id, cancellationToken);
            var done = act switch
            {
                "upload" => await UploadAsync(found, upload, user.Id, cancellationToken),
                "remove-file" => await RemoveFileAsync(found, file, user.Id, cancellationToken),
                "renew" => Renew(found, user.Id),
                "submit" => Submit(found, user.Id),
                "take-back" => await TakeBackAsync(found, user.Id, cancellationToken),
                "take-back-revision" => Act(found, user.Id, found.TakeBackRevision, "listing.take-back-revision", "Done.TakenBack"),
                "withdraw" => Act(found, user.Id, found.Withdraw, "listing.withdraw", "Done.Withdrawn"),
                "reopen" => Act(found, user.Id, found.Reopen, "listing.reopen", "Done.Reopened"),
                _ => null,
            };
            if (done is null)
            {
                if (ModelState.ErrorCount == 0) return BadRequest();
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return await ShowAsync(found, cancellationToken);
            }
            if (act == "withdraw") await introductions.EndAllOfAsync(found, user.Id, clock.GetUtcNow(), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            (Done, NotCompared) = (done, searchAway);
            return Redirect(ListingAddresses.View(found));
        }
        catch (Exception overtaken) when (overtaken is ActRefusedException or DbUpdateConcurrencyException)
        {
            if (await own.FindAgainAsync(id, Policies.EditListing, cancellationToken) is not { } now) return NotFound();
            ModelState.AddModelError("", text["Trouble.Closed", text["StateNow." + now.State]]);
            Response.StatusCode = StatusCodes.Status409Conflict;
            return await ShowAsync(now, cancellationToken);
        }
    }

    private async Task<PageResult> ShowAsync(Listing listing, CancellationToken cancellationToken)
    {
        Listing = listing;
        History = await history.OfAsync(listing, cancellationToken);
        if (listing is Need && listing.May(ListingAct.Submit)) Rounds = await rounds.ForAsync(listing.Organization, cancellationToken);
        Together = await together.OfAsync(listing, cancellationToken);
        return Page();
    }

    private string Act(Listing listing, int by, Action<int, DateTimeOffset> act, string action, string done)
    {
        var at = clock.GetUtcNow();
        act(by, at);
        db.Audit(by, action, PublishListing.Subject(listing), at);
        return done;
    }

    /// <summary>What is taken back also leaves its round: it is submitted there anew, under the round's rules.</summary>
    private async Task<string> TakeBackAsync(Listing listing, int by, CancellationToken cancellationToken)
    {
        var done = Act(listing, by, listing.TakeBack, "listing.take-back", "Done.TakenBack");
        db.RoundEntries.RemoveRange(await db.RoundEntries.Where(e => e.NeedId == listing.Id).ToListAsync(cancellationToken));
        return done;
    }

    /// <summary>To the form, where the findings stand beside the text, when there are any; from there it can be submitted all the same.</summary>
    private async Task<IActionResult?> LookFirstAsync(Listing listing, CancellationToken cancellationToken)
    {
        var read = new ReadForm(listing.Content(), listing.Contact, [], []);
        var near = await nearCheck.FindAsync(read.Content, new ListingInput(), listing, listing.OrganizationId, cancellationToken);
        searchAway = near.Away;
        if (near.Held) return Redirect(ListingAddresses.Form(listing) + "?look=true");
        return (await writing.CheckAsync(read, Kind, listing.Organization.Name, cancellationToken)).Shown.Count == 0 ? null : Redirect(ListingAddresses.Form(listing) + "?look=true");
    }

    private async Task<IActionResult> DeleteAsync(Listing listing, int by, CancellationToken cancellationToken)
    {
        if (!listing.MayBeDeleted) throw new ActRefusedException(ListingAct.Describe, listing.State);
        var files = listing.Attachments.Select(a => a.StoredName).ToList();
        db.Listings.Remove(listing);
        db.Audit(by, "listing.delete", PublishListing.Subject(listing), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        foreach (var file in files) store.Delete(file);
        Done = "Draft.Deleted";
        return Redirect("/my");
    }

    private string? Submit(Listing listing, int by)
    {
        if (!listing.May(ListingAct.Submit)) throw new ActRefusedException(ListingAct.Submit, listing.State);
        var content = listing.Content();
        var problems = ListingRules.CheckComplete(content, time.Today).Concat(ListingRules.CheckAnonymity(content, listing.Organization.Name))
            .Concat(ListingRules.CheckContact(listing.Contact, complete: true)).ToList();
        foreach (var problem in problems) ModelState.AddModelError("", messages.Of(problem, listing.ListingKind));
        return problems.Count > 0 ? null : Act(listing, by, (actor, at) => listing.Submit(actor, at, time.Today), "listing.submit", "Done.Submitted");
    }

    private string? Renew(Listing listing, int by)
    {
        if (!listing.May(ListingAct.Renew)) throw new ActRefusedException(ListingAct.Renew, listing.State);
        var earliest = listing.ValidUntil is { } until && until >= time.Today ? until.AddDays(1) : time.Today;
        var latest = time.Today.AddDays(ListingRules.LongestValidityDays);
        if (ListingFormReader.ParseDate(Until) is not { } day)
            ModelState.AddModelError("until", messages.Of(new Problem("ValidUntil", Until.Trim().Length == 0 ? "Missing" : "NotADate", ListingRules.CleanLine(Until)), listing.ListingKind));
        else if (day < earliest || day > latest)
            ModelState.AddModelError("until", messages.Of(new Problem("ValidUntil", "RenewalOutOfRange", day, earliest, latest), listing.ListingKind));
        else
            return Act(listing, by, (actor, at) => listing.Renew(day, actor, at), "listing.renew", "Done.Renewed");
        return null;
    }

    private async Task<string?> UploadAsync(Listing listing, IFormFile? upload, int by, CancellationToken cancellationToken)
    {
        if (!AttachmentsOpen(listing)) throw new ActRefusedException(ListingAct.Describe, listing.State);
        if (upload is null) return Refuse("FileNone", "");
        var name = AttachmentRules.CleanName(upload.FileName);
        await using var stream = upload.OpenReadStream();
        var (file, problem) = await store.SaveAsync(upload.FileName, stream, cancellationToken);
        if (file is null) return Refuse(problem!, name);
        // The same file twice is a double click; it is there already.
        if (listing.Attachments.Any(a => a.Sha256 == file.Sha256))
        {
            store.Delete(file.StoredName);
            return "Done.FileAdded";
        }
        if (listing.Attachments.Count >= Attachment.MaxPerListing)
        {
            store.Delete(file.StoredName);
            return Refuse("FileTooMany", name);
        }
        var at = clock.GetUtcNow();
        listing.Attach(file.FileName, file.ContentType, file.Length, file.StoredName, file.Sha256, by, at);
        // Beside a published record a new file waits for staff like any other change.
        if (listing.May(ListingAct.Propose) && listing.PendingRevision is null) listing.Propose(listing.Content(), listing.Contact, by, at);
        db.Audit(by, "listing.attach", PublishListing.Subject(listing), at);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            store.Delete(file.StoredName);
            throw;
        }
        return listing.May(ListingAct.Propose) ? "Done.FileProposed" : "Done.FileAdded";

        string? Refuse(string code, string fileName)
        {
            ModelState.AddModelError("upload", text["Problem." + code, fileName, Attachment.MaxPerListing]);
            return null;
        }
    }

    private async Task<string?> RemoveFileAsync(Listing listing, int? id, int by, CancellationToken cancellationToken)
    {
        if (!AttachmentsOpen(listing)) throw new ActRefusedException(ListingAct.Describe, listing.State);
        // Already gone: what was wanted is so.
        if (listing.Attachments.SingleOrDefault(a => a.Id == id) is not { } attachment) return "Done.FileRemoved";
        var at = clock.GetUtcNow();
        listing.Detach(attachment, at);
        db.Attachments.Remove(attachment);
        db.Audit(by, "listing.detach", PublishListing.Subject(listing), at);
        await db.SaveChangesAsync(cancellationToken);
        store.Delete(attachment.StoredName);
        return "Done.FileRemoved";
    }

    public static bool AttachmentsOpen(Listing listing) => listing.May(ListingAct.Describe) || listing.May(ListingAct.Propose);
}
