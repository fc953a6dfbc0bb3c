namespace Matchmaking.Matching.Notices;

/// <summary>How often somebody is mailed; the inbox shows everything at once whatever is chosen.</summary>
public enum MailFrequency { AtOnce, Daily, Weekly, Monthly, Never }

/// <summary>What kinds have to do with each other: filters of the inbox, headings of the choices, and the reason a mail gives for itself.</summary>
public enum NoticeGroup { Listings, Collecting, Cases, Contracts, AskedFor, Lists }

/// <summary>What each kind of notice is for mails. The only place that says so.</summary>
public static class NoticeKinds
{
    /// <summary>
    /// Somebody decided about the person's matter, or a clock of his runs: bundled into a digest it would come too late. The person chooses between at once
    /// and the inbox alone.
    /// </summary>
    private static readonly HashSet<NoticeKind> Decisions =
    [
        NoticeKind.ListingPublished, NoticeKind.ListingSentBack, NoticeKind.ListingAsked, NoticeKind.ContactMissing,
        NoticeKind.CaseAssigned, NoticeKind.CaseOffered, NoticeKind.CaseAnswered, NoticeKind.CaseConsented, NoticeKind.CaseDue, NoticeKind.CaseEnded, NoticeKind.ContactShown,
        NoticeKind.ContractRegister, NoticeKind.ContractFollowUp, NoticeKind.ContractSigned, NoticeKind.ContractRegistered, NoticeKind.ProofAccepted, NoticeKind.ProofRefused, NoticeKind.TriageAssigned,
        NoticeKind.OpenLicenceAccepted,
        NoticeKind.ScoringInvited, NoticeKind.ScoringReminder, NoticeKind.ObjectionDue, NoticeKind.ObjectionDecided,
    ];

    /// <summary>Chosen for the person by a program from what he looks for: the switch for personalised pushes turns these off (PIPL 24).</summary>
    private static readonly HashSet<NoticeKind> Personalised = [NoticeKind.SavedSearch, NoticeKind.Followed];

    private static readonly Dictionary<NoticeKind, MailFrequency> Defaults = new()
    {
        [NoticeKind.ListingAnswered] = MailFrequency.Daily, [NoticeKind.ListingDuplicate] = MailFrequency.Daily, [NoticeKind.ListingForwarded] = MailFrequency.Daily,
        [NoticeKind.PriceNotice] = MailFrequency.Daily, [NoticeKind.SavedSearch] = MailFrequency.Daily, [NoticeKind.Followed] = MailFrequency.Daily,
    };

    public static bool IsDecision(NoticeKind kind) => Decisions.Contains(kind);

    public static bool IsPersonalised(NoticeKind kind) => Personalised.Contains(kind);

    /// <summary>Saved searches and follows carry their own choice each.</summary>
    public static bool HasOwnChoice(NoticeKind kind) => kind is not (NoticeKind.SavedSearch or NoticeKind.Followed);

    /// <summary>What a person may choose for a kind.</summary>
    public static IReadOnlyList<MailFrequency> Choices(NoticeKind kind) =>
        IsDecision(kind) ? [MailFrequency.AtOnce, MailFrequency.Never] : Enum.GetValues<MailFrequency>();

    /// <summary>Until the person chooses.</summary>
    public static MailFrequency Default(NoticeKind kind) => Defaults.GetValueOrDefault(kind, MailFrequency.AtOnce);

    public static NoticeGroup GroupOf(NoticeKind kind) => kind switch
    {
        NoticeKind.RoundOpened or NoticeKind.RoundReminder or NoticeKind.OfficeRoundOpened or NoticeKind.OfficeRoundClosing => NoticeGroup.Collecting,
        NoticeKind.ContactShown or NoticeKind.DeclineStatistics => NoticeGroup.Cases,
        NoticeKind.SavedSearch or NoticeKind.Followed => NoticeGroup.AskedFor,
        NoticeKind.PriceNotice or NoticeKind.OpenLicenceAccepted => NoticeGroup.Contracts,
        NoticeKind.ScoringInvited or NoticeKind.ScoringReminder or NoticeKind.ListRoundMoved or NoticeKind.ObjectionReceived or NoticeKind.ObjectionDue or NoticeKind.ObjectionDecided or NoticeKind.ListUnsigned or NoticeKind.PlanOverdue or NoticeKind.ReportCommittee or NoticeKind.PlanReturn => NoticeGroup.Lists,
        _ when kind.ToString().StartsWith("Case", StringComparison.Ordinal) || kind.ToString().StartsWith("Triage", StringComparison.Ordinal) => NoticeGroup.Cases,
        _ when kind.ToString().StartsWith("Contract", StringComparison.Ordinal) => NoticeGroup.Contracts,
        _ => NoticeGroup.Listings,
    };

    public static IReadOnlyList<NoticeKind> Of(NoticeGroup group) => [.. Enum.GetValues<NoticeKind>().Where(kind => GroupOf(kind) == group)];
}

/// <summary>When digests go: at nine in the morning of the province, weekly on Monday, monthly on the first.</summary>
public static class DigestHours
{
    /// <summary>The first moment after <paramref name="at"/> (itself for at once), in UTC.</summary>
    /// <exception cref="ArgumentOutOfRangeException">For never.</exception>
    public static DateTimeOffset DueAfter(MailFrequency frequency, DateTimeOffset at)
    {
        if (frequency == MailFrequency.AtOnce) return at;
        var day = ProvinceTime.DayOf(at);
        for (var i = 0; i <= 32; i++, day = day.AddDays(1))
        {
            var due = ProvinceTime.At(day, ProvinceTime.OfficeHour);
            if (due > at && Falls(frequency, day)) return due;
        }
        throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "Nothing is due never.");
    }

    private static bool Falls(MailFrequency frequency, DateOnly day) => frequency switch
    {
        MailFrequency.Daily => true,
        MailFrequency.Weekly => day.DayOfWeek == DayOfWeek.Monday,
        MailFrequency.Monthly => day.Day == 1,
        _ => false,
    };
}
