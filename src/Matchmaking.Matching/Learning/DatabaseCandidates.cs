using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Learning;

/// <summary>Records with their stored vectors from the database; each is read once.</summary>
/// <param name="model">The encoder in use; vectors of another one do not count.</param>
public sealed class DatabaseCandidates(MatchmakingDbContext db, string? model) : ICandidateSource
{
    private readonly Dictionary<int, IndexEntry> seen = [];

    /// <summary>Reads a record anew when it is asked for next.</summary>
    public void Forget(int id) => seen.Remove(id);

    /// <summary>Candidates: published records only.</summary>
    public Task<IReadOnlyList<IndexEntry>> LoadAsync(IReadOnlyList<int> ids, CancellationToken cancellationToken) =>
        LoadAsync(ids, db.Listings.Where(l => ListingStates.Searchable.Contains(l.State)), cancellationToken);

    /// <summary>What was graded counts even after it has expired or been withdrawn.</summary>
    public Task<IReadOnlyList<IndexEntry>> LoadGradedAsync(IReadOnlyList<int> ids, CancellationToken cancellationToken) => LoadAsync(ids, db.Listings, cancellationToken);

    /// <summary>How rare terms are among what is published.</summary>
    public async Task<TermStatistics> TermsAsync(CancellationToken cancellationToken)
    {
        var texts = await db.Listings.AsNoTracking().Include(l => l.Organization).Where(l => ListingStates.Searchable.Contains(l.State)).OrderBy(l => l.Id).ToListAsync(cancellationToken);
        return TermStatistics.From(texts.Select(l => l.ToDocument()));
    }

    private async Task<IReadOnlyList<IndexEntry>> LoadAsync(IReadOnlyList<int> ids, IQueryable<Listing> from, CancellationToken cancellationToken)
    {
        foreach (var some in ids.Where(id => !seen.ContainsKey(id)).Distinct().Chunk(500))
        {
            var listings = await from.AsNoTracking().Include(l => l.Organization).Where(l => some.Contains(l.Id)).ToListAsync(cancellationToken);
            var vectors = await db.ListingVectors.AsNoTracking().Where(v => some.Contains(v.ListingId)).ToDictionaryAsync(v => v.ListingId, cancellationToken);
            foreach (var listing in listings)
                seen[listing.Id] = new IndexEntry(listing.ToDocument(), StoredVectors.Of(vectors.GetValueOrDefault(listing.Id), listing.SearchVersion, model));
        }
        return [.. ids.Where(seen.ContainsKey).Select(id => seen[id])];
    }
}
