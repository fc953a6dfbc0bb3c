using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Jobs;

/// <summary>
/// Daily: asks the parties of a contract what became of it when a follow-up is due, and closes price notices whose days are over. Each in a transaction of its
/// own that also marks it as done, so that a kill or a second run asks nobody twice.
/// </summary>
public sealed class AskFollowUps(MatchmakingDbContext db, JobJournal journal, LocalCalendar calendar, TimeProvider time)
{
    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(AskFollowUps), async (report, cancellationToken) =>
    {
        var today = calendar.Today;
        var due = await db.FollowUps.Where(f => f.AskedAt == null && f.Due <= today && f.Contract.State != ContractState.Cancelled).OrderBy(f => f.Id).Select(f => f.Id).ToListAsync(cancellationToken);
        foreach (var id in due) await AskAsync(id, cancellationToken);
        var notices = await db.PriceNotices.Where(n => n.State == PriceNoticeState.Running && n.Until < today).OrderBy(n => n.Id).Select(n => n.Id).ToListAsync(cancellationToken);
        foreach (var id in notices) await CloseAsync(id, today, cancellationToken);
        await report(due.Count + notices.Count, due.Count + notices.Count);
    }, cancellationToken);

    private async Task AskAsync(int id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var followUp = await db.FollowUps.Include(f => f.Contract).ThenInclude(c => c.Parties).SingleAsync(f => f.Id == id, cancellationToken);
        if (followUp.AskedAt is not null) return;
        var now = time.GetUtcNow();
        followUp.Ask(now);
        var organizations = followUp.Contract.OrganizationIds;
        var people = await db.MembersOf(organizations).Select(u => u.Id).ToListAsync(cancellationToken);
        if (followUp.Contract.BrokerId is { } broker) people.Add(broker);
        foreach (var person in people.Distinct())
            db.Tell(person, NoticeKind.ContractFollowUp, ContractActs.Address(followUp.ContractId), now,
                followUp.Contract.Title, followUp.Due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), followUp.AfterMonths.ToString(CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task CloseAsync(int id, DateOnly today, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var notice = await db.PriceNotices.Include(n => n.Objections).SingleAsync(n => n.Id == id, cancellationToken);
        if (!notice.Close(today)) return;
        db.Audit(null, "price-notice.close", $"price-notice:{id}", time.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Staff were just stopping it; the next run looks again.
            db.ChangeTracker.Clear();
        }
    }
}
