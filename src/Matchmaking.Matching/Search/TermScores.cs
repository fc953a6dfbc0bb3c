using System.Buffers;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;

namespace Matchmaking.Matching.Search;

/// <summary>
/// The BM25 scores of a set of words, added up word by word over each segment. Lucene's own queries give the same numbers; but they look each word up
/// several times in each segment and open a new dictionary cursor each time, which with hundreds of words was nine tenths of the time of a search.
/// Here each word is looked up once, in the order of the dictionary, by one cursor a field.
/// </summary>
internal sealed class TermScores
{
    // Only the scores of one segment are in memory at a time; the arrays are lent again.
    private static readonly ArrayPool<float> Floats = ArrayPool<float>.Shared;
    private static readonly ArrayPool<ushort> Worths = ArrayPool<ushort>.Shared;

    private readonly IndexView view;
    private readonly IReadOnlyList<WeightedTerm> terms;
    private readonly BytesRef[] bytes;
    private readonly int[] order;
    private readonly int[] found;
    private readonly long[] occurrences;
    private readonly Dictionary<string, CollectionStatistics> collections = new(StringComparer.Ordinal);
    // By segment: cursors by field, and where each term stands (null where it does not).
    private readonly Dictionary<string, TermsEnum>[] cursors;
    private readonly TermState?[][] states;

    /// <summary>Looks the words up in every segment of a view, which must stay acquired.</summary>
    public TermScores(IndexView view, IReadOnlyList<WeightedTerm> terms)
    {
        this.view = view;
        this.terms = terms;
        bytes = [.. terms.Select(term => new BytesRef(term.Word))];
        order = [.. Enumerable.Range(0, terms.Count)];
        Array.Sort(order, (a, b) => string.CompareOrdinal(terms[a].Field, terms[b].Field) is var field && field != 0 ? field : bytes[a].CompareTo(bytes[b]));
        found = new int[terms.Count];
        occurrences = new long[terms.Count];
        var leaves = view.Reader.Leaves;
        cursors = new Dictionary<string, TermsEnum>[leaves.Count];
        states = new TermState?[leaves.Count][];
        for (var segment = 0; segment < leaves.Count; segment++)
        {
            cursors[segment] = new Dictionary<string, TermsEnum>(StringComparer.Ordinal);
            states[segment] = LookUp(leaves[segment].AtomicReader, cursors[segment]);
        }
    }

    /// <summary>In how many documents each term stands, removed ones included.</summary>
    public IReadOnlyList<int> Found => found;

    /// <summary>Hands over each live listing whose words have the needed worth, with its score.</summary>
    /// <param name="worth">What a term of a position adds to the worth; null for terms that are not used.</param>
    /// <param name="also">Listings that are handed over with less worth, too, when they have any of the words.</param>
    public void Collect(Func<int, int?> worth, int needed, Action<ListingFacts, float> take, CancellationToken cancellationToken, IReadOnlySet<ListingFacts>? also = null)
    {
        var used = Array.ConvertAll(order, term => found[term] > 0 && worth(term) is { } adds ? new Used(term, Weight(term), (ushort)adds) : null)
            .OfType<Used>().ToArray();
        for (var segment = 0; segment < states.Length; segment++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cards = view.Segments[segment].Cards;
            var scores = Floats.Rent(cards.Length);
            var worths = Worths.Rent(cards.Length);
            try
            {
                scores.AsSpan(0, cards.Length).Clear();
                worths.AsSpan(0, cards.Length).Clear();
                Add(segment, used, scores, worths);
                for (var doc = 0; doc < cards.Length; doc++)
                    if (worths[doc] >= needed || also is not null && scores[doc] > 0 && also.Contains(cards[doc])) take(cards[doc], scores[doc]);
            }
            finally
            {
                Floats.Return(scores);
                Worths.Return(worths);
            }
        }
    }

    private TermState?[] LookUp(AtomicReader reader, Dictionary<string, TermsEnum> byField)
    {
        var places = new TermState?[terms.Count];
        foreach (var term in order)
        {
            var field = terms[term].Field;
            if (!byField.TryGetValue(field, out var cursor))
            {
                if (reader.GetTerms(field) is not { } dictionary) continue;
                byField[field] = cursor = dictionary.GetEnumerator();
            }
            if (!cursor.SeekExact(bytes[term])) continue;
            places[term] = cursor.GetTermState();
            found[term] += cursor.DocFreq;
            occurrences[term] += cursor.TotalTermFreq;
        }
        return places;
    }

    private Similarity.SimWeight Weight(int term)
    {
        var field = terms[term].Field;
        if (!collections.TryGetValue(field, out var collection)) collections[field] = collection = view.Searcher.CollectionStatistics(field);
        var weight = view.Searcher.Similarity.ComputeWeight(terms[term].Weight, collection, new TermStatistics(bytes[term], found[term], occurrences[term]));
        weight.Normalize(1, 1);
        return weight;
    }

    private void Add(int segment, Used[] used, float[] scores, ushort[] worths)
    {
        var leaf = view.Reader.Leaves[segment];
        var live = view.Live(segment);
        DocsEnum? documents = null;
        foreach (var (term, weight, worth) in used)
        {
            if (states[segment][term] is not { } state) continue;

            var cursor = cursors[segment][terms[term].Field];
            cursor.SeekExact(bytes[term], state);
            documents = cursor.Docs(live, documents, DocsFlags.FREQS);
            var scorer = view.Searcher.Similarity.GetSimScorer(weight, leaf);
            for (var doc = documents.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.NextDoc())
            {
                scores[doc] += scorer.Score(doc, documents.Freq);
                worths[doc] += worth;
            }
        }
    }

    private sealed record Used(int Term, Similarity.SimWeight Weight, ushort Worth);
}
