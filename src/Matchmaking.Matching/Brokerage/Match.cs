using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Brokerage;

/// <summary>Words for how sure the platform is, by stated bounds of P(grade ≥ 3): 0.75, 0.50, 0.30.</summary>
public enum Confidence { None, Possible, Probable, High }

/// <summary>A need and an achievement that may fit, with the score, the features that made it and the broker's grades.</summary>
public sealed class Match
{
    private Match() { }

    public Match(int needId, int achievementId, DateTimeOffset at)
    {
        NeedId = needId;
        AchievementId = achievementId;
        FoundAt = at;
    }

    /// <summary>A pair that somebody names himself, before the ranker has seen it.</summary>
    public Match(Need need, Achievement achievement, DateTimeOffset at) : this(need.Id, achievement.Id, at)
    {
        Need = need;
        Achievement = achievement;
    }

    public int Id { get; private set; }
    public int NeedId { get; private set; }
    public Need Need { get; private set; } = null!;
    public int AchievementId { get; private set; }
    public Achievement Achievement { get; private set; } = null!;

    public double Score { get; private set; }

    /// <summary>Calibrated probability that a broker grades 3 or 4.</summary>
    public double Probability { get; private set; }

    /// <summary>Place among the need's achievements, from 1; null when it is not among the best of them.</summary>
    public int? Rank { get; private set; }

    /// <summary>Place among the achievement's needs, from 1; null when it is not among the best of them.</summary>
    public int? ReverseRank { get; private set; }

    public string RankerVersion { get; private set; } = "";

    /// <summary>Named features and their contributions as JSON.</summary>
    public string FeaturesJson { get; private set; } = "{}";

    /// <summary>The reasons shown, as JSON; made from the same features.</summary>
    public string ReasonsJson { get; private set; } = "{}";

    public DateTimeOffset FoundAt { get; private set; }
    public DateTimeOffset ComputedAt { get; private set; }

    /// <summary>The grade that holds, 1 无相关 … 4 强相关; null while ungraded.</summary>
    public int? CurrentGrade { get; private set; }
    public DateTimeOffset? GradedAt { get; private set; }
    public int Version { get; private set; }

    public ICollection<Grade> Grades { get; } = [];

    public static Confidence ConfidenceOf(double probability) =>
        probability >= 0.75 ? Confidence.High : probability >= 0.5 ? Confidence.Probable : probability >= 0.3 ? Confidence.Possible : Confidence.None;

    public Confidence Confidence => ConfidenceOf(Probability);

    /// <summary>Stores what the ranker found; the same input leaves everything but the time as it was.</summary>
    public void Rate(double score, double probability, string rankerVersion, string featuresJson, string reasonsJson, DateTimeOffset at)
    {
        Score = score;
        Probability = probability;
        RankerVersion = rankerVersion;
        FeaturesJson = featuresJson;
        ReasonsJson = reasonsJson;
        ComputedAt = at;
    }

    /// <summary>Null takes the pair out of the need's list; a grade stays with the pair.</summary>
    public void PlaceForNeed(int? rank) => Rank = rank;

    public void PlaceForAchievement(int? rank) => ReverseRank = rank;

    /// <param name="value">1 … 4.</param>
    public Grade GradeAs(int value, string reason, int graderId, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 4);
        var grade = new Grade(this, value, reason, graderId, at);
        Grades.Add(grade);
        Settle();
        return grade;
    }

    /// <summary>Takes back the last grade of this broker; says whether there was one.</summary>
    public bool UndoGrade(int graderId, DateTimeOffset at)
    {
        var last = Grades.Where(g => g.UndoneAt is null).OrderBy(g => g.At).ThenBy(g => g.Id).LastOrDefault();
        if (last is null || last.GraderId != graderId) return false;
        last.Undo(at);
        Settle();
        return true;
    }

    /// <summary>The last grade holds; once three brokers have graded, the middle one of theirs.</summary>
    private void Settle()
    {
        var standing = Grades.Where(g => g.UndoneAt is null).OrderBy(g => g.At).ThenBy(g => g.Id == 0 ? int.MaxValue : g.Id).ToList();
        var own = standing.GroupBy(g => g.GraderId).Select(g => g.Last().Value).Order().ToList();
        GradedAt = standing.LastOrDefault()?.At;
        CurrentGrade = own.Count >= 3 ? own[own.Count / 2] : standing.LastOrDefault()?.Value;
    }

    internal void Saved() => Version++;
}

/// <summary>A broker's judgement, with the ranker and the features as they were when it was made.</summary>
public sealed class Grade
{
    public const int MaxReason = 500;

    private Grade() { }

    internal Grade(Match match, int value, string reason, int graderId, DateTimeOffset at)
    {
        Match = match;
        Value = value;
        Reason = reason;
        GraderId = graderId;
        At = at;
        RankerVersion = match.RankerVersion;
        FeaturesJson = match.FeaturesJson;
    }

    public int Id { get; private set; }
    public int MatchId { get; private set; }
    public Match Match { get; private set; } = null!;
    public int Value { get; private set; }
    public string Reason { get; private set; } = "";
    public int GraderId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string RankerVersion { get; private set; } = "";
    public string FeaturesJson { get; private set; } = "{}";
    public DateTimeOffset? UndoneAt { get; private set; }

    internal void Undo(DateTimeOffset at) => UndoneAt = at;
}
