using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lucene.Net.Util;

namespace Matchmaking.Matching.Search;

/// <summary>
/// Title and text vectors of one segment of the index as signed bytes with a scale each; the cosine is exact for these. A segment never changes, so
/// searches need no lock: what is written later lies in other segments, what is removed is told by the segment's live documents.
/// </summary>
/// <param name="capacity">Most listings it will get, so that small segments take little memory.</param>
internal sealed class VectorIndex(int capacity)
{
    // Rows of a block: blocks stay far below the largest array.
    private const int BlockRows = 4_096;

    private readonly List<sbyte[]> blocks = [];
    private readonly List<float> scales = [];
    private readonly List<int> documents = [];
    private int dimensions;
    private int stride;

    /// <summary>Adds a title and text vector as packed by <see cref="Text.PackedVectors"/>; called only while the segment is loaded.</summary>
    public void Add(int document, ReadOnlySpan<byte> packed)
    {
        var length = packed.Length / 2 - sizeof(float);
        if (dimensions == 0) (dimensions, stride) = (length, QueryVector.Padded(length));
        // Vectors of another length are another model's, waiting to be encoded anew.
        if (length != dimensions) return;

        var row = documents.Count % BlockRows;
        if (row == 0) blocks.Add(new sbyte[Math.Min(BlockRows, capacity - documents.Count) * 2 * stride]);
        for (var which = 0; which < 2; which++)
        {
            var one = packed.Slice(which * (sizeof(float) + length), sizeof(float) + length);
            scales.Add(System.Buffers.Binary.BinaryPrimitives.ReadSingleLittleEndian(one));
            MemoryMarshal.Cast<byte, sbyte>(one[sizeof(float)..]).CopyTo(blocks[^1].AsSpan((row * 2 + which) * stride));
        }
        documents.Add(document);
    }

    public int CountLive(IBits? live) => live is null ? documents.Count : documents.Count(live.Get);

    /// <summary>Offers every live, unexpired listing to the list of its kind, by the text's cosine or, with titles, by the larger of the two.</summary>
    public void Scan(QueryVector query, bool withTitles, IBits? live, ListingFacts[] cards, int today, NearestList?[] byKind)
    {
        if (query.Dimensions != dimensions) return;

        var rows = CollectionsMarshal.AsSpan(documents);
        var factors = CollectionsMarshal.AsSpan(scales);
        for (var row = 0; row < rows.Length; row++)
        {
            if (live is not null && !live.Get(rows[row])) continue;
            var card = cards[rows[row]];
            if (card.ValidUntil < today || byKind[(int)card.Kind] is not { } list) continue;

            ref var start = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(blocks[row / BlockRows]), row % BlockRows * 2 * stride);
            var cosine = query.Dot(ref Unsafe.Add(ref start, stride)) * factors[row * 2 + 1];
            if (withTitles) cosine = Math.Max(cosine, query.Dot(ref start) * factors[row * 2]);
            list.Offer(card, cosine);
        }
    }
}

/// <summary>A query vector of length 1 as signed bytes, padded to whole registers.</summary>
internal sealed class QueryVector
{
    private readonly sbyte[] numbers;
    private readonly float scale;

    public QueryVector(float[] vector)
    {
        Dimensions = vector.Length;
        numbers = new sbyte[Padded(vector.Length)];
        var norm = vector.Length == 0 ? 0 : TensorPrimitives.Norm<float>(vector);
        if (!float.IsFinite(norm) || norm <= 0) return;

        var step = Math.Abs(TensorPrimitives.MaxMagnitude<float>(vector)) / sbyte.MaxValue;
        scale = step / norm;
        for (var i = 0; i < vector.Length; i++) numbers[i] = (sbyte)Math.Clamp(MathF.Round(vector[i] / step), -sbyte.MaxValue, sbyte.MaxValue);
    }

    public int Dimensions { get; }

    /// <summary>False for zeros and for numbers that are none: these are near to nothing.</summary>
    public bool HasDirection => scale > 0;

    public static int Padded(int dimensions) => (dimensions + Vector256<sbyte>.Count - 1) / Vector256<sbyte>.Count * Vector256<sbyte>.Count;

    /// <summary>Dot product with the bytes of a row, without the row's own scale.</summary>
    public float Dot(ref sbyte row)
    {
        ref var query = ref MemoryMarshal.GetArrayDataReference(numbers);
        var sum = Vector256<int>.Zero;
        for (var i = 0; i < numbers.Length; i += Vector256<sbyte>.Count)
        {
            var (aLow, aHigh) = Vector256.Widen(Vector256.LoadUnsafe(ref query, (nuint)i));
            var (bLow, bHigh) = Vector256.Widen(Vector256.LoadUnsafe(ref row, (nuint)i));
            // Two products of at most 127² fit a short.
            var (low, high) = Vector256.Widen(aLow * bLow + aHigh * bHigh);
            sum += low + high;
        }
        return Vector256.Sum(sum) * scale;
    }
}

/// <summary>The nearest listings seen so far: at most a number of them, none below a cosine.</summary>
internal sealed class NearestList(int take, float minimum)
{
    private readonly PriorityQueue<ListingFacts, float> nearest = new();
    private float bar = minimum;

    public void Offer(ListingFacts card, float cosine)
    {
        if (!(cosine >= bar)) return;
        if (nearest.Count < take)
        {
            nearest.Enqueue(card, cosine);
        }
        else if (nearest.TryPeek(out _, out var least) && cosine > least)
        {
            nearest.DequeueEnqueue(card, cosine);
        }
        if (nearest.Count == take && nearest.TryPeek(out _, out var last)) bar = Math.Max(bar, last);
    }

    /// <summary>Best first; equals by id, so that the order does not depend on the segments.</summary>
    public IReadOnlyList<(ListingFacts Card, float Cosine)> Sorted() =>
        [.. nearest.UnorderedItems.Select(item => (item.Element, item.Priority)).OrderByDescending(item => item.Priority).ThenBy(item => item.Element.Id)];
}
