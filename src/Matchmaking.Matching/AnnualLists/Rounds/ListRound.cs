namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <summary>Where a round stands. It moves on by its calendar, and never back.</summary>
public enum ListRoundPhase { Planned, Collecting, Scoring, Reviewing, InNotice, Deciding, Published, Cancelled }

/// <summary>What can be done to a round; allowed in the phases of <see cref="ListRound.Allowed"/>.</summary>
public enum ListRoundAct { ChangeRules, MoveDate, Open, StartScoring, Invite, Score, Compute, StartNotice, Object, Decide, CloseNotice, Finish, Cancel }

/// <summary>The round's phase does not allow the act, or what it asks for makes no sense. <see cref="Code"/> names a text in the resource files.</summary>
public sealed class ListRoundRefusedException(string code, params object[] arguments) : InvalidOperationException($"The round refuses: {code}.")
{
    public string Code { get; } = code;
    public IReadOnlyList<object> Arguments { get; } = arguments;
}

public enum RoundDate { CollectFrom, CollectUntil, ScoreUntil, ReviewUntil, NoticeUntil, PublishOn }

/// <summary>The days of a round, in the province's time; each part begins on the day after the one before has ended.</summary>
/// <param name="CollectUntil">Last day of collecting; what is published by then can be put to the experts.</param>
/// <param name="ScoreUntil">Last day of scoring.</param>
/// <param name="ReviewUntil">Last day on which staff look through the order; the notice begins on the next.</param>
/// <param name="NoticeUntil">Last day of the notice, on which objections are taken.</param>
public sealed record RoundCalendar(DateOnly CollectFrom, DateOnly CollectUntil, DateOnly ScoreUntil, DateOnly ReviewUntil, DateOnly NoticeUntil, DateOnly PublishOn)
{
    public DateOnly NoticeFrom => ReviewUntil.AddDays(1);

    public DateOnly this[RoundDate date] => date switch
    {
        RoundDate.CollectFrom => CollectFrom, RoundDate.CollectUntil => CollectUntil, RoundDate.ScoreUntil => ScoreUntil,
        RoundDate.ReviewUntil => ReviewUntil, RoundDate.NoticeUntil => NoticeUntil, _ => PublishOn,
    };

    public RoundCalendar With(RoundDate date, DateOnly day) => date switch
    {
        RoundDate.CollectFrom => this with { CollectFrom = day }, RoundDate.CollectUntil => this with { CollectUntil = day }, RoundDate.ScoreUntil => this with { ScoreUntil = day },
        RoundDate.ReviewUntil => this with { ReviewUntil = day }, RoundDate.NoticeUntil => this with { NoticeUntil = day }, _ => this with { PublishOn = day },
    };

    /// <summary>The first day that does not fit the one before it, with the reason's code; null when all fit.</summary>
    public (RoundDate Date, string Code, object[] Arguments)? Check()
    {
        var dates = Enum.GetValues<RoundDate>();
        for (var i = 1; i < dates.Length; i++)
        {
            if (this[dates[i]] <= this[dates[i - 1]]) return (dates[i], "DateOrder", [this[dates[i]], this[dates[i - 1]]]);
        }
        var notice = NoticeUntil.DayNumber - ReviewUntil.DayNumber;
        if (notice is < AnnualList.ShortestNoticeDays or > AnnualList.LongestNoticeDays) return (RoundDate.NoticeUntil, "NoticeDays", [notice, AnnualList.ShortestNoticeDays, AnnualList.LongestNoticeDays]);
        if (PublishOn.DayNumber - NoticeUntil.DayNumber > AnnualList.LongestNoticeDays) return (RoundDate.PublishOn, "PublishLate", [PublishOn, AnnualList.LongestNoticeDays]);
        return null;
    }
}

/// <summary>
/// 清单评选: one year's list by call, experts' scores, review, notice and publication. The calendar moves it on by a job; staff can move a day with a reason. What stands on
/// the list is the <see cref="AnnualList"/>'s own; the round only acts on it by its methods.
/// </summary>
public sealed class ListRound
{
    public const int MaxText = 2_000;
    public const int MaxReason = 200;

    private readonly List<ListRoundStep> steps = [];
    private readonly List<RoundInvitation> invitations = [];

    private ListRound() { }

    /// <param name="text">The call, as everybody reads it.</param>
    public ListRound(AnnualListKind kind, int year, string text, RoundCalendar calendar, ListRoundRules rules, int by, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, AnnualList.FirstYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, AnnualList.LastYear);
        if (calendar.Check() is { } wrong) throw new ListRoundRefusedException(wrong.Code, wrong.Arguments);
        if (calendar.CollectUntil < ProvinceTime.DayOf(at)) throw new ListRoundRefusedException("DatePast", calendar.CollectUntil);
        if (rules.Check(kind) is [var first, ..]) throw new ListRoundRefusedException(first.Code, first.Arguments);
        (Kind, Year, Text, Calendar, Rules, CreatedById, CreatedAt) = (kind, year, text, calendar, rules, by, at);
        Note("Plan", null, by, at, null);
    }

    public int Id { get; private set; }
    public AnnualListKind Kind { get; private set; }
    public int Year { get; private set; }
    public string Text { get; private set; } = "";
    public RoundCalendar Calendar { get; private set; } = null!;
    public ListRoundRules Rules { get; private set; } = new();
    public ListRoundPhase Phase { get; private set; }

    /// <summary>Null until the collection begins.</summary>
    public int? ListId { get; private set; }
    public AnnualList? List { get; private set; }
    public int CreatedById { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the scores were counted, and what came out; what is submitted later does not count.</summary>
    public DateTimeOffset? ComputedAt { get; private set; }
    public RoundResults? Results { get; private set; }

    /// <summary>Numbers of objections that were given out.</summary>
    public int Objections { get; private set; }

    /// <summary>What staff were last told that the round waits for, so that they are told once.</summary>
    public string? WaitsFor { get; private set; }

    /// <summary>Counts every act; a form that was opened on an older one is told.</summary>
    public int Version { get; private set; }
    public IReadOnlyCollection<ListRoundStep> Steps => steps;
    public IReadOnlyCollection<RoundInvitation> Invitations => invitations;

    /// <summary>As its list's: QD-XQ-2026.</summary>
    public string SerialNumber => $"QD-{(Kind == AnnualListKind.KeyTechnologyNeeds ? "XQ" : "CG")}-{Year}";

    private static ListRoundPhase[] Until(ListRoundPhase last) => [.. Enum.GetValues<ListRoundPhase>().Where(p => p <= last)];

    /// <summary>The phases in which each act is allowed; the one place that says so.</summary>
    public static IReadOnlyDictionary<ListRoundAct, ListRoundPhase[]> Allowed { get; } = new Dictionary<ListRoundAct, ListRoundPhase[]>
    {
        [ListRoundAct.ChangeRules] = Until(ListRoundPhase.Collecting),
        [ListRoundAct.MoveDate] = Until(ListRoundPhase.InNotice),
        [ListRoundAct.Open] = [ListRoundPhase.Planned],
        [ListRoundAct.StartScoring] = [ListRoundPhase.Collecting],
        [ListRoundAct.Invite] = [ListRoundPhase.Scoring],
        [ListRoundAct.Score] = [ListRoundPhase.Scoring],
        [ListRoundAct.Compute] = [ListRoundPhase.Scoring],
        // A list can be sent into its notice by hand; its round goes along.
        [ListRoundAct.StartNotice] = [ListRoundPhase.Collecting, ListRoundPhase.Scoring, ListRoundPhase.Reviewing],
        [ListRoundAct.Object] = [ListRoundPhase.InNotice],
        [ListRoundAct.Decide] = [ListRoundPhase.InNotice, ListRoundPhase.Deciding],
        [ListRoundAct.CloseNotice] = [ListRoundPhase.InNotice],
        [ListRoundAct.Finish] = [ListRoundPhase.InNotice, ListRoundPhase.Deciding],
        [ListRoundAct.Cancel] = Until(ListRoundPhase.Reviewing),
    };

    /// <summary>The last phase in which each day can still be moved.</summary>
    public static IReadOnlyDictionary<RoundDate, ListRoundPhase> Movable { get; } = new Dictionary<RoundDate, ListRoundPhase>
    {
        [RoundDate.CollectFrom] = ListRoundPhase.Planned, [RoundDate.CollectUntil] = ListRoundPhase.Collecting, [RoundDate.ScoreUntil] = ListRoundPhase.Scoring,
        [RoundDate.ReviewUntil] = ListRoundPhase.Reviewing, [RoundDate.NoticeUntil] = ListRoundPhase.InNotice, [RoundDate.PublishOn] = ListRoundPhase.Reviewing,
    };

    public bool May(ListRoundAct act) => Allowed[act].Contains(Phase);

    public bool MayMove(RoundDate date) => May(ListRoundAct.MoveDate) && Phase <= Movable[date];

    /// <summary>Scores are taken until the end of the last day, also while the job is late.</summary>
    public bool TakesScoresOn(DateOnly today) => May(ListRoundAct.Score) && today <= Calendar.ScoreUntil;

    public bool TakesObjectionsOn(DateOnly today) => May(ListRoundAct.Object) && Calendar.NoticeFrom <= today && today <= Calendar.NoticeUntil;

    public void ChangeRules(string text, ListRoundRules rules, int by, DateTimeOffset at)
    {
        Require(ListRoundAct.ChangeRules);
        if (rules.Check(Kind) is [var first, ..]) throw new ListRoundRefusedException(first.Code, first.Arguments);
        (Text, Rules) = (text, rules);
        Note(nameof(ListRoundAct.ChangeRules), null, by, at, null);
    }

    /// <summary>Moves one day. A notice that runs is announced at its list, so that it is only ever prolonged, and the publication moves along by as many days.</summary>
    /// <exception cref="AnnualListRefusedException">The list does not allow it.</exception>
    public void MoveDate(RoundDate date, DateOnly day, string reason, int by, DateTimeOffset at)
    {
        if (!MayMove(date)) throw new ListRoundRefusedException("DateFixed", date, Phase);
        var today = ProvinceTime.DayOf(at);
        if (day < today) throw new ListRoundRefusedException("DatePast", day);
        if (Phase == ListRoundPhase.InNotice && day <= Calendar[date]) throw new ListRoundRefusedException("NoticeShortened", Calendar[date]);
        var moved = Calendar.With(date, day);
        if (Phase == ListRoundPhase.InNotice) moved = moved with { PublishOn = Calendar.PublishOn.AddDays(day.DayNumber - Calendar.NoticeUntil.DayNumber) };
        if (moved.Check() is { } wrong) throw new ListRoundRefusedException(wrong.Code, wrong.Arguments);
        if (Phase == ListRoundPhase.InNotice) List!.ProlongNotice(moved.NoticeUntil, moved.PublishOn, reason, by, at);
        var before = Calendar[date];
        Calendar = moved;
        Note(nameof(ListRoundAct.MoveDate), $"{date} {before:yyyy-MM-dd} {day:yyyy-MM-dd}", by, at, reason);
    }

    public void Open(AnnualList list, DateTimeOffset at)
    {
        Require(ListRoundAct.Open);
        if (list.Kind != Kind || list.Year != Year || list.State != AnnualListState.Open) throw new ListRoundRefusedException("WrongList", list.SerialNumber);
        List = list;
        Phase = ListRoundPhase.Collecting;
        Note(nameof(ListRoundAct.Open), null, null, at, null);
    }

    public void StartScoring(DateTimeOffset at)
    {
        Require(ListRoundAct.StartScoring);
        Phase = ListRoundPhase.Scoring;
        WaitsFor = null;
        Note(nameof(ListRoundAct.StartScoring), null, null, at, null);
    }

    /// <summary>Asks an expert, once a round; he is known by a number from then on.</summary>
    public RoundInvitation Invite(ExpertCandidate expert, DateTimeOffset at)
    {
        Require(ListRoundAct.Invite);
        if (invitations.SingleOrDefault(i => i.ExpertId == expert.ExpertId) is { } known) return known;
        var invitation = new RoundInvitation(this, expert, $"E{invitations.Count + 1:D2}", at);
        invitations.Add(invitation);
        Note(nameof(ListRoundAct.Invite), invitation.Alias, null, at, null);
        return invitation;
    }

    /// <summary>Keeps what the scores came to; from now on they stand.</summary>
    public void Compute(RoundResults results, DateTimeOffset at)
    {
        Require(ListRoundAct.Compute);
        if (ProvinceTime.DayOf(at) <= Calendar.ScoreUntil) throw new ListRoundRefusedException("ScoringRuns", Calendar.ScoreUntil);
        if (!results.Entries.Any(e => e.IsIn)) throw new ListRoundRefusedException("NothingScored");
        (Results, ComputedAt, Phase, WaitsFor) = (results, at, ListRoundPhase.Reviewing, null);
        Note(nameof(ListRoundAct.Compute), null, null, at, null);
    }

    /// <summary>Follows its list, which has begun its notice.</summary>
    public void FollowNotice(AnnualList list, DateTimeOffset at)
    {
        Require(ListRoundAct.StartNotice);
        if (list.State != AnnualListState.InNotice) throw new ListRoundRefusedException("WrongList", list.SerialNumber);
        Phase = ListRoundPhase.InNotice;
        WaitsFor = null;
        Note(nameof(ListRoundAct.StartNotice), null, null, at, null);
        TakeDates(list, at);
    }

    /// <summary>Takes over days that were announced at the list; says whether there were any.</summary>
    public bool TakeDates(AnnualList list, DateTimeOffset at)
    {
        if (list.NoticeFrom is not { } from || list.NoticeUntil is not { } until || list.PublishAt is not { } publish) return false;
        var announced = Calendar with { ReviewUntil = from.AddDays(-1), NoticeUntil = until, PublishOn = ProvinceTime.DayOf(publish) };
        if (announced == Calendar) return false;
        Calendar = announced;
        Note("Dates", $"{announced.NoticeFrom:yyyy-MM-dd} {announced.NoticeUntil:yyyy-MM-dd} {announced.PublishOn:yyyy-MM-dd}", null, at, null);
        return true;
    }

    /// <summary>The number of the next objection.</summary>
    public int NumberObjection()
    {
        Require(ListRoundAct.Object);
        Version++;
        return ++Objections;
    }

    /// <summary>A decided objection changes what the round is known by; two who decide at once collide here.</summary>
    public void Decided(string serial, bool upheld, int by, DateTimeOffset at)
    {
        Require(ListRoundAct.Decide);
        Note(upheld ? "Uphold" : "Reject", serial, by, at, null);
    }

    public void CloseNotice(DateTimeOffset at)
    {
        Require(ListRoundAct.CloseNotice);
        if (ProvinceTime.DayOf(at) <= Calendar.NoticeUntil) throw new ListRoundRefusedException("NoticeRuns", Calendar.NoticeUntil);
        Phase = ListRoundPhase.Deciding;
        Note(nameof(ListRoundAct.CloseNotice), null, null, at, null);
    }

    public void Finish(DateTimeOffset at)
    {
        Require(ListRoundAct.Finish);
        Phase = ListRoundPhase.Published;
        Note(nameof(ListRoundAct.Finish), null, null, at, null);
    }

    /// <summary>The list stays and can be composed by hand.</summary>
    public void Cancel(string reason, int by, DateTimeOffset at)
    {
        Require(ListRoundAct.Cancel);
        Phase = ListRoundPhase.Cancelled;
        Note(nameof(ListRoundAct.Cancel), null, by, at, reason);
    }

    /// <summary>Whether staff have to be told of what it waits for: once for each thing.</summary>
    public bool Wait(string what)
    {
        if (WaitsFor == what) return false;
        WaitsFor = what;
        Version++;
        return true;
    }

    private void Require(ListRoundAct act)
    {
        if (!May(act)) throw new ListRoundRefusedException("Phase", act, Phase);
    }

    private void Note(string act, string? detail, int? by, DateTimeOffset at, string? reason)
    {
        Version++;
        steps.Add(new ListRoundStep(this, act, detail, by, at, reason));
    }
}

/// <summary>One stamped act on a round.</summary>
public sealed class ListRoundStep
{
    private ListRoundStep() { }

    internal ListRoundStep(ListRound round, string act, string? detail, int? byId, DateTimeOffset at, string? reason) =>
        (Round, Act, Detail, ById, At, Reason) = (round, act, detail, byId, at, reason);

    public int Id { get; private set; }
    public int RoundId { get; private set; }
    public ListRound Round { get; private set; } = null!;
    public string Act { get; private set; } = "";

    /// <summary>A date with the day before and after, an expert's number in the round, an objection's number.</summary>
    public string? Detail { get; private set; }

    /// <summary>Null for what the calendar did.</summary>
    public int? ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string? Reason { get; private set; }
}

/// <summary>An expert in a round: his number there, and when he was reminded.</summary>
public sealed class RoundInvitation
{
    /// <summary>Days before the last one of scoring on which an expert with missing scores is reminded, once each.</summary>
    public static IReadOnlyList<int> ReminderDays { get; } = [7, 3, 1];

    private RoundInvitation() { }

    internal RoundInvitation(ListRound round, ExpertCandidate expert, string alias, DateTimeOffset at) =>
        (Round, ExpertId, IsFromFirm, Alias, InvitedAt) = (round, expert.ExpertId, expert.IsFromFirm, alias, at);

    public int Id { get; private set; }
    public int RoundId { get; private set; }
    public ListRound Round { get; private set; } = null!;
    public int ExpertId { get; private set; }
    public Expert Expert { get; private set; } = null!;

    /// <summary>E01, E02 … : how he is called in everything that others read.</summary>
    public string Alias { get; private set; } = "";

    /// <summary>As it was when he was asked; the share of firm experts is counted from it.</summary>
    public bool IsFromFirm { get; private set; }
    public DateTimeOffset InvitedAt { get; private set; }

    /// <summary>The smallest of <see cref="ReminderDays"/> that was told; null before the first.</summary>
    public int? RemindedFor { get; private set; }

    /// <summary>The reminder that is due with so many days left; null when none is, or it was told.</summary>
    public int? Due(int daysLeft)
    {
        if (daysLeft < 0) return null;
        var due = ReminderDays.Where(day => daysLeft <= day).Select(day => (int?)day).Min();
        return due is { } day && (RemindedFor is null || RemindedFor > day) ? day : null;
    }

    public void Remind(int day) => RemindedFor = day;
}

/// <param name="Outcome">Name of a <see cref="SelectionOutcome"/>.</param>
public sealed record EntryResult(int EntryId, int Scores, decimal Mean, decimal Adjusted, int? Rank, string Outcome, ListQuota? Quota)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsIn => Outcome is nameof(SelectionOutcome.ByScore) or nameof(SelectionOutcome.ByQuota);
}

/// <param name="Alias">The expert's number in the round.</param>
public sealed record ExpertResult(string Alias, bool IsFromFirm, int Scores, decimal Effect, int Group);

/// <summary>What a round's scores came to, kept as it was counted.</summary>
/// <param name="Method">Name and version of the way from scores to order.</param>
/// <param name="Groups">More than 1 when some experts cannot be compared with others.</param>
/// <param name="Icc">Null where it is not defined, and so is Kendall's W.</param>
/// <param name="FirmShare">Percent of firm experts among those with a submitted score.</param>
public sealed record RoundResults(
    string Method, IReadOnlyList<EntryResult> Entries, IReadOnlyList<ExpertResult> Experts, int Groups, decimal? Icc, decimal? KendallW, int? KendallExperts, decimal? FirmShare)
{
    public const string Additive = "additive-1";
}
