using Matchmaking.Matching;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Plan;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>Counts, once a day, every indicator that has a counting rule. Again on the same day it brings that day's count up to date.</summary>
public sealed class CountIndicators(CountIndicator count, ReplayTurnover replay, MatchmakingDbContext db, TimeProvider time, ILogger<CountIndicators> log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var rule in CountingRules.All) await count.RunAsync(rule, ProvinceTime.DayOf(now), now, cancellationToken);
        await ReplayAsync(ProvinceTime.DayOf(now), cancellationToken);
        log.LogInformation("Counted {Rules} indicators", CountingRules.All.Count);
    }

    /// <summary>The turnover made again from the audit log has to rest on the same rows; a difference is told, the count stays.</summary>
    private async Task ReplayAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var lines = await replay.LinesAsync(day, cancellationToken);
        var counted = await db.IndicatorCounts.AsNoTracking().Where(c => c.Code == CountContracts.Turnover && c.Day == day).Select(c => new { c.Digest, c.Lines }).SingleAsync(cancellationToken);
        if (CountedLine.DigestOf(lines) != counted.Digest) log.LogWarning("The turnover counted for {Day} rests on {Counted} contracts, the audit log gives {Replayed}, or other amounts", day, counted.Lines, lines.Count);
    }
}
