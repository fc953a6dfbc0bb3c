using System.Globalization;
using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Jobs;

/// <summary>
/// Hourly: asks every organisation that an open round reaches, once; reminds those without a need in it 7 days and 1 day before the end, once each;
/// tells their offices once at the beginning and once in the last week, with how many are missing; closes rounds whose last day has passed. One organisation a transaction, so that a kill loses nothing and repeats nothing.
/// </summary>
public sealed class CallRounds(MatchmakingDbContext db, JobJournal journal, LocalCalendar calendar, TimeProvider time)
{
    private const int MostTold = 20;

    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(CallRounds), async (report, cancellationToken) =>
    {
        var today = calendar.Today;
        await CloseAsync(today, cancellationToken);
        var told = 0;
        foreach (var round in await db.CollectionRounds.AsNoTracking().Where(r => r.State == RoundState.Open && r.OpensOn <= today && r.ClosesOn >= today).OrderBy(r => r.Id).ToListAsync(cancellationToken))
        {
            told += await AskAsync(round, cancellationToken);
            told += await RemindAsync(round, today, cancellationToken);
            told += await TellOfficesAsync(round, today, cancellationToken);
        }
        await report(told, told);
    }, cancellationToken);

    private async Task CloseAsync(DateOnly today, CancellationToken cancellationToken)
    {
        foreach (var round in await db.CollectionRounds.Where(r => r.State == RoundState.Open && r.ClosesOn < today).ToListAsync(cancellationToken))
        {
            round.Close(time.GetUtcNow());
            db.Audit(null, "round.close", $"round:{round.Id}", time.GetUtcNow());
        }
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<int> AskAsync(CollectionRound round, CancellationToken cancellationToken)
    {
        var fresh = await db.Organizations.AsNoTracking().Where(o => o.State == OrganizationState.Verified && !db.RoundCalls.Any(c => c.RoundId == round.Id && c.OrganizationId == o.Id))
            .OrderBy(o => o.Id).ToListAsync(cancellationToken);
        var asked = 0;
        foreach (var organization in fresh.Where(round.Reaches))
        {
            db.ChangeTracker.Clear();
            db.RoundCalls.Add(new RoundCall(round.Id, organization.Id, time.GetUtcNow()));
            if (await TellAsync(round, organization.Id, NoticeKind.RoundOpened, [], cancellationToken)) asked++;
        }
        return asked;
    }

    private async Task<int> RemindAsync(CollectionRound round, DateOnly today, CancellationToken cancellationToken)
    {
        var left = round.ClosesOn.DayNumber - today.DayNumber;
        if (left > RoundCall.ReminderDays.Max()) return 0;
        var silent = await db.RoundCalls.AsNoTracking().Where(c => c.RoundId == round.Id && !db.RoundEntries.Any(e => e.RoundId == round.Id && e.OrganizationId == c.OrganizationId))
            .OrderBy(c => c.OrganizationId).ToListAsync(cancellationToken);
        var reminded = 0;
        foreach (var call in silent)
        {
            if (call.Due(left) is not { } day) continue;
            db.ChangeTracker.Clear();
            db.RoundCalls.Attach(call);
            call.Remind(day);
            if (await TellAsync(round, call.OrganizationId, NoticeKind.RoundReminder, [left.ToString(CultureInfo.InvariantCulture)], cancellationToken)) reminded++;
        }
        return reminded;
    }

    /// <summary>Who of an office was told already is seen in the notices themselves; one run at a time holds the job.</summary>
    private async Task<int> TellOfficesAsync(CollectionRound round, DateOnly today, CancellationToken cancellationToken)
    {
        var link = $"/rounds/{round.Id}";
        var left = round.ClosesOn.DayNumber - today.DayNumber;
        var kind = left <= RoundCall.ReminderDays.Max() ? NoticeKind.OfficeRoundClosing : NoticeKind.OfficeRoundOpened;
        var offices = await db.RoundCalls.Where(c => c.RoundId == round.Id)
            .Join(db.Organizations.Where(o => o.OfficeId != null), c => c.OrganizationId, o => o.Id, (c, o) => new { Office = o.OfficeId!.Value, Silent = !db.RoundEntries.Any(e => e.RoundId == round.Id && e.OrganizationId == o.Id) })
            .GroupBy(c => c.Office).Select(g => new { Office = g.Key, Asked = g.Count(), Silent = g.Count(c => c.Silent) }).OrderBy(o => o.Office).ToListAsync(cancellationToken);
        var told = 0;
        foreach (var office in offices.Where(o => kind == NoticeKind.OfficeRoundOpened || o.Silent > 0))
        {
            db.ChangeTracker.Clear();
            var people = await db.Users.Where(u => u.OrganizationId == office.Office && u.Membership == Membership.Member && !db.Notices.Any(n => n.UserId == u.Id && n.Kind == kind && n.Link == link))
                .OrderBy(u => u.Id).Select(u => u.Id).Take(MostTold).ToListAsync(cancellationToken);
            string[] numbers = kind == NoticeKind.OfficeRoundOpened ? [Number(office.Asked)] : [Number(left), Number(office.Silent)];
            foreach (var person in people) db.Tell(person, kind, link, time.GetUtcNow(), [round.Title, round.ClosesOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), .. numbers]);
            await db.SaveChangesAsync(cancellationToken);
            if (people.Count > 0) told++;
        }
        return told;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Saves the mark that was made together with the notices; false when another run was faster.</summary>
    private async Task<bool> TellAsync(CollectionRound round, int organizationId, NoticeKind kind, IReadOnlyList<string> more, CancellationToken cancellationToken)
    {
        var members = await db.Users.Where(u => u.OrganizationId == organizationId && u.Membership == Membership.Member).OrderBy(u => u.Id).Select(u => u.Id).Take(MostTold).ToListAsync(cancellationToken);
        foreach (var member in members)
            db.Tell(member, kind, $"/rounds/{round.Id}", time.GetUtcNow(), [round.Title, round.ClosesOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), .. more]);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        catch (DbUpdateException) when (kind == NoticeKind.RoundOpened && db.RoundCalls.AsNoTracking().Any(c => c.RoundId == round.Id && c.OrganizationId == organizationId))
        {
            return false;
        }
    }
}
