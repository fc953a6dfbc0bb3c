using System.Collections.Concurrent;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>Writes down each run of a job in a context of its own, so that what the job itself does or undoes leaves the journal alone.</summary>
public sealed class JobJournal(IServiceScopeFactory scopes, TimeProvider time, ILogger<JobJournal> log)
{
    private readonly ConcurrentDictionary<string, bool> running = new();

    public delegate Task Report(int done, int? total);

    /// <summary>Runs the work, journals start, progress and end, and lets a failure out so that Hangfire retries.</summary>
    public async Task RunAsync(string job, Func<Report, Task> work, CancellationToken cancellationToken)
    {
        // The timetable starts a long job again while it still runs; the run that is under way sees the new work as well.
        if (!running.TryAdd(job, true)) return;
        try
        {
            await WriteAsync(job, run => run.Start(time.GetUtcNow()), cancellationToken);
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
        finally
        {
            running.TryRemove(job, out _);
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
