using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Brokerage;

/// <summary>The fixed questions of an expression of interest: what cooperation, what is unclear, who you are.</summary>
/// <param name="AboutUs">Read by the broker, and by the other side once both have consented.</param>
public sealed record Interest(IReadOnlyList<CooperationMode> Cooperation, string Unclear, string AboutUs)
{
    public const int MaxText = 500;

    public static Interest None { get; } = new([], "", "");
}

/// <summary>One side of a case.</summary>
public sealed class CaseParty
{
    private CaseParty() { }

    internal CaseParty(Case of, CaseSide side, Listing listing)
    {
        Case = of;
        Side = side;
        ListingId = listing.Id;
        OrganizationId = listing.OrganizationId;
        IsAnonymous = listing.IsAnonymous;
    }

    public int CaseId { get; private set; }
    public Case Case { get; private set; } = null!;
    public CaseSide Side { get; private set; }
    public int ListingId { get; private set; }
    public int OrganizationId { get; private set; }

    /// <summary>Whether the side came in anonymously; a record that becomes anonymous later hides its owner here as well.</summary>
    public bool IsAnonymous { get; private set; }

    public SideAnswer Answer { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public int? AnsweredById { get; private set; }
    public EndReason? Reason { get; private set; }
    public DateTimeOffset? AskedAt { get; private set; }

    public IReadOnlyList<CooperationMode> Cooperation { get; private set; } = [];
    public string Unclear { get; private set; } = "";
    public string AboutUs { get; private set; } = "";

    public DateTimeOffset? NdaAcceptedAt { get; private set; }
    public int? NdaAcceptedById { get; private set; }

    internal void Express(Interest interest, int by, DateTimeOffset at)
    {
        (Answer, AnsweredAt, AnsweredById) = (SideAnswer.Interested, at, by);
        (Cooperation, Unclear, AboutUs) = (interest.Cooperation, interest.Unclear, interest.AboutUs);
    }

    internal void Refuse(EndReason reason, int by, DateTimeOffset at) => (Answer, AnsweredAt, AnsweredById, Reason) = (SideAnswer.NotInterested, at, by, reason);

    internal void Ask(DateTimeOffset at) => AskedAt = at;

    internal void AcceptNda(int by, DateTimeOffset at)
    {
        if (NdaAcceptedAt is not null) return;
        (NdaAcceptedAt, NdaAcceptedById) = (at, by);
    }

    internal void ForgetNda() => (NdaAcceptedAt, NdaAcceptedById) = (null, null);
}

/// <summary>Who moved the case when; the same stage twice is a change of something else.</summary>
public sealed class CaseStep
{
    private CaseStep() { }

    internal CaseStep(Case of, CaseStage? from, CaseStage to, int? byId, DateTimeOffset at, string? remark)
    {
        Case = of;
        From = from;
        To = to;
        ById = byId;
        At = at;
        Remark = remark;
    }

    public int Id { get; private set; }
    public int CaseId { get; private set; }
    public Case Case { get; private set; } = null!;

    /// <summary>Null for the first one.</summary>
    public CaseStage? From { get; private set; }
    public CaseStage To { get; private set; }
    public int? ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string? Remark { get; private set; }
}

/// <summary>A side's consent to one layer for this introduction, with purpose and receiver; a withdrawn one stays as history.</summary>
public sealed class CaseConsent
{
    public const int MaxReceiver = 200;

    private CaseConsent() { }

    internal CaseConsent(Case of, CaseSide side, CaseLayer layer, ConsentPurpose purpose, string receiver, int receiverOrganizationId, int byId, DateTimeOffset at)
    {
        Case = of;
        Side = side;
        Layer = layer;
        Purpose = purpose;
        Receiver = receiver;
        ReceiverOrganizationId = receiverOrganizationId;
        ById = byId;
        At = at;
    }

    public int Id { get; private set; }
    public int CaseId { get; private set; }
    public Case Case { get; private set; } = null!;
    public CaseSide Side { get; private set; }
    public CaseLayer Layer { get; private set; }
    public ConsentPurpose Purpose { get; private set; }
    public string Receiver { get; private set; } = "";
    public int ReceiverOrganizationId { get; private set; }
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public int? WithdrawnById { get; private set; }

    internal void Withdraw(int by, DateTimeOffset at) => (WithdrawnAt, WithdrawnById) = (at, by);
}

/// <summary>One showing of somebody's contact or documents. The owner reads these rows.</summary>
public sealed class ContactReading
{
    private ContactReading() { }

    internal ContactReading(int listingId, Case of, CaseSide side, CaseLayer layer, int readerId, int? readerOrganizationId, CaseConsent? consent, DateTimeOffset at)
    {
        ListingId = listingId;
        Case = of;
        Side = side;
        Layer = layer;
        ReaderId = readerId;
        ReaderOrganizationId = readerOrganizationId;
        Consent = consent;
        At = at;
    }

    /// <summary>Staff or a responsible broker read the contact of a record outside any case, for instance when checking it.</summary>
    public ContactReading(int listingId, int readerId, DateTimeOffset at) => (ListingId, ReaderId, At) = (listingId, readerId, at);

    public int Id { get; private set; }
    public int ListingId { get; private set; }
    public int? CaseId { get; private set; }
    public Case? Case { get; private set; }

    /// <summary>Whose contact it was.</summary>
    public CaseSide? Side { get; private set; }
    public CaseLayer Layer { get; private set; }
    public int ReaderId { get; private set; }

    /// <summary>The other side's organisation; null when staff or the broker read.</summary>
    public int? ReaderOrganizationId { get; private set; }

    public int? ConsentId { get; private set; }

    /// <summary>Under which consent; null when staff or the broker read.</summary>
    public CaseConsent? Consent { get; private set; }
    public DateTimeOffset At { get; private set; }
}
