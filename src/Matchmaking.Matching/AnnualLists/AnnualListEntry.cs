using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.AnnualLists;

public enum AnnualListEntryState { In, Dropped }

/// <summary>One listing on a list, at the revision it was taken in. Changed only through its list.</summary>
public sealed class AnnualListEntry
{
    /// <summary>Reason codes of the platform's own removals; a person's reason is free text.</summary>
    public const string NoLongerProposed = nameof(NoLongerProposed);
    public const string Withdrawn = nameof(Withdrawn);

    private AnnualListEntry() { }

    internal AnnualListEntry(AnnualList list, ProposedEntry proposed, int position, DateTimeOffset at)
    {
        List = list;
        ListingId = proposed.ListingId;
        IsByJob = true;
        Take(proposed.Revision, position, "", null, at);
        Reasons = proposed.Reasons;
    }

    internal AnnualListEntry(AnnualList list, Listing listing, int position, string reason, int by, DateTimeOffset at)
    {
        List = list;
        ListingId = listing.Id;
        Listing = listing;
        Take(listing.PublishedRevision, position, reason, by, at);
    }

    /// <summary>The same entry on a correction of its list.</summary>
    internal AnnualListEntry(AnnualList correction, AnnualListEntry published, DateTimeOffset at)
    {
        List = correction;
        ListingId = published.ListingId;
        Reasons = published.Reasons;
        Take(published.Revision, published.Position, published.Reason, published.ById, at);
    }

    public int Id { get; private set; }
    public int ListId { get; private set; }
    public AnnualList List { get; private set; } = null!;
    public int ListingId { get; private set; }
    public Listing Listing { get; private set; } = null!;

    /// <summary>Number of the listing's revision whose text is listed.</summary>
    public int Revision { get; private set; }

    /// <summary>From 1 without gaps among the entries that are in; a dropped one keeps its last.</summary>
    public int Position { get; private set; }

    /// <summary>Whether the proposal put it here and nobody has since decided about it.</summary>
    public bool IsByJob { get; private set; }

    /// <summary>Why it was proposed; empty for what staff added.</summary>
    public IReadOnlyList<ProposalReason> Reasons { get; private set; } = [];

    public AnnualListEntryState State { get; private set; }

    /// <summary>Why staff added or dropped it, or a code of the platform's own removals.</summary>
    public string Reason { get; private set; } = "";
    public int? ById { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>The public layer as published; null before, and for entries that were dropped.</summary>
    public string? FrozenJson { get; private set; }

    /// <summary>Set with the list's publication; from then on the row is never changed.</summary>
    public bool IsSealed { get; private set; }

    internal void ProposeAgain(ProposedEntry proposed, int nextPosition, DateTimeOffset at)
    {
        if (State == AnnualListEntryState.Dropped) Take(proposed.Revision, nextPosition, "", null, at);
        Revision = proposed.Revision;
        Reasons = proposed.Reasons;
    }

    internal void AddAgain(int revision, int position, string reason, int by, DateTimeOffset at)
    {
        IsByJob = false;
        Take(revision, position, reason, by, at);
    }

    /// <summary>A person's removal is that person's decision: a later proposal does not bring the entry back.</summary>
    internal void Drop(string reason, int? by, DateTimeOffset at)
    {
        State = AnnualListEntryState.Dropped;
        if (by is not null) IsByJob = false;
        (Reason, ById, At) = (reason, by, at);
    }

    internal void MoveTo(int position) => Position = position;

    internal void Seal(string? frozenJson)
    {
        FrozenJson = frozenJson;
        IsSealed = true;
    }

    private void Take(int revision, int position, string reason, int? by, DateTimeOffset at)
    {
        State = AnnualListEntryState.In;
        (Revision, Position, Reason, ById, At) = (revision, position, reason, by, at);
    }
}

/// <summary>One stamped act on a list: who did what when, and why.</summary>
public sealed class AnnualListStep
{
    private AnnualListStep() { }

    internal AnnualListStep(AnnualList list, string act, AnnualListEntry? entry, int? byId, DateTimeOffset at, string? remark)
    {
        List = list;
        Act = act;
        Entry = entry;
        ById = byId;
        At = at;
        Remark = remark;
    }

    public int Id { get; private set; }
    public int ListId { get; private set; }
    public AnnualList List { get; private set; } = null!;
    public string Act { get; private set; } = "";
    public int? EntryId { get; private set; }
    public AnnualListEntry? Entry { get; private set; }
    public int? ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string? Remark { get; private set; }
}
