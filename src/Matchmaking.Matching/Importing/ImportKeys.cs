using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Importing;

/// <summary>
/// What makes a row the same as another: the organisation, the kind, and its own number of the record or else the title. The key becomes the listing's
/// creation key, which the database keeps unique, so that no repetition and no race makes a second record.
/// </summary>
public static partial class ImportKeys
{
    [GeneratedRegex(@"[\s\p{P}\p{S}]+")]
    private static partial Regex Marks();

    /// <summary>Width and case folded, without blanks and punctuation.</summary>
    public static string Title(string title) => Marks().Replace(CellText.Fold(title), "").ToLowerInvariant();

    public static string Row(ReadRow row) => row.ExternalNumber.Length > 0 ? "n:" + CellText.Narrow(row.ExternalNumber).ToLowerInvariant() : "t:" + Title(row.Content.Title);

    public static Guid Creation(int organizationId, ListingKind kind, string key) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"import:{organizationId}:{kind}:{key}")).AsSpan(0, 16));
}
