using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Search;

/// <summary>From what was typed, or from a whole listing, to the terms that both engines search for. The boosts stand here and nowhere else.</summary>
internal static class WordQueries
{
    public const float TitleBoost = 2f;

    /// <summary>Distinct words of a typed query that are looked at: twice each (title and text) and with filters they stay below 1,024, the clauses that either engine takes.</summary>
    public const int MaximumWords = 500;

    /// <summary>Terms of a listing that are searched for, the rarest first.</summary>
    public const int MaximumTerms = 200;

    public const float NumberBoost = 1_000f;

    /// <summary>No listing needs more of the typed words than these.</summary>
    public const int MostNeeded = 4;

    private const int MaximumCharacters = 10_000;
    private const int LongestNumber = 40;

    // Looking up how rare a term is costs a seek in each segment, so a long text is judged by its beginning.
    private const int MaximumCandidates = 600;

    /// <summary>
    /// How many of a query's distinct words a listing must have: all of up to two, of more 60 %, but never more than four:
    /// who types a whole title or sentence means what is most like it, and nobody else's text has most of its words.
    /// </summary>
    public static int Needed(int words) => words <= 2 ? words : Math.Min(MostNeeded, (int)Math.Ceiling(words * 0.6));

    /// <summary>What was typed, cut into what either engine searches for, or null when there is nothing in it to search for.</summary>
    public static TypedWords? Read(string text)
    {
        if (text.Length > MaximumCharacters) text = text[..MaximumCharacters];
        var words = ChineseTokenizer.Bigrams(text).Distinct(StringComparer.Ordinal).Take(MaximumWords).ToList();
        return words.Count == 0 ? null : new TypedWords([.. words.Select(word => new TypedWord(word, ChineseTokenizer.IsLoneCharacter(word)))], NumberIn(text));
    }

    /// <summary>The public number as it is indexed, when the text could be one.</summary>
    public static string? NumberIn(string text)
    {
        if (text.Length > 2 * LongestNumber) return null;
        var number = IndexFields.NumberWord(text);
        return number.Length is > 0 and <= LongestNumber && !number.Contains(' ', StringComparison.Ordinal) ? number : null;
    }

    /// <summary>
    /// Words and characters of a listing's title, weighted <see cref="TitleBoost"/> and searched in titles and texts, and those of its text searched in texts.
    /// </summary>
    public static IReadOnlyList<WeightedTerm> Candidates(string title, string text)
    {
        var weights = new Dictionary<(string Field, string Word), float>();
        Add(ChineseTokenizer.Bigrams(title), TitleBoost, weights, IndexFields.TitleBigrams, IndexFields.TextBigrams);
        Add(ChineseTokenizer.Characters(title), TitleBoost, weights, IndexFields.TitleCharacters, IndexFields.TextCharacters);
        Add(ChineseTokenizer.Bigrams(text), 1, weights, IndexFields.TextBigrams);
        Add(ChineseTokenizer.Characters(text), 1, weights, IndexFields.TextCharacters);
        return [.. weights.Select(pair => new WeightedTerm(pair.Key.Field, pair.Key.Word, pair.Value))];
    }

    /// <summary>The places of the <see cref="MaximumTerms"/> terms with the largest weight · idf; those that no listing has are left out.</summary>
    public static IEnumerable<int> Best(IReadOnlyList<WeightedTerm> candidates, IReadOnlyList<int> found, double documents) => Enumerable.Range(0, candidates.Count)
        .Where(place => found[place] > 0)
        .OrderByDescending(place => candidates[place].Weight * Idf(found[place], documents))
        .Take(MaximumTerms);

    /// <summary>BM25's rarity of a term that so many of all documents have: ln(1 + (N − n + ½) / (n + ½)).</summary>
    public static double Idf(int found, double documents) => Math.Log(1 + (documents - found + 0.5) / (found + 0.5));

    private static void Add(IReadOnlyList<string> words, float weight, Dictionary<(string Field, string Word), float> weights, params string[] fields)
    {
        // Half of the room for each kind of words of the text, after those of the title.
        var room = weights.Count + MaximumCandidates / 2;
        foreach (var word in words)
            foreach (var field in fields)
                if (weights.Count < room) weights.TryAdd((field, word), weight);
    }
}

/// <summary>A word of a typed query.</summary>
/// <param name="Lone">One Chinese character, which is no bigram of any listing.</param>
internal sealed record TypedWord(string Word, bool Lone)
{
    public string TextField => Lone ? IndexFields.TextCharacters : IndexFields.TextBigrams;
    public string TitleField => Lone ? IndexFields.TitleCharacters : IndexFields.TitleBigrams;
}

/// <param name="Number">The public number when the text could be one.</param>
internal sealed record TypedWords(IReadOnlyList<TypedWord> Words, string? Number)
{
    public int Needed => WordQueries.Needed(Words.Count);

    /// <summary>So many words that a listing needs only some of them, as when a title or a sentence was typed rather than the name of a subject.</summary>
    public bool IsSentence => Needed == WordQueries.MostNeeded;

    /// <summary>Each word in texts: the first of <see cref="Terms"/>.</summary>
    public IReadOnlyList<WeightedTerm> TextTerms => [.. Words.Select(word => new WeightedTerm(word.TextField, word.Word, 1))];

    /// <summary>Each word in texts and titles, then the number: what a listing's score is the sum of.</summary>
    public IReadOnlyList<WeightedTerm> Terms =>
    [
        .. TextTerms,
        .. Words.Select(word => new WeightedTerm(word.TitleField, word.Word, WordQueries.TitleBoost)),
        .. Number is null ? (WeightedTerm[])[] : [new WeightedTerm(IndexFields.Number, Number, WordQueries.NumberBoost)],
    ];
}

/// <summary>A term of a listing's own query.</summary>
internal sealed record WeightedTerm(string Field, string Word, float Weight);
