using System.Collections.Concurrent;

namespace Matchmaking.Matching.Search;

/// <summary>What filters, facets and sorting need of a listing; kept in memory, a hundred bytes each.</summary>
internal sealed class ListingFacts
{
    // 2: lengths of texts by ListingSimilarity.
    private const byte Layout = 2;

    private ListingFacts(int id, ListingKind kind) => (Id, Kind) = (id, kind);

    public int Id { get; }
    public ListingKind Kind { get; }
    /// <summary>Day number.</summary>
    public int ValidUntil { get; private init; }
    /// <summary>UTC ticks.</summary>
    public long Published { get; private init; }
    /// <summary>Day number; the largest when there is none.</summary>
    public int Deadline { get; private init; }
    /// <summary>Hundredths of 万元; negative when to be agreed.</summary>
    public long Money { get; private init; }
    /// <summary>For each facet of <see cref="Facet.All"/> the places of its values in the <see cref="FacetTable"/>.</summary>
    public int[][] Facets { get; private init; } = [];

    /// <summary>Only what ordering by relevance needs, as an engine outside of the program tells it of a hit; all else is unknown.</summary>
    public static ListingFacts OfHit(int id, long published) => new(id, default) { Published = published };

    public static int DeadlineOf(ListingDocument listing) => listing.Deadline?.DayNumber ?? int.MaxValue;

    public static long MoneyOf(ListingDocument listing) => listing.Money is { } money ? (long)Math.Clamp(money * 100, 0, long.MaxValue / 2) : -1;

    public static string[] ValuesOf(ListingDocument listing, string facet) =>
        [.. Values(listing, facet).Where(value => value.Length > 0).Distinct().Take(byte.MaxValue)];

    public static byte[] Write(ListingDocument listing)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Layout);
        writer.Write(listing.Id);
        writer.Write((byte)listing.Kind);
        writer.Write(listing.ValidUntil.DayNumber);
        writer.Write(listing.PublishedAt.UtcTicks);
        writer.Write(DeadlineOf(listing));
        writer.Write(MoneyOf(listing));
        foreach (var facet in Facet.All)
        {
            var values = ValuesOf(listing, facet);
            writer.Write((byte)values.Length);
            foreach (var value in values) writer.Write(value);
        }
        return stream.ToArray();
    }

    public static ListingFacts Read(byte[] bytes, int offset, int length, FacetTable table)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, offset, length, writable: false));
        if (reader.ReadByte() != Layout) throw new InvalidDataException("The index was written by another version.");

        return new ListingFacts(reader.ReadInt32(), (ListingKind)reader.ReadByte())
        {
            ValidUntil = reader.ReadInt32(),
            Published = reader.ReadInt64(),
            Deadline = reader.ReadInt32(),
            Money = reader.ReadInt64(),
            Facets = ReadFacets(reader, table),
        };
    }

    private static int[][] ReadFacets(BinaryReader reader, FacetTable table)
    {
        var facets = new int[Facet.All.Count][];
        for (var facet = 0; facet < facets.Length; facet++)
        {
            var places = new int[reader.ReadByte()];
            for (var i = 0; i < places.Length; i++) places[i] = table.Place(facet, reader.ReadString());
            facets[facet] = places;
        }
        return facets;
    }

    private static IReadOnlyList<string> Values(ListingDocument listing, string facet) => facet switch
    {
        Facet.Field => [listing.Field],
        Facet.Industry => [listing.Industry],
        Facet.Region => [listing.Region],
        Facet.Band => listing.Band is { } band ? [band] : [],
        Facet.Money => [MoneyBand.Of(listing.Money)],
        Facet.Cooperation => listing.Cooperation,
        _ => throw new ArgumentOutOfRangeException(nameof(facet), facet, "No such facet."),
    };
}

/// <summary>Numbers for facet values, so that counting is adding to an array. It only grows; the values are code lists.</summary>
internal sealed class FacetTable
{
    private readonly ConcurrentDictionary<string, int>[] places = [.. Facet.All.Select(_ => new ConcurrentDictionary<string, int>(StringComparer.Ordinal))];
    private readonly List<string>[] values = [.. Facet.All.Select(_ => new List<string>())];

    /// <summary>The place of a value, a new one when it was never seen.</summary>
    public int Place(int facet, string value)
    {
        if (places[facet].TryGetValue(value, out var place)) return place;
        lock (values[facet])
        {
            if (places[facet].TryGetValue(value, out place)) return place;
            place = values[facet].Count;
            values[facet].Add(value);
            places[facet][value] = place;
            return place;
        }
    }

    /// <summary>The place of a value, or −1 when no listing ever had it.</summary>
    public int Find(int facet, string value) => places[facet].TryGetValue(value, out var place) ? place : -1;

    public int Count(int facet)
    {
        lock (values[facet]) return values[facet].Count;
    }

    public string Value(int facet, int place)
    {
        lock (values[facet]) return values[facet][place];
    }
}
