using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>What a listing needs to be proposed for a list. Kept with the list as data, so that a list can always say by which rules it was made.</summary>
public sealed record AnnualListRules
{
    public const int MaxSize = 500;
    public const int MaxQuantitiesAsked = 10;

    /// <summary>The most entries the proposal fills; staff may add beyond it.</summary>
    public int Size { get; init; } = 60;

    /// <summary>Least number of quantities a listing must state.</summary>
    public int MinQuantities { get; init; } = 2;

    /// <summary>Needs only: a horizon and a deadline that has not passed.</summary>
    public bool NeedsDeadline { get; init; } = true;

    /// <summary>Achievements only: least TRL, 1 … 9; null asks for none.</summary>
    public int? LeastTrl { get; init; }

    /// <summary>Largest part of <see cref="Size"/> that one technology field may fill, in percent.</summary>
    public int FieldSharePercent { get; init; } = 30;

    /// <summary>Least best grade of a broker, 1 … 4; null asks for none.</summary>
    public int? MinGrade { get; init; }

    /// <summary>⌊size × share⌋, at least one.</summary>
    public int FieldCap => Math.Max(1, Size * FieldSharePercent / 100);

    public static AnnualListRules DefaultOf(AnnualListKind kind) => kind == AnnualListKind.KeyTechnologyNeeds
        ? new AnnualListRules()
        : new AnnualListRules { MinQuantities = 2, NeedsDeadline = false, LeastTrl = 6 };

    public IReadOnlyList<Problem> Check()
    {
        var problems = new List<Problem>();
        if (Size is < 1 or > MaxSize) problems.Add(new Problem(nameof(Size), "SizeOutOfRange", Size, MaxSize));
        if (MinQuantities is < 0 or > MaxQuantitiesAsked) problems.Add(new Problem(nameof(MinQuantities), "QuantitiesOutOfRange", MinQuantities, MaxQuantitiesAsked));
        if (LeastTrl is < 1 or > 9) problems.Add(new Problem(nameof(LeastTrl), "TrlOutOfRange", LeastTrl));
        if (FieldSharePercent is < 1 or > 100) problems.Add(new Problem(nameof(FieldSharePercent), "ShareOutOfRange", FieldSharePercent));
        if (MinGrade is < 1 or > 4) problems.Add(new Problem(nameof(MinGrade), "GradeOutOfRange", MinGrade));
        return problems;
    }
}
