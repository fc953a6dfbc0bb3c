using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan;

/// <summary>Counts one indicator for one day and keeps its lines; again on the same day gives the same row.</summary>
public sealed class CountIndicator(MatchmakingDbContext db)
{
    public async Task RunAsync(CountingRule rule, DateOnly day, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await rule.LinesAsync(db, day, cancellationToken) is not { } found) return;
        // As they are kept, so that the count says what its lines say.
        var lines = found.Select(l => new IndicatorLine(rule.Code, l, day).Line()).ToList();
        var (value, digest) = (rule.ValueOf(lines), CountedLine.DigestOf(lines));
        var row = await db.IndicatorCounts.SingleOrDefaultAsync(c => c.Code == rule.Code && c.Day == day, cancellationToken);
        if (row is not null && row.Value == value && row.Digest == digest && row.RuleVersion == rule.Version) return;
        if (row is null) db.IndicatorCounts.Add(row = new IndicatorCount(rule.Code, day));
        row.Set(value, rule.NamesRows ? [.. lines.Select(l => l.RowId)] : [], rule.Name, rule.Version, at, lines.Count, digest);
        await KeepAsync(rule.Code, lines, day, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    /// <summary>Lines that hold no more go, new and changed ones come, all others stand as they are.</summary>
    private async Task KeepAsync(string code, List<CountedLine> lines, DateOnly day, CancellationToken cancellationToken)
    {
        var wanted = lines.ToDictionary(l => l.RowId);
        var standing = await db.IndicatorLines.AsNoTracking().Where(l => l.Code == code && l.GoneOn == null).ToListAsync(cancellationToken);
        foreach (var kept in standing)
        {
            if (wanted.TryGetValue(kept.RowId, out var line) && line == kept.Line())
            {
                wanted.Remove(kept.RowId);
                continue;
            }
            db.Attach(kept);
            kept.Go(day);
        }
        db.IndicatorLines.AddRange(wanted.Values.OrderBy(l => l.RowId).Select(l => new IndicatorLine(code, l, day)));
    }
}
