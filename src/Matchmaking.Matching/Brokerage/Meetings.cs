using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Brokerage;

public enum MeetingOutcome { Done, Missing, Overtaken }

/// <summary>The acts on meetings with what the sides are told; whoever collides is told to look again.</summary>
public sealed class Meetings(MatchmakingDbContext db, CaseAudience audience, WorkingDays workingDays, TimeProvider time)
{
    /// <summary>Stages in which a meeting can be arranged: both want it, and nothing is signed yet.</summary>
    public static IReadOnlyList<CaseStage> Stages { get; } = [CaseStage.BothInterested, CaseStage.Met, CaseStage.Negotiating];

    public Task<MeetingOutcome> ProposeAsync(int caseId, IReadOnlyList<DateTimeOffset> starts, TimeSpan length, string place, int by, CancellationToken cancellationToken) =>
        WithCaseAsync(caseId, (found, at) =>
        {
            db.Meetings.Add(new Meeting(caseId, starts, length, place, by, at));
            db.Audit(by, "meeting.propose", Introductions.Subject(caseId), at, $"{starts.Count}");
            return true;
        }, cancellationToken);

    public Task<MeetingOutcome> ChooseAsync(int caseId, int meetingId, CaseSide side, IReadOnlyCollection<int> timeIds, int by, CancellationToken cancellationToken) =>
        OnMeetingAsync(caseId, meetingId, (_, meeting, at) =>
        {
            if (meeting.State != MeetingState.Proposed) return false;
            meeting.Choose(side, timeIds, at);
            db.Audit(by, "meeting.choose", Introductions.Subject(caseId), at, $"{side} {meeting.State}");
            return true;
        }, cancellationToken);

    public Task<MeetingOutcome> CancelAsync(int caseId, int meetingId, int by, CancellationToken cancellationToken) =>
        OnMeetingAsync(caseId, meetingId, (_, meeting, at) =>
        {
            if (meeting.State is not (MeetingState.Proposed or MeetingState.Fixed)) return false;
            meeting.Cancel(at);
            db.Audit(by, "meeting.cancel", Introductions.Subject(caseId), at);
            return true;
        }, cancellationToken);

    /// <summary>How it went. A meeting that was held takes the case to 会面, when both have consented and it does not stand there yet.</summary>
    public Task<MeetingOutcome> ReportAsync(int caseId, int meetingId, bool held, string outcome, int by, CancellationToken cancellationToken) =>
        OnMeetingAsync(caseId, meetingId, (found, meeting, at) =>
        {
            if (meeting.State != MeetingState.Fixed || meeting.StartsAt > at) return false;
            meeting.Report(held, outcome, at);
            db.Audit(by, "meeting.report", Introductions.Subject(caseId), at, $"{meeting.State}");
            if (!held || !found.May(CaseAct.Meet) || !found.ContactsOpen) return true;
            found.Meet(by, at);
            found.ReckonBy(workingDays);
            db.Audit(by, "case.meet", Introductions.Subject(caseId), at);
            return true;
        }, cancellationToken);

    private Task<MeetingOutcome> OnMeetingAsync(int caseId, int meetingId, Func<Case, Meeting, DateTimeOffset, bool> act, CancellationToken cancellationToken) =>
        ActAsync(caseId, async (found, at) =>
        {
            var meeting = await db.Meetings.Include(m => m.Times).SingleOrDefaultAsync(m => m.Id == meetingId && m.CaseId == caseId, cancellationToken);
            return meeting is null ? MeetingOutcome.Missing : act(found, meeting, at) ? MeetingOutcome.Done : MeetingOutcome.Overtaken;
        }, cancellationToken);

    private Task<MeetingOutcome> WithCaseAsync(int caseId, Func<Case, DateTimeOffset, bool> act, CancellationToken cancellationToken) =>
        ActAsync(caseId, (found, at) => Task.FromResult(Stages.Contains(found.Stage) && act(found, at) ? MeetingOutcome.Done : MeetingOutcome.Overtaken), cancellationToken);

    private async Task<MeetingOutcome> ActAsync(int caseId, Func<Case, DateTimeOffset, Task<MeetingOutcome>> act, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var found = await db.Cases.Include(c => c.Parties).Include(c => c.Consents).Include(c => c.Need).Include(c => c.Achievement).AsSplitQuery().SingleOrDefaultAsync(c => c.Id == caseId, cancellationToken);
        if (found is null) return MeetingOutcome.Missing;
        var at = time.GetUtcNow();
        var outcome = await act(found, at);
        if (outcome != MeetingOutcome.Done) return outcome;
        audience.TellBroker(found, NoticeKind.CaseMeeting, at);
        foreach (var side in Enum.GetValues<CaseSide>()) await audience.TellSideAsync(found, side, NoticeKind.CaseMeeting, at, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return MeetingOutcome.Done;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return MeetingOutcome.Overtaken;
        }
    }
}
