using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <param name="Weight">Percent; those of a round add up to 100.</param>
public sealed record ListCriterion(string Code, decimal Weight);

public enum QuotaDimension { Field, Region, Horizon }

/// <summary>How many places a part of the entries may or must fill.</summary>
/// <param name="Value">A code of the dimension; null means each single one, and then only <paramref name="Most"/> makes sense.</param>
/// <param name="Least">Places kept for it as long as there are entries that can fill them.</param>
/// <param name="Most">The most places it may fill.</param>
public sealed record ListQuota(QuotaDimension Dimension, string? Value, int? Least, int? Most)
{
    public bool Covers(EligibleEntry entry) => Of(Dimension, entry) is { } own && (Value is null || Value == own);

    public static string? Of(QuotaDimension dimension, EligibleEntry entry) => dimension switch
    {
        QuotaDimension.Field => entry.Field,
        QuotaDimension.Region => entry.Region,
        _ => entry.Horizon,
    };
}

/// <summary>What a quota looks at in an entry.</summary>
public sealed record EligibleEntry(int EntryId, string Number, string? Field, string? Region, string? Horizon);

/// <summary>How a round scores and chooses, as data. Which listings are put to the experts at all is said by the list's own <see cref="AnnualListRules"/>.</summary>
public sealed record ListRoundRules
{
    public const int MostExperts = 15;
    public const int MostQuotas = 30;

    /// <summary>Experts see neither the owner nor who else scores.</summary>
    public bool IsBlind { get; init; } = true;

    /// <summary>Places on the list.</summary>
    public int Places { get; init; } = 20;

    /// <summary>How many experts each entry is given to.</summary>
    public int ExpertsPerEntry { get; init; } = 5;

    /// <summary>An entry with fewer submitted scores is not chosen.</summary>
    public int LeastScores { get; init; } = 3;

    /// <summary>Working days within which a confirmed objection is answered.</summary>
    public int AnswerDays { get; init; } = 10;
    public IReadOnlyList<ListCriterion> Criteria { get; init; } = [];
    public IReadOnlyList<ListQuota> Quotas { get; init; } = [];

    public static IReadOnlyList<string> CriteriaOf(AnnualListKind kind) => kind == AnnualListKind.KeyTechnologyNeeds
        ? ["IndustryPull", "ResearchBasis", "TechnicalLevel", "Economics", "Feasibility"]
        : ["Maturity", "Advancement", "Prospects", "ClearRights"];

    public static ListRoundRules DefaultOf(AnnualListKind kind)
    {
        decimal[] weights = kind == AnnualListKind.KeyTechnologyNeeds ? [30, 15, 25, 15, 15] : [25, 25, 30, 20];
        return new ListRoundRules { Criteria = [.. CriteriaOf(kind).Zip(weights, (code, weight) => new ListCriterion(code, weight))] };
    }

    /// <summary>The criteria's scores brought together, 0 to 100; null while one is missing.</summary>
    public decimal? Total(IReadOnlyList<CriterionScore> scores)
    {
        decimal sum = 0;
        foreach (var criterion in Criteria)
        {
            if (scores.FirstOrDefault(s => s.Code == criterion.Code)?.Value is not { } value) return null;
            sum += value * criterion.Weight / 100;
        }
        return sum;
    }

    public IReadOnlyList<Problem> Check(AnnualListKind kind)
    {
        var problems = new List<Problem>();
        if (Places is < 1 or > AnnualListRules.MaxSize) problems.Add(new Problem(nameof(Places), "PlacesOutOfRange", Places, AnnualListRules.MaxSize));
        if (ExpertsPerEntry is < 1 or > MostExperts) problems.Add(new Problem(nameof(ExpertsPerEntry), "ExpertsOutOfRange", ExpertsPerEntry, MostExperts));
        if (LeastScores < 1 || LeastScores > ExpertsPerEntry) problems.Add(new Problem(nameof(LeastScores), "LeastOutOfRange", LeastScores, ExpertsPerEntry));
        if (AnswerDays is < 1 or > 60) problems.Add(new Problem(nameof(AnswerDays), "AnswerDaysOutOfRange", AnswerDays));
        if (!Criteria.Select(c => c.Code).Order(StringComparer.Ordinal).SequenceEqual(CriteriaOf(kind).Order(StringComparer.Ordinal)) || Criteria.Any(c => c.Weight is < 0 or > 100) || Criteria.Sum(c => c.Weight) != 100)
            problems.Add(new Problem(nameof(Criteria), "WeightsNot100", Criteria.Sum(c => c.Weight)));
        if (Quotas.Count > MostQuotas) problems.Add(new Problem(nameof(Quotas), "ManyQuotas", Quotas.Count, MostQuotas));
        foreach (var quota in Quotas)
        {
            if ((quota.Least is null && quota.Most is null) || quota.Least < 0 || quota.Most < 0 || quota.Least > quota.Most || (quota.Value is null && quota.Least is not null))
                problems.Add(new Problem(nameof(Quotas), "QuotaWrong", quota.Value ?? "", quota.Least ?? 0, quota.Most ?? 0));
        }
        if (Quotas.Sum(q => q.Least ?? 0) > Places) problems.Add(new Problem(nameof(Quotas), "QuotasOverPlaces", Quotas.Sum(q => q.Least ?? 0), Places));
        return problems;
    }
}
