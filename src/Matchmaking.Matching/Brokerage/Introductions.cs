using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Brokerage;

public enum CaseOutcome
{
    Done,

    /// <summary>There is no such case or match.</summary>
    Missing,

    /// <summary>Somebody else was faster: the stage does not allow it any more, or the match has an open case already.</summary>
    Overtaken,

    /// <summary>A condition is missing, see the problem.</summary>
    Refused,
}

/// <param name="CaseId">The case that was made or acted on; for a match that somebody else has taken, his.</param>
public sealed record CaseDecision(CaseOutcome Outcome, CaseProblem? Problem, int? CaseId)
{
    public bool Done => Outcome == CaseOutcome.Done;
}

/// <summary>
/// The acts on cases with everything that belongs to each in one transaction: the verb, the audit entry, what the others are told. Who collides with
/// somebody else is decided anew on the record as it then is, so that one wins and the other is told.
/// </summary>
public sealed partial class Introductions(MatchmakingDbContext db, CaseAudience audience, Talks talks, WorkingDays workingDays, TimeProvider time)
{
    private const int Attempts = 10;

    public static string Subject(int caseId) => $"case:{caseId}";

    /// <summary>A broker proposes a match of grade 3 or 4 and takes the case.</summary>
    public Task<CaseDecision> ProposeAsync(int matchId, int brokerId, CancellationToken cancellationToken) =>
        OpenAsync(matchId, async (match, at) =>
        {
            if (await HasConflictAsync(brokerId, match, cancellationToken)) return (null, CaseProblem.Conflict);
            return (Case.Propose(match, brokerId, at), null);
        }, "case.propose", brokerId, cancellationToken);

    /// <summary>A side asks for an introduction; the broker responsible for one of the records is told, or it waits for one.</summary>
    /// <param name="brokerId">Who is to take it; null when nobody is responsible.</param>
    public Task<CaseDecision> RequestAsync(int matchId, CaseSide side, Interest interest, int userId, int? brokerId, CancellationToken cancellationToken) =>
        OpenAsync(matchId, (match, at) =>
        {
            var asked = Case.Request(match, side, interest, userId, at);
            if (brokerId is not null) asked.Reassign(brokerId, userId, at);
            return Task.FromResult<(Case?, CaseProblem?)>((asked, null));
        }, "case.request", userId, cancellationToken);

    /// <summary>A broker takes a request. An ungraded pair gets his grade with it.</summary>
    /// <param name="grade">3 or 4 with its reason; null keeps the grade there is.</param>
    public Task<CaseDecision> AcceptAsync(int caseId, int brokerId, (int Value, string Reason)? grade, CancellationToken cancellationToken) =>
        ActAsync(caseId, async (found, at) =>
        {
            if (await HasConflictAsync(brokerId, found.Match, cancellationToken)) throw new CaseRefusedException(CaseAct.Accept, found.Stage, CaseProblem.Conflict);
            if (grade is { } given && found.May(CaseAct.Accept))
            {
                await db.Entry(found.Match).Collection(m => m.Grades).LoadAsync(cancellationToken);
                found.Match.GradeAs(given.Value, given.Reason, brokerId, at);
                db.Audit(brokerId, "match.grade", $"match:{found.MatchId}", at, $"{given.Value}");
            }
            found.Accept(found.Match, brokerId, at);
            db.Audit(brokerId, "case.accept", Subject(caseId), at);
        }, cancellationToken);

    /// <summary>Both sides are told of the case and by when an answer is hoped for.</summary>
    public Task<CaseDecision> PushAsync(int caseId, int by, CancellationToken cancellationToken) =>
        ActAsync(caseId, async (found, at) =>
        {
            found.Push(found.Match, by, at);
            db.Audit(by, "case.push", Subject(caseId), at);
            foreach (var side in Enum.GetValues<CaseSide>()) await audience.TellSideAsync(found, side, NoticeKind.CaseOffered, at, cancellationToken);
        }, cancellationToken);

    /// <summary>Meeting, negotiation and what follows; each only from the stage before.</summary>
    /// <param name="act">Meet, Negotiate, Sign, Register or Close.</param>
    public Task<CaseDecision> AdvanceAsync(int caseId, CaseAct act, int by, CancellationToken cancellationToken) =>
        ActAsync(caseId, (found, at) =>
        {
            switch (act)
            {
                case CaseAct.Meet: found.Meet(by, at); break;
                case CaseAct.Negotiate: found.Negotiate(by, at); break;
                case CaseAct.Sign: found.Sign(found.ContractId, by, at); break;
                case CaseAct.Register: found.Register(by, at); break;
                case CaseAct.Close: found.Close(by, at); break;
                default: throw new ArgumentOutOfRangeException(nameof(act), act, "Not a step forward.");
            }
            db.Audit(by, $"case.{act.ToString().ToLowerInvariant()}", Subject(caseId), at);
            return Task.CompletedTask;
        }, cancellationToken);

    public Task<CaseDecision> EndAsync(int caseId, EndReason reason, string remark, int by, CancellationToken cancellationToken) =>
        ActAsync(caseId, async (found, at) =>
        {
            var known = Enum.GetValues<CaseSide>().Where(found.IsKnownTo).ToList();
            found.End(reason, remark, by, at);
            db.Audit(by, "case.end", Subject(caseId), at, $"{reason}");
            foreach (var side in known) await audience.TellSideAsync(found, side, NoticeKind.CaseEnded, at, cancellationToken);
        }, cancellationToken);

    /// <param name="brokerId">The new broker; null gives it back to the staff.</param>
    public Task<CaseDecision> ReassignAsync(int caseId, int? brokerId, int by, CancellationToken cancellationToken) =>
        ActAsync(caseId, async (found, at) =>
        {
            if (found.BrokerId == brokerId) return;
            if (brokerId is { } next && await HasConflictAsync(next, found.Match, cancellationToken)) throw new CaseRefusedException(CaseAct.Reassign, found.Stage, CaseProblem.Conflict);
            found.Reassign(brokerId, by, at);
            db.Audit(by, "case.reassign", Subject(caseId), at, $"broker {brokerId?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}");
            audience.TellBroker(found, NoticeKind.CaseAssigned, at);
        }, cancellationToken);

    /// <summary>A record leaves the public: its open cases end with it, in the transaction of the caller, who saves.</summary>
    public async Task EndAllOfAsync(Listing listing, int by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var open = await Whole().Where(c => (c.NeedId == listing.Id || c.AchievementId == listing.Id) && c.Stage != CaseStage.Closed && c.Stage != CaseStage.Ended).ToListAsync(cancellationToken);
        foreach (var found in open)
        {
            var side = found.NeedId == listing.Id ? CaseSide.Need : CaseSide.Achievement;
            var other = Case.Other(side);
            found.End(EndReason.Other, "", by, at, side);
            db.Audit(by, "case.end", Subject(found.Id), at, "withdrawn");
            audience.TellBroker(found, NoticeKind.CaseEnded, at);
            if (found.IsKnownTo(other)) await audience.TellSideAsync(found, other, NoticeKind.CaseEnded, at, cancellationToken);
        }
    }

    /// <summary>Whether the broker is employed by one of the sides or has declared a conflict with it.</summary>
    private async Task<bool> HasConflictAsync(int brokerId, Match match, CancellationToken cancellationToken)
    {
        var sides = new[] { match.Need.OrganizationId, match.Achievement.OrganizationId };
        return await db.Users.AnyAsync(u => u.Id == brokerId && u.OrganizationId != null && sides.Contains(u.OrganizationId.Value), cancellationToken)
            || await db.BrokerConflicts.AnyAsync(c => c.BrokerId == brokerId && sides.Contains(c.OrganizationId), cancellationToken);
    }

    /// <summary>The case with everything its verbs look at.</summary>
    public IQueryable<Case> Whole() => db.Cases.Include(c => c.Parties).Include(c => c.Consents)
        .Include(c => c.Match).Include(c => c.Need.Organization).Include(c => c.Achievement.Organization).AsSplitQuery();

    private async Task<CaseDecision> OpenAsync(int matchId, Func<Match, DateTimeOffset, Task<(Case? Case, CaseProblem? Problem)>> open, string action, int by, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var match = await db.Matches.Include(m => m.Need.Organization).Include(m => m.Achievement.Organization).SingleOrDefaultAsync(m => m.Id == matchId, cancellationToken);
        if (match is null) return new CaseDecision(CaseOutcome.Missing, null, null);
        if (await OpenCaseOfAsync(matchId, cancellationToken) is { } known) return new CaseDecision(CaseOutcome.Overtaken, null, known);
        var at = time.GetUtcNow();
        try
        {
            var (made, problem) = await open(match, at);
            if (made is null) return new CaseDecision(CaseOutcome.Refused, problem, null);
            made.ReckonBy(workingDays);
            db.Cases.Add(made);
            // The case has no number before it is stored; its match has.
            db.Audit(by, action, $"match:{matchId}", at);
            if (made.BrokerId is { } broker && broker != by) audience.TellBroker(made, NoticeKind.CaseAssigned, at);
            await db.SaveChangesAsync(cancellationToken);
            return new CaseDecision(CaseOutcome.Done, null, made.Id);
        }
        catch (CaseRefusedException refused)
        {
            return new CaseDecision(CaseOutcome.Refused, refused.Problem, null);
        }
        catch (DbUpdateException)
        {
            // The one open case of a match: somebody else has just made it.
            db.ChangeTracker.Clear();
            if (await OpenCaseOfAsync(matchId, cancellationToken) is { } other) return new CaseDecision(CaseOutcome.Overtaken, null, other);
            throw;
        }
    }

    private async Task<int?> OpenCaseOfAsync(int matchId, CancellationToken cancellationToken) =>
        await db.Cases.Where(c => c.MatchId == matchId && c.Stage != CaseStage.Closed && c.Stage != CaseStage.Ended).Select(c => (int?)c.Id).FirstOrDefaultAsync(cancellationToken);

    private async Task<CaseDecision> ActAsync(int caseId, Func<Case, DateTimeOffset, Task> act, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            var found = await Whole().SingleOrDefaultAsync(c => c.Id == caseId, cancellationToken);
            if (found is null) return new CaseDecision(CaseOutcome.Missing, null, null);
            try
            {
                var at = time.GetUtcNow();
                await act(found, at);
                found.ReckonBy(workingDays);
                await talks.FollowAsync(found, at, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                return new CaseDecision(CaseOutcome.Done, null, caseId);
            }
            catch (CaseRefusedException refused)
            {
                db.ChangeTracker.Clear();
                return new CaseDecision(refused.Problem is null ? CaseOutcome.Overtaken : CaseOutcome.Refused, refused.Problem, caseId);
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // Somebody changed it meanwhile; whether the act is still allowed is asked of the case as it is now.
                continue;
            }
        }
    }
}
