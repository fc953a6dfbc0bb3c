using Hangfire;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Jobs;

/// <summary>
/// Each minute and after each publication: brings the search index to the database. Words first, so that everything is found at
/// once; then the vectors that are missing, computed in batches and stored. What is left to do is visible in the data
/// (IndexedVersion behind SearchVersion, no vector of the current model), so a kill anywhere only delays. One process at a time runs it; should a second one come in
/// between after a long sleep, a shared index keeps the newer state of each listing and marks only ever rise.
/// </summary>
[Queue(JobsRegistration.SearchQueue)]
public sealed class IndexListings(MatchmakingDbContext db, ISearchEngine engine, EncoderHolder encoder, JobJournal journal)
{
    private const int WordBatch = 200;
    private const int VectorBatch = 16;

    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(IndexListings), async (report, cancellationToken) =>
    {
        if ((await engine.StatusAsync(cancellationToken)).NeedsRebuild) await RebuildAsync(cancellationToken);
        var done = await IndexWordsAsync(cancellationToken);
        if (encoder.Encoder is { } sentenceEncoder) await EncodeAsync(new ListingEncoder(sentenceEncoder), sentenceEncoder.ModelVersion, done, report, cancellationToken);
        else await report(done, done);
    }, cancellationToken);

    private async Task RebuildAsync(CancellationToken cancellationToken)
    {
        // Marks first: whatever changes while the new index is being written is then seen as open work.
        var versions = await db.Listings.Select(l => new { l.Id, l.SearchVersion }).ToListAsync(cancellationToken);
        await engine.RebuildAsync(EntriesAsync(cancellationToken), cancellationToken);
        foreach (var group in versions.GroupBy(v => v.SearchVersion))
        {
            foreach (var ids in group.Select(v => v.Id).Chunk(500))
                await MarkAsync(ids, group.Key, cancellationToken);
        }
    }

    // Never back: what another process has marked meanwhile it has written.
    private Task<int> MarkAsync(IReadOnlyList<int> ids, int version, CancellationToken cancellationToken) =>
        db.Listings.Where(l => ids.Contains(l.Id) && l.IndexedVersion < version).ExecuteUpdateAsync(set => set.SetProperty(l => l.IndexedVersion, version), cancellationToken);

    private async IAsyncEnumerable<IndexEntry> EntriesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0;
        while (true)
        {
            var batch = await db.Listings.AsNoTracking().Include(l => l.Organization)
                .Where(l => ListingStates.Searchable.Contains(l.State) && l.Id > last).OrderBy(l => l.Id).Take(WordBatch).ToListAsync(cancellationToken);
            if (batch.Count == 0) yield break;
            last = batch[^1].Id;
            foreach (var entry in await EntriesOfAsync(batch, cancellationToken)) yield return entry;
        }
    }

    private async Task<int> IndexWordsAsync(CancellationToken cancellationToken)
    {
        var done = 0;
        while (true)
        {
            // Written here before imported, so that people see their own work first.
            var batch = await db.Listings.AsNoTracking().Include(l => l.Organization)
                .Where(l => l.IndexedVersion < l.SearchVersion)
                .OrderBy(l => l is Achievement && ((Achievement)l).Source != null).ThenBy(l => l.Id).Take(WordBatch).ToListAsync(cancellationToken);
            if (batch.Count == 0) return done;
            await engine.IndexAsync(await EntriesOfAsync([.. batch.Where(l => ListingStates.Searchable.Contains(l.State))], cancellationToken), cancellationToken);
            await engine.RemoveAsync([.. batch.Where(l => !ListingStates.Searchable.Contains(l.State)).Select(l => (l.Id, IndexVersion.Removed(l.SearchVersion)))], cancellationToken);
            foreach (var group in batch.GroupBy(l => l.SearchVersion))
                await MarkAsync([.. group.Select(l => l.Id)], group.Key, cancellationToken);
            done += batch.Count;
        }
    }

    private async Task<List<IndexEntry>> EntriesOfAsync(List<Listing> listings, CancellationToken cancellationToken)
    {
        var ids = listings.Select(l => l.Id).ToList();
        var vectors = await db.ListingVectors.AsNoTracking().Where(v => ids.Contains(v.ListingId)).ToDictionaryAsync(v => v.ListingId, cancellationToken);
        return [.. listings.Select(l => EntryOf(l, StoredVectors.Of(vectors.GetValueOrDefault(l.Id), l.SearchVersion, encoder.Encoder?.ModelVersion)))];
    }

    private static IndexEntry EntryOf(Listing listing, ListingVectors? vectors) => new(listing.ToDocument(), vectors) { Version = IndexVersion.Of(listing.SearchVersion, vectors is not null) };

    private async Task EncodeAsync(ListingEncoder listingEncoder, string model, int indexed, JobJournal.Report report, CancellationToken cancellationToken)
    {
        var open = db.Listings.Where(l => ListingStates.Searchable.Contains(l.State)
            && !db.ListingVectors.Any(v => v.ListingId == l.Id && v.Model == model && v.SearchVersion == l.SearchVersion));
        var total = await open.CountAsync(cancellationToken);
        var done = 0;
        var imported = new List<int>();
        if (total == 0) await report(indexed, indexed);
        while (true)
        {
            var batch = await open.AsNoTracking().Include(l => l.Organization)
                .OrderBy(l => l is Achievement && ((Achievement)l).Source != null).ThenBy(l => l.Id).Take(VectorBatch).ToListAsync(cancellationToken);
            if (batch.Count == 0) break;
            var vectors = listingEncoder.Encode([.. batch.Select(l => l.ToDocument())], cancellationToken);
            await StoreAsync(batch, vectors, model, cancellationToken);
            await engine.IndexAsync([.. batch.Zip(vectors, (l, v) => EntryOf(l, v))], cancellationToken);
            // A pair found by words alone is looked at again now that its vectors are known, also by a worker that has just begun with it.
            var ids = batch.Select(l => l.Id).ToList();
            await OpenAsync(db.Listings.Where(l => ids.Contains(l.Id)), cancellationToken);
            imported.AddRange(batch.Where(l => l is Achievement { Source: not null }).Select(l => l.Id));
            done += batch.Count;
            if (done % (VectorBatch * 8) == 0 || done >= total) await report(done, total);
        }
        // Imported papers are matched from the needs' side only: once, when all of them are known. After a kill it is the night that does it.
        foreach (var ids in imported.Chunk(500))
            await OpenAsync(db.Listings.Where(l => db.Matches.Any(m => m.NeedId == l.Id && m.Rank != null && ids.Contains(m.AchievementId))), cancellationToken);
    }

    private static Task<int> OpenAsync(IQueryable<Listing> listings, CancellationToken cancellationToken) =>
        listings.ExecuteUpdateAsync(set => set.SetProperty(l => l.MatchedVersion, 0).SetProperty(l => l.MatchClaim, (Guid?)null), cancellationToken);

    private async Task StoreAsync(List<Listing> listings, IReadOnlyList<ListingVectors> vectors, string model, CancellationToken cancellationToken)
    {
        var ids = listings.Select(l => l.Id).ToList();
        var stored = await db.ListingVectors.Where(v => ids.Contains(v.ListingId)).ToDictionaryAsync(v => v.ListingId, cancellationToken);
        foreach (var (listing, vector) in listings.Zip(vectors))
        {
            var packed = PackedVectors.Pack(vector);
            if (stored.TryGetValue(listing.Id, out var row)) row.Replace(model, listing.SearchVersion, packed);
            else db.ListingVectors.Add(new ListingVector(listing.Id, model, listing.SearchVersion, packed));
        }
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }
}
