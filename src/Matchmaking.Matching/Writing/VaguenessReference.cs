using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Writing;

/// <summary>
/// What needs that found a partner say, measured on the platform's own records and kept for half a day. A need found a partner when both sides of one of its
/// introductions were interested, or when a contract about it was signed. With fewer than <see cref="VaguenessScale.Enough"/> of those, needs of which a broker
/// graded an achievement 4 stand in for them; with too few of these as well the shipped scale holds.
/// </summary>
public sealed class VaguenessReference(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    private const int Best = 4;
    private const int MostTexts = 300;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private readonly SemaphoreSlim measuring = new(1);
    private (VaguenessScale Scale, DateTimeOffset At)? known;

    public async Task<VaguenessScale> GetAsync(CancellationToken cancellationToken)
    {
        if (known is { } fresh && clock.GetUtcNow() - fresh.At < Lifetime) return fresh.Scale;
        await measuring.WaitAsync(cancellationToken);
        try
        {
            if (known is { } other && clock.GetUtcNow() - other.At < Lifetime) return other.Scale;
            var scale = VaguenessScale.Of(await MeasureAsync(cancellationToken));
            known = (scale, clock.GetUtcNow());
            return scale;
        }
        finally
        {
            measuring.Release();
        }
    }

    public void Dispose() => measuring.Dispose();

    private async Task<List<int>> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
        var needs = db.Needs.AsNoTracking().Where(n => ListingStates.Public.Contains(n.State));
        var partnered = await TextsAsync(
            needs.Where(n => db.CaseSteps.Any(s => s.Case.NeedId == n.Id && s.To == CaseStage.BothInterested)
                || db.Contracts.Any(c => c.NeedId == n.Id && c.State != ContractState.Draft && c.State != ContractState.Cancelled)), cancellationToken);
        return partnered.Count >= VaguenessScale.Enough ? partnered : await TextsAsync(needs.Where(n => db.Matches.Any(m => m.NeedId == n.Id && m.CurrentGrade == Best)), cancellationToken);
    }

    private static async Task<List<int>> TextsAsync(IQueryable<Need> needs, CancellationToken cancellationToken)
    {
        var texts = await needs.OrderByDescending(n => n.Id).Take(MostTexts)
            .Select(n => new { n.Title, n.Summary, n.Description, n.WorkDone, n.Quantities }).ToListAsync(cancellationToken);
        return [.. texts.Select(t => Specificity.Measure(string.Join('\n', t.Title, t.Summary, t.Description, t.WorkDone), t.Quantities.Count))];
    }
}
