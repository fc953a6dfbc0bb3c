using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Listings;

/// <summary>What can be done to a listing; each is a method of <see cref="Listing"/> and allowed in the states of <see cref="Listing.Allowed"/>.</summary>
public enum ListingAct
{
    Describe, Submit, TakeBack, Forward, SendBack, Publish, Return, Propose, PublishRevision, ReturnRevision, TakeBackRevision, Renew, Expire, Withdraw, Reopen,
    BeginTalks, EndTalks, Sign, Solve, SendToSecondDiagnosis, Track, BackToPublished, Archive,
}

/// <summary>The state of the record does not allow the act: somebody else was faster, or the page was old.</summary>
public sealed class ActRefusedException(ListingAct act, ListingState state)
    : InvalidOperationException($"{act} is not allowed in state {state}.")
{
    public ListingAct Act { get; } = act;
    public ListingState State { get; } = state;
}

/// <summary>What a need and an achievement have in common. State changes are its methods; they refuse what is not allowed.</summary>
public abstract partial class Listing
{
    protected Listing() { }

    protected Listing(Organization organization, int authorId, DateTimeOffset at)
    {
        Organization = organization;
        AuthorId = authorId;
        CreatedAt = UpdatedAt = at;
        Region = organization.Region;
        Industry = organization.Industry;
    }

    public int Id { get; private set; }

    /// <summary>Public number, given at the first publication: XQ2026-220100-00012.</summary>
    public string? Number { get; private set; }

    public int OrganizationId { get; private set; }
    public Organization Organization { get; private set; } = null!;
    public int AuthorId { get; private set; }
    public int? BrokerId { get; private set; }

    public string Title { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public string Description { get; private set; } = "";
    public IReadOnlyList<string> Keywords { get; private set; } = [];
    public TechnologyField? Field { get; private set; }
    public string Industry { get; private set; } = "";
    public string Region { get; private set; } = "";
    public IReadOnlyList<Quantity> Quantities { get; private set; } = [];
    public IReadOnlyList<CooperationMode> Cooperation { get; private set; } = [];
    public decimal? Money { get; private set; }
    public PaymentMode? Payment { get; private set; }
    public Disclosure Disclosure { get; private set; }
    public DateOnly? ValidUntil { get; private set; }
    public Contact Contact { get; private set; } = Contact.Empty;

    public ListingState State { get; private set; }
    public string? ReturnReasons { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public DateTimeOffset? SubmittedAt { get; private set; }

    /// <summary>When the recommending office passed it on; null without one and while it waits there.</summary>
    public DateTimeOffset? ForwardedAt { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>When the owner last said that it still holds: publication, revision or renewal.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>Number of the revision that readers see; 0 before the first publication.</summary>
    public int PublishedRevision { get; private set; }

    /// <summary>Key of the form post that made this record, so that a double click makes one.</summary>
    public Guid CreationKey { get; private set; } = Guid.NewGuid();

    /// <summary>Counts every save; a form that was opened on an older one is told.</summary>
    public int Version { get; private set; }

    /// <summary>Counts what search must know; the index holds <see cref="IndexedVersion"/>, matching has seen <see cref="MatchedVersion"/>.</summary>
    public int SearchVersion { get; private set; }
    public int IndexedVersion { get; private set; }
    public int MatchedVersion { get; private set; }

    /// <summary>The run of a worker that is matching this listing, and when others may take it for dead.</summary>
    public Guid? MatchClaim { get; private set; }
    public DateTimeOffset? MatchClaimedUntil { get; private set; }

    public ICollection<Revision> Revisions { get; } = [];
    public ICollection<ListingStep> Steps { get; } = [];
    public ICollection<Attachment> Attachments { get; } = [];

    /// <summary>Whether the public does not learn who the owner is; members of verified organisations may.</summary>
    public bool IsAnonymous => Disclosure != Disclosure.Named;
    public bool IsPublic => ListingStates.Public.Contains(State);
    public bool IsSearchable => ListingStates.Searchable.Contains(State);
    public abstract Search.ListingKind ListingKind { get; }

    /// <summary>A draft that nobody but its owner ever saw; everything else is withdrawn, so that its past stays readable.</summary>
    public bool MayBeDeleted => State == ListingState.Draft && Number is null && PublishedRevision == 0;

    /// <summary>Changes a draft. A published record is changed through <see cref="Propose"/>.</summary>
    public void Describe(ListingContent content, Contact contact, DateTimeOffset at)
    {
        Require(ListingAct.Describe);
        Apply(content);
        Contact = contact;
        UpdatedAt = at;
    }

    /// <summary>Hands the record to the organisation's recommending office, or without one to staff.</summary>
    public void Submit(int by, DateTimeOffset at, DateOnly today)
    {
        Require(ListingAct.Submit);
        // An organisation that was not loaded would send the record past its office.
        if (Organization is null) throw new InvalidOperationException("A listing is submitted with its organisation loaded.");
        if (ListingRules.CheckComplete(Content(), today) is [var first, ..])
            throw new InvalidOperationException($"An incomplete listing cannot be submitted: {first.Field} {first.Code}.");
        SubmittedAt = at;
        ForwardedAt = null;
        ReturnReasons = null;
        Move(Organization.OfficeId is null ? ListingState.Submitted : ListingState.AwaitingOffice, by, at, null);
    }

    public void TakeBack(int by, DateTimeOffset at)
    {
        Require(ListingAct.TakeBack);
        Move(ListingState.Draft, by, at, null);
    }

    /// <summary>Makes the record public under its number and freezes revision 1 (or the next, after a withdrawal).</summary>
    /// <exception cref="InvalidOperationException">The organisation is not verified.</exception>
    /// <param name="checks">What the reviewer ticked; stored with the step.</param>
    public void Publish(string number, int by, DateTimeOffset at, IReadOnlyList<CheckTick>? checks = null)
    {
        Require(ListingAct.Publish);
        MakePublic(number, by, at, checks);
    }

    /// <summary>The way of imported records: from draft straight to public, without a reviewer.</summary>
    protected void PublishAsImported(string number, DateTimeOffset at) => MakePublic(number, 0, at);

    private void MakePublic(string number, int by, DateTimeOffset at, IReadOnlyList<CheckTick>? checks = null)
    {
        if (!Organization.IsVerified) throw new InvalidOperationException("Nothing of an organisation is published before it is verified.");
        Number ??= number;
        PublishedAt ??= at;
        ConfirmedAt = at;
        PublishedRevision = NextRevision();
        Revisions.Add(Revision.Published(this, PublishedRevision, Content(), by, at));
        ReleaseAttachments(at);
        SearchVersion++;
        Move(ListingState.Published, by, at, null, checks);
    }

    public void Return(string reasons, int by, DateTimeOffset at, IReadOnlyList<CheckTick>? checks = null)
    {
        Require(ListingAct.Return);
        ReturnReasons = reasons;
        Move(ListingState.Returned, by, at, reasons, checks);
    }

    public Revision? PendingRevision => Revisions.SingleOrDefault(r => r.State == RevisionState.Pending);

    /// <summary>Proposes new content for a published record; readers see the old until staff publish the new.</summary>
    public Revision Propose(ListingContent content, Contact contact, int by, DateTimeOffset at)
    {
        Require(ListingAct.Propose);
        Contact = contact;
        UpdatedAt = at;
        if (PendingRevision is { } pending)
        {
            pending.Replace(content, by, at);
            return pending;
        }
        var revision = Revision.Pending(this, NextRevision(), content, by, at);
        Revisions.Add(revision);
        return revision;
    }

    public void PublishRevision(int by, DateTimeOffset at)
    {
        Require(ListingAct.PublishRevision);
        var pending = PendingRevision ?? throw new ActRefusedException(ListingAct.PublishRevision, State);
        Apply(pending.Content(ListingKind));
        pending.Publish(by, at);
        PublishedRevision = pending.Number;
        ReleaseAttachments(at);
        ConfirmedAt = UpdatedAt = at;
        SearchVersion++;
        ShowAgain(by, at);
    }

    public void ReturnRevision(string reasons, int by, DateTimeOffset at)
    {
        Require(ListingAct.ReturnRevision);
        var pending = PendingRevision ?? throw new ActRefusedException(ListingAct.ReturnRevision, State);
        pending.Return(reasons, by, at);
        UpdatedAt = at;
        Note(by, at, reasons);
    }

    /// <summary>The owner drops proposed content; readers never saw it.</summary>
    public void TakeBackRevision(int by, DateTimeOffset at)
    {
        Require(ListingAct.TakeBackRevision);
        var pending = PendingRevision ?? throw new ActRefusedException(ListingAct.TakeBackRevision, State);
        pending.TakeBack(by, at);
        UpdatedAt = at;
        Note(by, at, null);
    }

    /// <summary>The owner confirms that the record still holds, until a later day.</summary>
    public void Renew(DateOnly validUntil, int by, DateTimeOffset at)
    {
        Require(ListingAct.Renew);
        if (validUntil <= ValidUntil) throw new ArgumentOutOfRangeException(nameof(validUntil), "A renewal must reach further than before.");
        ValidUntil = validUntil;
        // Else publishing the proposal would take the renewal back.
        PendingRevision?.ReachUntil(validUntil, ListingKind);
        ConfirmedAt = at;
        SearchVersion++;
        ShowAgain(by, at);
    }

    /// <summary>Ends a published record whose day has passed; says whether it did.</summary>
    public bool Expire(DateOnly today, DateTimeOffset at)
    {
        if (State != ListingState.Published || ValidUntil is null || ValidUntil >= today) return false;
        SearchVersion++;
        Move(ListingState.Expired, null, at, null);
        return true;
    }

    public void Withdraw(int by, DateTimeOffset at)
    {
        Require(ListingAct.Withdraw);
        PendingRevision?.TakeBack(by, at);
        SearchVersion++;
        Move(ListingState.Withdrawn, by, at, null);
    }

    public void Reopen(int by, DateTimeOffset at)
    {
        Require(ListingAct.Reopen);
        Move(ListingState.Draft, by, at, null);
    }

    public void AssignBroker(int? brokerId, int by, DateTimeOffset at)
    {
        BrokerId = brokerId;
        Note(by, at, null);
    }

    /// <summary>Puts a file beside the record; outsiders see it once staff have published what it belongs to.</summary>
    /// <exception cref="InvalidOperationException">There are <see cref="Attachment.MaxPerListing"/> already; the caller checks first.</exception>
    public Attachment Attach(string fileName, string contentType, long length, string storedName, string sha256, int by, DateTimeOffset at)
    {
        if (Attachments.Count >= Attachment.MaxPerListing) throw new InvalidOperationException("The listing has all the attachments it may have.");
        var attachment = new Attachment(this, fileName, contentType, length, storedName, sha256, by, at);
        Attachments.Add(attachment);
        UpdatedAt = at;
        return attachment;
    }

    public void Detach(Attachment attachment, DateTimeOffset at)
    {
        Attachments.Remove(attachment);
        UpdatedAt = at;
    }

    /// <summary>Another person to ask, or nobody; what readers see does not change by it.</summary>
    public void ReplaceContact(Contact contact, int? by, DateTimeOffset at)
    {
        Contact = contact;
        Note(by, at, null);
    }

    public void MarkIndexed(int version) => IndexedVersion = version;

    public void MarkMatched(int version) => MatchedVersion = version;

    /// <summary>Asks for indexing again, for instance after the encoder changed.</summary>
    public void TouchSearch() => SearchVersion++;

    public void CreatedBy(Guid key) => CreationKey = key;

    internal void Saved() => Version++;

    public abstract ListingContent Content();

    protected virtual void Apply(ListingContent content)
    {
        Title = content.Title;
        Summary = content.Summary;
        Description = content.Description;
        Keywords = content.Keywords;
        Field = content.Field;
        Industry = content.Industry;
        Region = content.Region;
        Quantities = content.Quantities;
        Cooperation = content.Cooperation;
        Money = content.Money;
        Payment = content.Payment;
        Disclosure = content.Disclosure;
        ValidUntil = content.ValidUntil;
    }

    private void ReleaseAttachments(DateTimeOffset at)
    {
        foreach (var attachment in Attachments) attachment.Release(at);
    }

    private int NextRevision() => Revisions.Count == 0 ? PublishedRevision + 1 : Revisions.Max(r => r.Number) + 1;

    /// <summary>What has expired is open again; talks, diagnosis and tracking go on as they were.</summary>
    private void ShowAgain(int by, DateTimeOffset at) => Move(State == ListingState.Expired ? ListingState.Published : State, by, at, null);

    private void Require(ListingAct act)
    {
        if (!May(act)) throw new ActRefusedException(act, State);
    }

    private void Move(ListingState to, int? by, DateTimeOffset at, string? remark, IReadOnlyList<CheckTick>? checks = null)
    {
        Steps.Add(new ListingStep(this, State, to, by, at, remark, checks));
        State = to;
        UpdatedAt = at;
    }

    private void Note(int? by, DateTimeOffset at, string? remark) => Steps.Add(new ListingStep(this, State, State, by, at, remark));
}
