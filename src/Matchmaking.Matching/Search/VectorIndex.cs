using System.Buffers;
using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Lucene.Net.Util;

namespace Matchmaking.Matching.Search;

/// <summary>
/// Title and text vectors of one segment of the index as signed bytes with a scale each; the cosine is exact for these. A segment never changes, so
/// searches need no lock: what is written later lies in other segments, what is removed is told by the segment's live documents.
/// <para>A scan looks at every row, or at those that a <see cref="FirstPass"/> over their <see cref="VectorSigns"/> finds near; their cosines are as exact (docs/decisions/0007).</para>
/// </summary>
/// <param name="capacity">Most listings it will get, so that small segments take little memory.</param>
internal sealed class VectorIndex(int capacity)
{
    // Rows of a block: blocks stay far below the largest array.
    private const int BlockRows = 4_096;
    // In a smaller segment a first pass saves nothing.
    private const int SignsFrom = 5_000;

    private readonly Side titles = new();
    private readonly Side texts = new();
    private readonly List<Row> rows = [];
    private int dimensions;

    /// <summary>Adds a title and text vector as packed by <see cref="Text.PackedVectors"/>; called only while the segment is loaded.</summary>
    public void Add(int document, ListingFacts card, ReadOnlySpan<byte> packed)
    {
        var length = packed.Length / 2 - sizeof(float);
        if (dimensions == 0) dimensions = length;
        // Vectors of another length are another model's, waiting to be encoded anew.
        if (length != dimensions) return;

        var room = capacity - rows.Count;
        titles.Add(packed[..(sizeof(float) + length)], room);
        texts.Add(packed[(sizeof(float) + length)..], room);
        rows.Add(new Row(document, card.ValidUntil, card.Kind));
    }

    public int Count => rows.Count;

    /// <summary>To be called once, when every row is there.</summary>
    public void Complete()
    {
        if (rows.Count < SignsFrom) return;
        titles.ReadSigns();
        texts.ReadSigns();
    }

    public int CountLive(IBits? live) => live is null ? rows.Count : rows.Count(row => live.Get(row.Document));

    /// <summary>Whether the vectors have signs for a first pass; a small segment's have none.</summary>
    public bool HasSigns => texts.Signs is not null;

    /// <summary>Offers every live, unexpired listing to the list of its kind, by the text's cosine or, with titles, by the larger of the two.</summary>
    public void Scan(QueryVector query, bool withTitles, IBits? live, ListingFacts[] cards, int today, NearestList?[] byKind)
    {
        if (query.Dimensions != dimensions) return;
        var all = CollectionsMarshal.AsSpan(rows);
        for (var i = 0; i < all.Length; i++)
        {
            ref var row = ref all[i];
            if (row.ValidUntil < today || byKind[(int)row.Kind] is not { } list || live is not null && !live.Get(row.Document)) continue;
            Offer(query, withTitles, i, cards[row.Document], list);
        }
    }

    /// <summary>What <see cref="Scan"/> would offer, by the places that a first pass gives.</summary>
    public void Estimate(QueryVector query, bool withTitles, IBits? live, int today, FirstPass pass, Span<ushort> places)
    {
        places.Fill(FirstPass.Nowhere);
        if (query.Dimensions != dimensions) return;
        var all = CollectionsMarshal.AsSpan(rows);
        var (about, ofTitles) = (ArrayPool<float>.Shared.Rent(all.Length), ArrayPool<float>.Shared.Rent(all.Length));
        try
        {
            var cosines = about.AsSpan(0, all.Length);
            texts.Signs!.About(query, cosines);
            if (withTitles)
            {
                titles.Signs!.About(query, ofTitles.AsSpan(0, all.Length));
                TensorPrimitives.Max(cosines, ofTitles.AsSpan(0, all.Length), cosines);
            }
            for (var i = 0; i < all.Length; i++)
            {
                ref var row = ref all[i];
                if (row.ValidUntil >= today && pass.Wants(row.Kind) && (live is null || live.Get(row.Document))) places[i] = pass.Count(row.Kind, cosines[i]);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(about);
            ArrayPool<float>.Shared.Return(ofTitles);
        }
    }

    /// <summary>Offers those that the first pass found near.</summary>
    public void ScanNear(QueryVector query, bool withTitles, ListingFacts[] cards, NearestList?[] byKind, FirstPass pass, ReadOnlySpan<ushort> places)
    {
        var all = CollectionsMarshal.AsSpan(rows);
        for (var i = 0; i < places.Length; i++)
            if (pass.IsNear(all[i].Kind, places[i])) Offer(query, withTitles, i, cards[all[i].Document], byKind[(int)all[i].Kind]!);
    }

    private void Offer(QueryVector query, bool withTitles, int row, ListingFacts card, NearestList list)
    {
        var cosine = texts.Cosine(query, row);
        if (withTitles) cosine = Math.Max(cosine, titles.Cosine(query, row));
        if (list.Accepts(cosine)) list.Offer(card, cosine);
    }

    // Of a listing's card what the scan asks for each time; the card itself lies elsewhere in memory, and fetching it took longer than the dot product.
    private readonly record struct Row(int Document, int ValidUntil, ListingKind Kind);

    /// <summary>The vectors of the titles, or of the texts, one behind the other.</summary>
    private sealed class Side
    {
        private readonly List<sbyte[]> blocks = [];
        private readonly List<float> scales = [];
        private int stride;

        /// <summary>Null in a small segment.</summary>
        public VectorSigns? Signs { get; private set; }

        public void ReadSigns() => Signs = new VectorSigns(stride, scales.Count, Read);

        private void Read(int row, Span<float> numbers)
        {
            TensorPrimitives.ConvertTruncating<sbyte, float>(blocks[row / BlockRows].AsSpan(row % BlockRows * stride, stride), numbers);
            TensorPrimitives.Multiply(numbers, scales[row], numbers);
        }

        /// <param name="room">Rows that may still come.</param>
        public void Add(ReadOnlySpan<byte> packed, int room)
        {
            var numbers = packed[sizeof(float)..];
            stride = QueryVector.Padded(numbers.Length);
            var row = scales.Count % BlockRows;
            if (row == 0) blocks.Add(new sbyte[Math.Min(BlockRows, room) * stride]);
            scales.Add(BinaryPrimitives.ReadSingleLittleEndian(packed));
            MemoryMarshal.Cast<byte, sbyte>(numbers).CopyTo(blocks[^1].AsSpan(row * stride));
        }

        public float Cosine(QueryVector query, int row) =>
            query.Dot(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(blocks[row / BlockRows]), row % BlockRows * stride)) * scales[row];
    }
}

/// <summary>A query vector of length 1 as numbers of a signed byte's range, padded to whole registers.</summary>
internal sealed class QueryVector
{
    // Bytes of a row that are taken at once.
    private const int Step = 32;

    // Widened once, so that only the rows need it.
    private readonly short[] numbers;
    private readonly float scale;

    public QueryVector(float[] vector)
    {
        Dimensions = vector.Length;
        numbers = new short[Padded(vector.Length)];
        var norm = vector.Length == 0 ? 0 : TensorPrimitives.Norm<float>(vector);
        if (!float.IsFinite(norm) || norm <= 0) return;

        var step = Math.Abs(TensorPrimitives.MaxMagnitude<float>(vector)) / sbyte.MaxValue;
        scale = step / norm;
        for (var i = 0; i < vector.Length; i++) numbers[i] = (short)Math.Clamp(MathF.Round(vector[i] / step), -sbyte.MaxValue, sbyte.MaxValue);
    }

    public int Dimensions { get; }

    /// <summary>False for zeros and for numbers that are none: these are near to nothing.</summary>
    public bool HasDirection => scale > 0;

    public static int Padded(int dimensions) => (dimensions + 2 * Step - 1) / (2 * Step) * (2 * Step);

    /// <summary>The numbers of the vector of length 1, zeros behind them.</summary>
    public void CopyTo(Span<float> into)
    {
        TensorPrimitives.ConvertTruncating<short, float>(numbers, into);
        TensorPrimitives.Multiply(into, scale, into);
    }

    /// <summary>Dot product with the bytes of a row, without the row's own scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Dot(ref sbyte row)
    {
        ref var query = ref MemoryMarshal.GetArrayDataReference(numbers);
        if (Avx512BW.IsSupported)
        {
            var (even, odd) = (Vector512<int>.Zero, Vector512<int>.Zero);
            for (var i = 0; i < numbers.Length; i += 2 * Step)
            {
                even += Pairs(ref query, ref row, i);
                odd += Pairs(ref query, ref row, i + Step);
            }
            return Vector512.Sum(even + odd) * scale;
        }
        var sum = Vector256<int>.Zero;
        for (var i = 0; i < numbers.Length; i += Step)
        {
            var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref row, (nuint)i));
            sum += Pairs(Vector256.LoadUnsafe(ref query, (nuint)i), low);
            sum += Pairs(Vector256.LoadUnsafe(ref query, (nuint)(i + Vector256<short>.Count)), high);
        }
        return Vector256.Sum(sum) * scale;
    }

    private static Vector512<int> Pairs(ref short query, ref sbyte row, int at) => Avx512BW.MultiplyAddAdjacent(
        Vector512.LoadUnsafe(ref query, (nuint)at), Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref row, (nuint)at)));

    // Which products are added first does not matter: whole numbers have one sum.
    private static Vector256<int> Pairs(Vector256<short> a, Vector256<short> b)
    {
        if (Avx2.IsSupported) return Avx2.MultiplyAddAdjacent(a, b);
        // A product of at most 127² fits a short.
        var (low, high) = Vector256.Widen(a * b);
        return low + high;
    }
}

/// <summary>The nearest listings seen so far: at most a number of them, none below a cosine.</summary>
internal sealed class NearestList(int take, float minimum)
{
    private readonly PriorityQueue<ListingFacts, float> nearest = new();
    private float bar = minimum;

    public int Take => take;

    /// <summary>Whether <see cref="Offer"/> would look at it.</summary>
    public bool Accepts(float cosine) => cosine >= bar;

    public void Offer(ListingFacts card, float cosine)
    {
        if (!Accepts(cosine)) return;
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
