namespace Matchmaking.Matching.Deals;

public enum PriceNoticeState { Running, Closed, Stopped }

/// <summary>
/// 协议定价公示: a price agreed for a service achievement is made public for at least 15 days before it holds
/// (促进科技成果转化法, article 18; the days by the ministries' rules). Objections are named and answered, the answers public.
/// </summary>
public sealed class PriceNotice
{
    public const int ShortestDays = 15;
    public const int LongestDays = 90;
    public const int MaxText = 1_000;

    private PriceNotice() { }

    /// <param name="price">万元.</param>
    public PriceNotice(int achievementId, string mode, decimal price, string taker, DateOnly from, DateOnly until, int by, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(price);
        if (DaysOf(from, until) < ShortestDays) throw new ArgumentOutOfRangeException(nameof(until), "The notice is too short.");
        (AchievementId, Mode, Price, Taker, From, Until, ById, At) = (achievementId, mode, price, taker, from, until, by, at);
    }

    public int Id { get; private set; }
    public int AchievementId { get; private set; }

    /// <summary>Name of a <see cref="ContractKind"/>.</summary>
    public string Mode { get; private set; } = "";
    public decimal Price { get; private set; }

    /// <summary>Who is to get it, by name as the law asks; the office enters it knowingly.</summary>
    public string Taker { get; private set; } = "";
    public DateOnly From { get; private set; }
    public DateOnly Until { get; private set; }
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public PriceNoticeState State { get; private set; }
    public string? Outcome { get; private set; }
    public int Version { get; private set; }

    public ICollection<PriceObjection> Objections { get; } = [];

    /// <summary>Days of the notice, first and last included.</summary>
    public static int DaysOf(DateOnly from, DateOnly until) => until.DayNumber - from.DayNumber + 1;

    public bool TakesObjections(DateOnly today) => State == PriceNoticeState.Running && today >= From && today <= Until;

    /// <exception cref="InvalidOperationException">The notice does not run on this day.</exception>
    public PriceObjection Object(string name, string contact, string text, DateOnly today, DateTimeOffset at)
    {
        if (!TakesObjections(today)) throw new InvalidOperationException("The notice takes no objections on this day.");
        var objection = new PriceObjection(this, name, contact, text, at);
        Objections.Add(objection);
        return objection;
    }

    /// <summary>Closes the notice after its last day, once every objection is answered; says whether it did.</summary>
    public bool Close(DateOnly today)
    {
        if (State != PriceNoticeState.Running || today <= Until || Objections.Any(o => o.AnsweredAt is null)) return false;
        State = PriceNoticeState.Closed;
        return true;
    }

    public void Stop(string reason)
    {
        if (State != PriceNoticeState.Running) throw new InvalidOperationException("The notice does not run.");
        (State, Outcome) = (PriceNoticeState.Stopped, reason);
    }

    internal void Saved() => Version++;
}

/// <summary>A named objection. Name and contact are for staff; text and answer are public.</summary>
public sealed class PriceObjection
{
    private PriceObjection() { }

    internal PriceObjection(PriceNotice notice, string name, string contact, string text, DateTimeOffset at) => (Notice, Name, Contact, Text, At) = (notice, name, contact, text, at);

    public int Id { get; private set; }
    public int NoticeId { get; private set; }
    public PriceNotice Notice { get; private set; } = null!;
    public string Name { get; private set; } = "";
    public string Contact { get; private set; } = "";
    public string Text { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
    public string? Answer { get; private set; }
    public int? AnsweredById { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    public void Reply(string answer, int by, DateTimeOffset at)
    {
        if (AnsweredAt is not null) throw new InvalidOperationException("The objection is answered already.");
        (Answer, AnsweredById, AnsweredAt) = (answer, by, at);
    }
}
