using Matchmaking.Jobs;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Organizations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages;

/// <summary>
/// One button behind a link from a mail: the record holds on. Works without sign-in and shows its holder the title and the two days, nothing else.
/// Opening it changes nothing, because mail programs open links.
/// </summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class RenewModel(MatchmakingDbContext db, ProtectedRenewalLinks links, LocalCalendar calendar, TimeProvider clock) : PageModel
{
    /// <summary>How far one click reaches; the form of the owner's page can reach further.</summary>
    public const int Days = 180;

    public string Title { get; private set; } = "";
    public DateOnly Until { get; private set; }
    public DateOnly NewUntil { get; private set; }

    /// <summary>It was renewed just now.</summary>
    public bool Done { get; private set; }

    /// <summary>The link was right once, but the record has moved on: renewed, withdrawn, or its holder has left.</summary>
    public bool Used { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancellationToken)
    {
        if (links.Read(token) is not { } ticket) return NotFound();
        return await FindAsync(ticket, cancellationToken) is { } listing ? Show(listing) : Gone();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancellationToken)
    {
        if (links.Read(token) is not { } ticket) return NotFound();
        if (await FindAsync(ticket, cancellationToken) is not { } listing) return Gone();
        Show(listing);
        var at = clock.GetUtcNow();
        listing.Renew(NewUntil, ticket.UserId, at);
        db.Audit(ticket.UserId, "listing.renew", PublishListing.Subject(listing), at, "by link");
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // A second click, or somebody else in this moment: what is there now is told.
            return Gone();
        }
        Done = true;
        return Page();
    }

    private async Task<Listing?> FindAsync(RenewalTicket ticket, CancellationToken cancellationToken)
    {
        var listing = await db.Listings.Include(l => l.Revisions).SingleOrDefaultAsync(l => l.Id == ticket.ListingId, cancellationToken);
        if (listing is null || listing.ValidUntil != ticket.ValidUntil || !listing.May(ListingAct.Renew)) return null;
        var holds = await db.Users.AnyAsync(u => u.Id == ticket.UserId && u.OrganizationId == listing.OrganizationId && u.Membership == Membership.Member, cancellationToken);
        return holds ? listing : null;
    }

    private PageResult Show(Listing listing)
    {
        Title = listing.Title;
        Until = listing.ValidUntil!.Value;
        var from = Until > calendar.Today ? Until : calendar.Today;
        var latest = calendar.Today.AddDays(ListingRules.LongestValidityDays);
        NewUntil = from.AddDays(Days) is var day && day > latest ? latest : day;
        return Page();
    }

    private PageResult Gone()
    {
        (Used, Title) = (true, "");
        Response.StatusCode = StatusCodes.Status410Gone;
        return Page();
    }
}
