using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Benchmarks;

/// <summary>BM25 over bigrams and single characters (k1 = 1.2, b = 0.75), with the statistics of one side's texts; what any search engine would do with a judged pool.</summary>
internal sealed class Bm25
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    private readonly Dictionary<string, int> documents = [];
    private readonly int count;
    private readonly double usualLength;

    public Bm25(IReadOnlyCollection<ListingDocument> corpus)
    {
        count = corpus.Count;
        long length = 0;
        foreach (var words in corpus.Select(d => Words(d.Text)))
        {
            length += words.Count;
            foreach (var word in words.Distinct()) documents[word] = documents.GetValueOrDefault(word) + 1;
        }
        usualLength = Math.Max(1, length / (double)Math.Max(1, count));
    }

    public double Score(string query, string text)
    {
        var words = Words(text);
        var frequency = words.GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count());
        return Words(query).Where(frequency.ContainsKey).Sum(word =>
        {
            var often = documents.GetValueOrDefault(word);
            var idf = Math.Log(1 + ((count - often + 0.5) / (often + 0.5)));
            var times = frequency[word];
            return idf * times * (K1 + 1) / (times + (K1 * (1 - B + (B * words.Count / usualLength))));
        });
    }

    private static IReadOnlyList<string> Words(string text) => [.. ChineseTokenizer.Bigrams(text), .. ChineseTokenizer.Characters(text)];
}
