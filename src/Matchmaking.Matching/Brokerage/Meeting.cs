namespace Matchmaking.Matching.Brokerage;

public enum MeetingState { Proposed, Fixed, Cancelled, Held, NotHeld }

/// <summary>A meeting of a case: the broker proposes times, each side says which suit, the first that suits both is fixed; afterwards the outcome is asked for.</summary>
public sealed class Meeting
{
    public const int MaxTimes = 5;
    public const int MaxPlace = 200;
    public const int MaxOutcome = 500;
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    private Meeting() { }

    /// <param name="starts">One to five moments in the future.</param>
    public Meeting(int caseId, IReadOnlyList<DateTimeOffset> starts, TimeSpan length, string place, int byId, DateTimeOffset at)
    {
        if (starts.Count is < 1 or > MaxTimes || starts.Any(s => s <= at)) throw new ArgumentOutOfRangeException(nameof(starts), "One to five times in the future.");
        if (length <= TimeSpan.Zero || length > Longest) throw new ArgumentOutOfRangeException(nameof(length));
        CaseId = caseId;
        Minutes = (int)length.TotalMinutes;
        Place = place;
        ById = byId;
        At = ChangedAt = at;
        foreach (var start in starts.Distinct().Order()) Times.Add(new MeetingTime(this, start.ToUniversalTime()));
    }

    public int Id { get; private set; }

    /// <summary>Part of the address of its calendar entry; the same for all its versions.</summary>
    public Guid Uid { get; private set; } = Guid.NewGuid();

    public int CaseId { get; private set; }
    public Case Case { get; private set; } = null!;
    public int Minutes { get; private set; }
    public string Place { get; private set; } = "";
    public MeetingState State { get; private set; }
    public DateTimeOffset? StartsAt { get; private set; }
    public DateTimeOffset? EndsAt => StartsAt?.AddMinutes(Minutes);
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Number of the version for calendars: grows with each change.</summary>
    public int Sequence { get; private set; }
    public string Outcome { get; private set; } = "";

    /// <summary>When the broker was asked how it went.</summary>
    public DateTimeOffset? AskedAt { get; private set; }

    public ICollection<MeetingTime> Times { get; } = [];

    /// <summary>A side says which times suit. The first that suits both is fixed.</summary>
    /// <exception cref="InvalidOperationException">It is fixed or over.</exception>
    public void Choose(CaseSide side, IReadOnlyCollection<int> timeIds, DateTimeOffset at)
    {
        Require(MeetingState.Proposed);
        foreach (var time in Times) time.Mark(side, timeIds.Contains(time.Id));
        if (Times.Where(t => t.SuitsNeed == true && t.SuitsAchievement == true && t.StartsAt > at).OrderBy(t => t.StartsAt).FirstOrDefault() is { } first)
        {
            State = MeetingState.Fixed;
            StartsAt = first.StartsAt;
        }
        Change(at);
    }

    public void Cancel(DateTimeOffset at)
    {
        Require(MeetingState.Proposed, MeetingState.Fixed);
        State = MeetingState.Cancelled;
        Change(at);
    }

    public void Report(bool held, string outcome, DateTimeOffset at)
    {
        Require(MeetingState.Fixed);
        if (StartsAt > at) throw new InvalidOperationException("It has not begun yet.");
        State = held ? MeetingState.Held : MeetingState.NotHeld;
        Outcome = outcome;
        Change(at);
    }

    public void Asked(DateTimeOffset at) => AskedAt ??= at;

    private void Change(DateTimeOffset at)
    {
        ChangedAt = at;
        Sequence++;
    }

    private void Require(params ReadOnlySpan<MeetingState> states)
    {
        if (!states.Contains(State)) throw new InvalidOperationException($"The meeting is {State}.");
    }
}

/// <summary>A proposed time; null while the side has not said.</summary>
public sealed class MeetingTime
{
    private MeetingTime() { }

    internal MeetingTime(Meeting meeting, DateTimeOffset startsAt) => (Meeting, StartsAt) = (meeting, startsAt);

    public int Id { get; private set; }
    public int MeetingId { get; private set; }
    public Meeting Meeting { get; private set; } = null!;
    public DateTimeOffset StartsAt { get; private set; }
    public bool? SuitsNeed { get; private set; }
    public bool? SuitsAchievement { get; private set; }

    public bool? Suits(CaseSide side) => side == CaseSide.Need ? SuitsNeed : SuitsAchievement;

    internal void Mark(CaseSide side, bool suits)
    {
        if (side == CaseSide.Need) SuitsNeed = suits;
        else SuitsAchievement = suits;
    }
}

/// <summary>The address of a person's private calendar: whoever knows it reads it, so that it can be revoked and made anew.</summary>
public sealed class CalendarFeed
{
    private CalendarFeed() { }

    /// <param name="token">32 random bytes as hex.</param>
    public CalendarFeed(int userId, string token, DateTimeOffset at) => (UserId, Token, At) = (userId, token, at);

    public int UserId { get; private set; }
    public string Token { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
}
