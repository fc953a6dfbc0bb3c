using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>Each minute: chains the audit entries written since. One chain, one sealer: the journal lets one process at a time run it.</summary>
public sealed class SealAudit(MatchmakingDbContext db, JobJournal journal)
{
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(SealAudit), async (report, cancellationToken) =>
    {
        var previous = await db.AuditEntries.Where(e => e.Hash != null).OrderByDescending(e => e.Id).Select(e => e.Hash).FirstOrDefaultAsync(cancellationToken) ?? Genesis;
        var open = await db.AuditEntries.Where(e => e.Hash == null).OrderBy(e => e.Id).Take(5_000).ToListAsync(cancellationToken);
        foreach (var entry in open)
        {
            entry.Seal(previous);
            previous = entry.Hash!;
        }
        await db.SaveChangesAsync(cancellationToken);
        await report(open.Count, open.Count);
    }, cancellationToken);
}

/// <summary>Daily: walks the chain from its beginning; a broken link fails the job loudly and names the entry.</summary>
public sealed class VerifyAudit(MatchmakingDbContext db, JobJournal journal, ILogger<VerifyAudit> log)
{
    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(VerifyAudit), async (report, cancellationToken) =>
    {
        var previous = SealAudit.Genesis;
        var count = 0;
        await foreach (var entry in db.AuditEntries.AsNoTracking().Where(e => e.Hash != null).OrderBy(e => e.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (entry.HashAfter(previous) != entry.Hash)
            {
                log.LogCritical("The audit chain is broken at entry {Entry}", entry.Id);
                throw new AuditBrokenException($"The audit chain is broken at entry {entry.Id}.");
            }
            previous = entry.Hash;
            count++;
        }
        await report(count, count);
    }, cancellationToken);
}

/// <summary>An audit entry is not what it was when it was sealed.</summary>
public sealed class AuditBrokenException(string message) : Exception(message);
