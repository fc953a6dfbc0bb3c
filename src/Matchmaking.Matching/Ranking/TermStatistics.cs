using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Ranking;

/// <summary>
/// How rare each term is among the listings: idf = ln(1 + (N − df + 0.5) / (df + 0.5)), as in BM25. Terms are bigrams, single characters
/// (which never collide with bigrams), Latin words and numbers.
/// </summary>
public sealed class TermStatistics
{
    private readonly Dictionary<string, int> frequencies;
    private readonly int documents;

    private TermStatistics(Dictionary<string, int> frequencies, int documents) => (this.frequencies, this.documents) = (frequencies, documents);

    /// <summary>Without any listing every term weighs the same.</summary>
    public static TermStatistics Empty { get; } = new([], 0);

    public int Documents => documents;

    public static TermStatistics From(IEnumerable<ListingDocument> documents)
    {
        var frequencies = new Dictionary<string, int>(StringComparer.Ordinal);
        var count = 0;
        foreach (var document in documents)
        {
            count++;
            var text = document.Text;
            foreach (var term in ChineseTokenizer.Bigrams(text).Concat(ChineseTokenizer.Characters(text)).Distinct())
                frequencies[term] = frequencies.GetValueOrDefault(term) + 1;
        }
        return new TermStatistics(frequencies, count);
    }

    public double Idf(string term)
    {
        if (documents == 0) return 1;
        var df = frequencies.GetValueOrDefault(term);
        return Math.Log(1 + ((documents - df + 0.5) / (df + 0.5)));
    }
}
