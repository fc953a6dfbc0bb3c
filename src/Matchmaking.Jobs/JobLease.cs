using System.Data.Common;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>
/// The right to run a job, of one process at a time: its row in the journal names the holder and until when. It is renewed while the job runs; when the holder is
/// killed it runs out and another process goes on. <see cref="Lost"/> tells a holder that slept too long to stop.
/// </summary>
internal sealed class JobLease : IAsyncDisposable
{
    /// <summary>So long after a kill nobody else begins; renewed four times in it.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private readonly IServiceScopeFactory scopes;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly string job;
    private readonly Guid holder = Guid.NewGuid();
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource end = new();
    private DateTimeOffset until;
    private Task renewing = Task.CompletedTask;

    private JobLease(IServiceScopeFactory scopes, TimeProvider time, ILogger log, string job) => (this.scopes, this.time, this.log, this.job) = (scopes, time, log, job);

    public CancellationToken Lost => lost.Token;

    /// <summary>Null when another process has it.</summary>
    public static async Task<JobLease?> TakeAsync(IServiceScopeFactory scopes, TimeProvider time, ILogger log, string job, CancellationToken cancellationToken)
    {
        var lease = new JobLease(scopes, time, log, job);
        var now = time.GetUtcNow();
        lease.until = now + Length;
        var taken = await lease.WithRunAsync((run, ct) => run.Where(r => r.Holder == null || r.HeldUntil < now)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Holder, lease.holder).SetProperty(r => r.HeldUntil, lease.until), ct), cancellationToken);
        if (taken == 0)
        {
            lease.lost.Dispose();
            lease.end.Dispose();
            return null;
        }
        lease.renewing = lease.RenewAsync();
        return lease;
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await renewing;
        try
        {
            await WithRunAsync((run, ct) => run.Where(r => r.Holder == holder).ExecuteUpdateAsync(set => set.SetProperty(r => r.Holder, (Guid?)null).SetProperty(r => r.HeldUntil, (DateTimeOffset?)null), ct), CancellationToken.None);
        }
        catch (DbException error)
        {
            log.LogWarning(error, "The lease of {Job} could not be given back; it runs out by itself", job);
        }
        lost.Dispose();
        end.Dispose();
    }

    private async Task RenewAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Length / 4, time, end.Token);
                if (await ExtendAsync()) continue;
                await lost.CancelAsync();
                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (DbException error)
            {
                log.LogWarning(error, "The lease of {Job} could not be renewed", job);
                if (time.GetUtcNow() < until) continue;
                await lost.CancelAsync();
                return;
            }
        }
    }

    /// <summary>False when another process has taken it meanwhile.</summary>
    internal async Task<bool> ExtendAsync()
    {
        var next = time.GetUtcNow() + Length;
        if (await WithRunAsync((run, ct) => run.Where(r => r.Holder == holder).ExecuteUpdateAsync(set => set.SetProperty(r => r.HeldUntil, next), ct), end.Token) == 0) return false;
        until = next;
        return true;
    }

    private async Task<int> WithRunAsync(Func<IQueryable<JobRun>, CancellationToken, Task<int>> change, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
        return await change(db.JobRuns.Where(r => r.Name == job), cancellationToken);
    }
}
