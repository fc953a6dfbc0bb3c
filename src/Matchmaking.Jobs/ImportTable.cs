using System.Data.Common;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>
/// On request: brings one uploaded table into the records, all of it or nothing. May be killed anywhere and may run twice: the import's own state
/// changes in the same transaction as its records. Two imports may run beside each other, so the journal of one-at-a-time jobs is not used.
/// </summary>
public sealed class ImportTable(IServiceScopeFactory scopes, TimeProvider time, ILogger<ImportTable> log)
{
    public async Task RunAsync(int importId, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<RunImport>().RunAsync(importId, cancellationToken);
        }
        catch (Exception error) when (error is not (OperationCanceledException or DbException or DbUpdateException or IOException))
        {
            // What the database or the disk refuses may go well at the next try; what fails by itself fails again, and the person must hear of it.
            log.LogError("Import {Import} failed: {Error}", importId, error.GetType().Name);
            await FailAsync(importId, cancellationToken);
            throw;
        }
    }

    private async Task FailAsync(int importId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
        if (await db.Imports.SingleOrDefaultAsync(i => i.Id == importId, cancellationToken) is not { State: ImportState.Queued or ImportState.Running } import) return;
        import.Fail("Error", time.GetUtcNow());
        db.Audit(import.UserId, "import.fail", $"import:{importId}", time.GetUtcNow(), "Error");
        await db.SaveChangesAsync(cancellationToken);
    }
}
