using Matchmaking.Web.Authorization;
using Matchmaking.Web.Listings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Staff.Review;

/// <summary>What a record said at one time, for staff.</summary>
public sealed class RevisionModel(OwnListings own, ContentFacts facts) : PageModel
{
    public RevisionView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, int n, CancellationToken cancellationToken)
    {
        var listing = await own.FindAsync(id, Policies.ReadListing, cancellationToken);
        if (listing?.Revisions.SingleOrDefault(r => r.Number == n) is not { } revision) return NotFound();
        View = RevisionView.Of(listing, revision, facts);
        return Page();
    }
}
