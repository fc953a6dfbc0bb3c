namespace Matchmaking.Matching.Plan.Registers;

/// <summary>科创专员选派, 服务活动: what the plan counts and nothing else on the platform knows of.</summary>
public enum RegisterKind { Secondments, Events }

/// <summary>
/// A person seconded to a firm, or an event that was held. An entry is never changed: a wrong one is withdrawn with a reason and written anew, so that a figure that counted
/// it can still be explained.
/// </summary>
public sealed class RegisterEntry
{
    public const int MaxText = 100;
    public const int MaxReason = 200;
    public const int MostPeople = 100_000;

    private RegisterEntry() { }

    public RegisterEntry(RegisterKind kind, RegisterValues values, int by, Guid creationKey, DateTimeOffset at)
    {
        (Kind, AddedById, CreationKey, AddedAt) = (kind, by, creationKey, at);
        (Name, Organization, Partner, FirstDay, LastDay, People) = (values.Name, values.Organization, values.Partner, values.FirstDay, values.LastDay, values.People);
    }

    public int Id { get; private set; }
    public RegisterKind Kind { get; private set; }

    /// <summary>The person; the event.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Who sends him; who holds it.</summary>
    public string Organization { get; private set; } = "";

    /// <summary>The firm he goes to; the place where it is held.</summary>
    public string Partner { get; private set; } = "";
    public DateOnly FirstDay { get; private set; }
    public DateOnly? LastDay { get; private set; }

    /// <summary>How many took part in the event.</summary>
    public int? People { get; private set; }
    public int AddedById { get; private set; }
    public DateTimeOffset AddedAt { get; private set; }
    public Guid CreationKey { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public int? WithdrawnById { get; private set; }
    public string? Reason { get; private set; }

    /// <summary>The same happening entered twice.</summary>
    public bool IsSameAs(RegisterValues values) => WithdrawnAt is null && (Name, Organization, Partner, FirstDay) == (values.Name, values.Organization, values.Partner, values.FirstDay);

    public void Withdraw(string reason, int by, DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reason.Length, MaxReason);
        if (WithdrawnAt is not null) throw new InvalidOperationException("The entry is withdrawn already.");
        (Reason, WithdrawnById, WithdrawnAt) = (reason, by, at);
    }
}

/// <summary>What is written of an entry, in the order of its columns.</summary>
public sealed record RegisterValues(string Name, string Organization, string Partner, DateOnly FirstDay, DateOnly? LastDay, int? People);
