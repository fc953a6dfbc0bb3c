using Matchmaking.Matching;
using Matchmaking.Matching.Plan;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>Counts, once a day, every indicator that has a counting rule. Again on the same day it brings that day's count up to date.</summary>
public sealed class CountIndicators(CountIndicator count, TimeProvider time, ILogger<CountIndicators> log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var rule in CountingRules.All) await count.RunAsync(rule, ProvinceTime.DayOf(now), now, cancellationToken);
        log.LogInformation("Counted {Rules} indicators", CountingRules.All.Count);
    }
}
