using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Listings;

public enum RevisionState { Pending, Published, Returned, TakenBack }

/// <summary>The content of a listing at one time. Published revisions never change.</summary>
public sealed class Revision
{
    /// <summary>How content is written to the database: enum names, Chinese unescaped.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter() },
    };

    private Revision() { }

    public int Id { get; private set; }
    public int ListingId { get; private set; }
    public Listing Listing { get; private set; } = null!;
    public int Number { get; private set; }
    public RevisionState State { get; private set; }
    public string ContentJson { get; private set; } = "";
    public int AuthorId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public int? DecidedById { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? Reasons { get; private set; }

    internal static Revision Published(Listing listing, int number, ListingContent content, int by, DateTimeOffset at) => new()
    {
        Listing = listing, Number = number, State = RevisionState.Published, ContentJson = Write(content),
        AuthorId = listing.AuthorId, At = at, DecidedById = by, DecidedAt = at,
    };

    internal static Revision Pending(Listing listing, int number, ListingContent content, int by, DateTimeOffset at) => new()
    {
        Listing = listing, Number = number, State = RevisionState.Pending, ContentJson = Write(content), AuthorId = by, At = at,
    };

    public ListingContent Content(ListingKind kind) => kind switch
    {
        ListingKind.Need => JsonSerializer.Deserialize<NeedContent>(ContentJson, Json)!,
        ListingKind.Achievement => JsonSerializer.Deserialize<AchievementContent>(ContentJson, Json)!,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    internal void Replace(ListingContent content, int by, DateTimeOffset at)
    {
        if (State != RevisionState.Pending) throw new InvalidOperationException("Only a pending revision can be replaced.");
        ContentJson = Write(content);
        AuthorId = by;
        At = at;
    }

    internal void Publish(int by, DateTimeOffset at) => Decide(RevisionState.Published, null, by, at);

    internal void Return(string reasons, int by, DateTimeOffset at) => Decide(RevisionState.Returned, reasons, by, at);

    internal void TakeBack(int by, DateTimeOffset at) => Decide(RevisionState.TakenBack, null, by, at);

    /// <summary>Carries a renewal into proposed content that ends earlier.</summary>
    internal void ReachUntil(DateOnly day, ListingKind kind)
    {
        var content = Content(kind);
        if (content.ValidUntil is null || content.ValidUntil < day) ContentJson = Write(content with { ValidUntil = day });
    }

    private void Decide(RevisionState state, string? reasons, int by, DateTimeOffset at)
    {
        State = state;
        Reasons = reasons;
        DecidedById = by;
        DecidedAt = at;
    }

    private static string Write(ListingContent content) => JsonSerializer.Serialize(content, content.GetType(), Json);
}

/// <summary>One stamped step in the life of a listing: who did what when, and why.</summary>
public sealed class ListingStep
{
    private ListingStep() { }

    internal ListingStep(Listing listing, ListingState from, ListingState to, int? byId, DateTimeOffset at, string? remark, IReadOnlyList<CheckTick>? checks = null)
    {
        Checks = checks;
        Listing = listing;
        From = from;
        To = to;
        ById = byId;
        At = at;
        Remark = remark;
    }

    public int Id { get; private set; }
    public int ListingId { get; private set; }
    public Listing Listing { get; private set; } = null!;
    public ListingState From { get; private set; }
    public ListingState To { get; private set; }
    public int? ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string? Remark { get; private set; }

    /// <summary>The checklist as it was ticked for this step, unticked items included; null where there was none.</summary>
    public IReadOnlyList<CheckTick>? Checks { get; private set; }
}

/// <summary>A file beside a listing. Its bytes lie outside the web root under <see cref="StoredName"/>.</summary>
public sealed class Attachment
{
    public const int MaxPerListing = 5;
    public const long MaxBytes = 20L * 1024 * 1024;

    private Attachment() { }

    public Attachment(Listing listing, string fileName, string contentType, long length, string storedName, string sha256, int byId, DateTimeOffset at)
    {
        Listing = listing;
        FileName = fileName;
        ContentType = contentType;
        Length = length;
        StoredName = storedName;
        Sha256 = sha256;
        ById = byId;
        At = at;
    }

    public int Id { get; private set; }
    public int ListingId { get; private set; }
    public Listing Listing { get; private set; } = null!;
    public string FileName { get; private set; } = "";
    public string ContentType { get; private set; } = "";
    public long Length { get; private set; }
    public string StoredName { get; private set; } = "";
    public string Sha256 { get; private set; } = "";
    public int ById { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>When staff published the record with this file; null while only its owner and staff may have it.</summary>
    public DateTimeOffset? ReleasedAt { get; private set; }

    internal void Release(DateTimeOffset at) => ReleasedAt ??= at;
}

/// <summary>The vectors of a listing as computed by the encoder, packed; stale when the listing or the model has moved on.</summary>
public sealed class ListingVector
{
    private ListingVector() { }

    public ListingVector(int listingId, string model, int searchVersion, byte[] packed) =>
        (ListingId, Model, SearchVersion, Packed) = (listingId, model, searchVersion, packed);

    public int ListingId { get; private set; }
    public string Model { get; private set; } = "";
    public int SearchVersion { get; private set; }
    public byte[] Packed { get; private set; } = [];

    public void Replace(string model, int searchVersion, byte[] packed) => (Model, SearchVersion, Packed) = (model, searchVersion, packed);
}
