using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <summary>
/// Does what a round's calendar says is due: each step reads the round anew and is one save, so that it may be killed anywhere, run twice, or be late by
/// days, and then does the steps that were missed one after the other. Two at once collide on the round's version, and one of them wrote nothing.
/// </summary>
public sealed class AdvanceListRound(
    MatchmakingDbContext db, ProposeEntries propose, ExpertRegister register, CountScores count, WorkingDays calendar, TimeProvider time)
{
    /// <summary>Days before the last one on which staff hear that an objection waits.</summary>
    private const int ObjectionReminder = 2;

    /// <summary>How many steps it took.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody was faster; the next run looks again.</exception>
    public async Task<int> RunAsync(int roundId, CancellationToken cancellationToken)
    {
        for (var steps = 0; ; steps++)
        {
            db.ChangeTracker.Clear();
            var round = await db.ListRounds.Include(r => r.Invitations).Include(r => r.List!.Entries).AsSplitQuery().SingleAsync(r => r.Id == roundId, cancellationToken);
            if (!await StepAsync(round, cancellationToken)) return steps;
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Whether there was anything to do; every act leads to a state in which it is not due any more.</summary>
    private Task<bool> StepAsync(ListRound round, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = ProvinceTime.DayOf(now);
        if (round.List is { State: not AnnualListState.Open } list && round.May(ListRoundAct.StartNotice)) return FollowAsync(round, list, now, cancellationToken);
        return round.Phase switch
        {
            ListRoundPhase.Planned when today >= round.Calendar.CollectFrom => OpenAsync(round, now, cancellationToken),
            ListRoundPhase.Collecting when today > round.Calendar.CollectUntil => StartScoringAsync(round, now, cancellationToken),
            ListRoundPhase.Scoring when today > round.Calendar.ScoreUntil => ComputeAsync(round, now, cancellationToken),
            ListRoundPhase.Scoring => InviteOrRemindAsync(round, now, today, cancellationToken),
            ListRoundPhase.Reviewing when now >= ProvinceTime.At(round.Calendar.NoticeFrom, ProvinceTime.OfficeHour) => StartNoticeAsync(round, now, today, cancellationToken),
            ListRoundPhase.InNotice or ListRoundPhase.Deciding => AfterwardsAsync(round, now, today, cancellationToken),
            _ => Task.FromResult(false),
        };
    }

    private async Task<bool> OpenAsync(ListRound round, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await db.AnnualLists.Where(l => l.Kind == round.Kind && l.Year == round.Year).OrderBy(l => l.Id).FirstOrDefaultAsync(cancellationToken);
        if (known is { State: not AnnualListState.Open }) return await WaitAsync(round, "ListGone", now, cancellationToken);
        if (known is null)
        {
            known = new AnnualList(round.Kind, round.Year, AnnualListRules.DefaultOf(round.Kind), round.Calendar.NoticeUntil.DayNumber - round.Calendar.ReviewUntil.DayNumber, null, now);
            db.AnnualLists.Add(known);
            db.Audit(null, "list.open", $"list:{known.SerialNumber}", now);
        }
        round.Open(known, now);
        db.Audit(null, "list-round.open", Subject(round), now);
        return true;
    }

    private async Task<bool> StartScoringAsync(ListRound round, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await propose.RunAsync(round.List!, null, now, cancellationToken);
        if (!round.List!.Listed.Any())
        {
            // What was proposed is nothing, and is not written: the hourly run would fill the list's history with it.
            db.ChangeTracker.Clear();
            var again = await db.ListRounds.SingleAsync(r => r.Id == round.Id, cancellationToken);
            return await WaitAsync(again, "NoEntries", now, cancellationToken);
        }
        round.StartScoring(now);
        db.Audit(null, "list-round.score", Subject(round), now, $"{round.List.Listed.Count()} entries");
        return true;
    }

    private async Task<bool> InviteOrRemindAsync(ListRound round, DateTimeOffset now, DateOnly today, CancellationToken cancellationToken)
    {
        var sheets = await db.ScoreSheets.AsNoTracking().Where(s => s.RoundId == round.Id).Select(s => new { s.EntryId, s.Invitation.ExpertId, s.InvitationId, s.State }).ToListAsync(cancellationToken);
        var entries = await register.EntriesAsync(round.ListId!.Value, cancellationToken);
        var experts = await register.CandidatesAsync(cancellationToken);
        var assignments = ExpertAssignment.Make(entries, experts, round.Rules.ExpertsPerEntry,
            [.. sheets.Select(s => new Assignment(s.EntryId, s.ExpertId))], [.. sheets.Where(s => s.State != ScoreSheetState.Recused).Select(s => new Assignment(s.EntryId, s.ExpertId))]);
        if (assignments.Count > 0)
        {
            var byId = experts.ToDictionary(e => e.ExpertId);
            foreach (var own in assignments.GroupBy(a => a.ExpertId).OrderBy(g => g.Key))
            {
                var invitation = round.Invite(byId[own.Key], now);
                foreach (var assignment in own) db.ScoreSheets.Add(new ScoreSheet(round, invitation, assignment.EntryId, now));
                db.Tell(byId[own.Key].UserId, NoticeKind.ScoringInvited, "/experts", now, round.List!.SerialNumber, Day(round.Calendar.ScoreUntil), Number(own.Count()));
            }
            db.Audit(null, "list-round.invite", Subject(round), now, $"{assignments.Count} sheets");
            return true;
        }
        // Nobody is left to ask, and still too few.
        var standing = sheets.Where(s => s.State != ScoreSheetState.Recused).CountBy(s => s.EntryId).ToDictionary();
        if (entries.Any(e => standing.GetValueOrDefault(e.EntryId) < round.Rules.LeastScores) && await WaitAsync(round, "FewExperts", now, cancellationToken)) return true;

        var left = round.Calendar.ScoreUntil.DayNumber - today.DayNumber;
        foreach (var invitation in round.Invitations.OrderBy(i => i.Id))
        {
            var missing = sheets.Count(s => s.InvitationId == invitation.Id && s.State == ScoreSheetState.Open);
            if (missing == 0 || invitation.Due(left) is not { } day) continue;
            var person = await db.Experts.Where(e => e.Id == invitation.ExpertId).Select(e => e.UserId).SingleAsync(cancellationToken);
            invitation.Remind(day);
            db.Tell(person, NoticeKind.ScoringReminder, "/experts", now, round.List!.SerialNumber, Day(round.Calendar.ScoreUntil), Number(missing));
            return true;
        }
        return false;
    }

    private async Task<bool> ComputeAsync(ListRound round, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var results = await count.RunAsync(round, cancellationToken);
        if (!results.Entries.Any(e => e.IsIn)) return await WaitAsync(round, "NoScores", now, cancellationToken);
        round.Compute(results, now);
        round.List!.TakeScores(results, now);
        db.Audit(null, "list-round.compute", Subject(round), now, $"{results.Entries.Count(e => e.IsIn)} of {results.Entries.Count}");
        await TellStaffAsync(round, now, cancellationToken);
        return true;
    }

    /// <summary>A notice that begins late still lasts as long as planned, and what follows it moves along.</summary>
    private async Task<bool> StartNoticeAsync(ListRound round, DateTimeOffset now, DateOnly today, CancellationToken cancellationToken)
    {
        if (!round.List!.Listed.Any()) return await WaitAsync(round, "Empty", now, cancellationToken);
        var late = today.DayNumber - round.Calendar.NoticeFrom.DayNumber;
        round.List.StartNotice(today, round.Calendar.NoticeUntil.AddDays(late), round.Calendar.PublishOn.AddDays(late), round.CreatedById, now);
        round.FollowNotice(round.List, now);
        db.Audit(null, "list.start-notice", $"list:{round.List.SerialNumber}", now, $"{Day(round.List.NoticeFrom!.Value)} {Day(round.List.NoticeUntil!.Value)}");
        await TellStaffAsync(round, now, cancellationToken);
        return true;
    }

    private async Task<bool> FollowAsync(ListRound round, AnnualList list, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (list.State != AnnualListState.InNotice) return await WaitAsync(round, "ListGone", now, cancellationToken);
        round.FollowNotice(list, now);
        return true;
    }

    private async Task<bool> AfterwardsAsync(ListRound round, DateTimeOffset now, DateOnly today, CancellationToken cancellationToken)
    {
        var list = round.List!;
        if (list.State == AnnualListState.Published)
        {
            round.Finish(now);
            // What nobody confirmed never counted, and is somebody's name and address.
            db.Objections.RemoveRange(await db.Objections.Where(o => o.RoundId == round.Id && o.State == ObjectionState.Unconfirmed).ToListAsync(cancellationToken));
            db.Audit(null, "list-round.finish", Subject(round), now);
            return true;
        }
        if (round.TakeDates(list, now)) return true;
        if (round.Phase == ListRoundPhase.InNotice && today > round.Calendar.NoticeUntil)
        {
            list.CloseNotice(now);
            round.CloseNotice(now);
            return true;
        }
        var open = await db.Objections.Where(o => o.RoundId == round.Id && o.State == ObjectionState.Open).OrderBy(o => o.Id).ToListAsync(cancellationToken);
        // Publication waits for the answers: a day before it would come it moves on.
        if (open.Count > 0 && list.PublishAt <= now.AddDays(1) && list.Postpone(calendar.After(today, 2), now))
        {
            db.Audit(null, "list.postpone", $"list:{list.SerialNumber}", now, $"{open.Count} objections");
            return true;
        }
        foreach (var objection in open.Where(o => o.DueOn!.Value.AddDays(-ObjectionReminder) <= today && o.RemindedFor != o.DueOn))
        {
            objection.Remind(objection.DueOn!.Value);
            foreach (var id in await register.StaffAsync(cancellationToken)) db.Tell(id, NoticeKind.ObjectionDue, Address(round), now, objection.Serial!, Day(objection.DueOn!.Value));
            return true;
        }
        return false;
    }

    /// <summary>Staff hear of what a round waits for once; says whether that is news.</summary>
    private async Task<bool> WaitAsync(ListRound round, string what, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!round.Wait(what)) return false;
        await TellStaffAsync(round, now, cancellationToken);
        return true;
    }

    private async Task TellStaffAsync(ListRound round, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var id in await register.StaffAsync(cancellationToken)) db.Tell(id, NoticeKind.ListRoundMoved, Address(round), now, round.SerialNumber);
    }

    public static string Subject(ListRound round) => $"list-round:{round.Id}";

    public static string Address(ListRound round) => $"/staff/lists/rounds/{round.Id}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
