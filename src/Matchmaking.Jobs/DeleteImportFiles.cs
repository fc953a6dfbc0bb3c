using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Jobs;

/// <summary>
/// Hourly: uploaded tables hold contacts. Those of imports that are over go at once, rows that came back and files that nobody imported
/// after <see cref="ImportStore.KeptDays"/> days. Files first, then the mark: a kill in between only deletes again.
/// </summary>
public sealed class DeleteImportFiles(MatchmakingDbContext db, ImportStore store, JobJournal journal, TimeProvider time)
{
    private const int Batch = 200;

    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(DeleteImportFiles), async (report, cancellationToken) =>
    {
        var now = time.GetUtcNow();
        var old = now.AddDays(-ImportStore.KeptDays);
        var ids = await db.Imports.AsNoTracking().Where(i => !i.FilesDeleted && (i.State == ImportState.Preview
            ? i.CreatedAt < old
            : i.State != ImportState.Queued && i.State != ImportState.Running && (!i.HasRemarks || i.FinishedAt < old))).Select(i => i.Id).ToListAsync(cancellationToken);
        foreach (var batch in ids.Chunk(Batch))
        {
            db.ChangeTracker.Clear();
            foreach (var import in await db.Imports.Where(i => batch.Contains(i.Id)).ToListAsync(cancellationToken))
            {
                if (import.State == ImportState.Preview) import.Cancel(now);
                store.DeleteAll(import.StoredName);
                import.FilesGone();
            }
            await db.SaveChangesAsync(cancellationToken);
        }
        await report(ids.Count, ids.Count);
    }, cancellationToken);
}
