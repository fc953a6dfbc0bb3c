using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Foresight;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Text;

namespace Matchmaking.Tests.Foresight;

/// <summary>Figures against values worked out by hand.</summary>
public sealed class ForesightFiguresTests
{
    private static readonly DateOnly Day = new(2026, 11, 1);

    private static ForesightNeed Need(int id, string industry, TechnologyField? field, bool answered = false, Horizon? horizon = null, int year = 2026, string region = "220100", float[]? vector = null, params string[] keywords) =>
        new(id, $"XQ{id:000}", $"需求{id}", field, industry, region, horizon, year, answered, keywords, vector);

    private static ForesightSupply Supply(int id, string industry, TechnologyField? field, bool asked = false, int year = 2026) => new(id, $"CG{id:000}", $"成果{id}", field, industry, year, asked);

    private static ForesightFigures Of(IReadOnlyList<ForesightNeed> needs, IReadOnlyList<ForesightSupply>? supply = null, TechnologyField? field = null, IReadOnlyList<ForesightDemand>? demands = null, IReadOnlyList<ForesightDeal>? deals = null, IReadOnlyList<(string, EndReason)>? declines = null) =>
        ForesightFigures.Of(new ForesightRows(needs, supply ?? [], demands ?? [], deals ?? [], declines ?? []), field, Day);

    [Fact]
    public void A_place_is_white_from_two_that_wait_and_at_most_a_quarter_that_do_not()
    {
        var needs = new List<ForesightNeed>();
        void Add(string industry, int waiting, int answered)
        {
            for (var i = 0; i < waiting + answered; i++) needs.Add(Need(needs.Count + 1, industry, TechnologyField.NewEnergy, i >= waiting));
        }
        Add("C01", 1, 0);   // one alone is none
        Add("C02", 2, 0);   // two of two
        Add("C03", 3, 1);   // a quarter answered: white
        Add("C04", 2, 1);   // a third answered: not
        var figures = Of(needs, [Supply(1, "C02", TechnologyField.NewEnergy), Supply(2, "C02", TechnologyField.NewEnergy), Supply(3, "C03", TechnologyField.NewEnergy, true), Supply(4, "C03", TechnologyField.NewEnergy)]);

        Assert.Equal([("C03", 3, 4), ("C02", 2, 2)], figures.WhiteSpots.Where(s => s.Kind == WhiteSpotKind.Unanswered).Select(s => (s.Industry, s.Alone, s.All)));
        Assert.Equal([("C02", 2, 2)], figures.WhiteSpots.Where(s => s.Kind == WhiteSpotKind.Unasked).Select(s => (s.Industry, s.Alone, s.All)));
        Assert.Equal(["XQ004", "XQ005", "XQ006"], figures.WhiteSpots[0].Numbers);
    }

    [Fact]
    public void Cells_years_and_regions_hold_the_numbers_they_count()
    {
        var figures = Of(
            [Need(1, "C38", TechnologyField.NewEnergy, true, Horizon.Near, 2025), Need(2, "C38", TechnologyField.NewEnergy, false, Horizon.Near), Need(3, "C38", TechnologyField.NewEnergy, false, Horizon.Long, region: "220200"), Need(4, "A01", null)],
            [Supply(1, "C38", TechnologyField.NewEnergy), Supply(2, "C38", TechnologyField.NewMaterials, year: 2024)]);

        Assert.Equal((4, 1, 2), (figures.Needs, figures.Answered, figures.Supply));
        var near = figures.Cells.Single(c => c is { Industry: "C38", Field: TechnologyField.NewEnergy, Horizon: Horizon.Near });
        Assert.Equal((1, "XQ001 XQ002", 0), (near.Answered, string.Join(' ', near.Needs), near.Supply.Count));
        Assert.Equal("CG001", Assert.Single(figures.Cells, c => c is { Industry: "C38", Field: TechnologyField.NewEnergy, Horizon: null }).Supply[0]);
        Assert.Equal([(2025, 1, 0), (2026, 2, 1)], figures.Years.Where(y => y.Field == TechnologyField.NewEnergy).Select(y => (y.Year, y.Needs, y.Supply)));
        Assert.Equal([("220100", 3, 1), ("220200", 1, 0)], figures.Regions.Select(r => (r.Region, r.Needs, r.Answered)));
        var ofField = Of([Need(1, "C38", TechnologyField.NewEnergy), Need(2, "C38", TechnologyField.NewMaterials)], field: TechnologyField.NewMaterials);
        Assert.Equal((1, "XQ002"), (ofField.Needs, ofField.Cells[0].Needs[0]));
    }

    [Fact]
    public void A_figure_is_unmet_when_no_candidate_meets_it_and_the_nearest_of_its_unit_stands_beside_it()
    {
        var asked = new Quantity("抗拉强度", Comparison.Ge, 5.5m, null, "GPa");
        Quantity Offered(decimal value, string unit = "GPa") => asked with { Value = value, Unit = unit };
        var figures = Of([Need(1, "C38", null), Need(2, "C38", null), Need(3, "C38", null)], demands:
        [
            new("XQ001", asked, [("CG001", Offered(4.9m), false), ("CG002", Offered(5.2m), false), ("CG003", Offered(5.4m, "MPa"), false)]),
            new("XQ002", asked, [("CG001", Offered(4.9m), false), ("CG004", Offered(5.8m), true)]),
            new("XQ003", asked, []),
            new("XQ999", asked, []),
        ]);

        Assert.Equal([("XQ001", 5.2m, "CG002"), ("XQ003", null, null)], figures.Unmet.Select(u => (u.Number, u.Best?.Value, u.BestOf)));
    }

    [Fact]
    public void Fields_stand_in_quadrants_against_the_median_and_deals_in_quartiles()
    {
        var needs = Enumerable.Range(1, 6).Select(i => Need(i, "C38", i <= 4 ? TechnologyField.NewEnergy : TechnologyField.NewMaterials)).ToList();
        var figures = Of(needs, [Supply(1, "C38", TechnologyField.NewMaterials), Supply(2, "C38", TechnologyField.Agriculture)],
            deals: [new("XQ001", 10), new("XQ002", 20), new("XQ003", 30), new("XQ004", 40), new("XQ005", 50)], declines: [("XQ001", EndReason.Price), ("XQ002", EndReason.Price), ("XQ003", EndReason.TooEarly)]);

        QuadrantKind KindOf(TechnologyField field) => figures.Quadrants.Single(q => q.Field == field).Kind;
        // Most fields have neither, so the median is 0 on both sides.
        Assert.Equal((QuadrantKind.DemandOver, QuadrantKind.BothMany, QuadrantKind.SupplyOver, QuadrantKind.BothFew), (KindOf(TechnologyField.NewEnergy), KindOf(TechnologyField.NewMaterials), KindOf(TechnologyField.Agriculture), KindOf(TechnologyField.Aerospace)));
        Assert.Equal((5, 20, 30, 40), (figures.Time!.Deals, figures.Time.Quarter, figures.Time.Median, figures.Time.ThreeQuarters));
        Assert.Equal([(EndReason.Price, 2), (EndReason.TooEarly, 1)], figures.Declines.Select(d => (d.Reason, d.Count)));
        Assert.Null(Of(needs).Time);
    }

    [Fact]
    public void Plain_groups_are_found_named_and_stable_and_noise_is_called_unstable()
    {
        var random = new Random(5);
        float[] Near(int axis)
        {
            var vector = new float[16];
            for (var i = 0; i < 16; i++) vector[i] = (float)(0.05 * (random.NextDouble() - 0.5));
            vector[axis] += 1;
            var length = MathF.Sqrt(vector.Sum(x => x * x));
            return [.. vector.Select(x => x / length)];
        }
        var needs = Enumerable.Range(0, 18).Select(i => Need(i + 1, "C38", null, i % 3 == 0 && i % 2 == 0, vector: Near(i % 3), keywords: i % 3 == 0 ? ["电池", "共有"] : i % 3 == 1 ? ["育种", "共有"] : ["轴承", "共有"])).ToList();

        var clusters = NeedClusters.Of(needs);
        Assert.Equal(3, clusters.Count);
        Assert.Equal(["电池", "育种", "轴承"], clusters.Select(c => c.Terms[0]).Order(StringComparer.Ordinal).ToList().OrderBy(t => "电育轴".IndexOf(t[0])));
        Assert.All(clusters, c => Assert.Equal((6, 1.00m), (c.Members.Count, c.Stability)));
        Assert.Equal(3, clusters.Single(c => c.Terms[0] == "电池").Answered);
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(clusters), System.Text.Json.JsonSerializer.Serialize(NeedClusters.Of(needs)));

        float[] Anywhere()
        {
            var vector = Enumerable.Range(0, 64).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
            var length = MathF.Sqrt(vector.Sum(x => x * x));
            return [.. vector.Select(x => x / length)];
        }
        var noise = NeedClusters.Of([.. Enumerable.Range(1, 60).Select(i => Need(i, "C38", null, vector: Anywhere()))]);
        Assert.True(noise.Average(c => c.Stability) < 0.6m, $"Noise is called stable: {noise.Average(c => c.Stability)}.");
        Assert.Empty(NeedClusters.Of([.. needs.Take(NeedClusters.LeastNeeds - 1)]));
        Assert.Empty(NeedClusters.Of([.. needs.Select(n => n with { Vector = null })]));
    }
}
