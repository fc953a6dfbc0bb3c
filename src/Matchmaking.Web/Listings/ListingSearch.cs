using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Listings;

/// <summary>What a reader asks of the public lists; read from the address, so that an address can be shared.</summary>
public sealed record ListingQuery(string Text, ListingKind Kind, IReadOnlyDictionary<string, IReadOnlyList<string>> Filters, SearchSort Sort, int Page, int Size)
{
    public const int MaximumText = 2_000;
    public const int DefaultSize = 10;

    /// <summary>Unknown values are ignored: an old or mistyped address still shows something.</summary>
    public static ListingQuery Read(IQueryCollection query, ListingKind kind)
    {
        var text = ListingRules.Clean(query["q"]);
        var filters = Facet.All
            .Select(facet => (facet, values: (IReadOnlyList<string>)[.. query[facet].Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => v!).Distinct().Take(50)]))
            .Where(f => f.values.Count > 0).ToDictionary(f => f.facet, f => f.values);
        var sort = Enum.TryParse<SearchSort>(query["sort"], ignoreCase: true, out var known) && Enum.IsDefined(known) ? known
            : text.Length > 0 ? SearchSort.Relevance : SearchSort.Newest;
        var page = int.TryParse(query["page"], out var p) && p is > 0 and <= 10_000 ? p : 1;
        var size = int.TryParse(query["size"], out var s) && s is > 0 and <= SearchRequest.MaximumSize ? s : DefaultSize;
        return new ListingQuery(text.Length > MaximumText ? text[..MaximumText] : text, kind, filters, sort, page, size);
    }

    /// <summary>The address of this query with one thing changed.</summary>
    public string Address(int? page = null, ListingKind? kind = null, SearchSort? sort = null, (string Facet, string Value)? without = null, bool withoutFilters = false)
    {
        var parts = new List<KeyValuePair<string, string?>>();
        if (Text.Length > 0) parts.Add(new("q", Text));
        if (!withoutFilters && kind is null)
        {
            foreach (var (facet, values) in Filters)
                parts.AddRange(values.Where(v => without != (facet, v)).Select(v => new KeyValuePair<string, string?>(facet, v)));
        }
        var order = sort ?? Sort;
        if (order != (Text.Length > 0 ? SearchSort.Relevance : SearchSort.Newest)) parts.Add(new("sort", order.ToString()));
        if (page is > 1) parts.Add(new("page", $"{page}"));
        return ((kind ?? Kind) == ListingKind.Need ? "/needs" : "/achievements") + QueryString.Create(parts);
    }
}

/// <param name="Down">The engine did not answer; the listings are the newest of the database, without search.</param>
public sealed record ListingPage(ListingQuery Query, int Total, IReadOnlyList<Listing> Listings, IReadOnlyDictionary<int, double> Scores,
    IReadOnlyDictionary<string, IReadOnlyList<FacetValue>> Facets, int OtherKind, bool Down)
{
    public int Pages => Math.Max(1, (Total + Query.Size - 1) / Query.Size);
    public int First => Total == 0 ? 0 : ((Query.Page - 1) * Query.Size) + 1;
    public int Last => Math.Min(Total, Query.Page * Query.Size);
}

/// <summary>Runs a query on the engine and loads the records; the public layer only. Without the engine it shows the newest records and says so.</summary>
public sealed class ListingSearch(ISearchEngine engine, MatchmakingDbContext db, EncoderHolder encoder, LocalCalendar calendar, ILogger<ListingSearch> log)
{
    public async Task<ListingPage> RunAsync(ListingQuery query, CancellationToken cancellationToken)
    {
        var vector = query.Text.Length > 0 && encoder.Encoder is { } sentenceEncoder ? sentenceEncoder.Encode([query.Text], cancellationToken)[0] : null;
        var request = new SearchRequest(query.Text, query.Kind, query.Filters, query.Sort, calendar.Today, query.Page, query.Size, vector);
        try
        {
            var result = await engine.SearchAsync(request, cancellationToken);
            var ids = result.Hits.Select(h => h.Id).ToList();
            var listings = await Published().Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, cancellationToken);
            // A record withdrawn in this minute is still in the index: it is not shown.
            return new ListingPage(query, result.Total, [.. ids.Where(listings.ContainsKey).Select(id => listings[id])],
                result.Hits.ToDictionary(h => h.Id, h => h.Score), result.Facets, result.OtherKind, Down: false);
        }
        catch (SearchUnavailableException error)
        {
            log.LogError(error, "The search engine does not answer");
            var newest = await Published().Where(l => query.Kind == ListingKind.Need ? l is Need : l is Achievement)
                .OrderByDescending(l => l.PublishedAt).Take(query.Size).ToListAsync(cancellationToken);
            return new ListingPage(query, newest.Count, newest, new Dictionary<int, double>(), new Dictionary<string, IReadOnlyList<FacetValue>>(), 0, Down: true);
        }
    }

    private IQueryable<Listing> Published() => db.Listings.AsNoTracking().Include(l => l.Organization).Where(l => ListingStates.Searchable.Contains(l.State));
}
