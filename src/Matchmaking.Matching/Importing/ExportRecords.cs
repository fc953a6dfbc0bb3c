using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Importing;

/// <summary>Loads the records of a list for a table. Who may see the list is the caller's question; what is read is written down here.</summary>
public sealed class ExportRecords(MatchmakingDbContext db, TimeProvider time)
{
    /// <param name="list">Records that the reader may see.</param>
    /// <param name="withContacts">Only for the reader's own organisation's records; everybody else gets empty columns.</param>
    public async Task<IReadOnlyList<ExportedListing>> ReadAsync(IQueryable<Listing> list, ListingKind kind, bool withContacts, int by, string what, CancellationToken cancellationToken)
    {
        var ofKind = kind == ListingKind.Need ? list.OfType<Need>().Cast<Listing>() : list.OfType<Achievement>().Cast<Listing>();
        var listings = await ofKind.AsNoTracking().Include(l => l.Organization).OrderBy(l => l.Id).ToListAsync(cancellationToken);
        var first = listings.Count == 0 ? 0 : listings[0].Id;
        var numbers = await db.ImportedListings.AsNoTracking().Where(i => i.ListingId >= first && i.ExternalNumber != null).ToDictionaryAsync(i => i.ListingId, i => i.ExternalNumber, cancellationToken);
        db.Audit(by, withContacts ? "listing.export-with-contacts" : "listing.export", what, time.GetUtcNow(), $"{listings.Count} {kind}");
        await db.SaveChangesAsync(cancellationToken);
        return [.. listings.Select(l => new ExportedListing(
            l.Content(), withContacts ? l.Contact : Contact.Empty, l.Organization.CreditCode, l.Organization.Name, numbers.GetValueOrDefault(l.Id), l.Number, l.State))];
    }
}
