using System.Text.Json;
using Hangfire;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Learning;
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
    MatchmakingDbContext db, ISearchEngine engine, RankerInUse rankers, EncoderHolder encoder, JobJournal journal, LocalCalendar calendar, TimeProvider time)
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
        var all = await db.Listings.Where(l => ListingStates.Searchable.Contains(l.State) && !(l is Achievement && ((Achievement)l).Source != null))
            .OrderBy(l => l is Achievement).ThenBy(l => l.Id).Select(l => l.Id).ToListAsync(cancellationToken);
        await MatchAsync(all, report, cancellationToken);
    }, cancellationToken);

    /// <summary>Not in the journal, which lets one run of a job through at a time: two people may ask for two listings.</summary>
    public Task RunOneAsync(int listingId, CancellationToken cancellationToken) => MatchAsync([listingId], (_, _) => Task.CompletedTask, cancellationToken);

    private IQueryable<Listing> Open() => db.Listings.Where(l => ListingStates.Searchable.Contains(l.State)
        && l.MatchedVersion < l.SearchVersion && l.IndexedVersion >= l.SearchVersion && !(l is Achievement && ((Achievement)l).Source != null));

    private async Task MatchAsync(List<int> ids, JobJournal.Report report, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            await report(0, 0);
            return;
        }
        var source = new DatabaseCandidates(db, encoder.Encoder?.ModelVersion);
        var terms = await source.TermsAsync(cancellationToken);
        var chosen = await rankers.GetAsync(cancellationToken);
        var finder = new MatchFinder(engine, source, chosen.Ranker);
        for (var i = 0; i < ids.Count; i++)
        {
            if (await source.LoadAsync([ids[i]], cancellationToken) is [var entry])
            {
                var graded = await GradesAsync(entry, chosen.LearnedAt, cancellationToken);
                await StoreAsync(entry, finder.RankerVersion, await finder.FindAsync(entry, terms, Kept, calendar.Today, cancellationToken, graded), cancellationToken);
            }
            if ((i + 1) % 20 == 0 || i + 1 == ids.Count) await report(i + 1, ids.Count);
        }
    }

    /// <summary>What brokers have said of a need's achievements, by achievement, as far as the ranker has not learned from it already.</summary>
    private async Task<IReadOnlyDictionary<int, int>> GradesAsync(IndexEntry listing, DateTimeOffset? learnedAt, CancellationToken cancellationToken)
    {
        if (listing.Document.Kind != ListingKind.Need) return new Dictionary<int, int>();
        var id = listing.Document.Id;
        var graded = await db.Matches.Where(m => m.NeedId == id && m.CurrentGrade != null).Select(m => new { m.AchievementId, Grade = m.CurrentGrade!.Value, At = m.GradedAt!.Value }).ToListAsync(cancellationToken);
        return graded.Where(m => learnedAt is null || m.At > learnedAt).ToDictionary(m => m.AchievementId, m => m.Grade);
    }

    private async Task StoreAsync(IndexEntry listing, string version, IReadOnlyList<RankedMatch> found, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var id = listing.Document.Id;
        var isNeed = listing.Document.Kind == ListingKind.Need;
        var seen = await db.Listings.Where(l => l.Id == id).Select(l => l.SearchVersion).SingleAsync(cancellationToken);
        var known = await db.Matches.Where(m => isNeed ? m.NeedId == id : m.AchievementId == id).ToListAsync(cancellationToken);
        var byOther = known.ToDictionary(m => isNeed ? m.AchievementId : m.NeedId);
        var now = time.GetUtcNow();
        foreach (var ranked in found)
        {
            var other = ranked.Candidate.Id;
            if (!byOther.Remove(other, out var match)) db.Matches.Add(match = isNeed ? new Match(id, other, now) : new Match(other, id, now));
            match.Rate(ranked.Score.Value, ranked.Score.Probability, version,
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
        await db.Listings.Where(l => l.Id == id).ExecuteUpdateAsync(set => set.SetProperty(l => l.MatchedVersion, seen), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
