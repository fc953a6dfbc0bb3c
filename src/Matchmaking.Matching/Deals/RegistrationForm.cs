using System.Text.Json;
using System.Text.Json.Serialization;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Deals;

/// <summary>
/// The contract as the registration form asks for it (fields: 全国技术合同管理与服务系统, S65 and S66 of the field's sources), as data: codes, 万元, days.
/// What is missing is named, not filled in.
/// </summary>
public sealed record RegistrationForm(
    int Contract, int Version, string ContractName, string? KindCode, ContractSubKind? SubKind, DateOnly? SignedOn, DateOnly? ValidFrom, DateOnly? ValidUntil,
    IReadOnlyList<RegistrationParty> Buyers, IReadOnlyList<RegistrationParty> Sellers, TechnologyField? Field, string Industry, SocialGoal? SocialGoal, PlanSource? PlanSource,
    IReadOnlyList<IpKind> Ip, string IpNumbers, ResultOwnership? Ownership, decimal? TotalAmount, decimal? TechnologyAmount, IReadOnlyList<DifferenceKind> Differences, string DifferenceText,
    PaymentMode? Payment, IReadOnlyList<Instalment> Schedule, decimal? ExpectedInput, decimal? ExpectedOutput, string? RegistrationNumber, DateOnly? RegisteredOn, IReadOnlyList<string> Missing)
{
    /// <summary>Chinese unescaped, names of codes, indented: read by people as well.</summary>
    private static readonly JsonSerializerOptions Json = new(Revision.Json) { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    public static RegistrationForm Of(Contract contract)
    {
        var content = contract.Content();
        RegistrationParty[] Side(ContractSide side) => [.. content.Of(side).Select(p => new RegistrationParty(p.Name, p.CreditCode, p.Region == ContractRules.Abroad ? "" : "156", p.Region, p.Nature))];
        return new RegistrationForm(
            contract.Id, contract.Versions.Count, content.Title, content.Kind is { } kind ? ContractKinds.CodeOf(kind) : null, content.SubKind, content.SignedOn, content.ValidFrom, content.ValidUntil,
            Side(ContractSide.Buyer), Side(ContractSide.Seller), content.Field, content.Industry, content.Goal, content.Source, content.Ip, content.IpNumbers, content.Ownership,
            content.TotalAmount, content.TechnologyAmount, content.Differences, content.DifferenceText, content.Payment, content.Schedule, content.ExpectedInput, content.ExpectedOutput,
            contract.RegistrationNumber, contract.RegisteredOn, ContractRules.MissingForRegistration(content));
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}

/// <param name="Country">ISO 3166-1 numeric, 156 for China; empty for a party abroad, whose country the form asks by hand.</param>
public sealed record RegistrationParty(string Name, string CreditCode, string Country, string Region, string Nature);
