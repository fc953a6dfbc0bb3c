using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Ranking;

/// <summary>Names of the features of a pair; each lies in 0–1 (cosines in −1–1) and is absent when its source is.</summary>
public static class Feature
{
    /// <summary>Share of the need title's characters, weighted by rarity, that the achievement's title has.</summary>
    public const string TitleCharacters = "title_characters";
    /// <summary>Share of the need title's bigrams, by rarity, anywhere in the achievement.</summary>
    public const string TitleInText = "title_in_text";
    /// <summary>The other way: the achievement title's bigrams, by rarity, anywhere in the need.</summary>
    public const string TitleInTextReversed = "title_in_text_reversed";
    /// <summary>Share of the need's bigrams of all its text, by rarity, in the achievement's text.</summary>
    public const string TextTerms = "text_terms";
    /// <summary>Share of the need's keywords that occur in the achievement, averaged with the reverse.</summary>
    public const string Keywords = "keywords";
    public const string CosineTitle = "cosine_title";
    public const string CosineTitleText = "cosine_title_text";
    public const string CosineText = "cosine_text";
    /// <summary>Cosine of the closest pair of sentences.</summary>
    public const string BestSentence = "best_sentence";
    /// <summary>Mean of the three best sentence cosines, each sentence of the need used once.</summary>
    public const string ThreeSentences = "three_sentences";
    /// <summary>1 same technology field, otherwise 0.</summary>
    public const string Field = "field";
    /// <summary>1 same division (C28), 0.5 same section (C), otherwise 0.</summary>
    public const string Industry = "industry";
    /// <summary>1 at least the maturity asked for, 0.3 less for each level below; absent when either is not stated.</summary>
    public const string Maturity = "maturity";
    /// <summary>Share of the figures asked for that are met.</summary>
    public const string QuantitiesMet = "quantities_met";
    /// <summary>Share of the figures asked for that are stated and not met.</summary>
    public const string QuantitiesNotMet = "quantities_not_met";
    /// <summary>1 same prefecture, otherwise 0.</summary>
    public const string Region = "region";
    /// <summary>1 price within budget, falling to 0 at twice the budget; absent when either is open.</summary>
    public const string Money = "money";
    /// <summary>1 when a cooperation mode is shared, otherwise 0.</summary>
    public const string Cooperation = "cooperation";
    /// <summary>e^(−days/365) since the younger side was published.</summary>
    public const string Freshness = "freshness";

    public static IReadOnlyList<string> All { get; } =
    [
        TitleCharacters, TitleInText, TitleInTextReversed, TextTerms, Keywords, CosineTitle, CosineTitleText, CosineText, BestSentence, ThreeSentences,
        Field, Industry, Maturity, QuantitiesMet, QuantitiesNotMet, Region, Money, Cooperation, Freshness,
    ];
}

/// <summary>A sentence of the need and one of the achievement with their cosine; positions in <c>SentenceSplitter.Split</c> of the descriptions.</summary>
public sealed record ClosePair(int NeedSentence, int AchievementSentence, double Cosine);

/// <summary>What is known of a pair: features by name, and what they were made from, for the reasons.</summary>
/// <param name="shared">Found when asked for: reasons are given for the few best of all pairs.</param>
public sealed class PairDescription(
    IReadOnlyDictionary<string, double> values, IReadOnlyList<ClosePair> sentences, IReadOnlyList<LedgerRow> ledger, Lazy<IReadOnlyList<string>> shared)
{
    public IReadOnlyDictionary<string, double> Values => values;
    public IReadOnlyList<ClosePair> Sentences => sentences;
    public IReadOnlyList<LedgerRow> Ledger => ledger;
    public IReadOnlyList<string> SharedTerms => shared.Value;
}

/// <summary>A side of a pair with its terms cut.</summary>
public sealed class PreparedListing
{
    // A run asks the same document for its figures once for each listing that it is a candidate of; the search for them costs more than the rest of a pair, and they are few.
    private static readonly ConditionalWeakTable<ListingDocument, IReadOnlyList<QuantityLedger.Demand>> AskedBy = [];
    private static readonly ConditionalWeakTable<ListingDocument, IReadOnlyList<QuantityLedger.Offer>> OfferedBy = [];

    public PreparedListing(ListingDocument document, ListingVectors? vectors)
    {
        (Document, Vectors) = (document, vectors);
        var title = ChineseTokenizer.Normalize(document.Title);
        Normalized = ChineseTokenizer.Normalize(document.Text);
        TitleCharacters = [.. ChineseTokenizer.CharactersOf(title).Distinct()];
        TitleBigrams = [.. ChineseTokenizer.BigramsOf(title).Distinct()];
        Bigrams = ChineseTokenizer.BigramsOf(Normalized).ToHashSet(StringComparer.Ordinal);
        Keywords = [.. document.Keywords.Select(ChineseTokenizer.Normalize)];
    }

    public ListingDocument Document { get; }
    public ListingVectors? Vectors { get; }
    public IReadOnlyList<string> TitleCharacters { get; }
    public IReadOnlyList<string> TitleBigrams { get; }
    public IReadOnlySet<string> Bigrams { get; }
    public string Normalized { get; }

    /// <summary>Normalised; one that has nothing to search for is empty.</summary>
    public IReadOnlyList<string> Keywords { get; }

    /// <summary>The figures that it asks for, as a need; kept as long as the document.</summary>
    internal IReadOnlyList<QuantityLedger.Demand> Asked => AskedBy.GetValue(Document, QuantityLedger.Asked);

    /// <summary>The figures that it states, as an achievement; kept as long as the document.</summary>
    internal IReadOnlyList<QuantityLedger.Offer> Offered => OfferedBy.GetValue(Document, QuantityLedger.Offered);
}

/// <summary>Describes a pair by named features. Pure: the same records give the same numbers.</summary>
public static class PairFeatures
{
    public static PairDescription Describe(PreparedListing need, PreparedListing achievement, TermStatistics terms, DateOnly today)
    {
        var values = new Dictionary<string, double>();
        var n = need.Document;
        var a = achievement.Document;
        var achievementTitle = achievement.TitleCharacters.ToHashSet(StringComparer.Ordinal);
        Put(values, Feature.TitleCharacters, Coverage(need.TitleCharacters, achievementTitle, terms));
        Put(values, Feature.TitleInText, Coverage(need.TitleBigrams, achievement.Bigrams, terms));
        Put(values, Feature.TitleInTextReversed, Coverage(achievement.TitleBigrams, need.Bigrams, terms));
        Put(values, Feature.TextTerms, Coverage(need.Bigrams, achievement.Bigrams, terms));
        Put(values, Feature.Keywords, KeywordAgreement(need, achievement));

        var sentences = new List<ClosePair>();
        if (need.Vectors is { } x && achievement.Vectors is { } y && x.Model == y.Model)
        {
            Put(values, Feature.CosineTitle, Cosine(x.Title, y.Title));
            Put(values, Feature.CosineTitleText, Math.Max(Cosine(x.Title, y.Text), Cosine(x.Text, y.Title)));
            Put(values, Feature.CosineText, Cosine(x.Text, y.Text));
            sentences = Closest(x.Sentences, y.Sentences);
            // A record of a title alone: the title is its only sentence; there is no place in a description to show.
            var closest = sentences.Count > 0 || x.Sentences.Count + y.Sentences.Count == 0 ? sentences
                : Closest(x.Sentences.Count > 0 ? x.Sentences : [x.Title], y.Sentences.Count > 0 ? y.Sentences : [y.Title]);
            if (closest.Count > 0)
            {
                Put(values, Feature.BestSentence, closest[0].Cosine);
                Put(values, Feature.ThreeSentences, closest.Average(p => p.Cosine));
            }
        }

        if (n.Field.Length > 0 && a.Field.Length > 0) values[Feature.Field] = n.Field == a.Field ? 1 : 0;
        if (n.Industry.Length > 0 && a.Industry.Length > 0)
            values[Feature.Industry] = n.Industry == a.Industry ? 1 : n.Industry[0] == a.Industry[0] ? 0.5 : 0;
        if (n.Maturity is { } least && a.Maturity is { } level) values[Feature.Maturity] = Math.Clamp(1 - (0.3 * Math.Max(0, least - level)), 0, 1);
        var ledger = need.Asked.Count == 0 ? [] : QuantityLedger.Compare(need.Asked, achievement.Offered);
        if (ledger.Count > 0)
        {
            values[Feature.QuantitiesMet] = ledger.Count(r => r.Verdict == LedgerVerdict.Met) / (double)ledger.Count;
            values[Feature.QuantitiesNotMet] = ledger.Count(r => r.Verdict == LedgerVerdict.NotMet) / (double)ledger.Count;
        }
        values[Feature.Region] = n.Region == a.Region ? 1 : 0;
        if (n.Money is > 0 and var budget && a.Money is { } price) values[Feature.Money] = Math.Clamp(2 - ((double)price / (double)budget), 0, 1);
        if (n.Cooperation.Count > 0 && a.Cooperation.Count > 0) values[Feature.Cooperation] = n.Cooperation.Intersect(a.Cooperation).Any() ? 1 : 0;
        // What its owner has confirmed is as fresh as the confirmation.
        var (needAt, achievementAt) = (n.ConfirmedAt ?? n.PublishedAt, a.ConfirmedAt ?? a.PublishedAt);
        var younger = needAt > achievementAt ? needAt : achievementAt;
        values[Feature.Freshness] = Math.Exp(-Math.Max(0, today.DayNumber - DateOnly.FromDateTime(younger.UtcDateTime).DayNumber) / 365.0);
        return new PairDescription(values, sentences, ledger, new(() => SharedTerms(need, achievement, terms)));
    }

    /// <summary>Σ idf of the shared terms / Σ idf of all terms of the query side; NaN-free, null when the query side has no terms.</summary>
    private static double? Coverage(IReadOnlyCollection<string> query, IReadOnlySet<string> target, TermStatistics terms)
    {
        double shared = 0, all = 0;
        foreach (var term in query)
        {
            var idf = terms.Idf(term);
            all += idf;
            if (target.Contains(term)) shared += idf;
        }
        return all > 0 ? shared / all : null;
    }

    private static double? KeywordAgreement(PreparedListing need, PreparedListing achievement)
    {
        double? Share(IReadOnlyList<string> keywords, string text) => keywords.Count == 0 ? null
            : keywords.Count(word => word.Length > 0 && text.Contains(word, StringComparison.Ordinal)) / (double)keywords.Count;
        var there = Share(need.Keywords, achievement.Normalized);
        var back = Share(achievement.Keywords, need.Normalized);
        return there is null ? back : back is null ? there : (there + back) / 2;
    }

    /// <summary>Sentence pairs, closest first; each sentence of either side at most once.</summary>
    private static List<ClosePair> Closest(IReadOnlyList<float[]> need, IReadOnlyList<float[]> achievement)
    {
        var all = new List<ClosePair>(need.Count * achievement.Count);
        for (var i = 0; i < need.Count; i++)
            for (var j = 0; j < achievement.Count; j++)
                all.Add(new ClosePair(i, j, Cosine(need[i], achievement[j])));
        all.Sort((p, q) => q.Cosine != p.Cosine ? q.Cosine.CompareTo(p.Cosine) : p.NeedSentence != q.NeedSentence ? p.NeedSentence.CompareTo(q.NeedSentence) : p.AchievementSentence.CompareTo(q.AchievementSentence));
        var chosen = new List<ClosePair>();
        foreach (var pair in all)
        {
            if (chosen.Any(c => c.NeedSentence == pair.NeedSentence || c.AchievementSentence == pair.AchievementSentence)) continue;
            chosen.Add(pair);
            if (chosen.Count == 3) break;
        }
        return chosen;
    }

    /// <summary>Shared runs of Chinese or Latin that carried weight, rarest first: overlapping shared bigrams are joined to whole words, general words and units are left out.</summary>
    private static List<string> SharedTerms(PreparedListing need, PreparedListing achievement, TermStatistics terms)
    {
        var runs = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var piece in SharedRuns(need.Normalized, achievement.Bigrams).Select(GeneralWords.Trim).Where(p => p.Length >= 2))
            runs[piece] = ChineseTokenizer.Bigrams(piece).Distinct().Sum(terms.Idf);
        var kept = new List<string>();
        foreach (var (run, _) in runs.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal))
        {
            if (kept.Any(k => k.Contains(run, StringComparison.Ordinal)) || !achievement.Normalized.Contains(run, StringComparison.Ordinal)) continue;
            kept.Add(run);
            if (kept.Count == 8) break;
        }
        return kept;
    }

    private static IEnumerable<string> SharedRuns(string text, IReadOnlySet<string> other)
    {
        var start = -1;
        for (var i = 0; i <= text.Length - 2; i++)
        {
            var shared = IsChinese(text[i]) && IsChinese(text[i + 1]) && other.Contains(text.Substring(i, 2));
            if (shared && start < 0) start = i;
            if ((!shared || i == text.Length - 2) && start >= 0)
            {
                var end = shared ? i + 2 : i + 1;
                if (end - start is >= 2 and <= 12) yield return text[start..end];
                start = -1;
            }
        }
        foreach (var word in ChineseTokenizer.Bigrams(text).Where(t => t.Length > 1 && char.IsAsciiLetter(t[0]) && other.Contains(t) && !UnitWords.IsUnit(t)).Distinct()) yield return word;
    }

    private static bool IsChinese(char c) => c is >= '\u3400' and <= '\u9fff';

    private static double Cosine(float[] x, float[] y) => x.Length == y.Length && x.Length > 0 ? TensorPrimitives.Dot(x, y) : double.NaN;

    private static void Put(Dictionary<string, double> values, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) values[name] = number;
    }
}
