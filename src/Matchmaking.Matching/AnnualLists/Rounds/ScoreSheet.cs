namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <param name="Value">0 to 100, one place behind the point at most; null while it is missing.</param>
public sealed record CriterionScore(string Code, decimal? Value);

public enum ScoreSheetState { Open, Submitted, Recused }

/// <summary>One expert's scores for one entry: kept while he writes, submitted once, then fixed.</summary>
public sealed class ScoreSheet
{
    public const int MaxRemark = 1_000;
    public const decimal MostPoints = 100;

    private ScoreSheet() { }

    internal ScoreSheet(ListRound round, RoundInvitation invitation, int entryId, DateTimeOffset at)
    {
        Round = round;
        Invitation = invitation;
        EntryId = entryId;
        MadeAt = at;
    }

    public int Id { get; private set; }
    public int RoundId { get; private set; }
    public ListRound Round { get; private set; } = null!;
    public int InvitationId { get; private set; }
    public RoundInvitation Invitation { get; private set; } = null!;
    public int EntryId { get; private set; }
    public AnnualListEntry Entry { get; private set; } = null!;
    public ScoreSheetState State { get; private set; }
    public IReadOnlyList<CriterionScore> Scores { get; private set; } = [];

    /// <summary>What the expert adds in words, or why he stood down.</summary>
    public string Remark { get; private set; } = "";
    public DateTimeOffset MadeAt { get; private set; }
    public DateTimeOffset? SavedAt { get; private set; }
    public DateTimeOffset? SubmittedAt { get; private set; }

    /// <summary>Counts every save; a window that was opened on an older one is told.</summary>
    public int Version { get; private set; }

    public bool IsComplete => Round.Rules.Total(Scores) is not null;

    public void Save(IReadOnlyList<CriterionScore> scores, string remark, DateTimeOffset at)
    {
        RequireOpen(at);
        foreach (var score in scores)
        {
            if (Round.Rules.Criteria.All(c => c.Code != score.Code)) throw new ListRoundRefusedException("UnknownCriterion", score.Code);
            if (!IsScore(score.Value)) throw new ListRoundRefusedException("ScoreOutOfRange", score.Value!);
        }
        if (scores.DistinctBy(s => s.Code).Count() != scores.Count) throw new ListRoundRefusedException("UnknownCriterion", "");
        if (remark.Length > MaxRemark) throw new ListRoundRefusedException("RemarkTooLong", remark.Length, MaxRemark);
        (Scores, Remark, SavedAt) = (scores, remark, at);
        Version++;
    }

    /// <summary>Hands it in. It counts from now on and does not change any more.</summary>
    public void Submit(DateTimeOffset at)
    {
        RequireOpen(at);
        if (!IsComplete) throw new ListRoundRefusedException("ScoresMissing");
        (State, SubmittedAt) = (ScoreSheetState.Submitted, at);
        Version++;
    }

    /// <summary>回避: he is bound to somebody behind the entry, or thinks he knows who it is. Somebody else is asked.</summary>
    public void Recuse(string reason, DateTimeOffset at)
    {
        RequireOpen(at);
        (State, Scores, Remark, SavedAt) = (ScoreSheetState.Recused, [], reason, at);
        Version++;
    }

    /// <summary>Takes his words out; the scores stay, since an order hangs on them.</summary>
    internal void Forget()
    {
        Remark = "";
        Version++;
    }

    public static bool IsScore(decimal? value) => value is null || (value >= 0 && value <= MostPoints && decimal.Round(value.Value, 1) == value);

    private void RequireOpen(DateTimeOffset at)
    {
        if (State == ScoreSheetState.Submitted) throw new ListRoundRefusedException("AlreadySubmitted", SubmittedAt!);
        if (State == ScoreSheetState.Recused) throw new ListRoundRefusedException("AlreadyRecused");
        if (!Round.TakesScoresOn(ProvinceTime.DayOf(at))) throw new ListRoundRefusedException("ScoringOver", Round.Calendar.ScoreUntil);
    }
}
