namespace Matchmaking.Matching.Brokerage;

/// <summary>What becomes of a need for which nothing good was found: sharpened and searched again, seen by an expert, or followed for the long term.</summary>
public enum TriageDecision { Sharpen, SecondDiagnosis, LongTerm }

/// <summary>One decision about an unmatched need; the last one holds.</summary>
public sealed class Triage
{
    public const int MaxText = 1_000;

    private Triage() { }

    /// <param name="expertId">Who is to look at it, for <see cref="TriageDecision.SecondDiagnosis"/>.</param>
    public Triage(int needId, TriageDecision decision, string remark, int? expertId, int byId, DateTimeOffset at)
    {
        if (decision == TriageDecision.SecondDiagnosis && expertId is null) throw new ArgumentNullException(nameof(expertId), "A second diagnosis has an expert.");
        NeedId = needId;
        Decision = decision;
        Remark = remark;
        ExpertId = decision == TriageDecision.SecondDiagnosis ? expertId : null;
        ById = byId;
        At = at;
    }

    public int Id { get; private set; }
    public int NeedId { get; private set; }
    public Listings.Need Need { get; private set; } = null!;
    public TriageDecision Decision { get; private set; }
    public string Remark { get; private set; } = "";
    public int? ExpertId { get; private set; }

    /// <summary>What the expert found.</summary>
    public string Opinion { get; private set; } = "";
    public DateTimeOffset? OpinionAt { get; private set; }
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>When another decision took the place of this one, or a match was found.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>When the need was last searched for because of new achievements.</summary>
    public DateTimeOffset? SearchedAt { get; private set; }

    /// <summary>The best match of a followed need of which the broker has been told; he is told of each once.</summary>
    public int? ToldMatchId { get; private set; }

    public void Answer(string opinion, DateTimeOffset at)
    {
        if (Decision != TriageDecision.SecondDiagnosis || OpinionAt is not null) throw new InvalidOperationException("No opinion is waited for.");
        (Opinion, OpinionAt) = (opinion, at);
    }

    public void End(DateTimeOffset at) => EndedAt ??= at;

    public void Searched(DateTimeOffset at) => SearchedAt = at;

    public void Told(int matchId) => ToldMatchId = matchId;
}
