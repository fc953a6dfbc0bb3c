using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>Publishes every list whose time has come, each in one transaction. Hourly; may run twice or be killed anywhere.</summary>
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
                if (await publish.RunAsync(id, now, cancellationToken)) log.LogInformation("Published list {ListId}", id);
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
}
