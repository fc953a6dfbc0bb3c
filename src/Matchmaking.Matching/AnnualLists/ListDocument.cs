using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>The public layer of one listing as it stands on a list. No contact, no inventors, no IP number, and no name behind an anonymous owner.</summary>
/// <param name="OwnerName">Null when the owner is anonymous.</param>
/// <param name="Band">Horizon of a need (Near, Mid, Long), stage of an achievement (Early, Middle, Mature).</param>
/// <param name="Maturity">Least TRL of a need, TRL of an achievement.</param>
/// <param name="Money">In 万元; null when to be agreed.</param>
public sealed record ListDocumentEntry(
    int Position, string Number, int Revision, string Title, string Summary, string Description, IReadOnlyList<string> Keywords,
    TechnologyField? Field, string Industry, string Region, string? OwnerName, string? Band, int? Maturity, DateOnly? Deadline,
    decimal? Money, IReadOnlyList<CooperationMode> Cooperation, IReadOnlyList<Quantity> Quantities)
{
    /// <summary>
    /// The listing at the revision that the list took in. An owner who is anonymous in that revision or by now stays nameless:
    /// of two statements the more reserved one holds.
    /// </summary>
    public static ListDocumentEntry Of(int position, Listing listing, int revision, ListingContent content) => Of(
        position, listing.Number ?? throw new InvalidOperationException("Only a published listing can stand on a list."), revision, content,
        content.Disclosure != Disclosure.Named || listing.IsAnonymous ? null : listing.Organization.Name);

    /// <param name="ownerName">As it is printed.</param>
    internal static ListDocumentEntry Of(int position, string number, int revision, ListingContent content, string? ownerName) => new(
        position,
        number,
        revision,
        content.Title, content.Summary, content.Description, content.Keywords,
        content.Field, content.Industry, content.Region,
        ownerName,
        content switch { NeedContent need => need.Horizon?.ToString(), AchievementContent achievement => achievement.Stage?.ToString(), _ => null },
        content switch { NeedContent need => need.MinimumTrl, AchievementContent achievement => achievement.Trl, _ => null },
        (content as NeedContent)?.Deadline,
        content.Money, content.Cooperation, content.Quantities);
}

/// <summary>A whole list as it is published and downloaded.</summary>
public sealed record ListDocument(
    string Serial, AnnualListKind Kind, int Year, DateOnly? NoticeFrom, DateOnly? NoticeUntil, DateTimeOffset? PublishedAt,
    AnnualListRules Rules, IReadOnlyList<ListDocumentEntry> Entries)
{
    /// <summary>Number of publication; null in lists that were published before there were any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Official { get; init; }

    /// <summary>2 and more for a correction.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Edition { get; init; }

    /// <summary>SHA-256 of the edition that this one corrects.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CorrectsHash { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CorrectionReason { get; init; }

    /// <summary>
    /// UTF-8 without a mark, no blanks, enum names, numbers without trailing zeros, Chinese as itself; <see cref="CanonicalJson"/> then sorts the members.
    /// One document has one such text, so its hash can be checked by anybody.
    /// </summary>
    public static JsonSerializerOptions Canonical { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(), new PlainDecimalConverter() },
    };

    public string ToJson() => JsonSerializer.Serialize(this, Canonical);

    /// <summary>The form that is published, hashed and signed: RFC 8785.</summary>
    public string ToCanonicalJson() => CanonicalJson.Of(ToJson());

    public static ListDocument Parse(string json) =>
        JsonSerializer.Deserialize<ListDocument>(json, Canonical) ?? throw new JsonException("A list document is an object.");

    public static byte[] Bytes(string json) => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(json);

    /// <summary>SHA-256 of the bytes, 64 lower-case hex digits.</summary>
    public static string HashOf(string json) => Convert.ToHexStringLower(SHA256.HashData(Bytes(json)));

    /// <summary>5.50 and 5.5 are one number and must be one text.</summary>
    private sealed class PlainDecimalConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.ToString("0.############################", CultureInfo.InvariantCulture));
    }
}

/// <summary>What publication writes down: the public document, the one with all names, and the inputs, each in canonical form with its hash, and the signature of the first.</summary>
/// <param name="Entries">Frozen public entries by listing id.</param>
public sealed record FrozenList(
    string Json, string Hash, IReadOnlyDictionary<int, string> Entries, string Official, string InternalJson, string InternalHash, string InputsJson, string InputsHash, int KeyId, string Signature);
