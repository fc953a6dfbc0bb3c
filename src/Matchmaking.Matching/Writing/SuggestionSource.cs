using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Writing;

/// <summary>The suggester, learned from the platform's newest published listings when it is first asked for and again after a few hours.</summary>
public sealed class SuggestionSource(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    /// <summary>More would not fit better and would take memory.</summary>
    private const int MostExamples = 4_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(6);
    private readonly SemaphoreSlim learning = new(1);
    private (Suggester Suggester, DateTimeOffset At)? known;

    public async Task<Suggester> GetAsync(CancellationToken cancellationToken)
    {
        if (known is { } fresh && clock.GetUtcNow() - fresh.At < Lifetime) return fresh.Suggester;
        await learning.WaitAsync(cancellationToken);
        try
        {
            if (known is { } other && clock.GetUtcNow() - other.At < Lifetime) return other.Suggester;
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
            // Imported papers carry no choices of an author.
            var rows = await db.Listings.AsNoTracking().Where(l => ListingStates.Searchable.Contains(l.State) && l.Field != null && l.Industry != "")
                .OrderByDescending(l => l.Id).Take(MostExamples).Select(l => new { l.Title, l.Summary, l.Description, l.Field, l.Industry, l.Keywords }).ToListAsync(cancellationToken);
            var suggester = Suggester.Learn(rows.Select(r => new SuggestionExample(string.Join('\n', r.Title, r.Summary, r.Description), r.Field.ToString()!, r.Industry, r.Keywords)));
            known = (suggester, clock.GetUtcNow());
            return suggester;
        }
        finally
        {
            learning.Release();
        }
    }

    public void Dispose() => learning.Dispose();
}
