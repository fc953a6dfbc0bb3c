using System.Numerics.Tensors;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Search;

/// <summary>Documents and queries in Elasticsearch's words, as pure functions. The fields are those of <c>elastic/listings.index.json</c>.</summary>
internal static class ElasticQueries
{
    /// <summary>Length of the vectors in the index; others are another model's.</summary>
    public const int Dimensions = 512;

    /// <summary>As far as one request reaches into a list of hits (<c>index.max_result_window</c>).</summary>
    public const int Window = 10_000;

    public const string OtherKind = "other_kind";

    private const int FacetValues = 10_000;
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document's line of a bulk request.</summary>
    public static byte[] Document(IndexEntry entry)
    {
        var listing = entry.Document;
        var text = listing.OwnerName is { } owner ? listing.Text + '\n' + owner : listing.Text;
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Plain))
        {
            json.WriteStartObject();
            json.WriteNumber("id", listing.Id);
            json.WriteString("kind", listing.Kind.ToString());
            json.WriteString("number", IndexFields.NumberWord(listing.Number));
            json.WriteNumber("valid_until", listing.ValidUntil.DayNumber);
            json.WriteNumber("published", listing.PublishedAt.UtcTicks);
            json.WriteNumber("deadline", ListingFacts.DeadlineOf(listing));
            json.WriteNumber("money_amount", ListingFacts.MoneyOf(listing));
            foreach (var facet in Facet.All) Strings(json, facet, ListingFacts.ValuesOf(listing, facet));
            json.WriteString(Field(IndexFields.TitleBigrams), Join(ChineseTokenizer.Bigrams(listing.Title)));
            json.WriteString(Field(IndexFields.TitleCharacters), Join(ChineseTokenizer.Characters(listing.Title)));
            json.WriteString(Field(IndexFields.TextBigrams), Join(ChineseTokenizer.Bigrams(text)));
            json.WriteString(Field(IndexFields.TextCharacters), Join(ChineseTokenizer.Characters(text)));
            if (entry.Vectors is { } vectors && HasDirection(vectors.Title) && HasDirection(vectors.Text))
            {
                Numbers(json, "title_vector", vectors.Title);
                Numbers(json, "text_vector", vectors.Text);
            }
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    /// <summary>Whether a vector can be compared with those of the index: of their length, and neither zero nor no number.</summary>
    public static bool HasDirection(float[] vector) =>
        vector.Length == Dimensions && TensorPrimitives.Norm<float>(vector) is var norm && float.IsFinite(norm) && norm > 0;

    public static JsonObject Typed(TypedWords typed)
    {
        var query = Bool(
            ("must", new JsonArray(new JsonObject
            {
                ["bool"] = new JsonObject
                {
                    ["should"] = Array(typed.Words.Select(word => Term(word.TextField, word.Word))), ["minimum_should_match"] = typed.Needed,
                },
            })),
            ("should", Array(typed.Words.Select(word => Term(word.TitleField, word.Word, WordQueries.TitleBoost)))));
        return typed.Number is { } number ? Any(query, Term(IndexFields.Number, number, WordQueries.NumberBoost)) : query;
    }

    public static JsonObject Terms(IEnumerable<WeightedTerm> terms) => Any([.. terms.Select(term => Term(term.Field, term.Word, term.Weight))]);

    public static JsonObject Ids(IEnumerable<int> ids) => new() { ["terms"] = new JsonObject { ["id"] = Array(ids.Select(id => JsonValue.Create(id))) } };

    public static JsonObject Number(string number) => Term(IndexFields.Number, number);

    /// <summary>Alternatives.</summary>
    public static JsonObject Any(params JsonObject[] queries) => new()
    {
        ["bool"] = new JsonObject { ["should"] = Array(queries), ["minimum_should_match"] = 1 },
    };

    /// <summary>What matches the query, scored by it, and passes the filters.</summary>
    public static JsonObject Filtered(JsonObject query, params JsonObject[] filters) => Bool(("must", new JsonArray(query)), ("filter", Array(filters)));

    /// <summary>What passes the filters, scored by the query where it matches and 0 where not.</summary>
    public static JsonObject Scored(JsonObject query, params JsonObject[] filters) => Bool(("should", new JsonArray(query)), ("filter", Array(filters)));

    public static JsonObject All() => new() { ["match_all"] = new JsonObject { ["boost"] = 0 } };

    public static JsonObject Kind(ListingKind kind) => new() { ["term"] = new JsonObject { ["kind"] = kind.ToString() } };

    public static JsonObject Valid(DateOnly today) => new() { ["range"] = new JsonObject { ["valid_until"] = new JsonObject { ["gte"] = today.DayNumber } } };

    /// <summary>Kind and chosen facet values, leaving out one facet when it is counted.</summary>
    public static JsonObject[] Chosen(SearchRequest request, string? except = null) =>
    [
        Kind(request.Kind),
        .. Facet.All.Where(facet => facet != except && request.Filters.TryGetValue(facet, out var values) && values.Count > 0)
            .Select(facet => new JsonObject { ["terms"] = new JsonObject { [facet] = Array(request.Filters[facet].Where(CanBe).Select(value => JsonValue.Create(value))) } }),
    ];

    // Anything may stand in an address; what no listing can have is left out, and no value at all matches nothing.
    private static bool CanBe(string value) => value.Length <= 200 && !value.EnumerateRunes().Contains(Rune.ReplacementChar);

    /// <summary>A search that answers with ids in order only; each hit's last sort values are when it was published, and its id.</summary>
    public static JsonObject Hits(JsonObject query, SearchSort sort, int from, int size) => new()
    {
        ["query"] = query,
        ["from"] = from,
        ["size"] = size,
        ["sort"] = Order(sort),
        ["track_total_hits"] = true,
        ["track_scores"] = true,
        ["_source"] = false,
        ["stored_fields"] = "_none_",
    };

    /// <summary>The nearest by one field. The first choice is made on bytes, their order on the full numbers.</summary>
    public static JsonObject Nearest(string field, float[] vector, int take, ListingKind kind, DateOnly today)
    {
        var search = Hits(All(), SearchSort.Relevance, 0, take);
        search.Remove("query");
        search["knn"] = new JsonObject
        {
            ["field"] = field,
            ["query_vector"] = Array(vector.Select(number => JsonValue.Create(number))),
            ["k"] = take,
            ["num_candidates"] = Math.Clamp(2 * take, 200, Window),
            ["rescore_vector"] = new JsonObject { ["oversample"] = 2.0 },
            ["filter"] = new JsonArray(Kind(kind), Valid(today)),
        };
        return search;
    }

    /// <summary>Each facet counted without its own filter, and the hits of the other kind.</summary>
    public static JsonObject Counts(SearchRequest request)
    {
        var counts = new JsonObject { [OtherKind] = new JsonObject { ["filter"] = Kind(1 - request.Kind) } };
        foreach (var facet in Facet.All)
        {
            counts[facet] = new JsonObject
            {
                ["filter"] = Bool(("filter", Array(Chosen(request, except: facet)))),
                ["aggs"] = new JsonObject { ["values"] = new JsonObject { ["terms"] = new JsonObject { ["field"] = facet, ["size"] = FacetValues } } },
            };
        }
        return counts;
    }

    /// <summary>Asks how many documents hold each of the terms.</summary>
    public static JsonObject Frequencies(IReadOnlyList<WeightedTerm> terms)
    {
        var document = new JsonObject();
        foreach (var field in terms.GroupBy(term => Field(term.Field))) document[field.Key] = string.Join(' ', field.Select(term => term.Word));
        return new JsonObject
        {
            ["fields"] = Array(document.Select(field => JsonValue.Create(field.Key))),
            ["doc"] = document,
            ["term_statistics"] = true,
            ["field_statistics"] = true,
            ["positions"] = false,
            ["offsets"] = false,
            ["payloads"] = false,
        };
    }

    /// <summary>Bool with filters only.</summary>
    public static JsonObject AllOf(params JsonObject[] filters) => Bool(("filter", Array(filters)));

    /// <summary>A field's name in Elasticsearch, where a dot would begin an object.</summary>
    public static string Field(string field) => field.Replace('.', '_');

    private static JsonArray Order(SearchSort sort)
    {
        var order = new JsonArray();
        switch (sort)
        {
            case SearchSort.Relevance: order.Add("_score"); break;
            case SearchSort.Newest: break;
            case SearchSort.Deadline: order.Add(new JsonObject { ["deadline"] = "asc" }); break;
            case SearchSort.MoneyDescending: order.Add(new JsonObject { ["money_amount"] = "desc" }); break;
            default: throw new ArgumentOutOfRangeException(nameof(sort), sort, "No such order.");
        }
        order.Add(new JsonObject { ["published"] = "desc" });
        order.Add(new JsonObject { ["id"] = "desc" });
        return order;
    }

    private static JsonObject Term(string field, string word, float boost = 1) => new()
    {
        ["term"] = new JsonObject { [Field(field)] = new JsonObject { ["value"] = word, ["boost"] = boost } },
    };

    private static JsonObject Bool(params (string Key, JsonArray Clauses)[] parts)
    {
        var inner = new JsonObject();
        foreach (var (key, clauses) in parts) inner[key] = clauses;
        return new JsonObject { ["bool"] = inner };
    }

    private static JsonArray Array(IEnumerable<JsonNode?> nodes) => new([.. nodes]);

    private static string Join(IReadOnlyList<string> words) => string.Join(' ', words);

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, float[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
