using Matchmaking.Web.Authorization;
using Matchmaking.Web.Listings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.My.Listings;

/// <summary>What a record said at one time, for its owner.</summary>
public sealed class RevisionModel(OwnListings own, ContentFacts facts) : PageModel
{
    public RevisionView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string side, int id, int n, CancellationToken cancellationToken)
    {
        var listing = await own.FindAsync(ListingAddresses.Kind(side), id, Policies.EditListing, cancellationToken);
        if (listing?.Revisions.SingleOrDefault(r => r.Number == n) is not { } revision) return NotFound();
        View = RevisionView.Of(listing, revision, facts);
        return Page();
    }
}
