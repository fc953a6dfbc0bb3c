using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Jobs;

/// <summary>From the stored row to vectors, if they are of this text and this model.</summary>
public static class StoredVectors
{
    public static ListingVectors? Of(ListingVector? row, int searchVersion, string? model) =>
        row is not null && row.SearchVersion == searchVersion && row.Model == model ? PackedVectors.Unpack(row.Packed, row.Model) : null;
}

/// <summary>The encoder, or the reason why there is none and everything works by words alone.</summary>
public sealed class EncoderHolder(SentenceEncoder? encoder, string? reason) : IDisposable
{
    public SentenceEncoder? Encoder => encoder;
    public string? Reason => reason;

    public void Dispose() => encoder?.Dispose();
}
