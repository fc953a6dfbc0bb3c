using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan;

/// <summary>The lines behind one day's count.</summary>
/// <param name="Claimed">How many of all are claimed for another indicator too, by its code.</param>
/// <param name="Matching">How many lines the page is taken from.</param>
/// <param name="Page">Newest day first.</param>
public sealed record LinesOfCount(IndicatorCount Count, int Total, IReadOnlyDictionary<string, int> Claimed, int Matching, IReadOnlyList<IndicatorLine> Page);

/// <summary>Opens a counted figure to its rows as they stood at the count.</summary>
public sealed class ReadLines(MatchmakingDbContext db)
{
    public const int PageSize = 50;

    /// <summary>The last count until the day, with a page of its lines; null when nothing was counted until then, or no lines were kept yet.</summary>
    /// <param name="publicOnly">Only what everybody may read.</param>
    public async Task<LinesOfCount?> AtAsync(string code, DateOnly day, bool publicOnly, int page, CancellationToken cancellationToken)
    {
        var count = await db.IndicatorCounts.AsNoTracking().Where(c => c.Code == code && c.Day <= day).OrderByDescending(c => c.Day).FirstOrDefaultAsync(cancellationToken);
        if (count?.Lines is not { } total) return null;
        var lines = Of(count);
        var claimed = await lines.Where(l => l.AlsoIn != "").GroupBy(l => l.AlsoIn).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var shown = publicOnly ? lines.Where(l => l.IsPublic) : lines;
        var matching = publicOnly ? await shown.CountAsync(cancellationToken) : total;
        var rows = await shown.OrderByDescending(l => l.Day).ThenByDescending(l => l.RowId).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        return new LinesOfCount(count, total, claimed, matching, rows);
    }

    /// <summary>Every line of a count.</summary>
    public IQueryable<IndicatorLine> Of(IndicatorCount count) =>
        db.IndicatorLines.AsNoTracking().Where(l => l.Code == count.Code && l.FromDay <= count.Day && (l.GoneOn == null || l.GoneOn > count.Day));

    /// <summary>Whether the lines that are kept still make the count: value, number and digest.</summary>
    public async Task<bool> HoldsAsync(CountingRule rule, IndicatorCount count, CancellationToken cancellationToken)
    {
        var lines = (await Of(count).ToListAsync(cancellationToken)).ConvertAll(l => l.Line());
        return lines.Count == count.Lines && rule.ValueOf(lines) == count.Value && CountedLine.DigestOf(lines) == count.Digest;
    }
}
