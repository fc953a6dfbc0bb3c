using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Jobs;

/// <summary>Daily: published records whose day has passed expire; one by one, so that a kill or a clash loses at most one until the next run.</summary>
public sealed class ExpireListings(MatchmakingDbContext db, IRenewalLinks links, JobJournal journal, LocalCalendar calendar, TimeProvider time)
{
    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(ExpireListings), async (report, cancellationToken) =>
    {
        var today = calendar.Today;
        var ids = await db.Listings.Where(l => l.State == ListingState.Published && l.ValidUntil < today).Select(l => l.Id).ToListAsync(cancellationToken);
        foreach (var id in ids)
        {
            db.ChangeTracker.Clear();
            var listing = await db.Listings.SingleAsync(l => l.Id == id, cancellationToken);
            if (!listing.Expire(today, time.GetUtcNow())) continue;
            db.Audit(null, "listing.expire", $"listing:{id}", time.GetUtcNow());
            foreach (var owner in await db.OwnersOfAsync(listing, cancellationToken))
                db.Tell(owner, NoticeKind.ListingExpired, links.For(listing, owner), time.GetUtcNow(), listing.Title, listing.ValidUntil!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateConcurrencyException)
            {
                // The owner was just renewing it; the next run looks again.
                continue;
            }
        }
        await report(ids.Count, ids.Count);
    }, cancellationToken);
}
