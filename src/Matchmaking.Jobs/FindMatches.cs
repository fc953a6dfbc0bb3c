using System.Text.Json;
using Hangfire;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Microsoft.EntityFrameworkCore;
using Match = Matchmaking.Matching.Brokerage.Match;

namespace Matchmaking.Jobs;

/// <summary>
/// Finds matches for every listing that search knows and matching has not seen (each minute), for all needs (nightly), or for one (on request).
/// Each listing is finished in one transaction, so that a kill loses at most one and repeats it.
/// </summary>
[Queue(JobsRegistration.SearchQueue)]
public sealed class FindMatches(
    MatchmakingDbContext db, ISearchEngine engine, IRanker ranker, EncoderHolder encoder, JobJournal journal, LocalCalendar calendar, TimeProvider time)
{
    /// <summary>How many candidates of a listing are kept as matches.</summary>
    public const int Kept = 20;

    /// <summary>Imported papers are matched from the needs' side only: nobody waits for their needs.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(FindMatches), async report =>
    {
        var open = await Open().OrderBy(l => l is Achievement).ThenBy(l => l.Id).Select(l => l.Id).ToListAsync(cancellationToken);
        await MatchAsync(open, report, cancellationToken);
        var imported = db.Achievements.Where(a => a.Source != null && a.MatchedVersion < a.SearchVersion && a.IndexedVersion >= a.SearchVersion);
        await imported.ExecuteUpdateAsync(set => set.SetProperty(a => a.MatchedVersion, a => a.SearchVersion), cancellationToken);
    }, cancellationToken);

    public Task RunAllAsync(CancellationToken cancellationToken) => journal.RunAsync("FindAllMatches", async report =>
    {
        var all = await db.Listings.Where(l => l.State == ListingState.Published && !(l is Achievement && ((Achievement)l).Source != null))
            .OrderBy(l => l is Achievement).ThenBy(l => l.Id).Select(l => l.Id).ToListAsync(cancellationToken);
        await MatchAsync(all, report, cancellationToken);
    }, cancellationToken);

    public Task RunOneAsync(int listingId, CancellationToken cancellationToken) => journal.RunAsync("FindMatchesOfOne", report =>
        MatchAsync([listingId], report, cancellationToken), cancellationToken);

    private IQueryable<Listing> Open() => db.Listings.Where(l => l.State == ListingState.Published
        && l.MatchedVersion < l.SearchVersion && l.IndexedVersion >= l.SearchVersion && !(l is Achievement && ((Achievement)l).Source != null));

    private async Task MatchAsync(List<int> ids, JobJournal.Report report, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            await report(0, 0);
            return;
        }
        var source = new DatabaseCandidates(db, encoder.Encoder?.ModelVersion);
        var terms = await TermsAsync(cancellationToken);
        var finder = new MatchFinder(engine, source, ranker);
        for (var i = 0; i < ids.Count; i++)
        {
            if (await source.LoadAsync([ids[i]], cancellationToken) is [var entry]) await StoreAsync(entry, await finder.FindAsync(entry, terms, Kept, calendar.Today, cancellationToken), cancellationToken);
            if ((i + 1) % 20 == 0 || i + 1 == ids.Count) await report(i + 1, ids.Count);
        }
    }

    private async Task<TermStatistics> TermsAsync(CancellationToken cancellationToken)
    {
        var texts = await db.Listings.AsNoTracking().Include(l => l.Organization).Where(l => l.State == ListingState.Published).OrderBy(l => l.Id).ToListAsync(cancellationToken);
        return TermStatistics.From(texts.Select(l => l.ToDocument()));
    }

    private async Task StoreAsync(IndexEntry listing, IReadOnlyList<RankedMatch> found, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var id = listing.Document.Id;
        var isNeed = listing.Document.Kind == ListingKind.Need;
        var version = await db.Listings.Where(l => l.Id == id).Select(l => l.SearchVersion).SingleAsync(cancellationToken);
        var known = await db.Matches.Where(m => isNeed ? m.NeedId == id : m.AchievementId == id).ToListAsync(cancellationToken);
        var byOther = known.ToDictionary(m => isNeed ? m.AchievementId : m.NeedId);
        var now = time.GetUtcNow();
        foreach (var ranked in found)
        {
            var other = ranked.Candidate.Id;
            if (!byOther.Remove(other, out var match)) db.Matches.Add(match = isNeed ? new Match(id, other, now) : new Match(other, id, now));
            match.Rate(ranked.Score.Value, ranked.Score.Probability, ranker.Version,
                JsonSerializer.Serialize(ranked.Pair.Values, Revision.Json), JsonSerializer.Serialize(ranked.Explanation, Revision.Json), now);
            if (isNeed) match.PlaceForNeed(ranked.Rank);
            else match.PlaceForAchievement(ranked.Rank);
        }
        foreach (var gone in byOther.Values)
        {
            if (isNeed) gone.PlaceForNeed(null);
            else gone.PlaceForAchievement(null);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.Listings.Where(l => l.Id == id).ExecuteUpdateAsync(set => set.SetProperty(l => l.MatchedVersion, version), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

/// <summary>Candidates from the database: published records with their stored vectors.</summary>
public sealed class DatabaseCandidates(MatchmakingDbContext db, string? model) : ICandidateSource
{
    private readonly Dictionary<int, IndexEntry> seen = [];

    public async Task<IReadOnlyList<IndexEntry>> LoadAsync(IReadOnlyList<int> ids, CancellationToken cancellationToken)
    {
        var missing = ids.Where(id => !seen.ContainsKey(id)).ToList();
        if (missing.Count > 0)
        {
            var listings = await db.Listings.AsNoTracking().Include(l => l.Organization).Where(l => missing.Contains(l.Id) && l.State == ListingState.Published).ToListAsync(cancellationToken);
            var vectors = await db.ListingVectors.AsNoTracking().Where(v => missing.Contains(v.ListingId)).ToDictionaryAsync(v => v.ListingId, cancellationToken);
            foreach (var listing in listings)
                seen[listing.Id] = new IndexEntry(listing.ToDocument(), StoredVectors.Of(vectors.GetValueOrDefault(listing.Id), listing.SearchVersion, model));
        }
        return [.. ids.Where(seen.ContainsKey).Select(id => seen[id])];
    }
}
