using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Jobs;

/// <summary>
/// Daily: whoever is waited for in an introduction hears once that the day has passed; after a meeting the broker is asked how it went; what stayed
/// open beside a record that is not public any more ends. One by one, so that a kill or a clash loses at most one until the next run.
/// </summary>
public sealed class RemindCases(MatchmakingDbContext db, CaseAudience audience, Introductions introductions, JobJournal journal, LocalCalendar calendar, TimeProvider time)
{
    private static readonly CaseStage[] BeforeContract = [CaseStage.Recommended, CaseStage.Accepted, CaseStage.Pushed, CaseStage.OneInterested, CaseStage.BothInterested, CaseStage.Met, CaseStage.Negotiating];

    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(RemindCases), async (report, cancellationToken) =>
    {
        var today = calendar.Today;
        var open = db.Cases.Where(c => c.Stage != CaseStage.Closed && c.Stage != CaseStage.Ended);
        var orphaned = await open.Where(c => BeforeContract.Contains(c.Stage) && (!ListingStates.Public.Contains(c.Need.State) || !ListingStates.Public.Contains(c.Achievement.State)))
            .Select(c => c.Id).ToListAsync(cancellationToken);
        foreach (var id in orphaned) await OneAsync(id, EndAsync, cancellationToken);
        var late = await open.Where(c => c.DueOn < today && (c.RemindedFor == null || c.RemindedFor != c.DueOn)).Select(c => c.Id).ToListAsync(cancellationToken);
        foreach (var id in late) await OneAsync(id, RemindAsync, cancellationToken);
        var now = time.GetUtcNow();
        var begun = await db.Meetings.Where(m => m.State == MeetingState.Fixed && m.AskedAt == null).Select(m => new { m.Id, m.StartsAt, m.Minutes }).ToListAsync(cancellationToken);
        var over = begun.Where(m => m.StartsAt!.Value.AddMinutes(m.Minutes) <= now).Select(m => m.Id).ToList();
        foreach (var id in over) await AskAsync(id, cancellationToken);
        await report(orphaned.Count + late.Count + over.Count, orphaned.Count + late.Count + over.Count);
    }, cancellationToken);

    private async Task OneAsync(int id, Func<Case, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var found = await introductions.Whole().SingleAsync(c => c.Id == id, cancellationToken);
        if (!found.IsOpen) return;
        await act(found, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody was just at it; the next run looks again.
            db.ChangeTracker.Clear();
        }
    }

    private async Task RemindAsync(Case late, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        late.Remind(late.DueOn!.Value, at);
        db.Audit(null, "case.remind", Introductions.Subject(late.Id), at);
        audience.TellBroker(late, NoticeKind.CaseDue, at);
        if (CaseClock.Rules[late.Stage].Turn != CaseTurn.Sides) return;
        foreach (var party in late.Parties.Where(p => p.Answer == SideAnswer.None)) await audience.TellSideAsync(late, party.Side, NoticeKind.CaseDue, at, cancellationToken);
    }

    private async Task EndAsync(Case orphan, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        var known = Enum.GetValues<CaseSide>().Where(orphan.IsKnownTo).ToList();
        orphan.End(EndReason.Other, "", null, at);
        db.Audit(null, "case.end", Introductions.Subject(orphan.Id), at, "withdrawn");
        audience.TellBroker(orphan, NoticeKind.CaseEnded, at);
        foreach (var side in known) await audience.TellSideAsync(orphan, side, NoticeKind.CaseEnded, at, cancellationToken);
    }

    private async Task AskAsync(int meetingId, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var meeting = await db.Meetings.Include(m => m.Case.Need).Include(m => m.Case.Achievement).SingleAsync(m => m.Id == meetingId, cancellationToken);
        meeting.Asked(time.GetUtcNow());
        audience.TellBroker(meeting.Case, NoticeKind.CaseMeeting, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
    }
}
