using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Deals;

/// <summary>Stations of a need's way: 提交, 发布, 有匹配, 已推送, 已会面, 已签约, 已登记.</summary>
public enum FunnelStation { Posted, Published, Matched, Introduced, Met, Signed, Registered }

/// <summary>By what the funnel is cut.</summary>
public enum FunnelCut { None, Field, Region, Broker, Quarter }

/// <param name="Key">Code of the field, region or quarter (2026-4), or a broker's id; empty for the whole and for what has none.</param>
/// <param name="Counts">One a station, in their order.</param>
public sealed record FunnelCounts(string Key, IReadOnlyList<int> Counts)
{
    public int Of(FunnelStation station) => Counts[(int)station];
}

/// <summary>
/// How far the needs of a period came. A need belongs to the period in which it was handed in first. Each station counts the needs that reached it, by its own
/// evidence (a step, a grade of 3 or 4, a case that was pushed, a meeting, a contract), so that a contract that came about without an introduction is counted as well.
/// Every number opens to its needs.
/// </summary>
public sealed class Funnel(MatchmakingDbContext db)
{
    /// <summary>Rows of one cut, most needs first; nine queries at the most whatever the size.</summary>
    /// <param name="from">First moment of the period; <paramref name="until"/> is the first one after it.</param>
    public async Task<IReadOnlyList<FunnelCounts>> CountAsync(DateTimeOffset from, DateTimeOffset until, FunnelCut cut, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int[]>();
        foreach (var station in Enum.GetValues<FunnelStation>())
        {
            foreach (var (key, count) in await GroupedAsync(At(station, from, until), cut, cancellationToken))
            {
                if (!counts.TryGetValue(key, out var row)) counts[key] = row = new int[Enum.GetValues<FunnelStation>().Length];
                row[(int)station] = count;
            }
        }
        if (cut == FunnelCut.None && counts.Count == 0) counts[""] = new int[Enum.GetValues<FunnelStation>().Length];
        return [.. counts.Select(pair => new FunnelCounts(pair.Key, pair.Value)).OrderByDescending(r => r.Counts[0]).ThenBy(r => r.Key, StringComparer.Ordinal)];
    }

    /// <summary>The needs behind one number.</summary>
    public IQueryable<Need> Behind(FunnelStation station, DateTimeOffset from, DateTimeOffset until, FunnelCut cut, string key)
    {
        var needs = At(station, from, until);
        return cut switch
        {
            FunnelCut.Field when Enum.TryParse<TechnologyField>(key, out var field) => needs.Where(n => n.Field == field),
            FunnelCut.Field => needs.Where(n => n.Field == null),
            FunnelCut.Region => needs.Where(n => n.Region == key),
            FunnelCut.Broker when int.TryParse(key, System.Globalization.CultureInfo.InvariantCulture, out var broker) => needs.Where(n => n.BrokerId == broker),
            FunnelCut.Broker => needs.Where(n => n.BrokerId == null),
            FunnelCut.Quarter when QuarterOf(key) is { } quarter => needs.Where(n => n.SubmittedAt >= quarter.From && n.SubmittedAt < quarter.Until),
            _ => needs,
        };
    }

    /// <summary>First moments of a quarter and of the next, of 2026-4.</summary>
    public static (DateTimeOffset From, DateTimeOffset Until)? QuarterOf(string key)
    {
        var parts = key.Split('-');
        if (parts.Length != 2 || !int.TryParse(parts[0], System.Globalization.CultureInfo.InvariantCulture, out var year) || !int.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var quarter)) return null;
        if (year is < 2000 or > 2100 || quarter is < 1 or > 4) return null;
        var first = new DateOnly(year, (quarter * 3) - 2, 1);
        return (ProvinceTime.At(first, 0), ProvinceTime.At(first.AddMonths(3), 0));
    }

    private IQueryable<Need> At(FunnelStation station, DateTimeOffset from, DateTimeOffset until)
    {
        var needs = db.Needs.AsNoTracking().Where(n => n.SubmittedAt >= from && n.SubmittedAt < until);
        return station switch
        {
            FunnelStation.Posted => needs,
            FunnelStation.Published => needs.Where(n => n.PublishedAt != null),
            FunnelStation.Matched => needs.Where(n => db.Matches.Any(m => m.NeedId == n.Id && m.CurrentGrade >= Case.LowestGrade)),
            FunnelStation.Introduced => needs.Where(n => db.Cases.Any(c => c.NeedId == n.Id && c.PushedAt != null)),
            FunnelStation.Met => needs.Where(n => db.Cases.Any(c => c.NeedId == n.Id && c.Steps.Any(s => s.To == CaseStage.Met))),
            FunnelStation.Signed => needs.Where(n => db.Contracts.Any(c => c.NeedId == n.Id && (c.State == ContractState.Signed || c.State == ContractState.Submitted || c.State == ContractState.Registered))),
            FunnelStation.Registered => needs.Where(n => db.Contracts.Any(c => c.NeedId == n.Id && c.State == ContractState.Registered)),
            _ => throw new ArgumentOutOfRangeException(nameof(station)),
        };
    }

    private static async Task<List<(string Key, int Count)>> GroupedAsync(IQueryable<Need> needs, FunnelCut cut, CancellationToken cancellationToken)
    {
        switch (cut)
        {
            case FunnelCut.Field:
                return (await needs.GroupBy(n => n.Field).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken)).ConvertAll(g => (g.Key?.ToString() ?? "", g.Count));
            case FunnelCut.Region:
                return (await needs.GroupBy(n => n.Region).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken)).ConvertAll(g => (g.Key, g.Count));
            case FunnelCut.Broker:
                return (await needs.GroupBy(n => n.BrokerId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken)).ConvertAll(g => (g.Key?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", g.Count));
            case FunnelCut.Quarter:
                // A day of the province is no function of either database; the times alone are light.
                var times = await needs.Select(n => n.SubmittedAt!.Value).ToListAsync(cancellationToken);
                return [.. times.Select(ProvinceTime.DayOf).GroupBy(d => $"{d.Year}-{((d.Month - 1) / 3) + 1}").Select(g => (g.Key, g.Count()))];
            default:
                var count = await needs.CountAsync(cancellationToken);
                return count == 0 ? [] : [("", count)];
        }
    }
}
