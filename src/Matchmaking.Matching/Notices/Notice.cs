namespace Matchmaking.Matching.Notices;

/// <summary>
/// What somebody is told. The words stand in <c>NoticesText</c> beside the sending job: <c>Kind.Title</c> and <c>Kind.Text</c>, with the arguments in their
/// places; the table of the arguments is there. What each kind is for mails (decision, digest, asked for) stands in <see cref="NoticeKinds"/>.
/// </summary>
public enum NoticeKind
{
    // About one's own records.
    ListingForwarded, ListingSentBack, ListingPublished, ListingExpires, ListingExpired, ListingAsked, ListingAnswered, ListingDuplicate,

    // About collecting.
    RoundOpened, RoundReminder,

    // About an introduction.
    CaseAssigned, CaseOffered, CaseAnswered, CaseConsented, CaseMessage, CaseMeeting, CaseDue, CaseEnded, ContactShown,

    // About contracts.
    ContractRegister, ContractFollowUp, PriceNotice,

    // What the person asked to hear of.
    SavedSearch, Followed, DeclineStatistics,

    // About needs for which nothing good was found.
    TriageAssigned, TriageAnswered, TriageMatched,
    // About one's own records, when their contact person has left.
    ContactMissing,

    // About contracts that came about, and proofs that a need is solved.
    ContractSigned, ContractRegistered, ProofAccepted, ProofRefused,

    // To the recommending office, about a round that reaches its members.
    OfficeRoundOpened, OfficeRoundClosing,

    // A firm took posted terms.
    OpenLicenceAccepted,

    // To staff: a list that is due lacks a signature.
    ListUnsigned,
    PlanOverdue,
    // About scoring the yearly lists, and objections to them.
    ScoringInvited, ScoringReminder, ListRoundMoved, ObjectionReceived, ObjectionDue, ObjectionDecided,
    // To an expert who is asked to write the sections of a foresight report.
    ReportCommittee,
    // To the people of a department of the plan, and to staff, about its returns.
    PlanReturn,
}

/// <summary>
/// Something one person is told: a line of the inbox at once, and a mail when its kind and the person's choice say so. Made in the transaction of
/// the act itself (<see cref="Data.MatchmakingDbContext.Tell"/>), so that neither is there without the other; sending is a job's.
/// </summary>
public sealed class Notice
{
    public const int MaxLink = 200;

    private Notice() { }

    public Notice(int userId, NoticeKind kind, string link, IReadOnlyList<string> arguments, DateTimeOffset at)
    {
        UserId = userId;
        Kind = kind;
        Link = link;
        Arguments = arguments;
        At = at;
    }

    public int Id { get; private set; }
    public int UserId { get; private set; }
    public NoticeKind Kind { get; private set; }

    /// <summary>Address within the site, such as <c>/my/cases/12</c>; rights are asked when it is opened, not here.</summary>
    public string Link { get; private set; } = "";

    /// <summary>Numbers, days and public titles for the places of the text; never a name, contact or message, because mails carry them.</summary>
    public IReadOnlyList<string> Arguments { get; private set; } = [];

    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>When its mail went out, or when it was decided that none is to go.</summary>
    public DateTimeOffset? MailedAt { get; private set; }

    /// <summary>The saved search or follow that made it, such as <c>search:4</c>: its own choice of mails counts, and unsubscribing is from it alone. Else null.</summary>
    public string? Source { get; private set; }

    /// <summary>How often its mail goes, once that was decided; null until the sending job has looked at it, or after its person chose anew.</summary>
    public MailFrequency? MailAs { get; private set; }

    /// <summary>Moment from which on its mail may go: at once, or the digest's hour.</summary>
    public DateTimeOffset? MailDue { get; private set; }

    /// <summary>The mail it stands in.</summary>
    public int? MailId { get; private set; }
    public OutgoingMail? Mail { get; private set; }

    public Notice From(string source)
    {
        Source = source;
        return this;
    }

    public void Read(DateTimeOffset at) => ReadAt ??= at;

    public void Mailed(DateTimeOffset at) => MailedAt ??= at;

    /// <summary>Decides when its mail goes; with <see cref="MailFrequency.Never"/> that it goes not at all.</summary>
    public void Decide(MailFrequency frequency, DateTimeOffset now)
    {
        MailAs = frequency;
        if (frequency == MailFrequency.Never) MailedAt ??= now;
        else MailDue = DigestHours.DueAfter(frequency, now);
    }

    public void PutInto(OutgoingMail mail) => Mail = mail;
}
