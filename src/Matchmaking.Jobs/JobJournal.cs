using Matchmaking.Matching.Data;
using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>Writes down each run of a job in a context of its own, so that what the job itself does or undoes leaves the journal alone.</summary>
public sealed class JobJournal(IServiceScopeFactory scopes, TimeProvider time, ILogger<JobJournal> log)
{
    public delegate Task Report(int done, int? total);

    /// <summary>Runs the work, journals start, progress and end, and lets a failure out so that Hangfire retries.</summary>
    public async Task RunAsync(string job, Func<Report, Task> work, CancellationToken cancellationToken)
    {
        await WriteAsync(job, run => run.Start(time.GetUtcNow()), cancellationToken);
        try
        {
            await work((done, total) =>
            {
                log.LogInformation("{Job}: {Done} of {Total}", job, done, total);
                return WriteAsync(job, run => run.Progress(done, total), cancellationToken);
            });
            await WriteAsync(job, run => run.Finish(time.GetUtcNow()), cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await WriteAsync(job, run => run.Fail(error.GetType().Name, time.GetUtcNow()), CancellationToken.None);
            throw;
        }
    }

    private async Task WriteAsync(string job, Action<JobRun> change, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
        var run = await db.JobRuns.SingleOrDefaultAsync(r => r.Name == job, cancellationToken);
        if (run is null) db.JobRuns.Add(run = new JobRun(job));
        change(run);
        await db.SaveChangesAsync(cancellationToken);
    }
}
