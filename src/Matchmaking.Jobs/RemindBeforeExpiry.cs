using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Jobs;

/// <summary>
/// Daily: owners are told 14, 5 and 1 days before a record ends. That somebody was told is a row whose key can be there once, saved together with the
/// notice: killed anywhere or run twice, each is told exactly once.
/// </summary>
public sealed class RemindBeforeExpiry(MatchmakingDbContext db, IRenewalLinks links, JobJournal journal, LocalCalendar calendar, TimeProvider time)
{
    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(RemindBeforeExpiry), async (report, cancellationToken) =>
    {
        var today = calendar.Today;
        var last = today.AddDays(ExpiryReminder.Days.Max());
        var ending = await db.Listings.Written().Where(l => ListingStates.Fading.Contains(l.State) && l.ValidUntil >= today && l.ValidUntil <= last)
            .OrderBy(l => l.Id).Select(l => new { l.Id, End = l.ValidUntil!.Value, Told = db.ExpiryReminders.Where(r => r.ListingId == l.Id && r.ValidUntil == l.ValidUntil).Min(r => (int?)r.DaysBefore) })
            .ToListAsync(cancellationToken);
        var due = ending.Select(l => (l.Id, l.End, Day: ExpiryReminder.Due(l.End.DayNumber - today.DayNumber, l.Told))).Where(l => l.Day is not null).ToList();
        foreach (var (id, end, day) in due) await TellAsync(id, end, day!.Value, today, cancellationToken);
        await report(due.Count, due.Count);
    }, cancellationToken);

    private async Task TellAsync(int id, DateOnly end, int day, DateOnly today, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var listing = await db.Listings.AsNoTracking().SingleAsync(l => l.Id == id, cancellationToken);
        // Renewed or withdrawn since the list was made.
        if (listing.ValidUntil != end || !ListingStates.Fading.Contains(listing.State)) return;
        var at = time.GetUtcNow();
        db.ExpiryReminders.Add(new ExpiryReminder(id, end, day, at));
        foreach (var owner in await db.OwnersOfAsync(listing, cancellationToken))
        {
            db.Tell(owner, NoticeKind.ListingExpires, links.For(listing, owner), at,
                listing.Title, end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), (end.DayNumber - today.DayNumber).ToString(CultureInfo.InvariantCulture));
        }
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (db.ExpiryReminders.AsNoTracking().Any(r => r.ListingId == id && r.ValidUntil == end && r.DaysBefore == day))
        {
            // Another run has told it in this moment; its row stands, ours and our notices are not saved.
            return;
        }
    }
}
