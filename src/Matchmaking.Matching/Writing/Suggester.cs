using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Writing;

/// <summary>A published listing to learn from: its words and what its author chose. Nothing of a person and no owner is in it.</summary>
public sealed record SuggestionExample(string Text, string Field, string Industry, IReadOnlyList<string> Keywords);

/// <summary>What a text looks like it is about.</summary>
/// <param name="Field">Code of a technology field; null when the neighbours do not agree.</param>
/// <param name="Industry">Code of an industry; null when they do not agree.</param>
/// <param name="Keywords">Keywords of published listings that stand in the text, the most telling first.</param>
public sealed record Suggestion(string? Field, string? Industry, IReadOnlyList<string> Keywords)
{
    public static Suggestion None { get; } = new(null, null, []);
}

/// <summary>
/// Suggests field, industry and keywords of a text from the published listings nearest to it: words weighted by how rare they are (tf·idf over pairs of
/// characters, cosine), the <see cref="Neighbours"/> nearest vote with their similarity. Says nothing when the best choice has less than
/// <see cref="LeastShare"/> of the votes. Accuracy on listings left out: <c>benchmarks -- suggest</c>.
/// </summary>
public sealed class Suggester
{
    public const int Neighbours = 7;
    public const double LeastShare = 0.4;
    public const int MostKeywords = 5;

    /// <summary>Fewer listings than these teach nothing.</summary>
    public const int LeastExamples = 20;

    private readonly List<SuggestionExample> examples;
    private readonly Dictionary<string, List<(int Example, double Weight)>> postings = [];
    private readonly Dictionary<string, double> rarity;
    private readonly Dictionary<string, int> keywords;

    private Suggester(List<SuggestionExample> examples)
    {
        this.examples = examples;
        var cut = examples.Select(e => Count(e.Text)).ToList();
        rarity = cut.SelectMany(words => words.Keys).GroupBy(word => word).ToDictionary(g => g.Key, g => Math.Log((double)(examples.Count + 1) / g.Count()));
        keywords = examples.SelectMany(e => e.Keywords.Distinct()).Where(k => k.Length >= 2).GroupBy(k => k).ToDictionary(g => g.Key, g => g.Count());
        for (var i = 0; i < cut.Count; i++)
        {
            foreach (var (word, weight) in Weigh(cut[i]))
            {
                if (!postings.TryGetValue(word, out var list)) postings[word] = list = [];
                list.Add((i, weight));
            }
        }
    }

    public int Examples => examples.Count;

    public static Suggester Learn(IEnumerable<SuggestionExample> examples) => new([.. examples]);

    /// <param name="without">Number of an example that is left out, for measuring; null uses all.</param>
    public Suggestion Suggest(string text, int? without = null)
    {
        if (examples.Count < LeastExamples) return Suggestion.None;
        var similarity = new double[examples.Count];
        foreach (var (word, weight) in Weigh(Count(text)))
        {
            if (!postings.TryGetValue(word, out var list)) continue;
            foreach (var (example, other) in list) similarity[example] += weight * other;
        }
        if (without is { } left) similarity[left] = 0;
        var nearest = Enumerable.Range(0, examples.Count).Where(i => similarity[i] > 0).OrderByDescending(i => similarity[i]).ThenBy(i => i).Take(Neighbours).ToList();
        return new Suggestion(Vote(nearest, similarity, e => e.Field), Vote(nearest, similarity, e => e.Industry), Keywords(text, without));
    }

    private string? Vote(List<int> nearest, double[] similarity, Func<SuggestionExample, string> choice)
    {
        var votes = nearest.Where(i => choice(examples[i]).Length > 0).GroupBy(i => choice(examples[i])).Select(g => (g.Key, Votes: g.Sum(i => similarity[i]))).OrderByDescending(v => v.Votes).ThenBy(v => v.Key, StringComparer.Ordinal).ToList();
        return votes.Count > 0 && votes[0].Votes >= LeastShare * votes.Sum(v => v.Votes) ? votes[0].Key : null;
    }

    /// <summary>Longer keywords first, as they say more; one inside another that was taken is left out.</summary>
    private List<string> Keywords(string text, int? without)
    {
        var own = without is { } left ? examples[left].Keywords : [];
        var taken = new List<string>();
        // A keyword that only the left-out listing has was not known without it.
        foreach (var keyword in keywords.Where(k => k.Value > (own.Contains(k.Key) ? 1 : 0) && text.Contains(k.Key, StringComparison.OrdinalIgnoreCase)).Select(k => k.Key).OrderByDescending(k => k.Length).ThenBy(k => k, StringComparer.Ordinal))
        {
            if (taken.Count == MostKeywords) break;
            if (!taken.Exists(t => t.Contains(keyword, StringComparison.OrdinalIgnoreCase))) taken.Add(keyword);
        }
        return taken;
    }

    private static Dictionary<string, int> Count(string text) => ChineseTokenizer.Bigrams(text).GroupBy(word => word).ToDictionary(g => g.Key, g => g.Count());

    private List<(string Word, double Weight)> Weigh(Dictionary<string, int> words)
    {
        var weighed = words.Where(w => rarity.ContainsKey(w.Key)).Select(w => (w.Key, Weight: (1 + Math.Log(w.Value)) * rarity[w.Key])).Where(w => w.Weight > 0).ToList();
        var length = Math.Sqrt(weighed.Sum(w => w.Weight * w.Weight));
        return [.. weighed.Select(w => (w.Key, w.Weight / length))];
    }
}
