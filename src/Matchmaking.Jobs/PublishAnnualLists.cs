using System.Globalization;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>Publishes every list whose time has come and that three people have signed, each in one transaction; staff are told once of one that waits for them. May run twice or be killed anywhere.</summary>
public sealed class PublishAnnualLists(MatchmakingDbContext db, PublishAnnualList publish, TimeProvider time, ILogger<PublishAnnualLists> log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = await db.AnnualLists.AsNoTracking().Where(l => l.State == AnnualListState.InNotice && l.PublishAt <= now)
            .OrderBy(l => l.PublishAt).Select(l => l.Id).ToListAsync(cancellationToken);
        foreach (var id in due)
        {
            try
            {
                if (await TellUnsignedAsync(id, now, cancellationToken)) log.LogInformation("List {ListId} is due and waits for its signatures", id);
                else if (await publish.RunAsync(id, now, cancellationToken)) log.LogInformation("Published list {ListId}", id);
                else log.LogWarning("List {ListId} is due but has nothing to publish", id);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another run or a person was faster; nothing was written, and the next run looks again.
                log.LogInformation("List {ListId} changed while it was being published", id);
            }
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>Whether the list lacks a signature; who of staff was told already is seen in the notices.</summary>
    private async Task<bool> TellUnsignedAsync(int id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var list = await db.AnnualLists.Include(l => l.Signs).SingleAsync(l => l.Id == id, cancellationToken);
        if (list.IsSigned || list.State != AnnualListState.InNotice) return false;
        var link = $"/staff/lists/{id}";
        var staff = await (from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id
                           where role.Name == Roles.Staff && !db.Notices.Any(n => n.UserId == held.UserId && n.Kind == NoticeKind.ListUnsigned && n.Link == link)
                           orderby held.UserId select held.UserId).ToListAsync(cancellationToken);
        foreach (var person in staff) db.Tell(person, NoticeKind.ListUnsigned, link, now, list.SerialNumber, ProvinceTime.DayOf(list.PublishAt!.Value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), (3 - list.Signs.Count).ToString(CultureInfo.InvariantCulture));
        if (staff.Count > 0) await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return true;
    }
}
