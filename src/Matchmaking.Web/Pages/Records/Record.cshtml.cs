using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Display;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Writing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Records;

/// <summary>The public page of a listing: its public layer, whoever reads. Not found for what is not public, except to those who may read it.</summary>
public sealed class RecordModel(MatchmakingDbContext db, IAuthorizationService authorization, Togetherness together, ListingPresentation present, Formatting format) : PageModel
{
    private const int LongestNumber = 24;

    public Listing Listing { get; private set; } = null!;

    public ListingReading Reading { get; private set; } = null!;

    /// <summary>Files that this reader may have.</summary>
    public IReadOnlyList<Attachment> Files { get; private set; } = [];

    public bool MayEdit { get; private set; }

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
        Reading = present.Read(found, found.Content());
        var insider = (await authorization.AuthorizeAsync(User, found, Policies.ReadListing)).Succeeded;
        MayEdit = (await authorization.AuthorizeAsync(User, found, Policies.EditListing)).Succeeded;
        Files = insider ? [.. found.Attachments.OrderBy(a => a.Id)] : found.IsAnonymous ? [] : [.. found.Attachments.Where(a => a.ReleasedAt is not null).OrderBy(a => a.Id)];
        if (found.State == ListingState.Published)
            StructuredData = Web.Listings.StructuredData.Of(found, $"{Request.Scheme}://{Request.Host}{ListingAddresses.Public(found)}", format.Region(found.Region));
        return Page();
    }
}
