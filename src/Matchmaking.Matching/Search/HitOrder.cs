namespace Matchmaking.Matching.Search;

/// <summary>Order, fusion and paging of hits, as pure functions.</summary>
internal static class HitOrder
{
    /// <summary>The constant of reciprocal rank fusion.</summary>
    public const int FusionConstant = 60;

    /// <summary>
    /// Replaces scores by Σ 1 / (60 + rank) over the two lists. A listing's rank among the nearest counts from 1
    /// over all of these, filtered out or not. The listing with the typed public number stands before all.
    /// </summary>
    /// <param name="words">Hits of the words, in any order; others have no rank there.</param>
    /// <param name="nearest">Best first.</param>
    public static List<Hit> Fuse(IReadOnlyList<Hit> words, IEnumerable<Hit> vectorOnly, IReadOnlyList<ListingFacts> nearest, int? exactId)
    {
        var ranks = new Dictionary<int, int>(nearest.Count);
        for (var i = 0; i < nearest.Count; i++) ranks[nearest[i].Id] = i + 1;

        var ordered = words.ToArray();
        Array.Sort(ordered, Compare(SearchSort.Relevance));
        var fused = new List<Hit>(ordered.Length);
        for (var i = 0; i < ordered.Length; i++)
        {
            var card = ordered[i].Card;
            var score = Reciprocal(i + 1) + (ranks.TryGetValue(card.Id, out var rank) ? Reciprocal(rank) : 0);
            fused.Add(new Hit(card, card.Id == exactId ? 1 + score : score));
        }
        foreach (var hit in vectorOnly) fused.Add(hit with { Score = Reciprocal(ranks[hit.Card.Id]) });
        return fused;
    }

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

    private static double Reciprocal(int rank) => 1.0 / (FusionConstant + rank);
}
