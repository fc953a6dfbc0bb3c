namespace Matchmaking.Matching.Search;

/// <summary>Order and paging of hits, as pure functions.</summary>
internal static class HitOrder
{
    /// <summary>One page; a page behind the last is empty.</summary>
    public static IReadOnlyList<SearchHit> Page(List<Hit> hits, SearchSort sort, int page, int size)
    {
        size = Math.Clamp(size, 1, SearchRequest.MaximumSize);
        var skip = (Math.Max(page, 1) - 1L) * size;
        if (skip >= hits.Count) return [];

        var take = (int)Math.Min(hits.Count, skip + size);
        var compare = Compare(sort);
        IEnumerable<Hit> first;
        if (take <= 1_000 && hits.Count > 4 * take)
        {
            first = Best(hits, take, compare);
        }
        else
        {
            hits.Sort(compare);
            first = hits.Take(take);
        }
        return [.. first.Skip((int)skip).Select(hit => new SearchHit(hit.Card.Id, hit.Score))];
    }

    /// <summary>The first so many hits in order, without sorting the rest.</summary>
    public static IReadOnlyList<Hit> Best(IEnumerable<Hit> hits, int take, Comparison<Hit> compare)
    {
        // The worst of the kept ones stands on top.
        var kept = new PriorityQueue<Hit, Hit>(Comparer<Hit>.Create((a, b) => compare(b, a)));
        foreach (var hit in hits)
        {
            if (kept.Count < take) kept.Enqueue(hit, hit);
            else if (compare(hit, kept.Peek()) < 0) kept.DequeueEnqueue(hit, hit);
        }
        var best = new Hit[kept.Count];
        for (var i = best.Length - 1; i >= 0; i--) best[i] = kept.Dequeue();
        return best;
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
