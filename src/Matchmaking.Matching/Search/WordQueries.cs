using Lucene.Net.Index;
using Lucene.Net.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Search;

/// <summary>From what was typed, or from a whole listing, to a Lucene query. The boosts stand here and nowhere else.</summary>
internal static class WordQueries
{
    public const float TitleBoost = 2f;

    /// <summary>Distinct words of a typed query that are looked at.</summary>
    public const int MaximumWords = 512;

    /// <summary>Terms of a listing that are searched for, the rarest first.</summary>
    public const int MaximumTerms = 200;

    private const float NumberBoost = 1_000f;
    private const int MaximumCharacters = 10_000;
    private const int LongestNumber = 40;

    // Looking up how rare a term is costs a seek in each segment, so a long text is judged by its beginning.
    private const int MaximumCandidates = 600;

    /// <summary>How many of a query's distinct words a listing must have: all of up to two, of more at least 60 %.</summary>
    public static int Needed(int words) => words <= 2 ? words : (int)Math.Ceiling(words * 0.6);

    /// <summary>The query for typed text, or null when there is nothing in it to search for.</summary>
    public static Query? Typed(string text)
    {
        if (text.Length > MaximumCharacters) text = text[..MaximumCharacters];
        var words = ChineseTokenizer.Bigrams(text).Distinct(StringComparer.Ordinal).Take(MaximumWords).ToList();
        if (words.Count == 0) return null;

        var needed = new BooleanQuery(disableCoord: true) { MinimumNumberShouldMatch = Needed(words.Count) };
        var query = new BooleanQuery(disableCoord: true) { { needed, Occur.MUST } };
        foreach (var word in words)
        {
            // A lone character is no bigram of any listing.
            var lone = ChineseTokenizer.IsLoneCharacter(word);
            needed.Add(new TermQuery(new Term(lone ? IndexFields.TextCharacters : IndexFields.TextBigrams, word)), Occur.SHOULD);
            query.Add(
                new TermQuery(new Term(lone ? IndexFields.TitleCharacters : IndexFields.TitleBigrams, word)) { Boost = TitleBoost }, Occur.SHOULD);
        }
        return NumberIn(text) is { } number
            ? new BooleanQuery(disableCoord: true) { { query, Occur.SHOULD }, { new TermQuery(number) { Boost = NumberBoost }, Occur.SHOULD } }
            : query;
    }

    /// <summary>The term of a public number when the text could be one.</summary>
    public static Term? NumberIn(string text)
    {
        if (text.Length > 2 * LongestNumber) return null;
        var number = IndexFields.NumberWord(text);
        return number.Length is > 0 and <= LongestNumber && !number.Contains(' ', StringComparison.Ordinal) ? new Term(IndexFields.Number, number) : null;
    }

    /// <summary>
    /// The query of a listing: words and characters of its title, weighted <see cref="TitleBoost"/> and searched in titles and texts, and those of its
    /// text searched in texts. Of all these the <see cref="MaximumTerms"/> with the largest weight · idf remain, idf = ln(1 + (N − n + ½) / (n + ½)).
    /// Null when none is in the index.
    /// </summary>
    public static Query? Listing(string title, string text, IndexReader reader)
    {
        var weights = new Dictionary<Term, float>();
        Add(ChineseTokenizer.Bigrams(title), TitleBoost, weights, IndexFields.TitleBigrams, IndexFields.TextBigrams);
        Add(ChineseTokenizer.Characters(title), TitleBoost, weights, IndexFields.TitleCharacters, IndexFields.TextCharacters);
        Add(ChineseTokenizer.Bigrams(text), 1, weights, IndexFields.TextBigrams);
        Add(ChineseTokenizer.Characters(text), 1, weights, IndexFields.TextCharacters);

        var best = weights
            .Select(pair => (Term: pair.Key, Weight: pair.Value, Found: reader.DocFreq(pair.Key)))
            .Where(item => item.Found > 0)
            .OrderByDescending(item => item.Weight * Math.Log(1 + (reader.MaxDoc - item.Found + 0.5) / (item.Found + 0.5)))
            .Take(MaximumTerms);
        var query = new BooleanQuery(disableCoord: true);
        foreach (var (term, weight, _) in best) query.Add(new TermQuery(term) { Boost = weight }, Occur.SHOULD);
        return query.Clauses.Count == 0 ? null : query;
    }

    private static void Add(IReadOnlyList<string> words, float weight, Dictionary<Term, float> weights, params string[] fields)
    {
        // Half of the room for each kind of words of the text, after those of the title.
        var room = weights.Count + MaximumCandidates / 2;
        foreach (var word in words)
            foreach (var field in fields)
                if (weights.Count < room) weights.TryAdd(new Term(field, word), weight);
    }
}
