using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Brokerage;

public enum ConflictKind { SameEmployer, Declared, EarlierPartner }

/// <summary>What is known of a broker when somebody is to be chosen.</summary>
/// <param name="Load">Open cases and listings he is responsible for.</param>
/// <param name="Conflicts">Organisations with which he has a conflict of interest.</param>
/// <param name="Partners">Organisations with which a contract came out of a case of his.</param>
public sealed record BrokerCandidate(
    int Id, string Name, int? OrganizationId, IReadOnlyCollection<TechnologyField> Fields, IReadOnlyCollection<string> Regions, int Load, bool IsAway,
    IReadOnlyCollection<int> Conflicts, IReadOnlyCollection<int> Partners);

/// <param name="Points">Field 3, region 2, both less one for every <see cref="BrokerSuggestion.CasesPerPoint"/> of load.</param>
public sealed record SuggestedBroker(BrokerCandidate Broker, double Points, bool FieldFits, bool RegionFits, IReadOnlyList<ConflictKind> Conflicts)
{
    /// <summary>An earlier partner is said, not forbidden: he knows the people, and staff decide.</summary>
    public bool MayTake => !Broker.IsAway && Conflicts.All(c => c == ConflictKind.EarlierPartner);
}

/// <summary>Who is to be responsible: by field, region, load and conflict of interest. The same input gives the same order.</summary>
public static class BrokerSuggestion
{
    public const int CasesPerPoint = 5;
    private const double FieldPoints = 3;
    private const double RegionPoints = 2;
    private const double PartnerPoints = -2;

    /// <param name="organizations">The organisations on the sides.</param>
    public static IReadOnlyList<SuggestedBroker> Order(IEnumerable<BrokerCandidate> brokers, TechnologyField? field, string region, IReadOnlyCollection<int> organizations) =>
        [.. brokers.Select(b => Rate(b, field, region, organizations)).OrderByDescending(s => s.MayTake).ThenByDescending(s => s.Points).ThenBy(s => s.Broker.Load).ThenBy(s => s.Broker.Id)];

    public static IReadOnlyList<ConflictKind> ConflictsOf(BrokerCandidate broker, IReadOnlyCollection<int> organizations)
    {
        var found = new List<ConflictKind>();
        if (broker.OrganizationId is { } employer && organizations.Contains(employer)) found.Add(ConflictKind.SameEmployer);
        if (broker.Conflicts.Any(organizations.Contains)) found.Add(ConflictKind.Declared);
        if (broker.Partners.Any(organizations.Contains)) found.Add(ConflictKind.EarlierPartner);
        return found;
    }

    private static SuggestedBroker Rate(BrokerCandidate broker, TechnologyField? field, string region, IReadOnlyCollection<int> organizations)
    {
        var fieldFits = field is { } f && broker.Fields.Contains(f);
        var regionFits = broker.Regions.Contains(region);
        var conflicts = ConflictsOf(broker, organizations);
        var points = (fieldFits ? FieldPoints : 0) + (regionFits ? RegionPoints : 0) - (broker.Load / (double)CasesPerPoint) + (conflicts.Contains(ConflictKind.EarlierPartner) ? PartnerPoints : 0);
        return new SuggestedBroker(broker, points, fieldFits, regionFits, conflicts);
    }
}
