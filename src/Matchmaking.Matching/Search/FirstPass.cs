using System.Buffers;
using Lucene.Net.Util;

namespace Matchmaking.Matching.Search;

/// <summary>Vectors of a segment with what else a scan of them needs.</summary>
internal readonly record struct VectorSegment(VectorIndex Vectors, IBits? Live, ListingFacts[] Cards);

/// <summary>
/// Which listings of all segments lie near by their estimated cosines, for each kind: so many are counted from the largest down that at least the wanted number is left, and
/// only these are then measured exactly.
/// </summary>
internal sealed class FirstPass
{
    /// <summary>The place of a listing that is not wanted.</summary>
    public const ushort Nowhere = ushort.MaxValue;

    // Steps of 1/1024 from cosine 1 down to −1.
    private const int Places = 2_048;

    private readonly NearestList?[] byKind;
    private readonly int[] counts;
    private readonly int[] limits;

    private FirstPass(NearestList?[] byKind)
    {
        this.byKind = byKind;
        counts = new int[byKind.Length * Places];
        limits = new int[byKind.Length];
    }

    /// <summary>Offers live, unexpired listings to the lists (one for each kind, null when not wanted), by the text's cosine or, with titles, by the larger of the two.</summary>
    /// <param name="kept">So many of each kind, at least, are measured exactly, and all of small segments; 0 measures all.</param>
    public static void Nearest(IReadOnlyList<VectorSegment> segments, QueryVector query, bool withTitles, int today, NearestList?[] byKind, int kept, CancellationToken cancellationToken)
    {
        if (kept == 0)
        {
            foreach (var segment in segments) Scan(segment, query, withTitles, today, byKind, cancellationToken);
            return;
        }
        var pass = new FirstPass(byKind);
        var estimated = new ushort[]?[segments.Count];
        try
        {
            for (var i = 0; i < segments.Count; i++)
            {
                var (vectors, live, _) = segments[i];
                if (!vectors.HasSigns)
                {
                    Scan(segments[i], query, withTitles, today, byKind, cancellationToken);
                    continue;
                }
                cancellationToken.ThrowIfCancellationRequested();
                estimated[i] = ArrayPool<ushort>.Shared.Rent(vectors.Count);
                vectors.Estimate(query, withTitles, live, today, pass, estimated[i].AsSpan(0, vectors.Count));
            }
            pass.Limit(kept);
            for (var i = 0; i < segments.Count; i++)
                if (estimated[i] is { } places) segments[i].Vectors.ScanNear(query, withTitles, segments[i].Cards, byKind, pass, places.AsSpan(0, segments[i].Vectors.Count));
        }
        finally
        {
            foreach (var places in estimated)
                if (places is not null) ArrayPool<ushort>.Shared.Return(places);
        }
    }

    public bool Wants(ListingKind kind) => byKind[(int)kind] is not null;

    /// <summary>Counts a listing, and says at which place.</summary>
    public ushort Count(ListingKind kind, float cosine)
    {
        var place = Math.Clamp(float.ConvertToIntegerNative<int>((1 - cosine) * (Places / 2)), 0, Places - 1);
        counts[(int)kind * Places + place]++;
        return (ushort)place;
    }

    public bool IsNear(ListingKind kind, ushort place) => place <= limits[(int)kind];

    private static void Scan(VectorSegment segment, QueryVector query, bool withTitles, int today, NearestList?[] byKind, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        segment.Vectors.Scan(query, withTitles, segment.Live, segment.Cards, today, byKind);
    }

    private void Limit(int kept)
    {
        for (var kind = 0; kind < limits.Length; kind++)
        {
            var ofKind = counts.AsSpan(kind * Places, Places);
            for (var sum = ofKind[0]; sum < kept && limits[kind] < Places - 1;) sum += ofKind[++limits[kind]];
        }
    }
}
