using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matchmaking.Matching.Search;

/// <summary>Thresholds of a search, the same for every engine.</summary>
public sealed record SearchLimits
{
    /// <summary>A listing without the words is found by its vector only from this cosine on. Unrelated texts of the model in use lie at 0.25 to 0.5.</summary>
    public float MinimumCosine { get; init; } = 0.6f;

    /// <summary>
    /// The same for a whole title or sentence (<see cref="TypedWords.IsSentence"/>): it asks for one thing rather than for everything of a kind, and whoever says that
    /// thing in other words, or in a text of a line, lies farther from it than a listing from its subject's name.
    /// </summary>
    public float MinimumCosineOfSentence { get; init; } = 0.5f;

    /// <summary>At most so many listings of a kind come into a search by their vectors.</summary>
    public int MaximumNearest { get; init; } = 200;

    /// <summary>Below so many vectors in the index the embedded engine looks at all of them: that takes a few milliseconds. From there on a cheap first pass leaves those that lie near.</summary>
    public int FirstPassFrom { get; init; } = 50_000;

    internal float LeastCosine(TypedWords typed) => typed.IsSentence ? MinimumCosineOfSentence : MinimumCosine;
}

/// <summary>
/// The search engine inside the program: Lucene on disk for words, vectors in memory, everything in one folder that only one process may open.
/// Searches use a view that never changes and take no lock; writes come one after the other and are on disk when their task completes.
/// </summary>
public sealed class LuceneSearchEngine : ISearchEngine, IDisposable
{
    private readonly SearchLimits options;
    private readonly FacetTable table = new();
    private readonly IndexStore store;

    /// <summary>Opens the folder, creating it when it is not there; a damaged index is replaced by an empty one that says it must be rebuilt.</summary>
    /// <exception cref="SearchUnavailableException">Another process has the folder open, or it cannot be written.</exception>
    public LuceneSearchEngine(string path, SearchLimits? options = null, ILogger<LuceneSearchEngine>? logger = null)
    {
        this.options = options ?? new SearchLimits();
        store = new IndexStore(Path.GetFullPath(path), table, logger ?? NullLogger<LuceneSearchEngine>.Instance);
    }

    public async Task IndexAsync(IReadOnlyCollection<IndexEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0) return;
        var documents = entries.Select(entry => (entry.Document.Id, Document: IndexFields.ToLucene(entry))).ToList();
        await store.WriteAsync(
            index =>
            {
                foreach (var (id, document) in documents) index.Put(id, document);
            },
            documents.Select(item => item.Id),
            cancellationToken);
    }

    public async Task RemoveAsync(IReadOnlyCollection<(int Id, long Version)> listings, CancellationToken cancellationToken)
    {
        if (listings.Count == 0) return;
        // One process writes this index, one thing after the other: versions say nothing new here.
        var ids = listings.Select(listing => listing.Id).ToList();
        await store.WriteAsync(
            index =>
            {
                foreach (var id in ids) index.Remove(id);
            },
            ids,
            cancellationToken);
    }

    public Task RebuildAsync(IAsyncEnumerable<IndexEntry> entries, CancellationToken cancellationToken) =>
        store.RebuildAsync(entries, cancellationToken);

    public Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken) =>
        Answer(view => Search(view, request, cancellationToken));

    public Task<IReadOnlyList<ScoredId>> NearestAsync(VectorQuery query, CancellationToken cancellationToken) => Answer<IReadOnlyList<ScoredId>>(view =>
    {
        if (query.Take <= 0) return [];
        var byKind = new NearestList?[2];
        byKind[(int)query.Kind] = new NearestList(query.Take, -1);
        view.Nearest(new QueryVector(query.Vector), withTitles: false, query.Today.DayNumber, byKind, options.FirstPassFrom, cancellationToken);
        return [.. byKind[(int)query.Kind]!.Sorted().Select(item => new ScoredId(item.Card.Id, item.Cosine))];
    });

    public Task<IReadOnlyList<ScoredId>> WordsAsync(WordQuery query, CancellationToken cancellationToken) => Answer<IReadOnlyList<ScoredId>>(view =>
    {
        if (query.Take <= 0) return [];
        var candidates = WordQueries.Candidates(query.Title, query.Text);
        var scores = new TermScores(view, candidates);
        var best = WordQueries.Best(candidates, scores.Found, view.Reader.MaxDoc).ToHashSet();
        var today = query.Today.DayNumber;
        var hits = new BestHits(query.Take, HitOrder.Compare(SearchSort.Relevance));
        scores.Collect(
            place => best.Contains(place) ? 1 : null,
            1,
            (card, score) =>
            {
                if (card.Kind == query.Kind && card.ValidUntil >= today) hits.Add(new Hit(card, score));
            },
            cancellationToken);
        return [.. hits.Sorted().Select(hit => new ScoredId(hit.Card.Id, hit.Score))];
    });

    public Task<IndexStatus> StatusAsync(CancellationToken cancellationToken) =>
        Answer(view => new IndexStatus(view.Reader.NumDocs, view.CountVectors(), store.NeedsRebuild));

    public void Dispose() => store.Dispose();

    private SearchResult Search(IndexView view, SearchRequest request, CancellationToken cancellationToken)
    {
        var tally = new HitTally(request, table);
        if (string.IsNullOrWhiteSpace(request.Text))
        {
            foreach (var card in view.All()) tally.Add(card, 0);
            return tally.Result();
        }
        if (WordQueries.Read(request.Text) is not { } typed) return tally.Result();

        var words = new TermScores(view, typed.Terms);
        if (request.Vector is null)
        {
            Match(words, typed, (card, score) => tally.Add(card, score), cancellationToken);
            return tally.Result();
        }

        NearestList[] byKind = [new(options.MaximumNearest, -1), new(options.MaximumNearest, -1)];
        view.Nearest(new QueryVector(request.Vector), withTitles: true, request.Today.DayNumber, byKind, options.FirstPassFrom, cancellationToken);
        var fusion = new Fusion(
            Fusion.Rarity(words.Found.Take(typed.Words.Count), view.Reader.MaxDoc), byKind[(int)request.Kind].Sorted(), ExactId(view, typed));
        var least = options.LeastCosine(typed);
        var byVector = byKind.SelectMany(list => list.Sorted()).Where(item => item.Cosine >= least).Select(item => item.Card).ToHashSet();
        Match(
            words,
            typed,
            (card, score) =>
            {
                byVector.Remove(card);
                tally.Add(card, fusion.Score(card.Id, score));
            },
            cancellationToken,
            byVector);
        foreach (var card in byVector) tally.Add(card, fusion.Score(card.Id, 0));
        return tally.Result();
    }

    /// <summary>Listings with enough of the words, or with the number that was typed.</summary>
    private static void Match(
        TermScores words, TypedWords typed, Action<ListingFacts, float> take, CancellationToken cancellationToken, IReadOnlySet<ListingFacts>? also = null)
    {
        var texts = typed.Words.Count;
        var titles = 2 * texts;
        var needed = typed.Needed;
        // A word counts once, in the text, which has the title's words too; the number, the last of the terms, is enough alone.
        words.Collect(place => place < texts ? 1 : place < titles ? 0 : needed, needed, take, cancellationToken, also);
    }

    private static int? ExactId(IndexView view, TypedWords typed)
    {
        if (typed.Number is not { } number) return null;
        int? id = null;
        new TermScores(view, [new WeightedTerm(IndexFields.Number, number, 1)]).Collect(_ => 1, 1, (card, _) => id = card.Id, CancellationToken.None);
        return id;
    }

    private Task<T> Answer<T>(Func<IndexView, T> ask)
    {
        try
        {
            var view = store.Acquire();
            try
            {
                return Task.FromResult(ask(view));
            }
            finally
            {
                view.Release();
            }
        }
        catch (OperationCanceledException e)
        {
            return Task.FromCanceled<T>(e.CancellationToken);
        }
        catch (Exception e) when (IndexStore.IsFailure(e))
        {
            return Task.FromException<T>(new SearchUnavailableException("The search index cannot answer.", e));
        }
    }
}
