using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matchmaking.Matching.Search;

/// <summary>
/// Search by an Elasticsearch cluster. It finds and orders as <see cref="LuceneSearchEngine"/> does: the same words and boosts, the same filters and facets, and
/// the fusion of words and vectors in this program. Any number of processes may use one cluster.
/// </summary>
public sealed class ElasticSearchEngine : ISearchEngine, IDisposable
{
    // Of the hits of a fused search so many are ranked by the server; nearest ones behind them keep their order after these.
    private const int Ranked = 1_000;
    private const int Tries = 4;
    private const int Copies = 16;

    private readonly ElasticOptions options;
    private readonly SearchLimits limits;
    private readonly ElasticClient client;
    private readonly ElasticIndices indices;

    /// <summary>Opens nothing: the cluster may come later than the program.</summary>
    public ElasticSearchEngine(ElasticOptions options, SearchLimits? limits = null, ILogger<ElasticSearchEngine>? logger = null)
    {
        this.options = options;
        this.limits = limits ?? new SearchLimits();
        client = new ElasticClient(options);
        indices = new ElasticIndices(client, options, logger ?? NullLogger<ElasticSearchEngine>.Instance);
    }

    public async Task IndexAsync(IReadOnlyCollection<IndexEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0) return;
        await indices.WriteAsync([.. entries.Select(entry => (entry.Document.Id, entry.Version, (byte[]?)ElasticQueries.Document(entry)))], cancellationToken);
    }

    public async Task RemoveAsync(IReadOnlyCollection<(int Id, long Version)> listings, CancellationToken cancellationToken)
    {
        if (listings.Count == 0) return;
        await indices.WriteAsync([.. listings.Select(listing => (listing.Id, listing.Version, (byte[]?)null))], cancellationToken);
    }

    public Task RebuildAsync(IAsyncEnumerable<IndexEntry> entries, CancellationToken cancellationToken) => indices.RebuildAsync(entries, cancellationToken);

    public async Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Text)) return await ByWordsAsync(request, ElasticQueries.All, cancellationToken);
        if (WordQueries.Read(request.Text) is not { } typed) return new SearchResult(0, [], Facet.All.ToDictionary(facet => facet, _ => (IReadOnlyList<FacetValue>)[]), 0);
        return request.Vector is { } vector
            ? await FusedAsync(request, typed, vector, cancellationToken)
            : await ByWordsAsync(request, () => ElasticQueries.Typed(typed), cancellationToken);
    }

    public async Task<IReadOnlyList<ScoredId>> NearestAsync(VectorQuery query, CancellationToken cancellationToken)
    {
        if (query.Take <= 0 || !ElasticQueries.HasDirection(query.Vector)) return [];
        var take = Math.Min(query.Take, ElasticQueries.Window);
        var answer = await AskAsync("", cancellationToken, ElasticQueries.Nearest("text_vector", query.Vector, take, query.Kind, query.Today));
        return [.. answer[0].Hits.Select(hit => new ScoredId(hit.Card.Id, Cosine(hit.Score)))];
    }

    public async Task<IReadOnlyList<ScoredId>> WordsAsync(WordQuery query, CancellationToken cancellationToken)
    {
        var candidates = WordQueries.Candidates(query.Title, query.Text);
        if (query.Take <= 0 || candidates.Count == 0) return [];
        var terms = await BestAsync(candidates, cancellationToken);
        if (terms.Count == 0) return [];
        var words = ElasticQueries.Filtered(ElasticQueries.Terms(terms), ElasticQueries.Kind(query.Kind), ElasticQueries.Valid(query.Today));
        var answer = await AskAsync(query.Title, cancellationToken, ElasticQueries.Hits(words, SearchSort.Relevance, 0, Math.Min(query.Take, ElasticQueries.Window)));
        return [.. answer[0].Hits.Select(hit => new ScoredId(hit.Card.Id, hit.Score))];
    }

    public async Task<IndexStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var state = await indices.LookAsync(cancellationToken);
        if (state.Current is not { } current) return new IndexStatus(0, 0, NeedsRebuild: true);
        var health = await client.SendAsync(HttpMethod.Get, $"_cluster/health/{current}", null, repeatable: true, cancellationToken);
        var (color, missing) = ElasticClient.Read(health, body => (body.GetProperty("status").GetString(), body.GetProperty("unassigned_shards").GetInt32()));
        if (color == "red") throw new SearchUnavailableException($"Parts of the search index are on no running node of Elasticsearch: {missing} shards are missing.");

        var count = new JsonObject
        {
            ["size"] = 0,
            ["track_total_hits"] = true,
            ["query"] = Exists("kind"),
            ["aggs"] = new JsonObject { ["vectors"] = new JsonObject { ["filter"] = Exists("text_vector") } },
        };
        var answer = (await AskAsync("", cancellationToken, count))[0];
        return new IndexStatus(answer.Total, answer.Counts.GetValueOrDefault("vectors"), !state.Complete);

        static JsonObject Exists(string field) => new() { ["exists"] = new JsonObject { ["field"] = field } };
    }

    public void Dispose() => indices.Dispose();

    private async Task<SearchResult> ByWordsAsync(SearchRequest request, Func<JsonObject> query, CancellationToken cancellationToken)
    {
        var (skip, size) = Page(request);
        var reach = skip + size <= ElasticQueries.Window;
        var search = ElasticQueries.Hits(ElasticQueries.Filtered(query(), ElasticQueries.Valid(request.Today)), request.Sort, reach ? (int)skip : 0, reach ? size : 0);
        search["post_filter"] = ElasticQueries.AllOf(ElasticQueries.Chosen(request));
        search["aggs"] = ElasticQueries.Counts(request);
        var answer = (await AskAsync(request.Text, cancellationToken, search))[0];
        var hits = answer.Hits;
        if (!reach && skip < answer.Total) hits = [.. (await WalkAsync(request, query, request.Sort, skip + size, cancellationToken)).Skip((int)skip)];
        return Result(answer, [.. hits.Select(hit => new SearchHit(hit.Card.Id, hit.Score))]);
    }

    private async Task<SearchResult> FusedAsync(SearchRequest request, TypedWords typed, float[] vector, CancellationToken cancellationToken)
    {
        var (counting, nearing) = (FrequenciesAsync(typed.TextTerms, cancellationToken), NearestAsync(request, vector, cancellationToken));
        await Task.WhenAll(counting, nearing);
        var ((found, documents), nearest) = (await counting, await nearing);
        var least = limits.LeastCosine(typed);
        int[] ByVector(ListingKind kind) => [.. nearest[(int)kind].Where(item => item.Cosine >= least).Select(item => item.Card.Id)];
        var mine = ByVector(request.Kind);
        int[] all = [.. mine, .. ByVector(1 - request.Kind)];
        var (skip, size) = Page(request);
        var ranked = (int)Math.Clamp(skip + size, Ranked, ElasticQueries.Window);
        var sorted = request.Sort != SearchSort.Relevance;
        var reach = sorted && skip + size <= ElasticQueries.Window;
        JsonObject Words() => ElasticQueries.Typed(typed);
        JsonObject Matched() => all.Length == 0 ? Words() : ElasticQueries.Any(Words(), ElasticQueries.Ids(all));
        JsonObject[] Passing() => [.. ElasticQueries.Chosen(request), ElasticQueries.Valid(request.Today)];

        var main = ElasticQueries.Hits(ElasticQueries.Filtered(Matched(), ElasticQueries.Valid(request.Today)), request.Sort, reach ? (int)skip : 0, reach ? size : 0);
        main["post_filter"] = ElasticQueries.AllOf(ElasticQueries.Chosen(request));
        main["aggs"] = ElasticQueries.Counts(request);
        var answers = await AskAsync(request.Text, cancellationToken,
        [
            main,
            ElasticQueries.Hits(ElasticQueries.Filtered(Words(), Passing()), SearchSort.Relevance, 0, ranked),
            ElasticQueries.Hits(ElasticQueries.Scored(ElasticQueries.Terms(typed.Terms), [ElasticQueries.Ids(mine), .. Passing()]), SearchSort.Relevance, 0, Math.Max(1, mine.Length)),
            ElasticQueries.Hits(ElasticQueries.AllOf(ElasticQueries.Number(typed.Number ?? "")), SearchSort.Relevance, 0, 1),
        ]);

        var total = answers[0].Total;
        var words = answers[1].Hits;
        if (!sorted && skip < total && skip + size > ElasticQueries.Window) words = await WalkAsync(request, Words, SearchSort.Relevance, skip + size, cancellationToken);
        var near = answers[2].Hits;
        var known = words.Select(hit => hit.Card.Id).ToHashSet();
        var fusion = new Fusion(Fusion.Rarity(found, documents), nearest[(int)request.Kind], answers[3].Hits.Select(hit => (int?)hit.Card.Id).FirstOrDefault());
        var fused = words.Concat(near.Where(hit => !known.Contains(hit.Card.Id))).Select(hit => hit with { Score = fusion.Score(hit.Card.Id, hit.Score) }).ToList();
        if (!sorted) return Result(answers[0], HitOrder.Page(fused, SearchSort.Relevance, request.Page, request.Size));

        var page = answers[0].Hits;
        if (!reach && skip < total) page = [.. (await WalkAsync(request, Matched, request.Sort, skip + size, cancellationToken)).Skip((int)skip)];
        var scores = fused.ToDictionary(hit => hit.Card.Id, hit => hit.Score);
        // What lies behind the ranked ones has no more than the last of them.
        var last = fused.Count == 0 ? 0 : fused.Min(hit => hit.Score);
        return Result(answers[0], [.. page.Select(hit => new SearchHit(hit.Card.Id, scores.GetValueOrDefault(hit.Card.Id, last)))]);
    }

    /// <summary>For each kind the nearest by title or text, whichever is nearer, best first.</summary>
    private async Task<IReadOnlyList<(ListingFacts Card, float Cosine)>[]> NearestAsync(SearchRequest request, float[] vector, CancellationToken cancellationToken)
    {
        if (!ElasticQueries.HasDirection(vector)) return [[], []];
        var kinds = new[] { (ListingKind)0, (ListingKind)1 };
        var answers = await AskAsync(request.Text, cancellationToken,
        [
            .. from kind in kinds
               from field in new[] { "title_vector", "text_vector" }
               select ElasticQueries.Nearest(field, vector, limits.MaximumNearest, kind, request.Today),
        ]);
        return
        [
            .. kinds.Select(kind => (IReadOnlyList<(ListingFacts, float)>)
            [
                .. answers[2 * (int)kind].Hits.Concat(answers[2 * (int)kind + 1].Hits)
                    .GroupBy(hit => hit.Card.Id)
                    .Select(both => both.MaxBy(hit => hit.Score))
                    .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Card.Id)
                    .Take(limits.MaximumNearest)
                    .Select(hit => (hit.Card, (float)Cosine(hit.Score))),
            ]),
        ];
    }

    /// <summary>The first hits in order, further than one request reaches.</summary>
    private async Task<List<Hit>> WalkAsync(SearchRequest request, Func<JsonObject> query, SearchSort sort, long count, CancellationToken cancellationToken)
    {
        var hits = new List<Hit>();
        JsonArray? after = null;
        while (hits.Count < count)
        {
            var search = ElasticQueries.Hits(ElasticQueries.Filtered(query(), [.. ElasticQueries.Chosen(request), ElasticQueries.Valid(request.Today)]), sort, 0, (int)Math.Min(ElasticQueries.Window, count - hits.Count));
            if (after is not null) search["search_after"] = after;
            var answer = (await AskAsync(request.Text, cancellationToken, search))[0];
            var part = answer.Hits;
            if (part.Count == 0) break;
            hits.AddRange(part);
            after = JsonNode.Parse(answer.LastSort)!.AsArray();
        }
        return hits;
    }

    private async Task<IReadOnlyList<WeightedTerm>> BestAsync(IReadOnlyList<WeightedTerm> candidates, CancellationToken cancellationToken)
    {
        var (found, documents) = await FrequenciesAsync(candidates, cancellationToken);
        return [.. WordQueries.Best(candidates, found, documents).Select(place => candidates[place])];
    }

    /// <summary>How many documents hold each term, and how many there are.</summary>
    private async Task<(IReadOnlyList<int> Found, long Documents)> FrequenciesAsync(IReadOnlyList<WeightedTerm> terms, CancellationToken cancellationToken)
    {
        var body = ElasticQueries.Frequencies(terms).ToJsonString();
        var answer = await client.SendAsync(HttpMethod.Post, $"{options.Index}/_termvectors?realtime=false", body, repeatable: true, cancellationToken);
        return ElasticClient.Read(answer, root =>
        {
            var vectors = root.GetProperty("term_vectors");
            var documents = vectors.EnumerateObject().Select(field => field.Value.GetProperty("field_statistics").GetProperty("doc_count").GetInt64()).DefaultIfEmpty(0).Max();
            int Found(WeightedTerm term) => vectors.TryGetProperty(ElasticQueries.Field(term.Field), out var field) && field.GetProperty("terms").TryGetProperty(term.Word, out var word)
                && word.TryGetProperty("doc_freq", out var found) ? found.GetInt32() : 0;
            return ((IReadOnlyList<int>)[.. terms.Select(Found)], documents);
        });
    }

    /// <summary>Several searches in one request; all or none. A search that meets the old index while it is deleted is made again.</summary>
    private async Task<IReadOnlyList<ElasticFound>> AskAsync(string text, CancellationToken cancellationToken, params IReadOnlyList<JsonObject> searches)
    {
        // With one text always the same copy is asked, so that pages fit together; different texts spread over the copies.
        var copy = text.Aggregate(17u, (sum, c) => unchecked(sum * 31 + c)) % Copies;
        var header = new JsonObject
        {
            ["index"] = options.Index, ["preference"] = $"copy{copy}", ["search_type"] = "dfs_query_then_fetch", ["allow_partial_search_results"] = false,
        }.ToJsonString();
        var lines = new StringBuilder();
        foreach (var search in searches) lines.Append(header).Append('\n').Append(search.ToJsonString()).Append('\n');
        for (var round = 0; ; round++)
        {
            var answer = await client.SendAsync(HttpMethod.Post, "_msearch", lines.ToString(), repeatable: true, cancellationToken);
            var (answers, failed) = ElasticClient.Read(answer, body =>
            {
                var all = body.GetProperty("responses").EnumerateArray().ToList();
                if (all.Count != searches.Count) throw new FormatException();
                var worst = all.Max(one => one.GetProperty("status").GetInt32());
                return (worst >= 400 ? [] : all.ConvertAll(ElasticFound.From), worst);
            });
            if (failed < 400) return answers;
            if (round + 1 == Tries || failed is not (404 or 429 or >= 500))
                throw new SearchUnavailableException(failed == 404 ? $"There is no search index {options.Index} yet." : string.Create(CultureInfo.InvariantCulture, $"Elasticsearch answered {failed} to a search."));
            await Task.Delay(options.RetryDelay * (round + 1), cancellationToken);
        }
    }

    private static SearchResult Result(ElasticFound found, IReadOnlyList<SearchHit> hits) =>
        new(found.Total, hits, Facet.All.ToDictionary(facet => facet, facet => found.Facets.GetValueOrDefault(facet, [])), found.Counts.GetValueOrDefault(ElasticQueries.OtherKind));

    private static double Cosine(double score) => 2 * score - 1;

    private static (long Skip, int Size) Page(SearchRequest request)
    {
        var size = Math.Clamp(request.Size, 1, SearchRequest.MaximumSize);
        return ((Math.Max(request.Page, 1) - 1L) * size, size);
    }
}
