using Hangfire;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Jobs;

/// <summary>
/// Needs for which nothing good was found are searched for again whenever achievements have been published since; the broker hears of the first match
/// that reaches the lowest bound, and of each better one once.
/// </summary>
[Queue(JobsRegistration.SearchQueue)]
public sealed class FollowNeeds(MatchmakingDbContext db, FindMatches finder, JobJournal journal, TimeProvider time)
{
    /// <summary>Probability from which a match is shown to its owner.</summary>
    public const double LowestBound = 0.3;

    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(FollowNeeds), async (report, cancellationToken) =>
    {
        var standing = await db.Triages.AsNoTracking().Where(t => t.EndedAt == null && ListingStates.Searchable.Contains(t.Need.State)).Select(t => new { t.Id, t.NeedId, t.At, t.SearchedAt }).ToListAsync(cancellationToken);
        // Published long ago and found only now is new as well: what counts is when the index came to know it.
        var newest = await db.Achievements.Where(a => ListingStates.Searchable.Contains(a.State) && a.IndexedVersion >= a.SearchVersion).OrderByDescending(a => a.UpdatedAt).Select(a => (DateTimeOffset?)a.UpdatedAt).FirstOrDefaultAsync(cancellationToken);
        var done = 0;
        foreach (var triage in standing)
        {
            var now = time.GetUtcNow();
            if (newest > (triage.SearchedAt ?? triage.At))
            {
                await finder.RunOneAsync(triage.NeedId, cancellationToken);
                db.ChangeTracker.Clear();
                var searched = await db.Triages.SingleAsync(t => t.Id == triage.Id, cancellationToken);
                searched.Searched(now);
                await db.SaveChangesAsync(cancellationToken);
            }
            await TellAsync(triage.Id, now, cancellationToken);
            await report(++done, standing.Count);
        }
        if (standing.Count == 0) await report(0, 0);
    }, cancellationToken);

    private async Task TellAsync(int triageId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var triage = await db.Triages.Include(t => t.Need).SingleAsync(t => t.Id == triageId, cancellationToken);
        var best = await db.Matches.Where(m => m.NeedId == triage.NeedId && m.Probability >= LowestBound && ListingStates.Searchable.Contains(m.Achievement.State) && (m.CurrentGrade == null || m.CurrentGrade >= Case.LowestGrade))
            .OrderByDescending(m => m.Probability).ThenBy(m => m.Id).Select(m => new { m.Id, m.Achievement.Title }).FirstOrDefaultAsync(cancellationToken);
        if (best is null || best.Id == triage.ToldMatchId) return;
        triage.Told(best.Id);
        db.Tell(triage.Need.BrokerId ?? triage.ById, NoticeKind.TriageMatched, $"/desk?match={best.Id}", at, triage.Need.Title, best.Title);
        db.Audit(null, "triage.match", $"need:{triage.NeedId}", at, $"match:{best.Id}");
        await db.SaveChangesAsync(cancellationToken);
    }
}
