using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Display;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Matchmaking.Web.Writing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Records;

/// <summary>The public page of a listing: its public layer, whoever reads. Not found for what is not public, except to those who may read it.</summary>
public sealed class RecordModel(MatchmakingDbContext db, IAuthorizationService authorization, Togetherness together, ListingPresentation present, Formatting format, Layers layers, CurrentUser current, TimeProvider time, IStringLocalizer<CasesText> text) : PageModel
{
    private const int LongestNumber = 24;
    private const int MostQuestions = 50;

    public Listing Listing { get; private set; } = null!;

    public ListingReading Reading { get; private set; } = null!;

    /// <summary>Files that this reader may have.</summary>
    public IReadOnlyList<Attachment> Files { get; private set; } = [];

    public bool MayEdit { get; private set; }

    /// <summary>Questions and answers that staff have shown.</summary>
    public IReadOnlyList<ListingQuestion> Questions { get; private set; } = [];

    public bool MayAsk { get; private set; }

    /// <summary>Whether the reader may ask to be introduced to the owner.</summary>
    public bool MayExpress { get; private set; }

    [BindProperty]
    public string? Question { get; set; }

    [TempData]
    public bool Asked { get; set; }

    /// <summary>For machines; only while the record is open to everybody and holds.</summary>
    public IHtmlContent? StructuredData { get; private set; }

    public async Task<IActionResult> OnGetAsync(string side, string number, CancellationToken cancellationToken)
    {
        var kind = ListingAddresses.Kind(side);
        if (number.Length > LongestNumber) return NotFound();
        var wanted = number.ToUpperInvariant();
        IQueryable<Listing> listings = kind == ListingKind.Need ? db.Needs : db.Achievements;
        var found = await listings.AsNoTracking().Include(l => l.Organization).Include(l => l.Attachments)
            .SingleOrDefaultAsync(l => l.Number == wanted, cancellationToken);
        // Whoever kept the address of a need that was merged finds the one that goes on.
        if (found is Need { State: ListingState.Withdrawn } && await together.MergedIntoAsync(found.Id, cancellationToken) is { } into) return Redirect(into.Href);
        if (found is null || !(await authorization.AuthorizeAsync(User, found, Policies.SeeListing)).Succeeded) return NotFound();
        Listing = found;
        var layer = await layers.OfAsync(found);
        Reading = present.Read(found, found.Content(), layer == ReaderLayer.Inside ? ReaderLayer.Public : layer);
        MayEdit = (await authorization.AuthorizeAsync(User, found, Policies.EditListing)).Succeeded;
        Files = [.. found.Attachments.Where(a => Layers.Shows(a.ReleasedAt is null ? ListingPart.UnreleasedFiles : ListingPart.Files, layer, found.Disclosure)).OrderBy(a => a.Id)];
        Questions = await db.ListingQuestions.AsNoTracking().Where(q => q.ListingId == found.Id && q.State == QuestionState.Shown).OrderBy(q => q.Id).Take(MostQuestions).ToListAsync(cancellationToken);
        MayAsk = found is Need && found.IsSearchable && !MayEdit && current.Id is not null;
        MayExpress = found.IsSearchable && await current.OrganizationAsync() is { } organization && organization.Id != found.OrganizationId
            && (await authorization.AuthorizeAsync(User, found is Need ? Policies.PostAchievements : Policies.PostNeeds)).Succeeded;
        if (found.IsSearchable)
            StructuredData = Web.Listings.StructuredData.Of(found, $"{Request.Scheme}://{Request.Host}{ListingAddresses.Public(found)}", format.Region(found.Region));
        return Page();
    }

    /// <summary>A question on a need: the owner answers, staff show both.</summary>
    public async Task<IActionResult> OnPostAskAsync(string side, string number, CancellationToken cancellationToken)
    {
        var answer = await OnGetAsync(side, number, cancellationToken);
        if (answer is not PageResult) return answer;
        if (!MayAsk) return NotFound();
        var asked = ListingRules.Clean(Question);
        if (asked.Length == 0) ModelState.AddModelError(nameof(Question), text["Text.Missing"]);
        if (asked.Length > ListingQuestion.MaxText) ModelState.AddModelError(nameof(Question), text["TooLong", asked.Length, ListingQuestion.MaxText]);
        if (CaseWords.ContactIn(asked) is { } contact) ModelState.AddModelError(nameof(Question), text["Text.Contact", contact]);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        var at = time.GetUtcNow();
        db.ListingQuestions.Add(new ListingQuestion(Listing.Id, asked, current.Id!.Value, at));
        db.Audit(current.Id, "question.ask", PublishListing.Subject(Listing), at);
        if (await db.Users.AnyAsync(u => u.Id == Listing.AuthorId && u.OrganizationId == Listing.OrganizationId, cancellationToken)) db.Tell(Listing.AuthorId, NoticeKind.ListingAsked, "/my/questions", at, Listing.Title);
        await db.SaveChangesAsync(cancellationToken);
        Asked = true;
        return RedirectToPage(new { side, number });
    }
}
