using System.Text.Json;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>One entry as it went in, or why one did not.</summary>
/// <param name="Number">Public number of the listing.</param>
/// <param name="Revision">Number of its revision whose text stands on the list.</param>
/// <param name="OwnerName">As printed; null for an owner who is anonymous.</param>
/// <param name="Reasons">Codes of the proposal's reasons.</param>
/// <param name="Reason">Staff's reason for adding, moving or dropping it, or a code of the platform.</param>
/// <param name="IsListed">Whether it stands on the list.</param>
public sealed record ListInputEntry(int Position, string Number, int Revision, string? OwnerName, IReadOnlyList<string> Reasons, string Reason, bool IsListed);

/// <summary>
/// Everything from which a published list can be made again: rules, entries with their revisions, the ranker in use when it was proposed, what experts scored. Frozen with
/// it in canonical form; not public, since it tells of entries that were not taken.
/// </summary>
/// <param name="Rankers">Versions of the rankers behind the entries' matches.</param>
public sealed record ListInputs(
    string Serial, string Official, AnnualListKind Kind, int Year, int Edition, string? CorrectsHash, string? CorrectionReason, DateOnly? NoticeFrom, DateOnly? NoticeUntil, DateTimeOffset PublishedAt,
    AnnualListRules Rules, IReadOnlyList<ListInputEntry> Entries, IReadOnlyList<string> Rankers, RoundInputs? Round)
{
    public string ToJson() => CanonicalJson.Of(JsonSerializer.Serialize(this, ListDocument.Canonical));

    public static ListInputs Parse(string json) => JsonSerializer.Deserialize<ListInputs>(json, ListDocument.Canonical) ?? throw new JsonException("The inputs of a list are an object.");
}
