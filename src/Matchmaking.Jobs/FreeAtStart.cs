using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Matchmaking.Jobs;

/// <summary>
/// The embedded index is open in one process only, so in the program that has it nobody else can be indexing or matching: what a killed predecessor still holds is
/// given free at the start instead of being waited for. Where the jobs themselves are kept in memory no other process runs any job, so every right to run is free: a job that is
/// begun once after the start and finds a dead holder would otherwise do nothing, and nobody would begin it again.
/// </summary>
/// <param name="isAlone">Jobs are kept in this process's memory.</param>
internal sealed class FreeAtStart(IServiceScopeFactory scopes, bool isAlone) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
        await db.JobRuns.Where(r => r.Holder != null && (isAlone || r.Name == nameof(IndexListings))).ExecuteUpdateAsync(set => set.SetProperty(r => r.Holder, (Guid?)null), cancellationToken);
        await db.Listings.Where(l => l.MatchClaim != null).ExecuteUpdateAsync(set => set.SetProperty(l => l.MatchClaim, (Guid?)null), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
