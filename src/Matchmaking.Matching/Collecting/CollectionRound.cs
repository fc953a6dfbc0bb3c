using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;

namespace Matchmaking.Matching.Collecting;

public enum RoundState { Draft, Open, Closed }

/// <summary>Fields that a round can ask for although the platform does not.</summary>
public enum RoundField { Quantities, Money, WorkDone, MinimumTrl, Keywords }

/// <summary>Least share of turnover spent on research for firms up to a turnover, in percent; the last step has no upper end.</summary>
/// <param name="UpTo">Turnover in 万元, inclusive; null for all above.</param>
public sealed record IntensityStep(decimal? UpTo, decimal Percent);

/// <summary>What a round says of itself and asks for; its form and its page carry one.</summary>
/// <param name="Kinds">Kinds of need; empty for all.</param>
/// <param name="OrganizationKinds">Who may submit; empty for everybody who posts needs.</param>
/// <param name="Regions">GB/T 2260 codes of the organisation; empty for all.</param>
/// <param name="Offices">Ids of offices whose members may; empty for all, also for those without an office.</param>
/// <param name="PerOrganization">Most needs of one organisation; null for any number.</param>
/// <param name="PerOffice">Most needs of all members of one office; null for any number.</param>
/// <param name="Intensity">Steps from small to large turnover; empty when neither turnover nor research spending is asked.</param>
public sealed record RoundTerms(
    string Title, string Text, DateOnly OpensOn, DateOnly ClosesOn, IReadOnlyList<NeedKind> Kinds, IReadOnlyList<OrganizationKind> OrganizationKinds,
    IReadOnlyList<string> Regions, IReadOnlyList<int> Offices, int? PerOrganization, int? PerOffice, IReadOnlyList<RoundField> Fields, IReadOnlyList<IntensityStep> Intensity)
{
    /// <summary>
    /// The steps of the calls that ask for them: 5 % up to 50 million yuan of turnover, 4 % up to 200 million, 3 % above (peers.md row 17; the turnovers are those of
    /// the recognition of high-tech enterprises).
    /// </summary>
    public static IReadOnlyList<IntensityStep> UsualIntensity { get; } = [new(5_000, 5), new(20_000, 4), new(null, 3)];
}

/// <summary>征集通知: staff ask, for some weeks, for the needs of some organisations under terms of its own.</summary>
public sealed class CollectionRound
{
    public const int MaxTitle = 80;
    public const int MaxText = 4_000;

    private CollectionRound() { }

    public CollectionRound(RoundTerms terms, int by, DateTimeOffset at)
    {
        Change(terms);
        CreatedById = by;
        CreatedAt = at;
    }

    public int Id { get; private set; }
    public string Title { get; private set; } = "";
    public string Text { get; private set; } = "";
    public DateOnly OpensOn { get; private set; }

    /// <summary>Last day on which a need can be submitted.</summary>
    public DateOnly ClosesOn { get; private set; }
    public IReadOnlyList<NeedKind> Kinds { get; private set; } = [];
    public IReadOnlyList<OrganizationKind> OrganizationKinds { get; private set; } = [];
    public IReadOnlyList<string> Regions { get; private set; } = [];
    public IReadOnlyList<int> Offices { get; private set; } = [];
    public int? PerOrganization { get; private set; }
    public int? PerOffice { get; private set; }
    public IReadOnlyList<RoundField> Fields { get; private set; } = [];
    public IReadOnlyList<IntensityStep> Intensity { get; private set; } = [];
    public RoundState State { get; private set; }
    public int CreatedById { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Counts submissions and changes; two who take the last place collide on it.</summary>
    public int Version { get; private set; }

    public ICollection<RoundEntry> Entries { get; } = [];

    public bool AsksFigures => Intensity.Count > 0;

    public RoundTerms Terms() => new(Title, Text, OpensOn, ClosesOn, Kinds, OrganizationKinds, Regions, Offices, PerOrganization, PerOffice, Fields, Intensity);

    /// <summary>Takes submissions today.</summary>
    public bool IsOpen(DateOnly today) => State == RoundState.Open && OpensOn <= today && today <= ClosesOn;

    public bool Reaches(Organization organization) => organization.IsVerified && organization.Kind != OrganizationKind.Office && organization.Kind != OrganizationKind.Agency
        && (OrganizationKinds.Count == 0 || OrganizationKinds.Contains(organization.Kind))
        && (Regions.Count == 0 || Regions.Contains(organization.Region))
        && (Offices.Count == 0 || (organization.OfficeId is { } office && Offices.Contains(office)));

    /// <summary>Before it opens everything can change; afterwards nothing that somebody has relied on, except a later last day.</summary>
    /// <exception cref="InvalidOperationException">It is open or closed.</exception>
    public void Change(RoundTerms terms)
    {
        if (State != RoundState.Draft) throw new InvalidOperationException("Terms of a round that was opened stand.");
        (Title, Text, OpensOn, ClosesOn) = (terms.Title, terms.Text, terms.OpensOn, terms.ClosesOn);
        (Kinds, OrganizationKinds, Regions, Offices) = (terms.Kinds, terms.OrganizationKinds, terms.Regions, terms.Offices);
        (PerOrganization, PerOffice, Fields, Intensity) = (terms.PerOrganization, terms.PerOffice, terms.Fields, terms.Intensity);
        Version++;
    }

    public void Open(DateTimeOffset at)
    {
        if (State != RoundState.Draft) throw new InvalidOperationException("Only a draft is opened.");
        State = RoundState.Open;
        OpenedAt = at;
        Version++;
    }

    public void Prolong(DateOnly until)
    {
        if (State != RoundState.Open || until <= ClosesOn) throw new InvalidOperationException("Only an open round is prolonged, and only to a later day.");
        ClosesOn = until;
        Version++;
    }

    public void Close(DateTimeOffset at)
    {
        if (State != RoundState.Open) throw new InvalidOperationException("Only an open round is closed.");
        State = RoundState.Closed;
        ClosedAt = at;
        Version++;
    }

    /// <summary>Takes a need in. The caller has asked <see cref="RoundRules"/>.</summary>
    public RoundEntry Enter(Need need, FirmFigures figures, int by, DateTimeOffset at)
    {
        var entry = new RoundEntry(this, need, figures, by, at);
        Entries.Add(entry);
        Version++;
        return entry;
    }

    internal void EnterAgain(RoundEntry entry, FirmFigures figures, int by, DateTimeOffset at)
    {
        entry.Declare(figures, by, at);
        Version++;
    }
}

/// <summary>Turnover and research spending of the last year in 万元, as the firm states them; null where not asked.</summary>
public sealed record FirmFigures(decimal? Turnover, decimal? Research)
{
    /// <summary>In percent; null without turnover.</summary>
    public decimal? Intensity => Turnover is > 0 and var turnover && Research is { } research ? Math.Round(research / turnover * 100, 2) : null;
}

/// <summary>A need in a round, with what its owner declared. Where it stands is the need's own state.</summary>
public sealed class RoundEntry
{
    private RoundEntry() { }

    internal RoundEntry(CollectionRound round, Need need, FirmFigures figures, int by, DateTimeOffset at)
    {
        Round = round;
        Need = need;
        NeedId = need.Id;
        OrganizationId = need.OrganizationId;
        Declare(figures, by, at);
    }

    public int Id { get; private set; }
    public int RoundId { get; private set; }
    public CollectionRound Round { get; private set; } = null!;
    public int NeedId { get; private set; }
    public Need Need { get; private set; } = null!;
    public int OrganizationId { get; private set; }
    public decimal? Turnover { get; private set; }
    public decimal? Research { get; private set; }

    /// <summary>Who ticked the declaration of integrity, and when.</summary>
    public int DeclaredById { get; private set; }
    public DateTimeOffset DeclaredAt { get; private set; }

    internal void Declare(FirmFigures figures, int by, DateTimeOffset at) => (Turnover, Research, DeclaredById, DeclaredAt) = (figures.Turnover, figures.Research, by, at);
}

/// <summary>An organisation that was asked in a round: told once when it opened, and reminded at most once for each of <see cref="ReminderDays"/>.</summary>
public sealed class RoundCall
{
    /// <summary>Days before the last one on which those are reminded who have not answered.</summary>
    public static IReadOnlyList<int> ReminderDays { get; } = [7, 1];

    private RoundCall() { }

    public RoundCall(int roundId, int organizationId, DateTimeOffset at) => (RoundId, OrganizationId, AskedAt) = (roundId, organizationId, at);

    public int RoundId { get; private set; }
    public CollectionRound Round { get; private set; } = null!;
    public int OrganizationId { get; private set; }
    public Organization Organization { get; private set; } = null!;
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>The smallest of <see cref="ReminderDays"/> that was told; null before the first.</summary>
    public int? RemindedFor { get; private set; }

    /// <summary>The reminder that is due with so many days left; null when none is, or it was told.</summary>
    public int? Due(int daysLeft)
    {
        if (daysLeft < 0) return null;
        var due = ReminderDays.Where(day => daysLeft <= day).Select(day => (int?)day).Min();
        return due is { } day && (RemindedFor is null || RemindedFor > day) ? day : null;
    }

    public void Remind(int forDay) => RemindedFor = forDay;
}
