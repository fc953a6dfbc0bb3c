using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Rounds;
using Matchmaking.Web.Writing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.My;

/// <summary>My organisation's needs or achievements, what waits for me first.</summary>
public sealed class IndexModel(MatchmakingDbContext db, CurrentUser current, IAuthorizationService authorization, LocalTime time, Togetherness together, OpenRounds rounds) : PageModel
{
    private const int Size = 20;

    /// <summary>What this person may post; one of them, or both for somebody with both roles.</summary>
    public IReadOnlyList<ListingKind> Kinds { get; private set; } = [];

    public Organization? Organization { get; private set; }

    /// <summary>Needs of others that the organisation stands behind.</summary>
    public IReadOnlyList<OtherNeed> Joined { get; private set; } = [];

    /// <summary>Rounds that take needs of this organisation today.</summary>
    public IReadOnlyList<CollectionRound> Rounds { get; private set; } = [];

    /// <summary>What was just done to a record that has no page any more.</summary>
    [TempData]
    public string? Done { get; set; }

    /// <summary>Asked to join and not let in yet: nothing of the organisation is shown.</summary>
    public Organization? Asked { get; private set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public PagerModel Pages { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "page")] int? asked, CancellationToken cancellationToken)
    {
        var user = await current.RequireAsync();
        Organization = await current.OrganizationAsync();
        Asked = user.Membership == Membership.Requested ? user.Organization : null;
        var kinds = new List<ListingKind>();
        if ((await authorization.AuthorizeAsync(User, Policies.PostNeeds)).Succeeded) kinds.Add(ListingKind.Need);
        if ((await authorization.AuthorizeAsync(User, Policies.PostAchievements)).Succeeded) kinds.Add(ListingKind.Achievement);
        Kinds = kinds;
        if (Organization is not null && kinds.Contains(ListingKind.Need))
        {
            Joined = await together.JoinedAsync(Organization.Id, cancellationToken);
            Rounds = await rounds.ForAsync(Organization, cancellationToken);
        }
        var own = db.Listings.AsNoTracking().Where(l => Organization != null && l.OrganizationId == Organization.Id);
        if (!kinds.Contains(ListingKind.Need)) own = own.Where(l => l is Achievement);
        if (!kinds.Contains(ListingKind.Achievement)) own = own.Where(l => l is Need);
        var total = Organization is null ? 0 : await own.CountAsync(cancellationToken);
        var shown = Math.Clamp(asked ?? 1, 1, Math.Max(1, (total + Size - 1) / Size));
        Pages = new PagerModel(shown, Size, total, n => $"/my?page={n}");
        if (total == 0) return Page();
        var soon = time.Today.AddDays(ListingPresentation.SoonDays);
        // Returned records and those that ended or end soon wait for somebody, so they stand first.
        var listings = await own.Include(l => l.Organization)
            .OrderBy(l => l.State == ListingState.Returned ? 0 : l.State == ListingState.Expired || (ListingStates.Fading.Contains(l.State) && l.ValidUntil < soon) ? 1 : l.State == ListingState.Withdrawn ? 3 : 2).ThenByDescending(l => l.UpdatedAt).ThenBy(l => l.Id)
            .Skip((shown - 1) * Size).Take(Size).ToListAsync(cancellationToken);
        var ids = listings.Select(l => l.Id).ToList();
        var open = await db.Revisions.AsNoTracking().Where(r => ids.Contains(r.ListingId) && (r.State == RevisionState.Pending || r.State == RevisionState.Returned))
            .Select(r => new { r.ListingId, r.Number, r.State, r.Reasons }).ToListAsync(cancellationToken);
        var latest = await db.Revisions.Where(r => ids.Contains(r.ListingId)).GroupBy(r => r.ListingId)
            .Select(g => new { g.Key, Number = g.Max(r => r.Number) }).ToDictionaryAsync(g => g.Key, g => g.Number, cancellationToken);
        Rows = [.. listings.Select(l => new Row(
            l,
            open.Any(r => r.ListingId == l.Id && r.State == RevisionState.Pending),
            l.State == ListingState.Returned ? l.ReturnReasons
                : l.IsPublic ? open.FirstOrDefault(r => r.ListingId == l.Id && r.State == RevisionState.Returned && r.Number == latest[l.Id])?.Reasons : null))];
        return Page();
    }

    /// <param name="Pending">A change waits for staff.</param>
    /// <param name="Reasons">Why the record or its change came back; null when nothing did.</param>
    public sealed record Row(Listing Listing, bool Pending, string? Reasons);
}
