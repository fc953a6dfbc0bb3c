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

/// <summary>From a stored match to what its reader sees, in his language; reasons only as stored with the score, near terms marked in their sentences.</summary>
public sealed class MatchViews(ListingViews listings, NearTerms nearTerms, Formatting format, IStringLocalizer<MatchText> text)
{
    public static Explanation? Reasons(Match match) =>
        match.ReasonsJson.Length > 2 ? JsonSerializer.Deserialize<Explanation>(match.ReasonsJson, Revision.Json) : null;

    /// <param name="other">The side that the reader does not know yet.</param>
    public MatchView Card(Match match, Listing other, bool open = false)
    {
        var reasons = Reasons(match);
        var ownIsNeed = other is Achievement;
        return new MatchView($"m{match.Id}", other.Title, ListingViews.Href(other), listings.Owner(other), Meta(other), Why(reasons), Score(match),
            reasons is null ? [] : Sentences(reasons, ownIsNeed),
            reasons is null ? [] : Ledger(reasons.Ledger), reasons is null ? [] : Against(reasons), reasons?.SharedTerms ?? [],
            reasons is null ? [] : Questions(reasons),
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
            }, r.Words, r.Near is { } near ? Named(near) : ""))];

    public IReadOnlyList<string> Against(Explanation reasons) =>
        [.. reasons.Against.Select(a => text["Against." + a.Code, [.. a.Arguments]].Value)];

    /// <summary>What to ask the other side: the figures that it does not state, each as a question.</summary>
    private IReadOnlyList<string> Questions(Explanation reasons) =>
        [.. reasons.Questions.Select(q => NearTo(reasons, q) is { } near ? text["Question.Near", q.Name, format.Quantity(q), Named(near)].Value : text["Question", q.Name, format.Quantity(q)].Value)];

    /// <summary>The same in short, as the broker's desk has them.</summary>
    public IReadOnlyList<string> ToAsk(Explanation reasons) => [.. reasons.Questions.Select(q => NearTo(reasons, q) is { } near ? text["ToAsk.Near", Named(q), Named(near)].Value : Named(q))];

    private static Quantity? NearTo(Explanation reasons, Quantity asked) => reasons.Ledger.FirstOrDefault(r => r.Asked == asked)?.Near;

    private string Named(Quantity quantity) => $"{quantity.Name} {format.Quantity(quantity)}";

    /// <summary>What added to the score and what took from it; the last line of the table is their sum.</summary>
    public IReadOnlyList<ContributionView> Contributions(IEnumerable<Contribution> parts) =>
        [.. parts.Select(p => new ContributionView(text["Feature." + p.Feature], p.Value))];

    /// <summary>The close sentences, the reader's own side first.</summary>
    public IReadOnlyList<SentencePairView> Sentences(Explanation reasons, bool ownIsNeed) => [.. reasons.Sentences.Select(s => Pair(s, ownIsNeed))];

    private SentencePairView Pair(SentenceEvidence s, bool ownIsNeed)
    {
        var found = nearTerms.Find(s);
        var need = Marked(s.NeedText, s.NeedMarks, found.Select(n => n.Need));
        var achievement = Marked(s.AchievementText, s.AchievementMarks, found.Select(n => n.Achievement));
        var near = found.Select(n => (Need: n.Need.Of(s.NeedText), Achievement: n.Achievement.Of(s.AchievementText)));
        return ownIsNeed
            ? new SentencePairView(text["Sentence.YourNeed", s.NeedSentence], need, text["Sentence.ThatAchievement", s.AchievementSentence], achievement, [.. near])
            : new SentencePairView(text["Sentence.YourAchievement", s.AchievementSentence], achievement, text["Sentence.ThatNeed", s.NeedSentence], need, [.. near.Select(n => (n.Achievement, n.Need))]);
    }

    private static MarkedTextView Marked(string sentence, IEnumerable<Span> shared, IEnumerable<Span> near) =>
        new(sentence, [.. shared.Select(m => new MarkSpan(m.Start, m.Length)), .. near.Select(m => new MarkSpan(m.Start, m.Length, MarkKind.Near))]);

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
