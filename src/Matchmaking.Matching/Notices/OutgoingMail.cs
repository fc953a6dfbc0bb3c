using System.Globalization;

namespace Matchmaking.Matching.Notices;

/// <summary>Waiting: to be sent, now or again. Dropped: nothing was left that its person may see or wants. GivenUp: the address does not take it.</summary>
public enum MailState { Waiting, Sent, Dropped, GivenUp }

/// <summary>
/// A mail as work to do: whose, out of which notices, tried how often. Its words are made when it is sent, by the rights of that moment, and are not kept.
/// <see cref="Key"/> is unique and the same on every try, and so is the Message-Id made of it: what a kill between sending and marking sends again is
/// recognised as the same mail by servers and readers that look.
/// </summary>
public sealed class OutgoingMail
{
    /// <summary>Tries after which an address that refuses is not tried again; a mail server that is away is tried for ever.</summary>
    public const int MostRefusals = 5;
    public const int MaxKey = 60;
    public const int MaxFailure = 60;
    private static readonly int[] BackOffMinutes = [1, 5, 15, 60];

    private OutgoingMail() { }

    private OutgoingMail(string key, int userId, MailFrequency frequency, DateTimeOffset at)
    {
        Key = key;
        UserId = userId;
        Frequency = frequency;
        MadeAt = NextTryAt = at;
    }

    public int Id { get; private set; }
    public string Key { get; private set; } = "";
    public int UserId { get; private set; }

    /// <summary>At once for the mail of one notice, else the digest's.</summary>
    public MailFrequency Frequency { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }
    public MailState State { get; private set; }
    public int Tries { get; private set; }
    public int Refusals { get; private set; }
    public DateTimeOffset NextTryAt { get; private set; }

    /// <summary>While somebody sends it; past when he was killed.</summary>
    public DateTimeOffset? ClaimedUntil { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>Kind of the last failure, never its text: that may hold the address.</summary>
    public string? Failure { get; private set; }

    public ICollection<Notice> Notices { get; } = [];

    public static OutgoingMail Single(Notice notice, DateTimeOffset at) =>
        new(string.Create(CultureInfo.InvariantCulture, $"notice-{notice.Id}"), notice.UserId, MailFrequency.AtOnce, at);

    /// <param name="due">The digest's hour; one digest a person, frequency and hour.</param>
    public static OutgoingMail Digest(int userId, MailFrequency frequency, DateTimeOffset due, DateTimeOffset at) =>
        new(string.Create(CultureInfo.InvariantCulture, $"digest-{userId}-{frequency}-{due:yyyyMMddHH}").ToLowerInvariant(), userId, frequency, at);

    public void Sent(DateTimeOffset at) => Finish(MailState.Sent, at);

    public void Drop(DateTimeOffset at) => Finish(MailState.Dropped, at);

    /// <summary>Another try later; an address that refused often enough gets none.</summary>
    /// <param name="refused">The address was refused, not the server away.</param>
    public void Failed(string failure, bool refused, DateTimeOffset at)
    {
        Tries++;
        if (refused) Refusals++;
        Failure = failure.Length > MaxFailure ? failure[..MaxFailure] : failure;
        ClaimedUntil = null;
        NextTryAt = at.AddMinutes(BackOffMinutes[Math.Min(Tries, BackOffMinutes.Length) - 1]);
        if (Refusals >= MostRefusals) Finish(MailState.GivenUp, at);
    }

    private void Finish(MailState state, DateTimeOffset at)
    {
        State = state;
        DoneAt = at;
        ClaimedUntil = null;
        if (state == MailState.Sent) Tries++;
        if (state != MailState.GivenUp) Failure = null;
    }
}
