using Hangfire;
using Matchmaking.Matching.Importing;

namespace Matchmaking.Jobs;

/// <summary>On request: brings the papers of a repository in as achievements, then lets the index job take them up.</summary>
public sealed class ImportPapers(SampleImporter importer, IBackgroundJobClient jobs, JobJournal journal)
{
    public Task RunAsync(string folder, CancellationToken cancellationToken) => journal.RunAsync(nameof(ImportPapers), async (report, cancellationToken) =>
    {
        var added = await importer.ImportPapersAsync(new SampleFiles(folder), cancellationToken);
        await report(added, added);
        jobs.Enqueue<IndexListings>(job => job.RunAsync(CancellationToken.None));
    }, cancellationToken);
}
