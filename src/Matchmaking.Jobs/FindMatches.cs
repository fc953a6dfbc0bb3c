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
/// Finds matches for every listing that search knows and matching has not seen (each minute), for all of them (nightly), or for one (on request).
/// Any number of processes may run it at once: each claims a few open listings at a time, which is visible in the data (MatchClaim), and a claim that has run out is
/// anybody's again. Each listing is finished in one transaction, so that a kill loses at most one and repeats it.
/// </summary>
[Queue(JobsRegistration.SearchQueue)]
public sealed class FindMatches(
    MatchmakingDbContext db, ISearchEngine engine, RankerInUse rankers, EncoderHolder encoder, JobJournal journal, LocalCalendar calendar, TimeProvider time)
{
    /// <summary>How many candidates of a listing are kept as matches.</summary>
    public const int Kept = 20;

    /// <summary>After so long another process takes over what one has claimed; far longer than a part takes.</summary>
    public static readonly TimeSpan ClaimLength = TimeSpan.FromMinutes(2);

    private const int Part = 8;
    private const int Tries = 5;

    /// <summary>Imported papers are matched from the needs' side only: nobody waits for their needs.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => journal.RunSharedAsync(nameof(FindMatches), async (report, cancellationToken) =>
    {
        await MatchOpenAsync(report, cancellationToken);
        var imported = db.Achievements.Where(a => a.Source != null && a.MatchedVersion < a.SearchVersion && a.IndexedVersion >= a.SearchVersion);
        await imported.ExecuteUpdateAsync(set => set.SetProperty(a => a.MatchedVersion, a => a.SearchVersion), cancellationToken);
    }, cancellationToken);

    /// <summary>Opens every listing again; this process begins with them, and others join with their next run of a minute.</summary>
    public async Task RunAllAsync(CancellationToken cancellationToken)
    {
        await journal.RunAsync("FindAllMatches", async (report, cancellationToken) =>
        {
            // Whoever has just begun with one does it once more, as it may have begun with another ranker.
            var opened = await Matchable().ExecuteUpdateAsync(set => set.SetProperty(l => l.MatchedVersion, 0).SetProperty(l => l.MatchClaim, (Guid?)null), cancellationToken);
            await report(opened, opened);
        }, cancellationToken);
        await RunAsync(cancellationToken);
    }

    /// <summary>Neither in the journal nor claimed: two people may ask for two listings, and one for what a worker is busy with.</summary>
    public async Task RunOneAsync(int listingId, CancellationToken cancellationToken)
    {
        var source = new DatabaseCandidates(db, encoder.Encoder?.ModelVersion);
        var version = await db.Listings.Where(l => l.Id == listingId).Select(l => l.SearchVersion).SingleOrDefaultAsync(cancellationToken);
        await MatchAsync(new Claimed(listingId, version), null, source, await source.TermsAsync(cancellationToken), await rankers.GetAsync(cancellationToken), cancellationToken);
    }

    private IQueryable<Listing> Matchable() => db.Listings.Written().Where(l => ListingStates.Searchable.Contains(l.State));

    private IQueryable<Listing> Open() => Matchable().Where(l => l.MatchedVersion < l.SearchVersion && l.IndexedVersion >= l.SearchVersion);

    private async Task MatchOpenAsync(JobJournal.Report report, CancellationToken cancellationToken)
    {
        var total = await Open().CountAsync(cancellationToken);
        if (total == 0)
        {
            await report(0, 0);
            return;
        }
        var claim = Guid.NewGuid();
        var source = new DatabaseCandidates(db, encoder.Encoder?.ModelVersion);
        var terms = await source.TermsAsync(cancellationToken);
        var parts = 0;
        while (await ClaimAsync(claim, cancellationToken) is { } part)
        {
            // Staff may put another ranker in use meanwhile.
            var chosen = await rankers.GetAsync(cancellationToken);
            foreach (var claimed in part) await MatchAsync(claimed, claim, source, terms, chosen, cancellationToken);
            if (++parts % 3 == 0) await report(Math.Max(0, total - await Open().CountAsync(cancellationToken)), total);
        }
        await report(Math.Max(0, total - await Open().CountAsync(cancellationToken)), total);
    }

    /// <summary>Some open listings that are nobody's, needs first; null when there are none, empty when others were faster.</summary>
    private async Task<IReadOnlyList<Claimed>?> ClaimAsync(Guid claim, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var until = now + ClaimLength;
        var free = await Open().Where(l => l.MatchClaim == null || l.MatchClaimedUntil < now).OrderBy(l => l is Achievement).ThenBy(l => l.Id).Select(l => l.Id).Take(Part).ToListAsync(cancellationToken);
        if (free.Count == 0) return null;
        // Of two who saw the same ones the database lets one change each row; what was finished meanwhile is no longer open and is not claimed again.
        await Open().Where(l => free.Contains(l.Id) && (l.MatchClaim == null || l.MatchClaimedUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.MatchClaim, claim).SetProperty(l => l.MatchClaimedUntil, until), cancellationToken);
        return await Open().Where(l => free.Contains(l.Id) && l.MatchClaim == claim).OrderBy(l => l.Id).Select(l => new Claimed(l.Id, l.SearchVersion)).ToListAsync(cancellationToken);
    }

    private async Task MatchAsync(Claimed claimed, Guid? claim, DatabaseCandidates source, TermStatistics terms, ChosenRanker chosen, CancellationToken cancellationToken)
    {
        // As a candidate of others it may have been read before it was changed.
        source.Forget(claimed.Id);
        if (await source.LoadAsync([claimed.Id], cancellationToken) is not [var entry]) return;
        var finder = new MatchFinder(engine, source, chosen.Ranker);
        var graded = await GradesAsync(entry, chosen.LearnedAt, cancellationToken);
        var found = await finder.FindAsync(entry, terms, Kept, calendar.Today, cancellationToken, graded);
        for (var round = 1; ; round++)
        {
            try
            {
                await StoreAsync(entry, claimed, claim, finder.RankerVersion, found, cancellationToken);
                return;
            }
            catch (DbUpdateException) when (round < Tries)
            {
                // A person has graded one of the pairs, or another process has written it from its other side: once more on what stands there now.
                db.ChangeTracker.Clear();
            }
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

    private async Task StoreAsync(IndexEntry listing, Claimed claimed, Guid? claim, string version, IReadOnlyList<RankedMatch> found, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var id = listing.Document.Id;
        var isNeed = listing.Document.Kind == ListingKind.Need;
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
        // Who has lost the claim leaves it to whoever has it now; the listing is open until that one is done.
        var marked = claim is null
            ? await db.Listings.Where(l => l.Id == id).ExecuteUpdateAsync(set => set.SetProperty(l => l.MatchedVersion, claimed.SearchVersion), cancellationToken)
            : await db.Listings.Where(l => l.Id == id && l.MatchClaim == claim).ExecuteUpdateAsync(
                set => set.SetProperty(l => l.MatchedVersion, claimed.SearchVersion).SetProperty(l => l.MatchClaim, (Guid?)null), cancellationToken);
        if (marked > 0) await transaction.CommitAsync(cancellationToken);
    }

    /// <param name="SearchVersion">As it was before the record was read: what changes later is open work.</param>
    private sealed record Claimed(int Id, int SearchVersion);
}
