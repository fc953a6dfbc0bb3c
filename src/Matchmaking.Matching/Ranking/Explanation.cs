using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Ranking;

/// <summary>A stretch of a text, in UTF-16 units.</summary>
public sealed record Span(int Start, int Length)
{
    public string Of(string text) => text.Substring(Start, Length);
}

/// <summary>Two close sentences with the shared terms to mark; numbers count sentences of the descriptions from 1.</summary>
public sealed record SentenceEvidence(int NeedSentence, string NeedText, IReadOnlyList<Span> NeedMarks, int AchievementSentence, string AchievementText, IReadOnlyList<Span> AchievementMarks, double Cosine);

/// <summary>A point against, as a code with its arguments; the page says it in the reader's language.</summary>
public sealed record Objection(string Code, IReadOnlyList<string> Arguments);

/// <summary>Why a pair has its score. Everything comes from the description that the ranker scored; nothing else may be shown as a reason.</summary>
/// <param name="Questions">Figures that the achievement does not state: what to ask the other side.</param>
public sealed record Explanation(
    IReadOnlyList<Contribution> Contributions, IReadOnlyList<SentenceEvidence> Sentences, IReadOnlyList<string> SharedTerms,
    IReadOnlyList<LedgerRow> Ledger, IReadOnlyList<Objection> Against, IReadOnlyList<Quantity> Questions)
{
    public static Explanation Of(ListingDocument need, ListingDocument achievement, PairDescription pair, Score score)
    {
        var terms = pair.SharedTerms;
        var needSentences = SentenceSplitter.Split(need.Description);
        var achievementSentences = SentenceSplitter.Split(achievement.Description);
        var evidence = new List<SentenceEvidence>();
        foreach (var close in pair.Sentences.Take(2))
        {
            if (close.NeedSentence >= needSentences.Count || close.AchievementSentence >= achievementSentences.Count) continue;
            var left = needSentences[close.NeedSentence].Text;
            var right = achievementSentences[close.AchievementSentence].Text;
            evidence.Add(new SentenceEvidence(close.NeedSentence + 1, left, SharedMarks(left, right), close.AchievementSentence + 1, right, SharedMarks(right, left), close.Cosine));
        }
        return new Explanation(score.Contributions, evidence, terms, pair.Ledger, Objections(need, achievement, pair), [.. pair.Ledger.Where(r => r.Verdict == LedgerVerdict.NotStated).Select(r => r.Asked)]);
    }

    /// <summary>Where the bigrams of the other text stand in this one, joined.</summary>
    internal static List<Span> SharedMarks(string text, string other)
    {
        var shared = ChineseTokenizer.Bigrams(other).ToHashSet(StringComparer.Ordinal);
        var marks = new List<Span>();
        var lower = text.ToLowerInvariant();
        for (var i = 0; i + 1 < lower.Length; i++)
        {
            if (!shared.Contains(lower.Substring(i, 2)) || Latin(lower, i - 1) && Latin(lower, i) || Latin(lower, i + 1) && Latin(lower, i + 2)) continue;
            if (marks.Count > 0 && marks[^1] is { } last && last.Start + last.Length >= i) marks[^1] = last with { Length = i + 2 - last.Start };
            else marks.Add(new Span(i, 2));
        }
        return marks;
    }

    /// <summary>So that mm is not marked inside comment.</summary>
    private static bool Latin(string text, int at) => at >= 0 && at < text.Length && char.IsAsciiLetterOrDigit(text[at]);

    private static List<Objection> Objections(ListingDocument need, ListingDocument achievement, PairDescription pair)
    {
        var against = new List<Objection>();
        foreach (var row in pair.Ledger.Where(r => r.Verdict == LedgerVerdict.NotMet))
            against.Add(new Objection("QuantityNotMet", [row.Asked.Name, Write(row.Offered!), Write(row.Asked)]));
        foreach (var pairOf in pair.Ledger.Where(r => r.Verdict == LedgerVerdict.Contradicted).GroupBy(r => r.Asked.Name))
            against.Add(new Objection("DemandsExclude", [pairOf.Key, .. pairOf.Take(2).Select(r => Write(r.Asked))]));
        if (need.Maturity is { } least && achievement.Maturity is { } level && level < least)
            against.Add(new Objection("MaturityBelow", [level.ToString(System.Globalization.CultureInfo.InvariantCulture), least.ToString(System.Globalization.CultureInfo.InvariantCulture)]));
        if (need.Money is { } budget && achievement.Money is { } price && price > budget)
            against.Add(new Objection("PriceAboveBudget", [Write(price), Write(price - budget)]));
        if (need.Cooperation.Count > 0 && achievement.Cooperation.Count > 0 && !need.Cooperation.Intersect(achievement.Cooperation).Any())
            against.Add(new Objection("NoSharedMode", []));
        var open = pair.Ledger.Count(r => r.Verdict == LedgerVerdict.NotStated);
        if (open > 0 && open == pair.Ledger.Count) against.Add(new Objection("NothingStated", [open.ToString(System.Globalization.CultureInfo.InvariantCulture)]));
        if (need.Maturity is not null && achievement.Maturity is null) against.Add(new Objection("MaturityNotStated", []));
        return against;
    }

    private static string Write(decimal number) => number.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>≥5.5 GPa: signs and numbers only, the same in every language.</summary>
    public static string Write(Quantity q)
    {
        var sign = q.Comparison switch { Comparison.Ge => "≥", Comparison.Le => "≤", Comparison.Gt => ">", Comparison.Lt => "<", Comparison.PlusMinus => "±", Comparison.Approx => "≈", _ => "" };
        var number = q.Comparison == Comparison.Range && q.High is { } high ? $"{Write(q.Value)}–{Write(high)}" : Write(q.Value);
        var gap = q.Unit.Length > 0 && char.IsAsciiLetter(q.Unit[0]) ? "\u00A0" : "";
        return sign + number + gap + q.Unit;
    }
}
