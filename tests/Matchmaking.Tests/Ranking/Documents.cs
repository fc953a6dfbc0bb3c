using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Tests.Ranking;

/// <summary>A need and an achievement that answer each other in every feature, to be changed with <c>with</c>.</summary>
internal static class Documents
{
    public static DateOnly Today { get; } = new(2026, 11, 24);

    public static ListingDocument Need { get; } = new(1, ListingKind.Need, "XQ2026-220200-00001", "大丝束碳纤维强度提升", "提高纤维的拉伸强度",
        "现有纤维拉伸强度不足。希望拉伸强度提高，毛丝减少。", ["碳纤维", "拉伸强度"], null, "NewMaterials", "C28", "220200", "Near", 200, ["TechnicalService"], 6,
        [Figure("拉伸强度", Comparison.Ge, 5.5m, "GPa"), Figure("毛丝率", Comparison.Le, 2, "%")], new DateOnly(2027, 6, 30), new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero), DateOnly.MaxValue);

    public static ListingDocument Achievement { get; } = new(2, ListingKind.Achievement, "CG2026-220100-00001", "碳纤维强度提升的凝固控制技术", "凝固浴分级控制",
        "分级凝固使大丝束碳纤维致密。拉伸强度提高明显，毛丝减少。", ["碳纤维", "凝固浴"], "某大学（示例）", "NewMaterials", "C28", "220200", "Mature", 150, ["TechnicalService", "Licence"], 7,
        [Figure("拉伸强度", Comparison.Eq, 5.8m, "GPa"), Figure("毛丝率", Comparison.Eq, 3, "%")], null, new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero), DateOnly.MaxValue);

    public static Quantity Figure(string name, Comparison comparison, decimal value, string unit, decimal? high = null) => new(name, comparison, value, high, unit);

    /// <summary>Vectors of length one that lie between the axes, so that every cosine is between 0 and 1.</summary>
    public static ListingVectors Vectors(double angle) => new("m1", Unit(angle), Unit(angle + 0.1), [Unit(angle + 0.2), Unit(angle + 0.5)]);

    private static float[] Unit(double angle) => [(float)Math.Cos(angle), (float)Math.Sin(angle)];
}
