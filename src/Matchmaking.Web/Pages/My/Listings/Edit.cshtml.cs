using System.Globalization;
using System.Security.Cryptography;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Matchmaking.Matching.Writing;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Display;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Matchmaking.Web.Writing;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.My.Listings;

/// <summary>
/// The form of a need or an achievement. Antiforgery is asked for in the handler instead of by the filter, because its refusal
/// would be an empty page and everything typed would be gone.
/// </summary>
[KeepsPostedForm, IgnoreAntiforgeryToken]
public sealed class EditModel(
    MatchmakingDbContext db, CurrentUser current, OwnListings own, IAuthorizationService authorization, IAntiforgery antiforgery, KeptForms keptForms,
    IDataProtectionProvider protection, ListingMessages messages, ContentFacts facts, WritingCheck writing, DraftAutosave autosave, NearCheck nearCheck, JoinNeeds joining, UsualAnswers usual, LocalTime time, TimeProvider clock, IStringLocalizer<ListingsText> text) : PageModel
{
    private const int UsualValidityDays = 180;
    private User user = null!;
    private Organization? organization;

    public ListingKind Kind => ListingAddresses.Kind(RouteData.Values["side"] as string);

    public ListingInput Input { get; private set; } = new();

    /// <summary>The record as stored; null while it is new.</summary>
    public Listing? Listing { get; private set; }

    /// <summary>Readers see an older text: what is sent is a proposal.</summary>
    public bool Revising => Listing is not null && !Listing.May(ListingAct.Describe);

    /// <summary>Where the stored values differ from the typed ones, after somebody else saved first.</summary>
    public IReadOnlyList<FactChange> Differences { get; private set; } = [];

    /// <summary>Title of the error summary.</summary>
    public string Refusal { get; private set; } = "";

    /// <summary>The form was typed before the sign-in expired and is not saved yet.</summary>
    public bool Kept { get; private set; }

    /// <summary>What stands in the way apart from fields: an old page, somebody else's save.</summary>
    public string? Trouble { get; private set; }

    public bool RowAdded { get; private set; }

    /// <summary>What the checker says of the text as it stands in the form.</summary>
    public IReadOnlyList<CheckFinding> Findings { get; private set; } = [];

    /// <summary>Submitting was held up once, so that the findings are read; the next time it goes through.</summary>
    public bool Advised { get; private set; }

    /// <summary>Published needs that look the same.</summary>
    public NearFound Near { get; private set; } = NearFound.None;

    /// <summary>Search was away when this was submitted; the record's page says so.</summary>
    [TempData]
    public bool NotCompared { get; set; }

    /// <summary>Only drafts save themselves; what readers see changes by a proposal.</summary>
    public bool Autosaves => !Revising;

    public Organization Owner => Listing?.Organization ?? organization!;

    [TempData]
    public string? Done { get; set; }

    [FromQuery(Name = "discard")]
    public bool Discard { get; set; }

    /// <summary>Id of an own record that a new one is copied from.</summary>
    [FromQuery(Name = "from")]
    public int? From { get; set; }

    /// <summary>The form starts with what the organisation answered last time.</summary>
    public bool Usual { get; private set; }

    /// <summary>A well-written need of the organisation's trade, beside an empty form.</summary>
    public WorkedExample? Example => Kind == ListingKind.Need && Listing is null ? WorkedExamples.Of(Input.Industry) : null;

    /// <summary>Sent here from submitting elsewhere, to read the findings first.</summary>
    [FromQuery(Name = "look")]
    public bool Look { get; set; }

    private IDataProtector Persons => protection.CreateProtector("ListingForm.Person");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await OpenAsync(cancellationToken) is { } refusal) return refusal;
        if (organization is null) return Redirect("/my");
        if (Listing is not null && !Listing.May(ListingAct.Describe) && !Listing.May(ListingAct.Propose)) return Redirect(ListingAddresses.View(Listing));
        if (Listing is null && From is { } earlier)
        {
            if (await own.FindAsync(Kind, earlier, Policies.EditListing, cancellationToken) is not { } copied) return NotFound();
            Input = ListingInput.From(copied.Content(), copied.Contact);
            // What holds for the earlier record does not hold for this one.
            (Input.Deadline, Input.ValidUntil) = ("", "");
        }
        else if (Listing is null)
        {
            Input = Fresh();
            Usual = await usual.FillAsync(Input, organization.Id, user.Id, Kind, cancellationToken);
        }
        else
        {
            Input = ListingInput.From(Stored(Listing), Listing.Contact);
        }
        if (Discard) keptForms.Forget(HttpContext);
        else if (await keptForms.FindAsync(HttpContext, cancellationToken) is { } values && ListingInput.From(values) is var typed && IsMine(typed.Person))
            (Input, Kept) = (typed, true);
        if (Listing is not null && !Kept) Input.Version = Listing.Version;
        Input.Person = Persons.Protect(user.Id.ToString(CultureInfo.InvariantCulture));
        if (Listing is not null || Kept) Show(await writing.CheckAsync(ListingFormReader.Read(Input, Kind), Kind, Owner.Name, cancellationToken));
        Advised = Look && Findings.Count > 0;
        if (Look && Listing is not null && !Revising)
        {
            Near = await nearCheck.FindAsync(Listing.Content(), Input, Listing, organization.Id, cancellationToken);
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var (form, status) = await PostedForm.ReadAsync(Request, cancellationToken);
        if (form is null) return StatusCode(status);
        Input = ListingInput.From(form);
        if (await OpenAsync(cancellationToken) is { } refusal) return refusal;
        if (!await antiforgery.IsRequestValidAsync(HttpContext)) return Again(StatusCodes.Status400BadRequest, text["Trouble.Stale"]);
        if (organization is null) return Again(StatusCodes.Status409Conflict, text["Trouble.NoOrganization"]);
        if (form.ContainsKey("add"))
        {
            Input.AddRow();
            RowAdded = true;
            return Page();
        }
        if (form.TryGetValue("remove", out var row))
        {
            Input.RemoveRow(row[0]);
            return Page();
        }
        if (form.TryGetValue("join", out var other)) return await JoinAsync(other[0], cancellationToken);
        if (Listing is null && await SavedBeforeAsync(cancellationToken) is { } earlier) return Redirect(earlier);
        return await SaveAsync(submit: form["act"] == "submit" || Revising, cancellationToken);
    }

    private async Task<IActionResult> SaveAsync(bool submit, CancellationToken cancellationToken)
    {
        var read = ListingFormReader.Read(Input, Kind);
        var found = await writing.CheckAsync(read, Kind, Owner.Name, cancellationToken);
        var seen = Input.Advised;
        Show(found);
        if (Check(read, submit) is { } wrong) return wrong;
        if (submit && Advise(found, seen) is { } advice) return advice;
        if (submit && !Revising)
        {
            Near = await nearCheck.FindAsync(read.Content, Input, Listing, organization!.Id, cancellationToken);
            if (Near.Held)
            {
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return Page();
            }
        }
        if (Listing is null) return await CreateAsync(read, submit, cancellationToken);
        if (Listing.Version != Input.Version) return Conflict(read, submit);
        var at = clock.GetUtcNow();
        try
        {
            if (Revising)
            {
                Listing.Propose(read.Content, read.Contact, user.Id, at);
                db.Audit(user.Id, "listing.propose", PublishListing.Subject(Listing), at);
            }
            else
            {
                Listing.Describe(read.Content, read.Contact, at);
                if (submit) await SubmitAsync(Listing, at, cancellationToken);
            }
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (ActRefusedException)
        {
            return Conflict(read, submit);
        }
        catch (DbUpdateConcurrencyException)
        {
            Listing = await own.FindAgainAsync(Listing.Id, Policies.EditListing, cancellationToken);
            return Listing is null ? NotFound() : Conflict(read, submit);
        }
        return Finish(submit);
    }

    private async Task<IActionResult> CreateAsync(ReadForm read, bool submit, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        Listing listing = Kind == ListingKind.Need ? new Need(organization!, user.Id, at) : new Achievement(organization!, user.Id, at);
        listing.CreatedBy(Input.CreationKey);
        listing.Describe(read.Content, read.Contact, at);
        try
        {
            // The audit entry names the record's id, which the first save gives.
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            db.Listings.Add(listing);
            await db.SaveChangesAsync(cancellationToken);
            db.Audit(user.Id, "listing.create", PublishListing.Subject(listing), at);
            if (submit) await SubmitAsync(listing, at, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // The other half of a double click was faster.
            db.ChangeTracker.Clear();
            if (await SavedBeforeAsync(cancellationToken) is { } earlier) return Redirect(earlier);
            throw;
        }
        Listing = listing;
        return Finish(submit);
    }

    /// <summary>Keeps what is written as a draft and puts the organisation behind the published need that it repeats.</summary>
    private async Task<IActionResult> JoinAsync(string? other, CancellationToken cancellationToken)
    {
        Near = await nearCheck.FindAsync(ListingFormReader.Read(Input, Kind).Content, Input, Listing, organization!.Id, cancellationToken);
        if (Near.Views.SingleOrDefault(n => !n.Own && n.Id.ToString(CultureInfo.InvariantCulture) == other) is not { } near) return NotFound();
        if (!Revising) await autosave.SaveAsync(Listing, organization, user.Id, Kind, Input, cancellationToken);
        if (await joining.JoinAsync(near.Id, organization.Id, user.Id, cancellationToken) != JoinOutcome.Done) return NotFound();
        keptForms.Forget(HttpContext);
        Done = "Near.Joined";
        return Redirect("/my");
    }

    private async Task SubmitAsync(Listing listing, DateTimeOffset at, CancellationToken cancellationToken)
    {
        listing.Submit(user.Id, at, time.Today);
        await nearCheck.RememberAsync(listing, Near.Views, user.Id, at, cancellationToken);
        db.Audit(user.Id, "listing.submit", PublishListing.Subject(listing), at);
    }

    private RedirectResult Finish(bool submit)
    {
        keptForms.Forget(HttpContext);
        NotCompared = submit && Near.Away;
        Done = !submit ? "Done.Saved" : Revising && Listing!.PendingRevision is not null ? "Done.Proposed" : "Done.Submitted";
        return Redirect(submit ? ListingAddresses.View(Listing!) : ListingAddresses.Form(Listing!));
    }

    /// <summary>The draft saves itself: the same rules as saving by hand, answered for a script.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync(CancellationToken cancellationToken)
    {
        var (form, status) = await PostedForm.ReadAsync(Request, cancellationToken);
        if (form is null) return StatusCode(status);
        Input = ListingInput.From(form);
        if (await OpenAsync(cancellationToken) is { } refusal) return refusal;
        if (!await antiforgery.IsRequestValidAsync(HttpContext) || organization is null) return AutosaveAnswer.Stale.Result();
        return (await autosave.SaveAsync(Listing, organization, user.Id, Kind, Input, cancellationToken)).Result();
    }

    private void Show(WritingFindings found) => (Findings, Input.Advised) = (found.Shown, found.Digest);

    /// <summary>The page with findings that were not seen yet or that block; null when the text may be submitted.</summary>
    private PageResult? Advise(WritingFindings found, string seen)
    {
        if (!found.Blocked && (found.Digest.Length == 0 || found.Digest == seen)) return null;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        Advised = !found.Blocked;
        if (found.Blocked)
        {
            Refusal = writing.BlockedTitle;
            foreach (var finding in found.Shown.Where(f => f.Severity == nameof(LintSeverity.Blocks))) ModelState.AddModelError(WritingCheck.InputName(finding.Field), finding.Reason);
        }
        return Page();
    }

    /// <summary>The page with what is wrong; null when nothing is.</summary>
    private PageResult? Check(ReadForm read, bool complete)
    {
        var rules = complete
            ? ListingRules.CheckComplete(read.Content, time.Today).Concat(ListingRules.CheckAnonymity(read.Content, Owner.Name))
            : ListingRules.CheckDraft(read.Content);
        // What could not be read is not also missing.
        var unread = read.Problems.Select(p => p.Field).ToHashSet();
        var problems = read.Problems.Concat(rules.Select(read.AtInput).Where(p => !unread.Contains(p.Field))).Concat(ListingRules.CheckContact(read.Contact, complete)).ToList();
        if (problems.Count == 0) return null;
        messages.AddTo(ModelState, problems, Kind, Input.Quantities);
        Refusal = text[complete ? "Refusal.Submit" : "Refusal.Save", problems.Count];
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>Somebody else saved, submitted or decided meanwhile. The same content twice is a double click and no conflict.</summary>
    private IActionResult Conflict(ReadForm read, bool submit)
    {
        var same = ContentFacts.Same(Stored(Listing!), read.Content) && Listing!.Contact == read.Contact;
        var reached = !submit || ListingStates.Waiting.Contains(Listing!.State) || Listing.PendingRevision is not null;
        if (same && reached) return Finish(submit);
        Differences = [.. facts.Between(Stored(Listing!), read.Content), .. ContentFacts.Between(facts.Of(Listing!.Contact), facts.Of(read.Contact))];
        Input.Version = Listing!.Version;
        var open = Listing.May(ListingAct.Describe) || Listing.May(ListingAct.Propose);
        return Again(StatusCodes.Status409Conflict, open ? text["Trouble.Conflict"] : text["Trouble.Closed", text["StateNow." + Listing.State]]);
    }

    private PageResult Again(int status, string trouble)
    {
        Trouble = trouble;
        Response.StatusCode = status;
        return Page();
    }

    private async Task<IActionResult?> OpenAsync(CancellationToken cancellationToken)
    {
        user = await current.RequireAsync();
        organization = await current.OrganizationAsync();
        if (RouteData.Values["id"] is { } id)
        {
            if (!int.TryParse(id.ToString(), CultureInfo.InvariantCulture, out var known)) return NotFound();
            Listing = await own.FindAsync(Kind, known, Policies.EditListing, cancellationToken);
            return Listing is null ? NotFound() : null;
        }
        var policy = Kind == ListingKind.Need ? Policies.PostNeeds : Policies.PostAchievements;
        return (await authorization.AuthorizeAsync(User, policy)).Succeeded ? null : NotFound();
    }

    /// <summary>Where the record lies that this form made before; null when it made none.</summary>
    private async Task<string?> SavedBeforeAsync(CancellationToken cancellationToken)
    {
        var id = await db.Listings.Where(l => l.CreationKey == Input.CreationKey && l.OrganizationId == organization!.Id).Select(l => (int?)l.Id).SingleOrDefaultAsync(cancellationToken);
        return id is null || await own.FindAsync(Kind, id.Value, Policies.EditListing, cancellationToken) is not { } earlier ? null
            : earlier.May(ListingAct.Describe) ? ListingAddresses.Form(earlier) : ListingAddresses.View(earlier);
    }

    private ListingInput Fresh() => new()
    {
        Region = organization!.Region, Industry = organization.Industry, Disclosure = nameof(Disclosure.Named), ContactName = user.DisplayName, ContactMail = user.Email ?? "",
        ContactPhone = user.PhoneNumber ?? "", ValidUntil = time.Today.AddDays(UsualValidityDays).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private static ListingContent Stored(Listing listing) => listing.PendingRevision?.Content(listing.ListingKind) ?? listing.Content();

    private bool IsMine(string person)
    {
        try
        {
            return Persons.Unprotect(person) == user.Id.ToString(CultureInfo.InvariantCulture);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
