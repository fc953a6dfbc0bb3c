using System.Security.Cryptography;
using System.Text;
using Matchmaking.Matching.Operations;

namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <summary>Unconfirmed ones do not count and have no number.</summary>
public enum ObjectionState { Unconfirmed, Open, Upheld, Rejected }

/// <summary>What somebody writes who objects to an entry.</summary>
/// <param name="Name">Of the person who objects; staff read it, nobody else.</param>
/// <param name="Evidence">What shows it: documents, places, addresses.</param>
public sealed record ObjectionText(string Name, string Email, string Grounds, string Evidence);

/// <summary>异议: named, with evidence, confirmed from its mail address, decided within working days; the decision is printed at the list.</summary>
public sealed class Objection
{
    public const int MaxName = 60;
    public const int MaxEmail = 120;
    public const int MaxGrounds = 2_000;
    public const int MaxDecision = 1_000;

    private Objection() { }

    /// <param name="userId">A signed-in person, whose address is confirmed already.</param>
    public Objection(ListRound round, AnnualListEntry entry, ObjectionText text, int? userId, DateTimeOffset at)
    {
        if (!round.TakesObjectionsOn(ProvinceTime.DayOf(at))) throw new ListRoundRefusedException("ObjectionsOver", round.Calendar.NoticeFrom, round.Calendar.NoticeUntil);
        if (entry.State != AnnualListEntryState.In) throw new ListRoundRefusedException("EntryGone");
        (Round, Entry, Name, Email, Grounds, Evidence, UserId, FiledAt) = (round, entry, text.Name, text.Email, text.Grounds, text.Evidence, userId, at);
    }

    public int Id { get; private set; }
    public int RoundId { get; private set; }
    public ListRound Round { get; private set; } = null!;
    public int EntryId { get; private set; }
    public AnnualListEntry Entry { get; private set; } = null!;

    /// <summary>QD-XQ-2026-Y01; null until it is confirmed.</summary>
    public string? Serial { get; private set; }
    public string Name { get; private set; } = "";
    public string Email { get; private set; } = "";
    public string Grounds { get; private set; } = "";
    public string Evidence { get; private set; } = "";
    public int? UserId { get; private set; }
    public ObjectionState State { get; private set; }
    public DateTimeOffset FiledAt { get; private set; }
    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>SHA-256 of the key in the confirming link, lower-case hex; the key itself is only in the mail.</summary>
    public string? KeyHash { get; private set; }

    /// <summary>Last day for the answer.</summary>
    public DateOnly? DueOn { get; private set; }

    /// <summary>Whether staff were told that the day is near.</summary>
    public DateOnly? RemindedFor { get; private set; }
    public string? Decision { get; private set; }
    public int? DecidedById { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public int Version { get; private set; }

    /// <summary>A key for the confirming link; the one before works no more.</summary>
    public string MakeKey()
    {
        var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(20)).ToLowerInvariant();
        KeyHash = HashOf(key);
        Version++;
        return key;
    }

    public static string HashOf(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key))).ToLowerInvariant();

    /// <summary>Makes it count. Like the objection itself this is possible until the notice's last day.</summary>
    public void Confirm(WorkingDays calendar, DateTimeOffset at)
    {
        if (State != ObjectionState.Unconfirmed) throw new ListRoundRefusedException("AlreadyConfirmed", Serial!);
        var today = ProvinceTime.DayOf(at);
        if (!Round.TakesObjectionsOn(today)) throw new ListRoundRefusedException("ObjectionsOver", Round.Calendar.NoticeFrom, Round.Calendar.NoticeUntil);
        Serial = $"{Round.List!.SerialNumber}-Y{Round.NumberObjection():D2}";
        (State, ConfirmedAt, DueOn) = (ObjectionState.Open, at, calendar.After(today, Round.Rules.AnswerDays));
        Version++;
    }

    /// <summary>Takes out who it was and what he wrote; number, entry and decision are the list's own.</summary>
    internal void Forget()
    {
        (Name, Email, Grounds, Evidence, KeyHash, UserId) = ("–", "", "–", "–", null, null);
        Version++;
    }

    public void Remind(DateOnly day)
    {
        RemindedFor = day;
        Version++;
    }

    /// <summary>Decides it; when it is upheld the entry leaves the list with reference to the objection. An entry that has left already makes no difference to the answer.</summary>
    /// <param name="list">With its entries.</param>
    public void Decide(AnnualList list, bool upheld, string decision, int by, DateTimeOffset at)
    {
        if (State is ObjectionState.Upheld or ObjectionState.Rejected) throw new ListRoundRefusedException("AlreadyDecided", Serial!);
        if (State != ObjectionState.Open) throw new ListRoundRefusedException("NotConfirmed");
        Round.Decided(Serial!, upheld, by, at);
        if (upheld && list.Entries.Any(e => e.Id == EntryId && e.State == AnnualListEntryState.In)) list.Uphold(EntryId, Serial!, by, at);
        (State, Decision, DecidedById, DecidedAt) = (upheld ? ObjectionState.Upheld : ObjectionState.Rejected, decision, by, at);
        Version++;
    }
}
