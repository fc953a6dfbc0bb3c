using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Listings;

/// <summary>What the owner writes of a listing; a form, an import row and a revision all carry one.</summary>
public abstract record ListingContent
{
    public const int MaxTitle = 60;
    public const int MaxSummary = 200;
    public const int MaxDescription = 4_000;
    public const int MaxKeywords = 8;
    public const int MaxKeyword = 20;
    public const int MaxQuantities = 50;
    public const int MaxQuantityName = 40;
    public const int MaxUnit = 20;
    /// <summary>In 万元; 10,000,000 万元 are 100 billion yuan, more than any contract on record.</summary>
    public const decimal MaxMoney = 10_000_000m;
    public const int MaxContact = 60;

    public string Title { get; init; } = "";
    public string Summary { get; init; } = "";
    public string Description { get; init; } = "";
    public IReadOnlyList<string> Keywords { get; init; } = [];
    public TechnologyField? Field { get; init; }
    public string Industry { get; init; } = "";
    public string Region { get; init; } = "";
    public IReadOnlyList<Quantity> Quantities { get; init; } = [];
    public IReadOnlyList<CooperationMode> Cooperation { get; init; } = [];
    /// <summary>Budget of a need, asking price of an achievement, in 万元; null means to be agreed.</summary>
    public decimal? Money { get; init; }
    public PaymentMode? Payment { get; init; }
    public Disclosure Disclosure { get; init; }
    public DateOnly? ValidUntil { get; init; }
}

public sealed record NeedContent : ListingContent
{
    public const int MaxWorkDone = 1_000;

    public NeedKind? Kind { get; init; }
    public Horizon? Horizon { get; init; }
    public string WorkDone { get; init; } = "";
    public DateOnly? Deadline { get; init; }
    public int? MinimumTrl { get; init; }
    public Openness? Openness { get; init; }
    public IReadOnlyList<NeedConsent> Consents { get; init; } = [];

    /// <summary>For good proposals, in 万元; null when none is offered.</summary>
    public decimal? Reward { get; init; }
}

public sealed record AchievementContent : ListingContent
{
    public const int MaxEvaluation = 200;
    public const int MaxInventors = 400;
    public const int MaxRights = 10;
    public const int MaxIpNumber = 30;

    public int? Trl { get; init; }
    public AchievementStage? Stage { get; init; }
    public IpKind? Ip { get; init; }
    public string IpNumber { get; init; } = "";
    public IReadOnlyList<AchievementFlag> Flags { get; init; } = [];
    public string Evaluation { get; init; } = "";

    /// <summary>Names, each with an ORCID behind it where there is one.</summary>
    public string Inventors { get; init; } = "";

    /// <summary>Further rights by their numbers, as <see cref="RightNumber"/> reads them.</summary>
    public IReadOnlyList<string> Rights { get; init; } = [];

    public EvaluationLevel? Level { get; init; }
    public AchievementAttribute? Attribute { get; init; }
    public TrlScale? Scale { get; init; }
}

/// <summary>Who to ask; never part of a revision, of a document for search, or of anything public.</summary>
public sealed record Contact(string Name, string Phone, string Mail)
{
    public static Contact Empty { get; } = new("", "", "");
}
