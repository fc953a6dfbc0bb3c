using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan;

/// <summary>What the ids behind a counted figure are ids of.</summary>
public enum CountedRowKind { AnnualList, ListRound }

public sealed record CountedFigure(decimal Value, IReadOnlyList<int> Rows);

/// <summary>How one indicator is counted from the platform's own records. A changed rule gets a new version, so that old counts say how they were made.</summary>
/// <param name="Name">Names a text in the resource files as well.</param>
/// <param name="CountAsync">Null when there is nothing that the figure could be of.</param>
public sealed record CountingRule(
    string Code, string Name, int Version, CountedRowKind RowKind,
    Func<MatchmakingDbContext, DateOnly, CancellationToken, Task<CountedFigure?>> CountAsync);

/// <summary>Every rule there is. An indicator without one is reported only.</summary>
public static class CountingRules
{
    public static IReadOnlyList<CountingRule> All { get; } =
    [
        new("7-1", "ListsPublishedInYear", 1, CountedRowKind.AnnualList, (db, day, token) => ListsAsync(db, AnnualListKind.KeyTechnologyNeeds, day, token)),
        new("7-2", "ListsPublishedInYear", 1, CountedRowKind.AnnualList, (db, day, token) => ListsAsync(db, AnnualListKind.QualityAchievements, day, token)),
        new("19-2", "FirmExpertsInRounds", 1, CountedRowKind.ListRound, FirmExpertsAsync),
    ];

    public static CountingRule? Of(string code) => All.SingleOrDefault(r => r.Code == code);

    /// <summary>
    /// Percent of firm experts among all who scored in rounds of achievements that were counted from 1 January of the day's year until the end of the day; an expert counts once a
    /// round. One decimal; a share of nobody is not counted.
    /// </summary>
    private static async Task<CountedFigure?> FirmExpertsAsync(MatchmakingDbContext db, DateOnly day, CancellationToken cancellationToken)
    {
        var from = ProvinceTime.At(new DateOnly(day.Year, 1, 1), 0);
        var until = ProvinceTime.At(day.AddDays(1), 0);
        var rounds = await db.ListRounds.AsNoTracking().Where(r => r.Kind == AnnualListKind.QualityAchievements && r.Phase != ListRoundPhase.Cancelled && r.ComputedAt >= from && r.ComputedAt < until)
            .OrderBy(r => r.Id).ToListAsync(cancellationToken);
        var experts = rounds.SelectMany(r => r.Results!.Experts).ToList();
        return experts.Count == 0 ? null : new CountedFigure(decimal.Round(100m * experts.Count(e => e.IsFromFirm) / experts.Count, 1), [.. rounds.Select(r => r.Id)]);
    }

    /// <summary>Lists of the kind published from 1 January of the day's year until the end of the day.</summary>
    private static async Task<CountedFigure?> ListsAsync(MatchmakingDbContext db, AnnualListKind kind, DateOnly day, CancellationToken cancellationToken)
    {
        var from = ProvinceTime.At(new DateOnly(day.Year, 1, 1), 0);
        var until = ProvinceTime.At(day.AddDays(1), 0);
        var ids = await db.AnnualLists
            .Where(l => l.Kind == kind && l.State == AnnualListState.Published && l.PublishedAt >= from && l.PublishedAt < until)
            .OrderBy(l => l.Id).Select(l => l.Id).ToListAsync(cancellationToken);
        return new CountedFigure(ids.Count, ids);
    }
}

/// <summary>Counts one indicator for one day; again on the same day gives the same row.</summary>
public sealed class CountIndicator(MatchmakingDbContext db)
{
    public async Task RunAsync(CountingRule rule, DateOnly day, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var figure = await rule.CountAsync(db, day, cancellationToken);
        if (figure is null) return;
        var row = await db.IndicatorCounts.SingleOrDefaultAsync(c => c.Code == rule.Code && c.Day == day, cancellationToken);
        if (row is not null && row.Value == figure.Value && row.Rows.SequenceEqual(figure.Rows) && row.RuleVersion == rule.Version) return;
        if (row is null) db.IndicatorCounts.Add(row = new IndicatorCount(rule.Code, day));
        row.Set(figure.Value, figure.Rows, rule.Name, rule.Version, at);
        await db.SaveChangesAsync(cancellationToken);
    }
}
