using Hangfire;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Jobs;

/// <summary>Each minute: puts imports back into the queue whose job was lost, by a restart or a kill. One that still runs loses nothing by it.</summary>
public sealed class ResumeImports(MatchmakingDbContext db, IBackgroundJobClient jobs, JobJournal journal, TimeProvider time)
{
    /// <summary>Longer than any import takes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(ResumeImports), async (report, cancellationToken) =>
    {
        var since = time.GetUtcNow() - Patience;
        var lost = await db.Imports.AsNoTracking().Where(i => (i.State == ImportState.Queued || i.State == ImportState.Running) && i.StartedAt < since).Select(i => i.Id).ToListAsync(cancellationToken);
        foreach (var id in lost) jobs.Enqueue<ImportTable>(job => job.RunAsync(id, CancellationToken.None));
        await report(lost.Count, lost.Count);
    }, cancellationToken);
}
