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

    /// <summary>
    /// Runs the work, journals start, progress and end, and lets a failure out so that Hangfire retries. While the job runs here or in any other process on the same
    /// database this does nothing. The work's token also ends when the right to run was lost to another process.
    /// </summary>
    public async Task RunAsync(string job, Func<Report, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        // The timetable starts a long job again while it still runs; the run that is under way sees the new work as well.
        if (!running.TryAdd(job, true)) return;
        try
        {
            await EnsureAsync(job, cancellationToken);
            await using var lease = await JobLease.TakeAsync(scopes, time, log, job, cancellationToken);
            if (lease is null)
            {
                log.LogInformation("{Job} runs in another process", job);
                return;
            }
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
            try
            {
                await WorkAsync(job, work, either.Token);
            }
            catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                log.LogWarning("{Job} gave no sign for too long; another process goes on with it", job);
            }
        }
        finally
        {
            running.TryRemove(job, out _);
        }
    }

    /// <summary>For work whose parts are claimed in the data: one run a process, and any number of processes at once. The journal shows whichever spoke last.</summary>
    public async Task RunSharedAsync(string job, Func<Report, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        if (!running.TryAdd(job, true)) return;
        try
        {
            await EnsureAsync(job, cancellationToken);
            await WorkAsync(job, work, cancellationToken);
        }
        finally
        {
            running.TryRemove(job, out _);
        }
    }

    private async Task WorkAsync(string job, Func<Report, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(job, run => run.Start(time.GetUtcNow()), cancellationToken);
            await work(
                (done, total) =>
                {
                    log.LogInformation("{Job}: {Done} of {Total}", job, done, total);
                    return WriteAsync(job, run => run.Progress(done, total), cancellationToken);
                },
                cancellationToken);
            await WriteAsync(job, run => run.Finish(time.GetUtcNow()), cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await WriteAsync(job, run => run.Fail(error.GetType().Name, time.GetUtcNow()), CancellationToken.None);
            throw;
        }
    }

    private async Task EnsureAsync(string job, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
        if (await db.JobRuns.AnyAsync(r => r.Name == job, cancellationToken)) return;
        db.JobRuns.Add(new JobRun(job));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another process was faster; anything else that is wrong shows here.
            if (!await db.JobRuns.AnyAsync(r => r.Name == job, cancellationToken)) throw;
        }
    }

    private async Task WriteAsync(string job, Action<JobRun> change, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
        change(await db.JobRuns.SingleAsync(r => r.Name == job, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
    }
}
