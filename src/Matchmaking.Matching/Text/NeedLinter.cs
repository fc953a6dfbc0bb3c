using System.Text;

namespace Matchmaking.Matching.Text;

/// <summary>
/// Reads a draft as a broker would and says what will cost it answers: no figures, no deadline, several needs at once, a name in an anonymous text,
/// a classified word. Rules are kept narrow: a finding that is wrong teaches people to look away. Precision by rule is measured on
/// <c>lint-gold.jsonl</c> and held by a test. Any text is legal; the time is linear in its length.
/// </summary>
public sealed class NeedLinter(WordList forbidden, WordList brands)
{
    /// <summary>Findings of one rule that are worth showing; the rest would only be scrolled past.</summary>
    public const int MostOfOneRule = 5;

    /// <summary>Findings that block first, then in the order of the form.</summary>
    /// <param name="scale">What published needs that found partners look like; null when there is nothing to measure against.</param>
    public IReadOnlyList<LintFinding> Check(LintDraft draft, VaguenessScale? scale)
    {
        var texts = draft.Texts().Select(text => new LintText(text.Field, Fold(text.Text))).ToList();
        var found = new List<LintFinding>();
        foreach (var text in texts) found.AddRange(Words(text, forbidden, LintRule.Forbidden));
        LintLeaks.Check(draft, texts, found);
        if (draft.Anonymous)
        {
            foreach (var text in texts) found.AddRange(Words(text, brands, LintRule.Brand));
        }
        if (draft.IsNeed && texts.Exists(text => text.Folded.Length > 0))
        {
            LintFigures.Check(draft, texts, found);
            LintWording.Check(draft, texts, found);
            if (scale is not null && Specificity.Measure(draft) is var measure && measure < scale.Low)
                found.Add(new LintFinding(LintRule.TooVague, nameof(LintDraft.Description), 0, 0, [Print(measure), Print(scale.Median)]));
        }
        var order = texts.Select((text, i) => (text.Field, i)).ToDictionary(f => f.Field, f => f.i);
        return [.. found
            .GroupBy(f => f.Rule).SelectMany(rule => WithoutOverlap(rule).Take(MostOfOneRule))
            .OrderByDescending(f => f.Severity).ThenBy(f => order.GetValueOrDefault(f.Field, texts.Count)).ThenBy(f => f.Start).ThenBy(f => f.Rule)];
    }

    /// <summary>Width folded and spaces made plain, one character for one, so that places in the text stay.</summary>
    internal static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            result.Append(c switch
            {
                // Kept as Chinese marks, so that the rules need one sign for each; digits, letters and brackets become narrow.
                '，' or '；' or '：' or '！' or '？' => c,
                >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
                '\u00A0' or '\u2002' or '\u2003' or '\u2009' or '\u202F' or '\u3000' or '\t' or '\r' => ' ',
                _ => c,
            });
        }
        return result.ToString();
    }

    private static IEnumerable<LintFinding> Words(LintText text, WordList list, LintRule rule) =>
        list.Find(text.Folded).Select(hit => text.Finding(rule, hit.Start, hit.Length));

    private static List<LintFinding> WithoutOverlap(IEnumerable<LintFinding> findings)
    {
        var kept = new List<LintFinding>();
        foreach (var finding in findings.OrderBy(f => f.Field, StringComparer.Ordinal).ThenBy(f => f.Start).ThenByDescending(f => f.Length))
        {
            if (kept.Count > 0 && kept[^1] is var last && last.Field == finding.Field && finding.Start < last.Start + last.Length) continue;
            kept.Add(finding);
        }
        return kept;
    }

    private static string Print(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>One text of a draft, folded for the rules; places in it are places in what was typed.</summary>
internal sealed record LintText(string Field, string Folded)
{
    /// <summary>Characters of the found words that are shown again.</summary>
    private const int MostShown = 40;

    public LintFinding Finding(LintRule rule, int start, int length) =>
        new(rule, Field, start, length, [Folded.Substring(start, Math.Min(length, MostShown))]);

    /// <summary>Where the sentence begins that a place lies in: after a full stop, a semicolon or a line end, at most 200 characters back.</summary>
    public int SentenceStart(int at) => Back(at, 200, "。；;！!？?\n");

    public int ClauseStart(int at) => Back(at, 80, "。；;！!？?\n，,、");

    private int Back(int at, int most, string marks)
    {
        var end = Math.Max(0, at - most);
        for (var i = at - 1; i >= end; i--)
        {
            if (marks.Contains(Folded[i], StringComparison.Ordinal)) return i + 1;
        }
        return end;
    }
}
