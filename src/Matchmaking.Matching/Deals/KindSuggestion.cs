using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Deals;

/// <param name="Reason">Code of a text in the resource files; <paramref name="Mode"/> fills its place.</param>
public sealed record SuggestedKind(ContractKind Kind, ContractSubKind SubKind, string Reason, CooperationMode? Mode);

/// <summary>
/// Which kind of contract a pair is likely to end in, best first, each with its reason: what both sides named as their way of working together comes
/// before what only one of them named; what is transferred or licensed follows from the achievement's kind of right.
/// </summary>
public static class KindSuggestion
{
    /// <param name="need">Null when a contract has no need.</param>
    public static IReadOnlyList<SuggestedKind> Of(ListingContent? need, AchievementContent? achievement)
    {
        var wanted = need?.Cooperation ?? [];
        var offered = achievement?.Cooperation ?? [];
        var both = wanted.Intersect(offered).Select(mode => (mode, Reason: "Kind.Both"));
        var one = wanted.Except(offered).Select(mode => (mode, Reason: "Kind.Need")).Concat(offered.Except(wanted).Select(mode => (mode, Reason: "Kind.Achievement")));
        var suggested = both.Concat(one).Select(m => Of(m.mode, m.Reason, achievement)).OfType<SuggestedKind>().ToList();
        // An early achievement is developed further before anything else can be agreed on.
        if (suggested.Count == 0 && achievement?.Trl is <= 6) suggested.Add(new(ContractKind.Development, ContractSubKind.CommissionedDevelopment, "Kind.Early", null));
        if (suggested.Count == 0) suggested.Add(new(ContractKind.Service, ContractSubKind.GeneralService, "Kind.Unknown", null));
        return [.. suggested.DistinctBy(s => (s.Kind, s.SubKind))];
    }

    private static SuggestedKind? Of(CooperationMode mode, string reason, AchievementContent? achievement) => mode switch
    {
        CooperationMode.CommissionedDevelopment => new(ContractKind.Development, ContractSubKind.CommissionedDevelopment, reason, mode),
        CooperationMode.JointDevelopment or CooperationMode.JointEntity => new(ContractKind.Development, ContractSubKind.JointDevelopment, reason, mode),
        CooperationMode.Transfer or CooperationMode.EquityInvestment => new(ContractKind.Assignment, ContractKinds.AssignmentOf(achievement?.Ip), reason, mode),
        CooperationMode.Licence => new(ContractKind.Licence, ContractKinds.LicenceOf(achievement?.Ip), reason, mode),
        CooperationMode.TechnicalService => new(ContractKind.Service, ContractSubKind.GeneralService, reason, mode),
        _ => null,
    };
}
