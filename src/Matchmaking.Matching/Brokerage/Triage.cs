namespace Matchmaking.Matching.Brokerage;

/// <summary>What becomes of a need for which nothing good was found: sharpened and searched again, seen by an expert, or followed for the long term.</summary>
public enum TriageDecision { Sharpen, SecondDiagnosis, LongTerm }

/// <summary>What an expert advises: the owner says more and it is searched again, somebody named in the findings may solve it, or nobody can today.</summary>
public enum DiagnosisOutcome { Sharpen, Solvable, NotYet }

/// <summary>Where a second diagnosis stands: nobody is asked (another decision), the expert has not answered the invitation, he has accepted it, has declined it, has said what he found.</summary>
public enum DiagnosisState { None, Asked, Accepted, Declined, Answered }

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

    /// <summary>When the expert promised to keep what he reads to himself; before that he reads nothing but the public page.</summary>
    public DateTimeOffset? AcceptedAt { get; private set; }
    public DateTimeOffset? DeclinedAt { get; private set; }

    /// <summary>What the expert found, or why he declined.</summary>
    public string Opinion { get; private set; } = "";
    public DiagnosisOutcome? Outcome { get; private set; }
    public DateTimeOffset? OpinionAt { get; private set; }
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>When another decision took the place of this one, or a match was found.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>When the need was last searched for because of new achievements.</summary>
    public DateTimeOffset? SearchedAt { get; private set; }

    /// <summary>The best match of a followed need of which the broker has been told; he is told of each once.</summary>
    public int? ToldMatchId { get; private set; }

    public int Version { get; private set; }

    public DiagnosisState Diagnosis =>
        Decision != TriageDecision.SecondDiagnosis ? DiagnosisState.None
        : OpinionAt is not null ? DiagnosisState.Answered
        : DeclinedAt is not null ? DiagnosisState.Declined
        : AcceptedAt is not null ? DiagnosisState.Accepted
        : DiagnosisState.Asked;

    /// <summary>The expert takes the invitation and the confidentiality line with it.</summary>
    public void Accept(DateTimeOffset at)
    {
        Ask(DiagnosisState.Asked);
        AcceptedAt = at;
        Version++;
    }

    /// <summary>Before or after accepting; somebody else is then to be asked.</summary>
    public void Decline(string reason, DateTimeOffset at)
    {
        Ask(DiagnosisState.Asked, DiagnosisState.Accepted);
        (Opinion, DeclinedAt) = (reason, at);
        Version++;
    }

    public void Answer(string opinion, DiagnosisOutcome outcome, DateTimeOffset at)
    {
        Ask(DiagnosisState.Accepted);
        (Opinion, Outcome, OpinionAt) = (opinion, outcome, at);
        Version++;
    }

    public void End(DateTimeOffset at)
    {
        if (EndedAt is not null) return;
        EndedAt = at;
        Version++;
    }

    /// <summary>Takes out the words of an expert whose account is deleted; the advice stays.</summary>
    internal void ForgetExpert()
    {
        (ExpertId, Opinion) = (null, "");
        Version++;
    }

    public void Searched(DateTimeOffset at) => SearchedAt = at;

    public void Told(int matchId) => ToldMatchId = matchId;

    private void Ask(params ReadOnlySpan<DiagnosisState> states)
    {
        if (EndedAt is not null || !states.Contains(Diagnosis)) throw new InvalidOperationException($"The diagnosis is {Diagnosis}{(EndedAt is null ? "" : " and over")}.");
    }
}
