using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;

namespace Matchmaking.Matching.Deals;

/// <summary>一次总付, 按年支付, 按销售额提成.</summary>
public enum OpenLicenceFee { Once, Yearly, Royalty }

/// <summary>Posted, taken back, or over when a later one was posted.</summary>
public enum OpenLicenceState { Posted, Withdrawn, Over }

/// <summary>What an owner states once for everybody. The fee in 万元, a year's for <see cref="OpenLicenceFee.Yearly"/>; percent of net sales for a royalty.</summary>
/// <param name="HasEvaluationReport">专利权评价报告: needed for utility models and designs (专利法 article 50).</param>
/// <param name="AnnouncedOn">Day on which the patent office announced the statement; null while it has not.</param>
public sealed record OpenLicenceTerms(
    string Patent, OpenLicenceFee? Fee, decimal? Amount, int? Years, DateOnly? From, DateOnly? Until, string Conditions, bool HasEvaluationReport, DateOnly? AnnouncedOn)
{
    public const int MaxConditions = 1_000;
    public const int LongestYears = 20;
    public const decimal MostRoyalty = 100m;

    /// <summary>What does not hold, by field. A patent that is only applied for cannot be licensed openly, and whoever does not show his name cannot state to everybody.</summary>
    public IReadOnlyList<Problem> Check(Achievement achievement, DateOnly today)
    {
        var problems = new List<Problem>();
        void Add(string field, string code, params object[] arguments) => problems.Add(new Problem(field, code, arguments));
        if (!achievement.IsSearchable) Add("", "LicenceNotPublic");
        if (achievement.IsAnonymous || achievement.Disclosure != Disclosure.Named) Add("", "LicenceAnonymous");
        if (!achievement.Flags.Contains(AchievementFlag.OpenLicence)) Add("", "LicenceNotFlagged");
        var right = RightNumber.Read(Patent);
        if (Patent.Length == 0) Add(nameof(Patent), "Missing");
        else if (right is null || right.Kind is not (IpKind.InventionPatent or IpKind.UtilityModel or IpKind.Design)) Add(nameof(Patent), "PatentNumber", Patent);
        else if (right.Status != RightStatus.Granted) Add(nameof(Patent), "PatentNotGranted", Patent);
        else if (right.Kind != IpKind.InventionPatent && !HasEvaluationReport) Add(nameof(HasEvaluationReport), "EvaluationReport");
        if (Fee is null) Add(nameof(Fee), "Missing");
        if (Amount is null) Add(nameof(Amount), "Missing");
        else if (Fee == OpenLicenceFee.Royalty && Amount is <= 0 or > MostRoyalty) Add(nameof(Amount), "RoyaltyOutOfRange", MostRoyalty);
        else if (Amount is <= 0 or > ListingContent.MaxMoney) Add(nameof(Amount), "AmountOutOfRange", Amount, ListingContent.MaxMoney);
        if (Years is null) Add(nameof(Years), "Missing");
        else if (Years is < 1 or > LongestYears) Add(nameof(Years), "LicenceYears", LongestYears);
        if (From is null) Add(nameof(From), "Missing");
        else if (From < today) Add(nameof(From), "DayTooEarly", From, today);
        if (Until is null) Add(nameof(Until), "Missing");
        else if (Until < From) Add(nameof(Until), "DatesReversed");
        else if (Until > From?.AddYears(LongestYears)) Add(nameof(Until), "TermTooLong", LongestYears);
        if (Conditions.Length > MaxConditions) Add(nameof(Conditions), "TooLong", Conditions.Length, MaxConditions);
        if (AnnouncedOn > today) Add(nameof(AnnouncedOn), "DayInFuture", AnnouncedOn);
        return problems;
    }
}

/// <summary>
/// 开放许可: the owner of a granted patent licenses it to anybody who accepts the posted terms (专利法 articles 50 to 52). It is not exclusive, so each organisation may
/// accept once; a withdrawal leaves what was accepted before.
/// </summary>
public sealed class OpenLicence
{
    private OpenLicence() { }

    public OpenLicence(Achievement achievement, OpenLicenceTerms terms, DateOnly today, int by, DateTimeOffset at)
    {
        if (terms.Check(achievement, today) is [var first, ..]) throw new InvalidOperationException($"The terms do not hold: {first.Field} {first.Code}.");
        AchievementId = achievement.Id;
        OrganizationId = achievement.OrganizationId;
        Patent = RightNumber.Read(terms.Patent)!.Number;
        (Fee, Amount, Years, From, Until) = (terms.Fee!.Value, terms.Amount!.Value, terms.Years!.Value, terms.From!.Value, terms.Until!.Value);
        (Conditions, AnnouncedOn, ById, At) = (terms.Conditions, terms.AnnouncedOn, by, at);
    }

    public int Id { get; private set; }
    public int AchievementId { get; private set; }
    public Achievement Achievement { get; private set; } = null!;

    /// <summary>The owner at the time of the statement.</summary>
    public int OrganizationId { get; private set; }

    public string Patent { get; private set; } = "";
    public OpenLicenceFee Fee { get; private set; }
    public decimal Amount { get; private set; }

    /// <summary>Years for which whoever accepts may use it.</summary>
    public int Years { get; private set; }

    /// <summary>First and last day on which it can be accepted.</summary>
    public DateOnly From { get; private set; }
    public DateOnly Until { get; private set; }
    public string Conditions { get; private set; } = "";
    public DateOnly? AnnouncedOn { get; private set; }
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public OpenLicenceState State { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public string? WithdrawnBecause { get; private set; }
    public int Version { get; private set; }

    public ICollection<OpenLicenceAcceptance> Acceptances { get; } = [];

    public bool IsOpen(DateOnly today) => State == OpenLicenceState.Posted && today >= From && today <= Until;

    public void Withdraw(string reason, DateTimeOffset at)
    {
        if (State != OpenLicenceState.Posted) throw new InvalidOperationException("The open licence is withdrawn already.");
        (State, WithdrawnAt, WithdrawnBecause) = (OpenLicenceState.Withdrawn, at, reason);
        Version++;
    }

    /// <summary>Its last day has passed and another takes its place.</summary>
    internal void End()
    {
        State = OpenLicenceState.Over;
        Version++;
    }

    /// <summary>Counts in <see cref="Version"/>, so that a withdrawal at the same moment and this one see each other.</summary>
    internal OpenLicenceAcceptance Accept(int organizationId, Contract contract, int by, DateOnly today, DateTimeOffset at)
    {
        if (!IsOpen(today) || organizationId == OrganizationId) throw new InvalidOperationException("The open licence cannot be accepted.");
        var acceptance = new OpenLicenceAcceptance(this, organizationId, contract, by, at);
        Acceptances.Add(acceptance);
        Version++;
        return acceptance;
    }

    /// <summary>The contract that an acceptance makes: a patent licence on the posted terms, for the parties to complete and sign.</summary>
    public ContractContent ContractFor(Achievement achievement, Organization owner, Organization taker, DateOnly today)
    {
        decimal? total = Fee switch { OpenLicenceFee.Once => Amount, OpenLicenceFee.Yearly => Amount * Years, _ => null };
        return new ContractContent
        {
            Title = achievement.Title.Length > ContractContent.MaxTitle ? achievement.Title[..ContractContent.MaxTitle] : achievement.Title,
            Kind = ContractKind.Licence, SubKind = ContractSubKind.PatentLicence,
            Parties = [Party(ContractSide.Buyer, taker), Party(ContractSide.Seller, owner)],
            TotalAmount = total, TechnologyAmount = total,
            Payment = Fee switch { OpenLicenceFee.Once => PaymentMode.LumpSum, OpenLicenceFee.Yearly => PaymentMode.Instalments, _ => PaymentMode.Royalty },
            Schedule = Fee == OpenLicenceFee.Yearly ? [.. Enumerable.Range(0, Years).Select(year => new Instalment(today.AddYears(year), Amount, ""))] : [],
            Ip = [RightNumber.Read(Patent)!.Kind], IpNumbers = Patent, Field = achievement.Field, Industry = achievement.Industry,
            ValidFrom = today, ValidUntil = today.AddYears(Years).AddDays(-1),
        };
    }

    private static ContractParty Party(ContractSide side, Organization organization) =>
        new(side, organization.Name, organization.CreditCode, organization.Region, "", organization.Id);
}

/// <summary>One organisation took the posted terms; the contract is what came of it.</summary>
public sealed class OpenLicenceAcceptance
{
    private OpenLicenceAcceptance() { }

    internal OpenLicenceAcceptance(OpenLicence licence, int organizationId, Contract contract, int by, DateTimeOffset at) =>
        (Licence, OrganizationId, Contract, ById, At) = (licence, organizationId, contract, by, at);

    public int Id { get; private set; }
    public int LicenceId { get; private set; }
    public OpenLicence Licence { get; private set; } = null!;
    public int OrganizationId { get; private set; }
    public int ContractId { get; private set; }
    public Contract Contract { get; private set; } = null!;
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }
}
