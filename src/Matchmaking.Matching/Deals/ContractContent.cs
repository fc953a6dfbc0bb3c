using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Deals;

/// <param name="CreditCode">统一社会信用代码 as stored by <see cref="Organizations.CreditCode"/>; empty for a party abroad.</param>
/// <param name="Region">GB/T 2260, six digits; of a party outside the province too.</param>
/// <param name="Nature">Code of <see cref="ContractKinds.Natures"/>.</param>
/// <param name="OrganizationId">The platform's own organisation with this code, if there is one.</param>
public sealed record ContractParty(ContractSide Side, string Name, string CreditCode, string Region, string Nature, int? OrganizationId);

/// <param name="Amount">In 万元.</param>
public sealed record Instalment(DateOnly? Due, decimal Amount, string Condition);

/// <summary>What a contract says, as far as it is registered. Amounts in 万元.</summary>
public sealed record ContractContent
{
    public const int MaxTitle = 100;
    public const int MaxName = 100;
    public const int MaxText = 500;
    public const int MaxParties = 10;
    public const int MaxInstalments = 20;
    public const int MaxAchievements = 20;
    public const int LongestYears = 30;

    public string Title { get; init; } = "";
    public ContractKind? Kind { get; init; }
    public ContractSubKind? SubKind { get; init; }
    public IReadOnlyList<ContractParty> Parties { get; init; } = [];

    /// <summary>合同成交额.</summary>
    public decimal? TotalAmount { get; init; }

    /// <summary>技术交易额: the total without equipment, materials and what else is no technology; never more than it.</summary>
    public decimal? TechnologyAmount { get; init; }

    public IReadOnlyList<DifferenceKind> Differences { get; init; } = [];
    public string DifferenceText { get; init; } = "";
    public PaymentMode? Payment { get; init; }
    public IReadOnlyList<Instalment> Schedule { get; init; } = [];
    public IReadOnlyList<IpKind> Ip { get; init; } = [];
    public string IpNumbers { get; init; } = "";
    public ResultOwnership? Ownership { get; init; }
    public TechnologyField? Field { get; init; }

    /// <summary>GB/T 4754 code of where the technology serves.</summary>
    public string Industry { get; init; } = "";

    public SocialGoal? Goal { get; init; }
    public PlanSource? Source { get; init; }
    public DateOnly? SignedOn { get; init; }
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; init; }
    public decimal? ExpectedInput { get; init; }
    public decimal? ExpectedOutput { get; init; }
    public bool Disputed { get; init; }

    public IEnumerable<ContractParty> Of(ContractSide side) => Parties.Where(p => p.Side == side);
}
