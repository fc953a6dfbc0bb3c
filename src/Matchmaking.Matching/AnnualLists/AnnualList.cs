using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>关键核心技术需求清单 and 高质量成果转化清单.</summary>
public enum AnnualListKind { KeyTechnologyNeeds, QualityAchievements }

/// <summary>Being composed, in public notice (公示), published for good.</summary>
public enum AnnualListState { Open, InNotice, Published }

/// <summary>What can be done to a list; allowed in the states of <see cref="AnnualList.Allowed"/>.</summary>
public enum AnnualListAct { ChangeRules, Propose, Add, Drop, Restore, Order, StartNotice, ProlongNotice, CloseNotice, Publish }

/// <summary>The list's state does not allow the act, or what it asks for makes no sense. <see cref="Code"/> names a text in the resource files.</summary>
public sealed class AnnualListRefusedException(string code, params object[] arguments)
    : InvalidOperationException($"The list refuses: {code}.")
{
    public string Code { get; } = code;
    public IReadOnlyList<object> Arguments { get; } = arguments;
}

/// <summary>One year's list. It is composed by a proposal and by staff, stands in notice, and is then published and never changes.</summary>
public sealed partial class AnnualList
{
    public const int FirstYear = 2024;
    public const int LastYear = 2099;
    public const int MaxReason = 200;
    public const int ShortestNoticeDays = 5;
    public const int LongestNoticeDays = 60;

    private readonly List<AnnualListEntry> entries = [];
    private readonly List<AnnualListStep> steps = [];

    private AnnualList() { }

    public AnnualList(AnnualListKind kind, int year, AnnualListRules rules, int noticeDays, int? by, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, FirstYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, LastYear);
        CheckRules(rules, noticeDays);
        Kind = kind;
        Year = year;
        Rules = rules;
        NoticeDays = noticeDays;
        OpenedById = by;
        OpenedAt = at;
        Note("Open", null, by, at, null);
    }

    public int Id { get; private set; }
    public AnnualListKind Kind { get; private set; }
    public int Year { get; private set; }
    public AnnualListState State { get; private set; }
    public AnnualListRules Rules { get; private set; } = new();

    /// <summary>Days of notice that are offered when the notice starts.</summary>
    public int NoticeDays { get; private set; }

    /// <summary>Null when the job opened it.</summary>
    public int? OpenedById { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>First and last day of the notice, both within it.</summary>
    public DateOnly? NoticeFrom { get; private set; }
    public DateOnly? NoticeUntil { get; private set; }
    public DateTimeOffset? NoticeClosedAt { get; private set; }
    public DateTimeOffset? PublishAt { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>SHA-256 of the UTF-8 bytes of <see cref="FrozenJson"/>, lower-case hex.</summary>
    public string? ContentHash { get; private set; }

    /// <summary>The published list, byte for byte as it is downloaded.</summary>
    public string? FrozenJson { get; private set; }

    /// <summary>Counts every act; a form that was opened on an older one is told.</summary>
    public int Version { get; private set; }

    public IReadOnlyCollection<AnnualListEntry> Entries => entries;
    public IReadOnlyCollection<AnnualListStep> Steps => steps;

    /// <summary>QD-XQ-2026 for needs, QD-CG-2026 for achievements, QD-XQ-2026-2 for the first correction.</summary>
    public string SerialNumber => $"QD-{(Kind == AnnualListKind.KeyTechnologyNeeds ? "XQ" : "CG")}-{Year}{(IsCorrection ? $"-{Edition}" : "")}";

    /// <summary>Entries on the list, in order.</summary>
    public IEnumerable<AnnualListEntry> Listed => entries.Where(e => e.State == AnnualListEntryState.In).OrderBy(e => e.Position);

    /// <summary>The states in which each act is allowed; the one place that says so.</summary>
    public static IReadOnlyDictionary<AnnualListAct, AnnualListState[]> Allowed { get; } = new Dictionary<AnnualListAct, AnnualListState[]>
    {
        [AnnualListAct.ChangeRules] = [AnnualListState.Open],
        [AnnualListAct.Propose] = [AnnualListState.Open],
        [AnnualListAct.Add] = [AnnualListState.Open],
        [AnnualListAct.Drop] = [AnnualListState.Open, AnnualListState.InNotice],
        [AnnualListAct.Restore] = [AnnualListState.Open],
        [AnnualListAct.Order] = [AnnualListState.Open],
        [AnnualListAct.StartNotice] = [AnnualListState.Open],
        [AnnualListAct.ProlongNotice] = [AnnualListState.InNotice],
        [AnnualListAct.CloseNotice] = [AnnualListState.InNotice],
        [AnnualListAct.Publish] = [AnnualListState.InNotice],
    };

    /// <summary>Once the notice is closed the list only waits for its publication.</summary>
    public bool May(AnnualListAct act) =>
        Allowed[act].Contains(State) && (NoticeClosedAt is null || act == AnnualListAct.Publish);

    /// <summary>Readers see a list from the first day of its notice, a correction once it is published.</summary>
    public bool IsPublicOn(DateOnly today) => State == AnnualListState.Published || (State == AnnualListState.InNotice && NoticeFrom <= today && !IsCorrection);

    public void ChangeRules(AnnualListRules rules, int noticeDays, int by, DateTimeOffset at)
    {
        Require(AnnualListAct.ChangeRules);
        CheckRules(rules, noticeDays);
        Rules = rules;
        NoticeDays = noticeDays;
        Note(nameof(AnnualListAct.ChangeRules), null, by, at, null);
    }

    /// <summary>
    /// Takes over a proposal: what the job once proposed and proposes no longer leaves, what is new comes last, what stays keeps its place.
    /// Staff's own additions and removals hold.
    /// </summary>
    public void Propose(IReadOnlyList<ProposedEntry> proposed, int? by, DateTimeOffset at)
    {
        Require(AnnualListAct.Propose);
        RequireNotScored();
        var ids = proposed.Select(p => p.ListingId).ToHashSet();
        foreach (var entry in entries.Where(e => e.IsByJob && e.State == AnnualListEntryState.In && !ids.Contains(e.ListingId)))
            entry.Drop(AnnualListEntry.NoLongerProposed, null, at);
        foreach (var proposal in proposed)
        {
            var entry = entries.SingleOrDefault(e => e.ListingId == proposal.ListingId);
            if (entry is null) entries.Add(new AnnualListEntry(this, proposal, NextPosition(), at));
            else if (entry.IsByJob) entry.ProposeAgain(proposal, NextPosition(), at);
        }
        Renumber();
        Note(nameof(AnnualListAct.Propose), null, by, at, null);
    }

    public AnnualListEntry Add(Listing listing, string reason, int by, DateTimeOffset at)
    {
        Require(AnnualListAct.Add);
        if (listing is Need != (Kind == AnnualListKind.KeyTechnologyNeeds)) throw new AnnualListRefusedException("WrongKind", listing.Number ?? "");
        if (!listing.IsSearchable) throw new AnnualListRefusedException("NotPublished", listing.Number ?? "");
        var entry = entries.SingleOrDefault(e => e.ListingId == listing.Id);
        if (entry is { State: AnnualListEntryState.In }) throw new AnnualListRefusedException("AlreadyListed", listing.Number!, entry.Position);
        if (entry is null) entries.Add(entry = new AnnualListEntry(this, listing, NextPosition(), reason, by, at));
        else entry.AddAgain(listing.PublishedRevision, NextPosition(), reason, by, at);
        Renumber();
        Note(nameof(AnnualListAct.Add), entry, by, at, reason);
        return entry;
    }

    /// <summary>Takes an entry off; during the notice as the answer to an objection.</summary>
    public void Drop(int entryId, string reason, int by, DateTimeOffset at)
    {
        Require(AnnualListAct.Drop);
        var entry = Find(entryId, AnnualListEntryState.In);
        if (State == AnnualListState.InNotice && Listed.Count() == 1) throw new AnnualListRefusedException("LastEntry");
        entry.Drop(reason, by, at);
        Renumber();
        Note(nameof(AnnualListAct.Drop), entry, by, at, reason);
    }

    public void Restore(int entryId, string reason, int by, DateTimeOffset at)
    {
        Require(AnnualListAct.Restore);
        var entry = Find(entryId, AnnualListEntryState.Dropped);
        entry.AddAgain(entry.Revision, NextPosition(), reason, by, at);
        Renumber();
        Note(nameof(AnnualListAct.Restore), entry, by, at, reason);
    }

    /// <param name="position">From 1; beyond the last means last.</param>
    public void Place(int entryId, int position, string reason, int by, DateTimeOffset at)
    {
        Require(AnnualListAct.Order);
        RequireReasonOnceScored(reason);
        var entry = Find(entryId, AnnualListEntryState.In);
        var order = Listed.Where(e => e != entry).ToList();
        order.Insert(Math.Clamp(position - 1, 0, order.Count), entry);
        for (var i = 0; i < order.Count; i++) order[i].MoveTo(i + 1);
        Note(nameof(AnnualListAct.Order), entry, by, at, reason);
    }

    /// <param name="publishOn">Day of publication, after the notice has ended.</param>
    public void StartNotice(DateOnly from, DateOnly until, DateOnly publishOn, int by, DateTimeOffset at)
    {
        Require(AnnualListAct.StartNotice);
        if (IsCorrection) throw new AnnualListRefusedException("State", AnnualListAct.StartNotice, State);
        if (!Listed.Any()) throw new AnnualListRefusedException("Empty");
        if (from < ProvinceTime.DayOf(at)) throw new AnnualListRefusedException("NoticeInPast", from);
        SetNotice(from, until, publishOn);
        State = AnnualListState.InNotice;
        Note(nameof(AnnualListAct.StartNotice), null, by, at, null);
    }

    /// <summary>More time for objections; never less than was announced.</summary>
    public void ProlongNotice(DateOnly until, DateOnly publishOn, string reason, int by, DateTimeOffset at)
    {
        Require(AnnualListAct.ProlongNotice);
        if (until <= NoticeUntil) throw new AnnualListRefusedException("NoticeShortened", NoticeUntil!);
        SetNotice(NoticeFrom!.Value, until, publishOn);
        Note(nameof(AnnualListAct.ProlongNotice), null, by, at, reason);
    }

    /// <summary>Ends the notice once its last day is over; says whether it did.</summary>
    public bool CloseNotice(DateTimeOffset at)
    {
        if (!May(AnnualListAct.CloseNotice) || ProvinceTime.DayOf(at) <= NoticeUntil) return false;
        NoticeClosedAt = at;
        Note(nameof(AnnualListAct.CloseNotice), null, null, at, null);
        return true;
    }

    public bool IsDue(DateTimeOffset now) => State == AnnualListState.InNotice && PublishAt <= now && ProvinceTime.DayOf(now) > NoticeUntil;

    /// <summary>Takes off what its owner has withdrawn; part of publishing, since nothing withdrawn may become public again.</summary>
    internal void DropWithdrawn(IReadOnlySet<int> listingIds, DateTimeOffset at)
    {
        Require(AnnualListAct.Publish);
        foreach (var entry in Listed.Where(e => listingIds.Contains(e.ListingId)).ToList())
        {
            entry.Drop(AnnualListEntry.Withdrawn, null, at);
            Note(nameof(AnnualListAct.Drop), entry, null, at, AnnualListEntry.Withdrawn);
        }
        Renumber();
    }

    /// <summary>Freezes the list. Afterwards every act is refused, and the context refuses to save a change of it.</summary>
    internal void Publish(FrozenList frozen, DateTimeOffset at)
    {
        Require(AnnualListAct.Publish);
        if (!IsDue(at)) throw new AnnualListRefusedException("NotDue", PublishAt!);
        if (!IsSigned) throw new AnnualListRefusedException("NotSigned");
        NoticeClosedAt ??= at;
        foreach (var entry in entries) entry.Seal(frozen.Entries.GetValueOrDefault(entry.ListingId));
        FrozenJson = frozen.Json;
        ContentHash = frozen.Hash;
        (OfficialNumber, InternalJson, InternalHash, InputsJson, InputsHash) = (frozen.Official, frozen.InternalJson, frozen.InternalHash, frozen.InputsJson, frozen.InputsHash);
        (SigningKeyId, Signature) = (frozen.KeyId, frozen.Signature);
        PublishedAt = at;
        State = AnnualListState.Published;
        Note(nameof(AnnualListAct.Publish), null, null, at, null);
    }

    private void SetNotice(DateOnly from, DateOnly until, DateOnly publishOn)
    {
        var days = until.DayNumber - from.DayNumber + 1;
        if (days is < ShortestNoticeDays or > LongestNoticeDays) throw new AnnualListRefusedException("NoticeLength", days, ShortestNoticeDays, LongestNoticeDays);
        if (publishOn <= until) throw new AnnualListRefusedException("PublishBeforeEnd", publishOn, until);
        if (publishOn > until.AddDays(LongestNoticeDays)) throw new AnnualListRefusedException("PublishTooLate", publishOn, LongestNoticeDays);
        NoticeFrom = from;
        NoticeUntil = until;
        PublishAt = ProvinceTime.At(publishOn, ProvinceTime.OfficeHour);
    }

    private static void CheckRules(AnnualListRules rules, int noticeDays)
    {
        if (rules.Check() is [var first, ..]) throw new AnnualListRefusedException(first.Code, first.Arguments);
        if (noticeDays is < ShortestNoticeDays or > LongestNoticeDays)
            throw new AnnualListRefusedException("NoticeLength", noticeDays, ShortestNoticeDays, LongestNoticeDays);
    }

    private AnnualListEntry Find(int entryId, AnnualListEntryState state) =>
        entries.SingleOrDefault(e => e.Id == entryId && e.State == state) ?? throw new AnnualListRefusedException("EntryGone");

    private int NextPosition() => entries.Count == 0 ? 1 : entries.Max(e => e.Position) + 1;

    private void Renumber()
    {
        var position = 0;
        foreach (var entry in Listed.ToList()) entry.MoveTo(++position);
    }

    private void Require(AnnualListAct act)
    {
        if (!May(act)) throw new AnnualListRefusedException("State", act, State);
    }

    private void Note(string act, AnnualListEntry? entry, int? by, DateTimeOffset at, string? remark)
    {
        Version++;
        if (act is nameof(AnnualListAct.Drop) or nameof(AnnualListAct.ProlongNotice) && by is not null) Unsign();
        steps.Add(new AnnualListStep(this, act, entry, by, at, remark));
    }
}
