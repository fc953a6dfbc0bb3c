namespace Matchmaking.Matching.AnnualLists;

/// <summary>起草, 审核, 签发: in this order, by three people.</summary>
public enum ListSignRole { Drafted, Reviewed, SignedOff }

/// <summary>One person stands for the list as it was at that version.</summary>
public sealed class AnnualListSign
{
    private AnnualListSign() { }

    internal AnnualListSign(AnnualList list, ListSignRole role, int by, DateTimeOffset at) => (List, Role, ById, At) = (list, role, by, at);

    public int Id { get; private set; }
    public int ListId { get; private set; }
    public AnnualList List { get; private set; } = null!;
    public ListSignRole Role { get; private set; }
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }
}

public sealed partial class AnnualList
{
    private readonly List<AnnualListSign> signs = [];

    public IReadOnlyCollection<AnnualListSign> Signs => signs;

    /// <summary>What is to be signed next; null when all three have signed or it is not time yet.</summary>
    public ListSignRole? NextSign => !May(AnnualListAct.Publish) || signs.Count == Enum.GetValues<ListSignRole>().Length ? null : (ListSignRole)signs.Count;

    public bool IsSigned => signs.Count == Enum.GetValues<ListSignRole>().Length;

    /// <summary>While the notice runs or has run; whoever has signed once cannot sign for the others.</summary>
    public void Sign(ListSignRole role, int by, DateTimeOffset at)
    {
        Require(AnnualListAct.Publish);
        if (NextSign != role) throw new AnnualListRefusedException("SignOrder", role);
        if (signs.Any(s => s.ById == by)) throw new AnnualListRefusedException("SignedAlready");
        signs.Add(new AnnualListSign(this, role, by, at));
        Note(role.ToString(), null, by, at, null);
    }

    /// <summary>What was signed is no longer what stands there: the three sign anew.</summary>
    private void Unsign() => signs.Clear();
}
