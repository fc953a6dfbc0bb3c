using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Search;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Importing;

/// <summary>
/// Brings the good rows of a file into the records. Reading and checking happen before and can be watched; everything is then written in one
/// transaction together with the import's own end, so that a kill, a failure or a cancelling anywhere leaves either all of it or nothing.
/// </summary>
public sealed class RunImport(MatchmakingDbContext db, ImportStore store, ImportReading reading, LocalCalendar calendar, TimeProvider time)
{
    public const int Batch = 200;
    private const int Attempts = 3;

    /// <summary>Does nothing when it is done, cancelled or not there.</summary>
    public async Task RunAsync(int importId, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TryAsync(importId, cancellationToken);
                return;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Cancelled, or finished by another run, between our reading of the row and our saving of it: nothing of ours was written.
                return;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Another import wrote one of these records in between; read again, it is known now.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task TryAsync(int importId, CancellationToken cancellationToken)
    {
        if (await db.Imports.SingleOrDefaultAsync(i => i.Id == importId, cancellationToken) is not { State: ImportState.Queued or ImportState.Running } import) return;
        import.Start(time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        CheckedTable table;
        try
        {
            table = await reading.ReadAsync(import, (done, total) => ReportAsync(importId, done, total, cancellationToken), cancellationToken);
        }
        catch (FileRefusedException refused)
        {
            await FailAsync(importId, refused.Code, cancellationToken);
            return;
        }
        var hasRemarks = table.Counts.Bad + table.Counts.Asked > 0;
        if (hasRemarks) await store.SaveRemarksAsync(import.StoredName, RemarksFile.Write(table, import.Kind, ImportWords.Of(import.Language)), cancellationToken);
        db.ChangeTracker.Clear();
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            var current = await db.Imports.SingleAsync(i => i.Id == importId, cancellationToken);
            if (current.State != ImportState.Running) return;
            var submitted = await WriteAsync(current, table, cancellationToken);
            // Tracked again after the batches; its version says whether anybody was faster.
            db.Imports.Attach(current);
            current.Finish(table.Counts.Good, submitted, table.Counts, hasRemarks, time.GetUtcNow());
            db.Audit(current.UserId, "import.run", $"import:{importId}", time.GetUtcNow(), string.Create(CultureInfo.InvariantCulture, $"{table.Counts.Good} imported, {submitted} submitted, {table.Counts.Bad + table.Counts.Asked} bad, {table.Counts.Known} known, {table.Counts.Repeated} repeated"));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        store.DeleteUpload(import.StoredName);
    }

    private async Task<int> WriteAsync(Import import, CheckedTable table, CancellationToken cancellationToken)
    {
        var submitted = 0;
        foreach (var rows in table.Rows.Where(r => r.State == ImportRowState.Good).Chunk(Batch))
        {
            db.ChangeTracker.Clear();
            db.AttachRange(rows.Select(r => r.Owner!).DistinctBy(o => o.Id));
            var at = time.GetUtcNow();
            var written = rows.Select(row => (Listing: Make(import, row, at), row.Open.Count)).ToList();
            // The audit entries name the ids that the first save gives.
            await db.SaveChangesAsync(cancellationToken);
            foreach (var (listing, open) in written)
            {
                var subject = PublishListing.Subject(listing);
                db.Audit(import.UserId, "listing.create", subject, at, $"import {import.Id}");
                if (!import.Submits || open > 0) continue;
                listing.Submit(import.UserId, at, calendar.Today);
                db.Audit(import.UserId, "listing.submit", subject, at, $"import {import.Id}");
                submitted++;
            }
            await db.SaveChangesAsync(cancellationToken);
        }
        db.ChangeTracker.Clear();
        return submitted;
    }

    private Listing Make(Import import, CheckedRow row, DateTimeOffset at)
    {
        Listing listing = import.Kind == ListingKind.Need ? new Need(row.Owner!, import.UserId, at) : new Achievement(row.Owner!, import.UserId, at);
        listing.CreatedBy(row.Key);
        listing.Describe(row.Content, row.Row.Contact, at);
        db.Listings.Add(listing);
        db.ImportedListings.Add(new ImportedListing(listing, import.Id, row.Row.Number, row.Row.ExternalNumber.Length > 0 ? row.Row.ExternalNumber : null));
        return listing;
    }

    // Not through the row itself: progress is no change that anybody could clash with.
    private Task<int> ReportAsync(int importId, int done, int total, CancellationToken cancellationToken) =>
        db.Imports.Where(i => i.Id == importId).ExecuteUpdateAsync(set => set.SetProperty(i => i.Checked, done).SetProperty(i => i.Total, total), cancellationToken);

    private async Task FailAsync(int importId, string code, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var import = await db.Imports.SingleAsync(i => i.Id == importId, cancellationToken);
        if (import.State is not (ImportState.Queued or ImportState.Running)) return;
        import.Fail(code, time.GetUtcNow());
        db.Audit(import.UserId, "import.fail", $"import:{importId}", time.GetUtcNow(), code);
        await db.SaveChangesAsync(cancellationToken);
    }
}
