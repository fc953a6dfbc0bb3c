using Matchmaking.Matching.AnnualLists;

namespace Matchmaking.Web.Lists;

/// <summary>Addresses of lists: /lists/2026/key-technology-needs.</summary>
public static class ListAddress
{
    private const string Needs = "key-technology-needs";
    private const string Achievements = "quality-achievements";

    public static string Slug(AnnualListKind kind) => kind == AnnualListKind.KeyTechnologyNeeds ? Needs : Achievements;

    public static AnnualListKind? Kind(string? slug) => slug?.ToLowerInvariant() switch
    {
        Needs => AnnualListKind.KeyTechnologyNeeds,
        Achievements => AnnualListKind.QualityAchievements,
        _ => null,
    };

    public static string Of(AnnualListKind kind, int year) => $"/lists/{year}/{Slug(kind)}";

    /// <summary>One edition; without it the address is that of the latest.</summary>
    public static string Of(AnnualListKind kind, int year, int edition) => $"{Of(kind, year)}?edition={edition}";

    public static string Download(AnnualListKind kind, int year, string format, int edition) => $"{Of(kind, year)}/download.{format}?edition={edition}";

    public static string Entry(AnnualListKind kind, string number) =>
        (kind == AnnualListKind.KeyTechnologyNeeds ? "/needs/" : "/achievements/") + number;
}
