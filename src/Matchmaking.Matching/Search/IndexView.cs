using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Matchmaking.Matching.Search;

/// <summary>What is kept in memory of one segment: the card of each document, and the vectors.</summary>
internal sealed class SegmentCards
{
    private SegmentCards(ListingFacts[] cards, VectorIndex vectors) => (Cards, Vectors) = (cards, vectors);

    public ListingFacts[] Cards { get; }
    public VectorIndex Vectors { get; }

    public static SegmentCards Load(AtomicReader reader, FacetTable table)
    {
        var cards = new ListingFacts[reader.MaxDoc];
        var vectors = new VectorIndex(reader.MaxDoc);
        var cardBytes = reader.GetBinaryDocValues(IndexFields.Card);
        var vectorBytes = reader.GetBinaryDocValues(IndexFields.Vectors);
        var bytes = new BytesRef();
        for (var doc = 0; doc < cards.Length; doc++)
        {
            cardBytes.Get(doc, bytes);
            cards[doc] = ListingFacts.Read(bytes.Bytes, bytes.Offset, bytes.Length, table);
            if (vectorBytes is null) continue;

            vectorBytes.Get(doc, bytes);
            if (bytes.Length > 0) vectors.Add(doc, cards[doc], bytes.Bytes.AsSpan(bytes.Offset, bytes.Length));
        }
        vectors.Complete();
        return new SegmentCards(cards, vectors);
    }
}

/// <summary>
/// The index as it was at one commit. It never changes, so any number of searches use it without a lock; it is closed when the last one
/// has given it back and a newer view has taken its place.
/// </summary>
internal sealed class IndexView
{
    // For each listing that is wanted the first pass leaves so many.
    private const int Kept = 10;

    private readonly Dictionary<object, SegmentCards> bySegment;
    private readonly List<VectorSegment> vectors;
    private readonly long vectorsWithRemoved;

    private IndexView(DirectoryReader reader, Dictionary<object, SegmentCards> bySegment)
    {
        Reader = reader;
        this.bySegment = bySegment;
        Segments = [.. reader.Leaves.Select(leaf => bySegment[leaf.AtomicReader.CoreCacheKey])];
        vectors = [.. Segments.Select((segment, i) => new VectorSegment(segment.Vectors, Live(i), segment.Cards))];
        vectorsWithRemoved = vectors.Sum(segment => (long)segment.Vectors.Count);
        Searcher = new IndexSearcher(reader) { Similarity = new ListingSimilarity() };
    }

    public DirectoryReader Reader { get; }
    public IndexSearcher Searcher { get; }
    /// <summary>In the order of the reader's leaves.</summary>
    public IReadOnlyList<SegmentCards> Segments { get; }

    public static IndexView Open(Lucene.Net.Store.Directory directory, FacetTable table)
    {
        var reader = DirectoryReader.Open(directory);
        try
        {
            // A damaged file is noticed here and not by a reader of the site weeks later.
            foreach (var leaf in reader.Leaves) leaf.AtomicReader.CheckIntegrity();
            return Load(reader, [], table);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>The view of the newest commit; loads only segments that are new. The old view stays open until it is released.</summary>
    public IndexView Newer(FacetTable table) => DirectoryReader.OpenIfChanged(Reader) is { } reader ? Load(reader, bySegment, table) : this;

    public bool TryAcquire() => Reader.TryIncRef();

    public void Release() => Reader.DecRef();

    public IBits? Live(int segment) => ((AtomicReader)Reader.Leaves[segment].Reader).LiveDocs;

    /// <summary>Every document that is not removed.</summary>
    public IEnumerable<ListingFacts> All()
    {
        for (var segment = 0; segment < Segments.Count; segment++)
        {
            var live = Live(segment);
            var cards = Segments[segment].Cards;
            for (var doc = 0; doc < cards.Length; doc++)
                if (live is null || live.Get(doc)) yield return cards[doc];
        }
    }

    public int CountVectors() => vectors.Sum(segment => segment.Vectors.CountLive(segment.Live));

    /// <summary>Fills the lists (one for each kind, null when not wanted) with the listings nearest to a vector.</summary>
    /// <param name="firstPassFrom">With so many vectors a first pass chooses whose cosines are measured.</param>
    public void Nearest(QueryVector query, bool withTitles, int today, NearestList?[] byKind, int firstPassFrom, CancellationToken cancellationToken)
    {
        if (!query.HasDirection) return;
        var kept = vectorsWithRemoved >= firstPassFrom ? Kept * byKind.Max(list => list?.Take ?? 0) : 0;
        FirstPass.Nearest(vectors, query, withTitles, today, byKind, kept, cancellationToken);
    }

    private static IndexView Load(DirectoryReader reader, Dictionary<object, SegmentCards> known, FacetTable table)
    {
        var bySegment = reader.Leaves.Select(leaf => leaf.AtomicReader).ToDictionary(
            segment => segment.CoreCacheKey,
            segment => known.TryGetValue(segment.CoreCacheKey, out var loaded) ? loaded : SegmentCards.Load(segment, table));
        return new IndexView(reader, bySegment);
    }
}
