namespace Matchmaking.Matching.Search;

/// <summary>Order and paging of hits, as pure functions.</summary>
internal static class HitOrder
{
    /// <summary>One page; a page behind the last is empty.</summary>
    public static IReadOnlyList<SearchHit> Page(IEnumerable<Hit> hits, SearchSort sort, int page, int size)
    {
        var best = BestHits.UpTo(sort, page, size);
        foreach (var hit in hits) best.Add(hit);
        return best.Page(page, size);
    }

    /// <summary>Every order ends with newest, then id, so that it is the same each time.</summary>
    public static Comparison<Hit> Compare(SearchSort sort) => sort switch
    {
        SearchSort.Relevance => static (a, b) => b.Score.CompareTo(a.Score) is var order && order != 0 ? order : Newest(a, b),
        SearchSort.Newest => Newest,
        SearchSort.Deadline => static (a, b) => a.Card.Deadline.CompareTo(b.Card.Deadline) is var order && order != 0 ? order : Newest(a, b),
        SearchSort.MoneyDescending => static (a, b) => b.Card.Money.CompareTo(a.Card.Money) is var order && order != 0 ? order : Newest(a, b),
        _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, "No such order."),
    };

    private static int Newest(Hit a, Hit b) =>
        b.Card.Published.CompareTo(a.Card.Published) is var order && order != 0 ? order : b.Card.Id.CompareTo(a.Card.Id);
}

/// <summary>The first so many of the hits that come by, in their order; the others are only counted.</summary>
internal sealed class BestHits(int take, Comparison<Hit> compare)
{
    // The worst of the kept ones stands on top.
    private readonly PriorityQueue<Hit, Hit> kept = new(Comparer<Hit>.Create((a, b) => compare(b, a)));

    /// <summary>As many as a page needs, with those of the pages before it.</summary>
    public static BestHits UpTo(SearchSort sort, int page, int size) =>
        new((int)Math.Min(int.MaxValue, Skipped(page, size) + Clamped(size)), HitOrder.Compare(sort));

    /// <summary>Of all hits, not only of the kept ones.</summary>
    public int Count { get; private set; }

    public void Add(Hit hit)
    {
        Count++;
        if (kept.Count < take) kept.Enqueue(hit, hit);
        else if (kept.Count > 0 && compare(hit, kept.Peek()) < 0) kept.DequeueEnqueue(hit, hit);
    }

    /// <summary>The kept hits in order; none is kept afterwards.</summary>
    public Hit[] Sorted()
    {
        var best = new Hit[kept.Count];
        for (var i = best.Length - 1; i >= 0; i--) best[i] = kept.Dequeue();
        return best;
    }

    /// <summary>A page of them; one behind the last is empty.</summary>
    public IReadOnlyList<SearchHit> Page(int page, int size) =>
        Skipped(page, size) is var skip && skip >= Count ? [] : [.. Sorted().Skip((int)skip).Take(Clamped(size)).Select(hit => new SearchHit(hit.Card.Id, hit.Score))];

    private static int Clamped(int size) => Math.Clamp(size, 1, SearchRequest.MaximumSize);

    private static long Skipped(int page, int size) => (Math.Max(page, 1) - 1L) * Clamped(size);
}
