using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Offices;

/// <summary>What a recommending office may see: its members' records that have left their owner. A draft is nobody's business but its owner's.</summary>
public sealed class OfficeRecords(MatchmakingDbContext db, CurrentUser current)
{
    /// <summary>The office whose member this person is; null when his organisation is none.</summary>
    public async Task<Organization?> OfficeAsync() => await current.OrganizationAsync() is { Kind: OrganizationKind.Office } office ? office : null;

    public IQueryable<Listing> Of(int officeId) => db.Listings.Where(l => l.Organization.OfficeId == officeId && l.State != ListingState.Draft);

    /// <summary>Since when each record stands where it stands.</summary>
    public async Task<Dictionary<int, DateTimeOffset>> SinceAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        var moves = await db.ListingSteps.Where(s => ids.Contains(s.ListingId) && s.From != s.To).Select(s => new { s.ListingId, s.At }).ToListAsync(cancellationToken);
        return moves.GroupBy(m => m.ListingId).ToDictionary(g => g.Key, g => g.Max(m => m.At));
    }
}

/// <summary>A checklist in a form.</summary>
/// <param name="Ticked">Ids of the ticked items.</param>
/// <param name="Error">What is missing; null when nothing is.</param>
public sealed record ChecklistView(IReadOnlyList<ChecklistItem> Items, IReadOnlyCollection<int> Ticked, string? Error);
