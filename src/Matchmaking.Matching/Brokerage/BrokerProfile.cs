using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Brokerage;

/// <summary>初级, 中级, 高级技术经理人.</summary>
public enum BrokerLevel { Junior, Middle, Senior }

/// <summary>An entry of the register of brokers: what a person in the broker's role can do and when somebody stands in.</summary>
public sealed class BrokerProfile
{
    private BrokerProfile() { }

    public BrokerProfile(int userId) => UserId = userId;

    public int UserId { get; private set; }
    public BrokerLevel Level { get; private set; }
    public IReadOnlyList<TechnologyField> Fields { get; private set; } = [];
    public IReadOnlyList<string> Regions { get; private set; } = [];

    /// <summary>Holiday: from the first to the last day somebody else sees and works on this broker's cases.</summary>
    public DateOnly? AwayFrom { get; private set; }
    public DateOnly? AwayUntil { get; private set; }
    public int? StandInId { get; private set; }

    public ICollection<BrokerTraining> Trainings { get; } = [];
    public ICollection<BrokerConflict> Conflicts { get; } = [];

    public bool IsAway(DateOnly day) => AwayFrom <= day && AwayUntil >= day;

    public void Describe(BrokerLevel level, IReadOnlyList<TechnologyField> fields, IReadOnlyList<string> regions) => (Level, Fields, Regions) = (level, fields, regions);

    public void GoAway(DateOnly from, DateOnly until, int standInId)
    {
        if (until < from) throw new ArgumentOutOfRangeException(nameof(until), "A holiday ends after it began.");
        if (standInId == UserId) throw new ArgumentException("Nobody stands in for himself.", nameof(standInId));
        (AwayFrom, AwayUntil, StandInId) = (from, until, standInId);
    }

    public void ComeBack() => (AwayFrom, AwayUntil, StandInId) = (null, null, null);
}

/// <summary>A training with its hours, or the certificate of a level.</summary>
public sealed class BrokerTraining
{
    public const int MaxTitle = 100;

    private BrokerTraining() { }

    public BrokerTraining(int brokerId, string title, DateOnly on, int hours) => (BrokerId, Title, On, Hours) = (brokerId, title, on, hours);

    public int Id { get; private set; }
    public int BrokerId { get; private set; }
    public string Title { get; private set; } = "";
    public DateOnly On { get; private set; }
    public int Hours { get; private set; }
}

/// <summary>A declared conflict of interest: the broker takes no case of this organisation.</summary>
public sealed class BrokerConflict
{
    public const int MaxReason = 200;

    private BrokerConflict() { }

    public BrokerConflict(int brokerId, int organizationId, string reason, DateTimeOffset at) => (BrokerId, OrganizationId, Reason, At) = (brokerId, organizationId, reason, at);

    public int Id { get; private set; }
    public int BrokerId { get; private set; }
    public int OrganizationId { get; private set; }
    public string Reason { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
}
