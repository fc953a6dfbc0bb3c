using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Foresight;

/// <summary>Needs and supply of one industry in one field at one horizon, with the public numbers behind each count.</summary>
/// <param name="Horizon">Null for needs that state none, and for the achievements, which have none.</param>
public sealed record ForesightCell(string Industry, TechnologyField? Field, Horizon? Horizon, int Answered, IReadOnlyList<string> Needs, IReadOnlyList<string> Supply);

public sealed record ForesightYear(TechnologyField? Field, int Year, int Needs, int Supply);

public enum WhiteSpotKind { Unanswered, Unasked }

/// <summary>A place where one side waits alone.</summary>
public sealed record WhiteSpot(WhiteSpotKind Kind, string Industry, TechnologyField? Field, int Alone, int All, IReadOnlyList<string> Numbers);

/// <summary>Needs that say alike things.</summary>
/// <param name="Terms">The name: terms of the members that others have less.</param>
/// <param name="Typical">The members nearest to the middle, nearest first.</param>
/// <param name="Stability">Mean best Jaccard likeness over resamples, 0 … 1; see <see cref="NeedClusters"/>.</param>
public sealed record NeedCluster(IReadOnlyList<string> Terms, IReadOnlyList<string> Typical, IReadOnlyList<string> Members, int Answered, decimal Stability);

/// <summary>A figure that is asked for and that no candidate is known to reach.</summary>
/// <param name="Best">The nearest that a candidate states, of the same name and unit; null when none states it.</param>
public sealed record UnmetQuantity(string Number, Quantity Asked, Quantity? Best, string? BestOf);

public enum QuadrantKind { BothMany, DemandOver, SupplyOver, BothFew }

/// <summary>A field by its needs and its supply, each against the median field.</summary>
public sealed record FieldQuadrant(TechnologyField Field, int Needs, int Supply, QuadrantKind Kind);

public sealed record DeclineCount(EndReason Reason, int Count, IReadOnlyList<string> Numbers);

/// <param name="Quarter">A quarter of the deals took no longer.</param>
public sealed record DealTime(int Deals, int Quarter, int Median, int ThreeQuarters, IReadOnlyList<string> Numbers);

public sealed record RegionCount(string Region, int Needs, int Answered, IReadOnlyList<string> Numbers);

/// <summary>All figures of a report, of one day and by one version of the rules; each with the public numbers it was made of.</summary>
/// <param name="Field">Null for all fields.</param>
public sealed record ForesightFigures(
    DateOnly Day, int Rules, TechnologyField? Field, int Needs, int Answered, int Supply,
    IReadOnlyList<ForesightCell> Cells, IReadOnlyList<ForesightYear> Years, IReadOnlyList<WhiteSpot> WhiteSpots, IReadOnlyList<NeedCluster> Clusters,
    IReadOnlyList<UnmetQuantity> Unmet, IReadOnlyList<FieldQuadrant> Quadrants, IReadOnlyList<DeclineCount> Declines, DealTime? Time, IReadOnlyList<RegionCount> Regions)
{
    /// <summary>Version of the rules below. A changed rule gets the next one.</summary>
    public const int RulesVersion = 1;

    /// <summary>So many needs (or achievements) of one place are the least from which it can be called white.</summary>
    public const int LeastOfASpot = 2;

    /// <summary>A place is white when at most this share of its needs is answered, or of its achievements asked for.</summary>
    public const decimal WhiteShare = 0.25m;

    private const int MostUnmet = 40;

    public static ForesightFigures Of(ForesightRows rows, TechnologyField? field, DateOnly day)
    {
        var needs = rows.Needs.Where(n => field is null || n.Field == field).OrderBy(n => n.Number, StringComparer.Ordinal).ToList();
        var supply = rows.Supply.Where(s => field is null || s.Field == field).OrderBy(s => s.Number, StringComparer.Ordinal).ToList();
        var numbers = needs.Select(n => n.Number).ToHashSet(StringComparer.Ordinal);
        return new ForesightFigures(
            day, RulesVersion, field, needs.Count, needs.Count(n => n.IsAnswered), supply.Count,
            CellsOf(needs, supply), YearsOf(needs, supply), SpotsOf(needs, supply), NeedClusters.Of(needs), UnmetOf(rows.Demands.Where(d => numbers.Contains(d.Number))),
            QuadrantsOf(rows.Needs, rows.Supply), DeclinesOf(rows.Declines.Where(d => numbers.Contains(d.Number))), TimeOf(rows.Deals.Where(d => numbers.Contains(d.Number))), RegionsOf(needs));
    }

    private static List<ForesightCell> CellsOf(IReadOnlyList<ForesightNeed> needs, IReadOnlyList<ForesightSupply> supply)
    {
        var asked = needs.GroupBy(n => (n.Industry, n.Field, n.Horizon)).ToDictionary(g => g.Key, g => g.ToList());
        var offered = supply.GroupBy(s => (s.Industry, s.Field, Horizon: (Horizon?)null)).ToDictionary(g => g.Key, g => g.Select(s => s.Number).ToList());
        return [.. asked.Keys.Union(offered.Keys).OrderBy(k => k.Industry, StringComparer.Ordinal).ThenBy(k => k.Field).ThenBy(k => k.Horizon).Select(k =>
        {
            var here = asked.GetValueOrDefault(k, []);
            return new ForesightCell(k.Industry, k.Field, k.Horizon, here.Count(n => n.IsAnswered), [.. here.Select(n => n.Number)], offered.GetValueOrDefault(k, []));
        })];
    }

    private static List<ForesightYear> YearsOf(IReadOnlyList<ForesightNeed> needs, IReadOnlyList<ForesightSupply> supply)
    {
        var asked = needs.CountBy(n => (n.Field, n.Year)).ToDictionary();
        var offered = supply.CountBy(s => (s.Field, s.Year)).ToDictionary();
        return [.. asked.Keys.Union(offered.Keys).OrderBy(k => k.Field).ThenBy(k => k.Year).Select(k => new ForesightYear(k.Field, k.Year, asked.GetValueOrDefault(k), offered.GetValueOrDefault(k)))];
    }

    /// <summary>By the number that waits alone, most first.</summary>
    private static List<WhiteSpot> SpotsOf(IReadOnlyList<ForesightNeed> needs, IReadOnlyList<ForesightSupply> supply)
    {
        var spots = needs.GroupBy(n => (n.Industry, n.Field)).Select(g => new WhiteSpot(WhiteSpotKind.Unanswered, g.Key.Industry, g.Key.Field, g.Count(n => !n.IsAnswered), g.Count(), [.. g.Where(n => !n.IsAnswered).Select(n => n.Number)]))
            .Concat(supply.GroupBy(s => (s.Industry, s.Field)).Select(g => new WhiteSpot(WhiteSpotKind.Unasked, g.Key.Industry, g.Key.Field, g.Count(s => !s.IsAsked), g.Count(), [.. g.Where(s => !s.IsAsked).Select(s => s.Number)])));
        return [.. spots.Where(s => s.Alone >= LeastOfASpot && s.All - s.Alone <= WhiteShare * s.All).OrderBy(s => s.Kind).ThenByDescending(s => s.Alone).ThenBy(s => s.Industry, StringComparer.Ordinal).ThenBy(s => s.Field)];
    }

    /// <summary>A demand that one candidate meets is met. Of the others the offer nearest to the asked value, those that nobody states last.</summary>
    private static List<UnmetQuantity> UnmetOf(IEnumerable<ForesightDemand> demands)
    {
        var unmet = demands.Where(d => !d.Offers.Any(o => o.IsMet)).Select(d =>
        {
            var best = d.Offers.Where(o => o.Offered.Unit == d.Asked.Unit).OrderBy(o => Math.Abs(o.Offered.Value - d.Asked.Value)).ThenBy(o => o.Number, StringComparer.Ordinal).FirstOrDefault();
            return new UnmetQuantity(d.Number, d.Asked, best.Offered, best.Number);
        });
        return [.. unmet.OrderBy(u => u.Best is null).ThenBy(u => u.Number, StringComparer.Ordinal).ThenBy(u => u.Asked.Name, StringComparer.Ordinal).Take(MostUnmet)];
    }

    /// <summary>Of all fields, whatever the report is about: a field is many or few only beside the others. At the median counts as few.</summary>
    private static List<FieldQuadrant> QuadrantsOf(IReadOnlyList<ForesightNeed> needs, IReadOnlyList<ForesightSupply> supply)
    {
        var fields = Enum.GetValues<TechnologyField>();
        var asked = fields.ToDictionary(f => f, f => needs.Count(n => n.Field == f));
        var offered = fields.ToDictionary(f => f, f => supply.Count(s => s.Field == f));
        var (askedMiddle, offeredMiddle) = (Quantile([.. asked.Values], 0.5), Quantile([.. offered.Values], 0.5));
        return [.. fields.Select(f => new FieldQuadrant(f, asked[f], offered[f], (asked[f] > askedMiddle, offered[f] > offeredMiddle) switch
        {
            (true, true) => QuadrantKind.BothMany,
            (true, false) => QuadrantKind.DemandOver,
            (false, true) => QuadrantKind.SupplyOver,
            _ => QuadrantKind.BothFew,
        }))];
    }

    private static List<DeclineCount> DeclinesOf(IEnumerable<(string Number, EndReason Reason)> declines) =>
        [.. declines.GroupBy(d => d.Reason).Select(g => new DeclineCount(g.Key, g.Count(), [.. g.Select(d => d.Number).Distinct().Order(StringComparer.Ordinal)])).OrderByDescending(d => d.Count).ThenBy(d => d.Reason)];

    private static DealTime? TimeOf(IEnumerable<ForesightDeal> deals)
    {
        var all = deals.OrderBy(d => d.Number, StringComparer.Ordinal).ToList();
        if (all.Count == 0) return null;
        var days = all.Select(d => d.Days).ToList();
        return new DealTime(all.Count, Quantile(days, 0.25), Quantile(days, 0.5), Quantile(days, 0.75), [.. all.Select(d => d.Number)]);
    }

    private static List<RegionCount> RegionsOf(IReadOnlyList<ForesightNeed> needs) =>
        [.. needs.GroupBy(n => n.Region).Select(g => new RegionCount(g.Key, g.Count(), g.Count(n => n.IsAnswered), [.. g.Select(n => n.Number)])).OrderByDescending(r => r.Needs).ThenBy(r => r.Region, StringComparer.Ordinal)];

    /// <summary>The smallest value that at least this share of all does not exceed.</summary>
    internal static int Quantile(IReadOnlyList<int> values, double share) => values.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(share * values.Count) - 1));
}
