using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Ranking;

/// <summary>A term of the need's sentence and one of the achievement's that say nearly the same in other words; spans of the two texts of the evidence.</summary>
public sealed record NearTerm(Span Need, Span Achievement);

/// <summary>
/// Finds in two close sentences what one of them says in other words than the other, by the office's list of near words. A help for reading, no reason: it is looked for when a match
/// is shown. The encoder, which found the sentences close, cannot say by which words: decision 0022 has what was tried.
/// </summary>
public sealed class NearTerms(NearWords words)
{
    /// <summary>So many are told for two sentences; more are not read.</summary>
    public const int Most = 3;

    /// <summary>From the left of the need's sentence, each word once; what is marked as shared is not near as well.</summary>
    public IReadOnlyList<NearTerm> Find(SentenceEvidence pair)
    {
        var known = words.Current();
        var open = Listed(pair.AchievementText, pair.AchievementMarks, known);
        var found = new List<NearTerm>();
        foreach (var (word, place) in Listed(pair.NeedText, pair.NeedMarks, known))
        {
            if (open.FindIndex(a => known.AreNear(word, a.Word)) is not (>= 0 and var other)) continue;
            found.Add(new NearTerm(place, open[other].Place));
            if (found.Count == Most) break;
            open.RemoveAt(other);
        }
        return found;
    }

    private static List<(string Word, Span Place)> Listed(string text, IReadOnlyList<Span> shared, NearWords.Known known) =>
        [.. known.Find(text.ToLowerInvariant()).Select(w => (w.Word, Place: new Span(w.Start, w.Word.Length)))
            .Where(w => !shared.Any(s => s.Start < w.Place.Start + w.Place.Length && w.Place.Start < s.Start + s.Length))];
}
