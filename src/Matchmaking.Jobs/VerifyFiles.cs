using Matchmaking.Matching.Listings;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>Daily: whether the files beside records lie in the folder of attachments as they were stored. A damaged one fails the run, which everybody sees on the status page, and is logged by its record.</summary>
public sealed class VerifyFiles(VerifyStoredFiles verify, JobJournal journal, ILogger<VerifyFiles> log)
{
    private const int Named = 10;

    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(VerifyFiles), async (report, cancellationToken) =>
    {
        var (damaged, count) = await verify.RunAsync(cancellationToken);
        foreach (var file in damaged) log.LogError("A stored file is damaged: {Fault}, {Record}", file.Fault, file.Record);
        if (damaged.Count > 0) throw new StoredFileDamagedException($"Stored files are missing or changed ({damaged.Count}): {string.Join("; ", damaged.Take(Named).Select(d => $"{d.Fault} {d.Record}"))}.");
        await report(count, count);
    }, cancellationToken);
}

/// <summary>A file beside a record is gone or is not what was stored.</summary>
public sealed class StoredFileDamagedException(string message) : Exception(message);
