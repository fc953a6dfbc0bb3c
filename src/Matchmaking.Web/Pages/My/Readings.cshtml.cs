using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Components;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.My;

/// <summary>The read ledger of a record: who was shown its contact or documents, when, under which consent; and the layers that are open now.</summary>
public sealed class ReadingsModel(MatchmakingDbContext db, IAuthorizationService authorization, Introductions introductions, CurrentUser current, IStringLocalizer<CasesText> text) : PageModel
{
    private const int Size = 50;

    [TempData]
    public string? Message { get; set; }

    public Listing Listing { get; private set; } = null!;
    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public IReadOnlyList<CaseConsent> Open { get; private set; } = [];
    public PagerModel Pages { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string side, int id, [FromQuery(Name = "page")] int? asked, CancellationToken cancellationToken)
    {
        if (!await FindAsync(side, id, cancellationToken)) return NotFound();
        var total = await db.ContactReadings.CountAsync(r => r.ListingId == id, cancellationToken);
        var shown = Math.Clamp(asked ?? 1, 1, Math.Max(1, (total + Size - 1) / Size));
        Pages = new PagerModel(shown, Size, total, n => $"/my/{side}/{id}/readings?page={n}");
        var rows = await (from reading in db.ContactReadings.AsNoTracking().Where(r => r.ListingId == id)
                          join organization in db.Organizations on reading.ReaderOrganizationId equals (int?)organization.Id into organizations
                          from organization in organizations.DefaultIfEmpty()
                          join other in db.CaseParties on new { Case = reading.CaseId, Organization = reading.ReaderOrganizationId } equals new { Case = (int?)other.CaseId, Organization = (int?)other.OrganizationId } into others
                          from other in others.DefaultIfEmpty()
                          join record in db.Listings on other.ListingId equals record.Id into records
                          from record in records.DefaultIfEmpty()
                          orderby reading.Id descending
                          select new
                          {
                              reading.At, reading.CaseId, reading.Layer, Reader = organization!.Name, Hidden = (bool?)(other!.IsAnonymous || record!.Disclosure != Disclosure.Named),
                              ConsentAt = (DateTimeOffset?)reading.Consent!.At, Purpose = (ConsentPurpose?)reading.Consent!.Purpose, reading.Consent!.WithdrawnAt,
                          }).Skip((shown - 1) * Size).Take(Size).ToListAsync(cancellationToken);
        // An anonymous reader stays so here as well; the owner knows him by the introduction.
        Lines = [.. rows.Select(r => new Line(r.At, r.CaseId, r.Layer, r.Reader is null ? text["Readings.Platform"] : r.Hidden == true ? text["Readings.Anonymous"] : r.Reader,
            r.ConsentAt, r.Purpose, r.WithdrawnAt))];
        Open = await db.CaseConsents.AsNoTracking().Where(c => c.WithdrawnAt == null && c.Case.Parties.Any(p => p.Side == c.Side && p.ListingId == id)).OrderBy(c => c.Id).Take(Size).ToListAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string side, int id, int consent, CancellationToken cancellationToken)
    {
        if (!await FindAsync(side, id, cancellationToken)) return NotFound();
        var found = await db.CaseConsents.AsNoTracking().SingleOrDefaultAsync(c => c.Id == consent && c.Case.Parties.Any(p => p.Side == c.Side && p.ListingId == id), cancellationToken);
        if (found is null) return NotFound();
        await introductions.WithdrawConsentAsync(found.CaseId, found.Side, found.Layer, current.Id!.Value, cancellationToken);
        Message = text["Done.Withdrawn"];
        return RedirectToPage(new { side, id });
    }

    private async Task<bool> FindAsync(string side, int id, CancellationToken cancellationToken)
    {
        var listing = await db.Listings.AsNoTracking().Include(l => l.Organization).SingleOrDefaultAsync(l => l.Id == id, cancellationToken);
        if (listing is null || ListingAddresses.Kind(side) != listing.ListingKind) return false;
        Listing = listing;
        return (await authorization.AuthorizeAsync(User, listing, Policies.EditListing)).Succeeded;
    }

    /// <param name="Reader">The organisation, the platform's staff and broker, or somebody who is anonymous himself.</param>
    public sealed record Line(DateTimeOffset At, int? CaseId, CaseLayer Layer, string Reader, DateTimeOffset? ConsentAt, ConsentPurpose? Purpose, DateTimeOffset? WithdrawnAt);
}
