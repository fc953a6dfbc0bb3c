using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Listings;

/// <summary>From the stored row to vectors, if they are of this text and this model.</summary>
public static class StoredVectors
{
    public static ListingVectors? Of(ListingVector? row, int searchVersion, string? model) =>
        row is not null && row.SearchVersion == searchVersion && row.Model == model ? PackedVectors.UnpackListing(row.Model, row.Packed) : null;
}
