using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;

namespace Matchmaking.Matching.Brokerage;

/// <summary>
/// An introduction made from one match, from the proposal to the registered contract. Every change of stage is one of its verbs and leaves a step;
/// a match has at most one open case. What one side may know of the other is decided here and nowhere else.
/// </summary>
public sealed partial class Case
{
    /// <summary>Lowest grade with which a broker may bring two sides together.</summary>
    public const int LowestGrade = 3;

    public const int MaxText = 1_000;

    private static readonly WorkingDays Shipped = new();

    /// <summary>The day on which an act on this very object set the clock; not stored.</summary>
    private DateOnly? clockSince;

    private Case() { }

    private Case(Match match, CaseSide? askedBy, int by, DateTimeOffset at)
    {
        MatchId = match.Id;
        NeedId = match.NeedId;
        AchievementId = match.AchievementId;
        Field = match.Need.Field;
        Region = match.Need.Region;
        AskedBy = askedBy;
        Parties.Add(new CaseParty(this, CaseSide.Need, match.Need));
        Parties.Add(new CaseParty(this, CaseSide.Achievement, match.Achievement));
        CreatedAt = at;
        Step(CaseStage.Recommended, by, at, null);
    }

    public int Id { get; private set; }
    public int MatchId { get; private set; }
    public Match Match { get; private set; } = null!;
    public int NeedId { get; private set; }
    public Need Need { get; private set; } = null!;
    public int AchievementId { get; private set; }
    public Achievement Achievement { get; private set; } = null!;

    /// <summary>Field and region of the need, kept for the lists of the desk.</summary>
    public TechnologyField? Field { get; private set; }
    public string Region { get; private set; } = "";

    /// <summary>Who is responsible; null while a request waits for a broker.</summary>
    public int? BrokerId { get; private set; }

    /// <summary>The side that asked for the introduction itself; null when a broker proposed it.</summary>
    public CaseSide? AskedBy { get; private set; }

    public CaseStage Stage { get; private set; }
    public EndReason? EndReason { get; private set; }

    /// <summary>The side that ended it; null when the broker did, or when it has not ended.</summary>
    public CaseSide? EndedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset StageSince { get; private set; }

    /// <summary>When both sides were told; null before.</summary>
    public DateTimeOffset? PushedAt { get; private set; }

    /// <summary>The last day of the clock that runs now, see <see cref="CaseClock"/>; null when nobody is waited for.</summary>
    public DateOnly? DueOn { get; private set; }

    /// <summary>The day for which somebody was told that the clock has run out.</summary>
    public DateOnly? RemindedFor { get; private set; }

    /// <summary>Text of the confidentiality agreement both sides must accept before documents open; null when none is asked for.</summary>
    public string? NdaText { get; private set; }

    /// <summary>The contract that was signed; its record belongs to the deals.</summary>
    public int? ContractId { get; private set; }

    /// <summary>Counts every change; two people who act at once collide on it.</summary>
    public int Version { get; private set; }

    public ICollection<CaseParty> Parties { get; } = [];
    public ICollection<CaseStep> Steps { get; } = [];
    public ICollection<CaseConsent> Consents { get; } = [];

    public bool IsOpen => Stage is not (CaseStage.Closed or CaseStage.Ended);

    /// <summary>Whether it has reached the two sides: before that it is a matter of the desk and of the side that asked for it.</summary>
    public bool IsKnownTo(CaseSide side) => PushedAt is not null || AskedBy == side;

    private static readonly CaseStage[] WithTheSides = [CaseStage.Pushed, CaseStage.OneInterested, CaseStage.BothInterested, CaseStage.Met, CaseStage.Negotiating, CaseStage.Signed, CaseStage.Registered];
    private static readonly CaseStage[] Open = [CaseStage.Recommended, CaseStage.Accepted, .. WithTheSides];

    /// <summary>The stages in which each act is allowed; the one place that says so.</summary>
    public static IReadOnlyDictionary<CaseAct, CaseStage[]> Allowed { get; } = new Dictionary<CaseAct, CaseStage[]>
    {
        [CaseAct.Accept] = [CaseStage.Recommended],
        [CaseAct.Push] = [CaseStage.Accepted],
        [CaseAct.Interest] = [CaseStage.Pushed, CaseStage.OneInterested],
        [CaseAct.Ask] = [CaseStage.Pushed, CaseStage.OneInterested],
        [CaseAct.Decline] = [CaseStage.Pushed, CaseStage.OneInterested, CaseStage.BothInterested, CaseStage.Met, CaseStage.Negotiating],
        [CaseAct.Consent] = [CaseStage.OneInterested, CaseStage.BothInterested, CaseStage.Met, CaseStage.Negotiating, CaseStage.Signed, CaseStage.Registered],
        // What was allowed can be taken back at any time, also after the end.
        [CaseAct.WithdrawConsent] = [.. WithTheSides, CaseStage.Closed, CaseStage.Ended],
        [CaseAct.AskNda] = [CaseStage.Accepted, CaseStage.Pushed, CaseStage.OneInterested, CaseStage.BothInterested, CaseStage.Met],
        [CaseAct.AcceptNda] = WithTheSides,
        [CaseAct.Read] = [CaseStage.OneInterested, CaseStage.BothInterested, CaseStage.Met, CaseStage.Negotiating, CaseStage.Signed, CaseStage.Registered, CaseStage.Closed],
        [CaseAct.Write] = Open,
        [CaseAct.Meet] = [CaseStage.BothInterested],
        [CaseAct.Negotiate] = [CaseStage.Met],
        [CaseAct.Sign] = [CaseStage.Negotiating],
        [CaseAct.Register] = [CaseStage.Signed],
        [CaseAct.Close] = [CaseStage.Registered],
        [CaseAct.End] = Open,
        [CaseAct.Reassign] = Open,
    };

    public bool May(CaseAct act) => Allowed[act].Contains(Stage);

    public CaseParty Party(CaseSide side) => Parties.Single(p => p.Side == side);

    public static CaseSide Other(CaseSide side) => side == CaseSide.Need ? CaseSide.Achievement : CaseSide.Need;

    /// <summary>A broker proposes a graded match and takes the case at once.</summary>
    /// <exception cref="CaseRefusedException">The grade is below 3, a record is not public, or one organisation owns both.</exception>
    public static Case Propose(Match match, int brokerId, DateTimeOffset at)
    {
        var proposed = new Case(match, null, brokerId, at);
        proposed.RequireIntroducible(CaseAct.Accept, match);
        proposed.Take(match, brokerId, at);
        return proposed;
    }

    /// <summary>A side asks for an introduction to the other; a broker accepts it, or ends it with a reason.</summary>
    public static Case Request(Match match, CaseSide by, Interest interest, int userId, DateTimeOffset at)
    {
        var asked = new Case(match, by, userId, at);
        asked.RequireIntroducible(CaseAct.Interest, match);
        asked.Party(by).Express(interest, userId, at);
        return asked;
    }

    /// <summary>A broker takes a request, or whoever stands in for him. Two who take it at once collide on <see cref="Version"/>.</summary>
    public void Accept(Match match, int brokerId, DateTimeOffset at)
    {
        Require(CaseAct.Accept);
        RequireIntroducible(CaseAct.Accept, match);
        Take(match, brokerId, at);
    }

    /// <summary>Both sides are told. The one that asked for it has answered already.</summary>
    public void Push(Match match, int by, DateTimeOffset at)
    {
        Require(CaseAct.Push);
        RequireIntroducible(CaseAct.Push, match);
        RequireGrade(CaseAct.Push, match);
        Step(CaseStage.Pushed, by, at, null);
        if (AskedBy is { } side && Party(side).Answer == SideAnswer.Interested) Step(CaseStage.OneInterested, by, at, null);
    }

    public void Meet(int by, DateTimeOffset at)
    {
        Require(CaseAct.Meet);
        if (!ContactsOpen) throw Refused(CaseAct.Meet, CaseProblem.NoConsent);
        Step(CaseStage.Met, by, at, null);
    }

    public void Negotiate(int by, DateTimeOffset at) => Move(CaseAct.Negotiate, CaseStage.Negotiating, by, at);

    /// <param name="contractId">The contract's record, when it is kept here.</param>
    public void Sign(int? contractId, int by, DateTimeOffset at)
    {
        Move(CaseAct.Sign, CaseStage.Signed, by, at);
        ContractId = contractId;
    }

    public void Register(int by, DateTimeOffset at) => Move(CaseAct.Register, CaseStage.Registered, by, at);

    public void Close(int by, DateTimeOffset at) => Move(CaseAct.Close, CaseStage.Closed, by, at);

    /// <summary>The broker ends it, or the platform when a record is withdrawn (<paramref name="by"/> is then its owner).</summary>
    public void End(EndReason reason, string remark, int? by, DateTimeOffset at, CaseSide? side = null)
    {
        Require(CaseAct.End);
        EndReason = reason;
        EndedBy = side;
        Step(CaseStage.Ended, by, at, remark.Length == 0 ? null : remark);
    }

    public void Reassign(int? brokerId, int by, DateTimeOffset at)
    {
        Require(CaseAct.Reassign);
        BrokerId = brokerId;
        Note(by, at);
    }

    public void Remind(DateOnly day, DateTimeOffset at)
    {
        RemindedFor = day;
        Touch(at);
    }

    private void Take(Match match, int brokerId, DateTimeOffset at)
    {
        RequireGrade(CaseAct.Accept, match);
        BrokerId ??= brokerId;
        Step(CaseStage.Accepted, brokerId, at, null);
    }

    private void RequireGrade(CaseAct act, Match match)
    {
        if (match.CurrentGrade is not >= LowestGrade) throw Refused(act, CaseProblem.GradeTooLow);
    }

    private void RequireIntroducible(CaseAct act, Match match)
    {
        if (match.Need.Organization == match.Achievement.Organization) throw Refused(act, CaseProblem.OwnBothSides);
        if (!match.Need.IsSearchable || !match.Achievement.IsSearchable) throw Refused(act, CaseProblem.NotPublic);
    }

    private void Move(CaseAct act, CaseStage to, int by, DateTimeOffset at)
    {
        Require(act);
        Step(to, by, at, null);
    }

    private void Require(CaseAct act)
    {
        if (!May(act)) throw Refused(act, null);
    }

    private CaseRefusedException Refused(CaseAct act, CaseProblem? problem) => new(act, Stage, problem);

    private void Step(CaseStage to, int? by, DateTimeOffset at, string? remark)
    {
        Steps.Add(new CaseStep(this, StageSince == default ? null : Stage, to, by, at, remark));
        Stage = to;
        if (to == CaseStage.Pushed) PushedAt = at;
        StageSince = at;
        StartClock(at);
        Touch(at);
    }

    /// <summary>
    /// Sets the last day of a clock that began with this act by the installation's own calendar. A record has none at hand, so its verbs reckon with the notices
    /// that ship; whoever stores what a verb did calls this first.
    /// </summary>
    public void ReckonBy(WorkingDays calendar)
    {
        if (clockSince is { } day) DueOn = CaseClock.DueOn(Stage, day, calendar);
    }

    private void StartClock(DateTimeOffset at)
    {
        clockSince = ProvinceTime.DayOf(at);
        ReckonBy(Shipped);
    }

    private void Note(int? by, DateTimeOffset at)
    {
        Steps.Add(new CaseStep(this, Stage, Stage, by, at, null));
        Touch(at);
    }

    /// <summary>When anything happened last.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    private void Touch(DateTimeOffset at)
    {
        UpdatedAt = at;
        Version++;
    }
}
