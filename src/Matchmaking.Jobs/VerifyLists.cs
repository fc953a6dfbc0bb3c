using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Foresight;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>Daily: every published list against its hashes, its signature and what its frozen inputs make, and every published report against its hash and signature. A fault fails the run, which everybody sees on the status page, and is logged by serial number.</summary>
public sealed class VerifyLists(MatchmakingDbContext db, VerifyPublishedList verify, VerifyReports reports, JobJournal journal, ILogger<VerifyLists> log)
{
    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(VerifyLists), async (report, cancellationToken) =>
    {
        var lists = await db.AnnualLists.AsNoTracking().Where(l => l.State == AnnualListState.Published).OrderBy(l => l.Id).ToListAsync(cancellationToken);
        var wrong = new List<string>();
        foreach (var (list, number) in lists.Select((list, i) => (list, i + 1)))
        {
            var faults = await verify.RunAsync(list.Id, cancellationToken);
            if (faults.Count > 0)
            {
                wrong.Add($"{list.SerialNumber} ({string.Join(", ", faults)})");
                log.LogError("The published list {List} does not hold: {Faults}", list.SerialNumber, string.Join(", ", faults));
            }
            await report(number, lists.Count);
        }
        foreach (var serial in await reports.RunAsync(cancellationToken))
        {
            wrong.Add(serial);
            log.LogError("The published report {Report} does not hold", serial);
        }
        if (wrong.Count > 0) throw new PublishedListChangedException($"What was published was changed: {string.Join("; ", wrong)}.");
    }, cancellationToken);
}

/// <summary>Somebody has changed a published list by hand.</summary>
public sealed class PublishedListChangedException(string message) : Exception(message);
