using System.Text.Json;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Text;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Listings;

/// <summary>From a stored match to what its reader sees, in his language; reasons only as stored with the score.</summary>
public sealed class MatchViews(ListingViews listings, Formatting format, IStringLocalizer<MatchText> text)
{
    public static Explanation? Reasons(Match match) =>
        match.ReasonsJson.Length > 2 ? JsonSerializer.Deserialize<Explanation>(match.ReasonsJson, Revision.Json) : null;

    /// <param name="other">The side that the reader does not know yet.</param>
    public MatchView Card(Match match, Listing other, bool open = false)
    {
        var reasons = Reasons(match);
        var ownIsNeed = other is Achievement;
        return new MatchView($"m{match.Id}", other.Title, ListingViews.Href(other), listings.Owner(other), Meta(other), Why(reasons), Score(match),
            reasons is null ? [] : [.. reasons.Sentences.Select(s => Pair(s, ownIsNeed))],
            reasons is null ? [] : Ledger(reasons.Ledger), reasons is null ? [] : Against(reasons), reasons?.SharedTerms ?? [],
            reasons is null ? [] : [.. reasons.Questions.Select(q => text["Question", q.Name, Explanation.Write(q)].Value)],
            reasons is null ? [] : Contributions(reasons.Contributions), open);
    }

    /// <summary>The words for a ranker's version such as weighted-2: each ranker has a name, each version of it a number.</summary>
    public string Ranker(string version)
    {
        var at = version.LastIndexOf('-');
        return text["Matches.Ranker." + version[..Math.Max(0, at)], version[(at + 1)..]];
    }

    /// <summary>A description with the closest sentences marked whole.</summary>
    public static MarkedTextView MarkSentences(string description, Explanation? reasons, bool need)
    {
        if (reasons is null) return MarkedTextView.Plain(description);
        var sentences = SentenceSplitter.Split(description);
        return new MarkedTextView(description, [.. reasons.Sentences.Take(1)
            .Select(s => need ? s.NeedSentence : s.AchievementSentence).Where(n => n >= 1 && n <= sentences.Count)
            .Select(n => new MarkSpan(sentences[n - 1].Start, sentences[n - 1].Text.Length))]);
    }

    public ScoreView Score(Match match) => new(match.Probability, text["Confidence." + match.Confidence]);

    public IReadOnlyList<LedgerRowView> Ledger(IEnumerable<LedgerRow> rows) =>
        [.. rows.OrderBy(r => r.Verdict switch { LedgerVerdict.NotMet or LedgerVerdict.Contradicted => 0, LedgerVerdict.Met => 1, _ => 2 })
            .Select(r => new LedgerRowView(r.Asked.Name, format.Quantity(r.Asked), r.Offered is { } offered ? format.Quantity(offered) : null, r.Verdict switch
            {
                LedgerVerdict.Met => Verdict.Met,
                LedgerVerdict.NotMet => Verdict.NotMet,
                LedgerVerdict.Contradicted => Verdict.Contradicted,
                _ => Verdict.NotStated,
            }, r.Words))];

    public IReadOnlyList<string> Against(Explanation reasons) =>
        [.. reasons.Against.Select(a => text["Against." + a.Code, [.. a.Arguments]].Value)];

    /// <summary>What added to the score and what took from it; the last line of the table is their sum.</summary>
    public IReadOnlyList<ContributionView> Contributions(IEnumerable<Contribution> parts) =>
        [.. parts.Select(p => new ContributionView(text["Feature." + p.Feature], p.Value))];

    private SentencePairView Pair(SentenceEvidence s, bool ownIsNeed)
    {
        var need = new MarkedTextView(s.NeedText, [.. s.NeedMarks.Select(m => new MarkSpan(m.Start, m.Length))]);
        var achievement = new MarkedTextView(s.AchievementText, [.. s.AchievementMarks.Select(m => new MarkSpan(m.Start, m.Length))]);
        return ownIsNeed
            ? new SentencePairView(text["Sentence.YourNeed", s.NeedSentence], need, text["Sentence.ThatAchievement", s.AchievementSentence], achievement)
            : new SentencePairView(text["Sentence.YourAchievement", s.AchievementSentence], achievement, text["Sentence.ThatNeed", s.NeedSentence], need);
    }

    /// <summary>One plain sentence from the ledger and the shared terms.</summary>
    private string Why(Explanation? reasons)
    {
        if (reasons is null) return "";
        var met = reasons.Ledger.Count(r => r.Verdict == LedgerVerdict.Met);
        var notMet = reasons.Ledger.Count(r => r.Verdict == LedgerVerdict.NotMet);
        var parts = new List<string>();
        if (reasons.SharedTerms.Count > 0) parts.Add(text["Why.Terms", format.List(reasons.SharedTerms.Take(3))]);
        if (met > 0) parts.Add(text["Why.Met", met]);
        if (notMet > 0) parts.Add(text["Why.NotMet", notMet]);
        if (parts.Count == 0) return text["Why.Nothing"];
        return string.Join(text["Why.Join"], parts) + text["Why.End"];
    }

    private string[] Meta(Listing other) => other is Achievement achievement
        ? [format.Trl(achievement.Trl), format.Ip(achievement.Ip), format.Modes(achievement.Cooperation), format.Money(achievement.Money)]
        : [format.Region(other.Region), format.Horizon(((Need)other).Horizon), format.Modes(other.Cooperation), format.Money(other.Money)];
}
