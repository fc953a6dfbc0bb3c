using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>After the last day of a notice closes it, so that nothing is taken off between the notice and the publication. Hourly.</summary>
public sealed class CloseNoticePeriods(MatchmakingDbContext db, TimeProvider time, ILogger<CloseNoticePeriods> log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var lists = await db.AnnualLists.Where(l => l.State == AnnualListState.InNotice && l.NoticeClosedAt == null).ToListAsync(cancellationToken);
        foreach (var list in lists)
        {
            if (!list.CloseNotice(now)) continue;
            db.Audit(null, "list.close-notice", $"list:{list.SerialNumber}", now);
            log.LogInformation("The notice of {List} is over", list.SerialNumber);
        }
        await db.SaveChangesAsync(cancellationToken);
    }
}
