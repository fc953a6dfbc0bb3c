namespace Matchmaking.Matching.Search;

/// <summary>A listing that passed text and filters.</summary>
internal readonly record struct Hit(ListingFacts Card, double Score);

/// <summary>
/// Applies kind, expiry and chosen filters to what the text matched, and counts facets on the way: a listing that passes all filters counts in every
/// facet, one that fails a single facet's filter counts in that facet only, so each facet is counted without its own filter in one pass.
/// </summary>
internal sealed class HitTally
{
    private readonly SearchRequest request;
    private readonly ListingKind kind;
    private readonly int today;
    private readonly FacetTable table;
    private readonly bool[]?[] chosen;
    private readonly int[][] counts;
    private readonly BestHits hits;

    // Listings of the other kind that the text matched.
    private int otherKind;

    public HitTally(SearchRequest request, FacetTable table)
    {
        this.request = request;
        kind = request.Kind;
        today = request.Today.DayNumber;
        this.table = table;
        hits = BestHits.UpTo(request.Sort, request.Page, request.Size);
        chosen = new bool[]?[Facet.All.Count];
        counts = new int[Facet.All.Count][];
        for (var facet = 0; facet < counts.Length; facet++)
        {
            counts[facet] = new int[table.Count(facet)];
            if (!request.Filters.TryGetValue(Facet.All[facet], out var values) || values.Count == 0) continue;

            var accepted = new bool[counts[facet].Length];
            foreach (var value in values)
                if (table.Find(facet, value) is var place && place >= 0 && place < accepted.Length) accepted[place] = true;
            chosen[facet] = accepted;
        }
    }

    public void Add(ListingFacts card, double score)
    {
        if (card.ValidUntil < today) return;
        if (card.Kind != kind)
        {
            otherKind++;
            return;
        }

        var failed = -1;
        for (var facet = 0; facet < chosen.Length; facet++)
        {
            if (chosen[facet] is not { } accepted || IsAccepted(card.Facets[facet], accepted)) continue;
            if (failed >= 0) return;
            failed = facet;
        }

        if (failed >= 0)
        {
            Count(failed, card);
            return;
        }
        for (var facet = 0; facet < counts.Length; facet++) Count(facet, card);
        hits.Add(new Hit(card, score));
    }

    /// <summary>The page that was asked for, how many there are, and the facets.</summary>
    public SearchResult Result() => new(hits.Count, hits.Page(request.Page, request.Size), Facets(), otherKind);

    /// <summary>For each facet the values that occur, most frequent first.</summary>
    private Dictionary<string, IReadOnlyList<FacetValue>> Facets() => Facet.All
        .Select((name, facet) => (name, values: counts[facet]
            .Select((count, place) => (count, place))
            .Where(item => item.count > 0)
            .Select(item => new FacetValue(table.Value(facet, item.place), item.count))
            .OrderByDescending(value => value.Count).ThenBy(value => value.Value, StringComparer.Ordinal)
            .ToList()))
        .ToDictionary(item => item.name, item => (IReadOnlyList<FacetValue>)item.values);

    // No lambda: one for each facet of each listing was most of what a search without text allocated.
    private static bool IsAccepted(int[] places, bool[] accepted)
    {
        foreach (var place in places)
            if (accepted[place]) return true;
        return false;
    }

    private void Count(int facet, ListingFacts card)
    {
        foreach (var place in card.Facets[facet]) counts[facet][place]++;
    }
}
