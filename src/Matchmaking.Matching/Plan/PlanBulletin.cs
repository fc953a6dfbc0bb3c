using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Matchmaking.Matching.AnnualLists;

namespace Matchmaking.Matching.Plan;

/// <summary>One of the 42 numbers in a bulletin.</summary>
/// <param name="Value">On the last day of the quarter; null without one.</param>
/// <param name="AsOf">The day for which the value was reported or counted.</param>
/// <param name="Change">Since the last day of the quarter before; null where one of the two is missing.</param>
public sealed record BulletinLine(string Code, decimal? Value, ValueOrigin Origin, DateOnly? AsOf, decimal? Change, decimal Target, IndicatorStatus Status);

/// <summary>The plan at the end of a quarter, in the form that is kept.</summary>
/// <param name="Quarter">As 2026-3.</param>
/// <param name="KnownOn">The day of whose records it is made.</param>
/// <param name="IssuedAt">Null as long as it is a draft.</param>
/// <param name="CorrectionReason">Of a later edition.</param>
public sealed record BulletinDocument(
    string Quarter, int Edition, DateOnly LastDay, DateOnly KnownOn, DateTimeOffset? IssuedAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CorrectionReason, IReadOnlyList<BulletinLine> Lines)
{
    public string ToCanonicalJson() => CanonicalJson.Of(JsonSerializer.Serialize(this, ListDocument.Canonical));

    public static BulletinDocument Parse(string json) => JsonSerializer.Deserialize<BulletinDocument>(json, ListDocument.Canonical) ?? throw new JsonException("No bulletin.");
}

/// <summary>The bulletin of a quarter as it was issued. It never changes; what turns out wrong is corrected by another edition, which says why.</summary>
public sealed class PlanBulletin
{
    public const int MaxReason = 500;

    private PlanBulletin() { }

    public PlanBulletin(BulletinDocument document, int? by)
    {
        IssuedAt = document.IssuedAt ?? throw new ArgumentException("A bulletin that is issued says when.", nameof(document));
        (Quarter, Edition, CorrectionReason, IssuedById) = (document.Quarter, document.Edition, document.CorrectionReason, by);
        FrozenJson = document.ToCanonicalJson();
        ContentHash = ListDocument.HashOf(FrozenJson);
    }

    public int Id { get; private set; }

    /// <summary>As 2026-3.</summary>
    public string Quarter { get; private set; } = "";
    public int Edition { get; private set; }
    public DateTimeOffset IssuedAt { get; private set; }

    /// <summary>Null for the one that the platform issued by itself.</summary>
    public int? IssuedById { get; private set; }
    public string? CorrectionReason { get; private set; }

    /// <summary>RFC 8785.</summary>
    public string FrozenJson { get; private set; } = "";

    /// <summary>SHA-256 of <see cref="FrozenJson"/> in UTF-8, lower-case hex.</summary>
    public string ContentHash { get; private set; } = "";

    public BulletinDocument Document => BulletinDocument.Parse(FrozenJson);

    /// <summary>Whether the frozen text is the one that was hashed, and says what stands beside it.</summary>
    public bool Holds()
    {
        if (ListDocument.HashOf(FrozenJson) != ContentHash) return false;
        var document = Document;
        return document.Quarter == Quarter && document.Edition == Edition && document.IssuedAt == IssuedAt && document.CorrectionReason == CorrectionReason && document.ToCanonicalJson() == FrozenJson;
    }
}

/// <summary>Quarters of the plan, as 2026-3.</summary>
public static class Quarters
{
    public static string Of(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}-{((day.Month - 1) / 3) + 1}");

    /// <summary>Null for what is no quarter.</summary>
    public static DateOnly? LastDay(string quarter)
    {
        var parts = quarter.Split('-');
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        return year is < 2024 or > 2100 || number is < 1 or > 4 || quarter.Length != 6 ? null : new DateOnly(year, 3 * number, 1).AddMonths(1).AddDays(-1);
    }

    /// <summary>Those of the plan that have ended, the latest first.</summary>
    public static IReadOnlyList<string> Ended(DateOnly today) =>
        [.. Enumerable.Range(PlanStatus.Start.Year, PlanStatus.End.Year - PlanStatus.Start.Year + 1).SelectMany(y => Enumerable.Range(1, 4).Select(q => $"{y}-{q}")).Where(q => LastDay(q) < today).Reverse()];
}
