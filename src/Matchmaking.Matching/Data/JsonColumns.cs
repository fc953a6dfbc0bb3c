using System.Text.Json;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Matching.Data;

/// <summary>Small lists that are read and written whole: one text column of JSON, the same in both databases.</summary>
internal static class JsonColumns
{
    public static PropertyBuilder<IReadOnlyList<T>> HasJsonList<T>(this PropertyBuilder<IReadOnlyList<T>> property) =>
        property.HasConversion(
            list => JsonSerializer.Serialize(list, Revision.Json),
            text => JsonSerializer.Deserialize<List<T>>(text, Revision.Json)!,
            new ValueComparer<IReadOnlyList<T>>(
                (a, b) => a!.SequenceEqual(b!),
                list => list.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)),
                list => list.ToList()));
}
