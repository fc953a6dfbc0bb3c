using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Display;
using Matchmaking.Web.Listings;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Staff;

/// <summary>What waits for staff, counted; every number leads to its records.</summary>
public sealed class IndexModel(MatchmakingDbContext db, LocalTime time) : PageModel
{
    public IReadOnlyList<Line> Waiting { get; private set; } = [];

    public IReadOnlyList<Line> Stock { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var soon = time.Today.AddDays(ListingPresentation.SoonDays);
        Waiting =
        [
            new("Submitted", await db.Listings.CountAsync(l => l.State == ListingState.Submitted, cancellationToken), "/staff/review"),
            new("Revisions", await db.Revisions.CountAsync(r => r.State == RevisionState.Pending, cancellationToken), "/staff/review"),
            new("Organizations", await db.Organizations.CountAsync(o => o.State == OrganizationState.Unverified, cancellationToken), "/staff/organizations"),
            new("WithoutBroker", await db.Listings.WithoutBroker().CountAsync(cancellationToken), "/staff/brokers"),
        ];
        Stock =
        [
            new("PublishedNeeds", await db.Needs.CountAsync(l => ListingStates.Searchable.Contains(l.State), cancellationToken), "/needs"),
            new("PublishedAchievements", await db.Achievements.CountAsync(l => ListingStates.Searchable.Contains(l.State), cancellationToken), "/achievements"),
            new("Expiring", await db.Listings.CountAsync(l => ListingStates.Fading.Contains(l.State) && l.ValidUntil < soon, cancellationToken), "/staff/review?show=expiring"),
            new("Expired", await db.Listings.CountAsync(l => l.State == ListingState.Expired, cancellationToken), "/staff/review?show=expired"),
            new("Returned", await db.Listings.CountAsync(l => l.State == ListingState.Returned, cancellationToken), "/staff/review?show=returned"),
        ];
    }

    public sealed record Line(string Key, int Count, string Href);
}
