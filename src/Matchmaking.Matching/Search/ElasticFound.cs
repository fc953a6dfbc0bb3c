using System.Text.Json;

namespace Matchmaking.Matching.Search;

/// <summary>What one search of <see cref="ElasticQueries"/> found.</summary>
/// <param name="Hits">In the order of the search.</param>
/// <param name="LastSort">The sort values of the last hit, from which a search goes on.</param>
/// <param name="Facets">Empty when the search did not count them, as is <paramref name="Counts"/>.</param>
/// <param name="Counts">Other counts by their name.</param>
internal sealed record ElasticFound(
    int Total,
    IReadOnlyList<Hit> Hits,
    string LastSort,
    IReadOnlyDictionary<string, IReadOnlyList<FacetValue>> Facets,
    IReadOnlyDictionary<string, int> Counts)
{
    /// <summary>Reads one answer; one of another shape throws, see <see cref="ElasticClient.Read"/>.</summary>
    public static ElasticFound From(JsonElement answer)
    {
        var hits = answer.GetProperty("hits");
        var list = hits.GetProperty("hits").EnumerateArray().ToList();
        var facets = new Dictionary<string, IReadOnlyList<FacetValue>>();
        var counts = new Dictionary<string, int>();
        if (answer.TryGetProperty("aggregations", out var given))
        {
            foreach (var count in given.EnumerateObject())
            {
                if (count.Value.TryGetProperty("values", out var values)) facets[count.Name] = Values(values);
                else counts[count.Name] = count.Value.GetProperty("doc_count").GetInt32();
            }
        }
        return new ElasticFound(
            hits.GetProperty("total").GetProperty("value").GetInt32(), [.. list.Select(Hit)], list.Count == 0 ? "[]" : list[^1].GetProperty("sort").GetRawText(), facets, counts);
    }

    // Each order ends with when the listing was published, and its id.
    private static Hit Hit(JsonElement hit)
    {
        var sort = hit.GetProperty("sort");
        var last = sort.GetArrayLength() - 1;
        var score = hit.GetProperty("_score");
        return new Hit(ListingFacts.OfHit(sort[last].GetInt32(), sort[last - 1].GetInt64()), score.ValueKind == JsonValueKind.Number ? score.GetDouble() : 0);
    }

    private static IReadOnlyList<FacetValue> Values(JsonElement values) =>
    [
        .. values.GetProperty("buckets").EnumerateArray()
            .Select(bucket => new FacetValue(bucket.GetProperty("key").GetString()!, bucket.GetProperty("doc_count").GetInt32()))
            .OrderByDescending(value => value.Count).ThenBy(value => value.Value, StringComparer.Ordinal),
    ];
}
