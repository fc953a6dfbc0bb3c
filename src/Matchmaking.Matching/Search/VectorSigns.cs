using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Matchmaking.Matching.Search;

/// <summary>
/// An eighth of the bytes of vectors, from which their cosines with a query are estimated for a first pass: one bit for each number, whether it lies above its mean in the
/// segment, and three numbers a row. With c the mean, r = row − c, x the bits as ±1 and p = query − c, row · query = c · query + r · c + r · p, of which only the last must be
/// estimated: r · p ≈ x · p · |r|² / Σ|rᵢ|, the estimator of RaBitQ (Gao and Long, SIGMOD 2024) without its random rotation. p is rounded to <see cref="Levels"/> levels, so
/// that x · p is a count of bits. Without the mean all vectors of the model would have nearly the same bits.
/// </summary>
internal sealed class VectorSigns
{
    // Enough rows for means that do not depend on which were taken.
    private const int Sample = 4_096;
    private const int Word = 64;
    private const int Planes = 4;
    private const int Levels = 1 << Planes;

    // How many bits of half a byte are set; the sixteen stand twice, once for each half of a register.
    private static readonly Vector256<byte> Bits = Vector256.Create([.. Enumerable.Range(0, Vector256<byte>.Count).Select(i => (byte)BitOperations.PopCount((uint)i % 16))]);

    private readonly float[] means;
    private readonly int words;
    private readonly ulong[] bits;
    private readonly Row[] rows;

    /// <param name="stride">Numbers of a row, padded with zeros to whole words of 64.</param>
    /// <param name="read">Writes the numbers of a row.</param>
    public VectorSigns(int stride, int count, RowReader read)
    {
        words = stride / Word;
        means = new float[stride];
        var numbers = new float[stride];
        var step = Math.Max(1, count / Sample);
        var seen = 0;
        for (var i = 0; i < count; i += step, seen++)
        {
            read(i, numbers);
            TensorPrimitives.Add(means, numbers, means);
        }
        TensorPrimitives.Divide(means, Math.Max(1, seen), means);

        bits = new ulong[(long)count * words];
        rows = new Row[count];
        for (var i = 0; i < count; i++)
        {
            read(i, numbers);
            rows[i] = Keep(numbers, bits.AsSpan(i * words, words));
        }
    }

    public delegate void RowReader(int row, Span<float> numbers);

    /// <summary>About the cosines of the rows with a vector.</summary>
    public void About(QueryVector vector, Span<float> cosines)
    {
        var query = Of(vector);
        var known = rows.AsSpan(0, cosines.Length);
        for (var i = 0; i < cosines.Length; i++)
        {
            var row = bits.AsSpan(i * words, words);
            var count = query.HalfBytes is { } halves ? Count(MemoryMarshal.AsBytes(row), halves) : Count(row, query.Planes);
            var above = query.Least * known[i].Ones + query.Step * count;
            cosines[i] = query.MeanCosine + known[i].WithMean + known[i].Length * (2 * above - query.Sum);
        }
    }

    /// <summary>Writes the bits of a row, and says the numbers beside them.</summary>
    private Row Keep(float[] numbers, Span<ulong> own)
    {
        TensorPrimitives.Subtract(numbers, means, numbers);
        for (var at = 0; at < numbers.Length; at += Vector256<float>.Count)
            own[at / Word] |= (ulong)Vector256.GreaterThan(Vector256.Create<float>(numbers.AsSpan(at)), Vector256<float>.Zero).ExtractMostSignificantBits() << (at % Word);
        var ones = 0;
        foreach (var word in own) ones += BitOperations.PopCount(word);
        var sum = TensorPrimitives.SumOfMagnitudes<float>(numbers);
        return new Row(ones, TensorPrimitives.Dot<float>(numbers, means), sum > 0 ? TensorPrimitives.SumOfSquares<float>(numbers) / sum : 0);
    }

    private Query Of(QueryVector query)
    {
        var numbers = new float[means.Length];
        query.CopyTo(numbers);
        var meanCosine = TensorPrimitives.Dot<float>(numbers, means);
        TensorPrimitives.Subtract(numbers, means, numbers);
        var least = TensorPrimitives.Min<float>(numbers);
        var step = Math.Max((TensorPrimitives.Max<float>(numbers) - least) / (Levels - 1), float.Epsilon);
        var planes = new ulong[Planes, words];
        var sum = 0f;
        for (var at = 0; at < numbers.Length; at++)
        {
            var level = (int)MathF.Round((numbers[at] - least) / step);
            sum += least + level * step;
            for (var plane = 0; plane < Planes; plane++) planes[plane, at / Word] |= (ulong)(level >> plane & 1) << (at % Word);
        }
        return new Query(planes, HalfBytes(planes), meanCosine, least, step, sum);
    }

    /// <summary>Σ of the levels of p where a row's bit is set.</summary>
    private static int Count(ReadOnlySpan<ulong> row, ulong[,] planes)
    {
        var count = 0;
        for (var plane = 0; plane < Planes; plane++)
            for (var i = 0; i < row.Length; i++) count += BitOperations.PopCount(row[i] & planes[plane, i]) << plane;
        return count;
    }

    /// <summary>The same, 32 bytes at once: how many bits of half a byte are set stands in a table of sixteen. A byte's sum is at most 8 · 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Count(ReadOnlySpan<byte> row, Vector256<byte>[] halves)
    {
        var sum = Vector256<long>.Zero;
        var half = Vector256.Create((byte)0x0F);
        var table = Bits;
        ref var bytes = ref MemoryMarshal.GetReference(row);
        ref var plane = ref MemoryMarshal.GetArrayDataReference(halves);
        for (var at = 0; at < row.Length; at += Vector256<byte>.Count)
        {
            var both = Vector256.LoadUnsafe(ref bytes, (nuint)at);
            var (low, high) = (both & half, Vector256.ShiftRightLogical(both.AsUInt16(), 4).AsByte() & half);
            // Horner's rule: the plane of the highest bit first.
            var levels = Avx2.Shuffle(table, low & plane) + Avx2.Shuffle(table, high & Unsafe.Add(ref plane, 1));
            levels += levels;
            levels += Avx2.Shuffle(table, low & Unsafe.Add(ref plane, 2)) + Avx2.Shuffle(table, high & Unsafe.Add(ref plane, 3));
            levels += levels;
            levels += Avx2.Shuffle(table, low & Unsafe.Add(ref plane, 4)) + Avx2.Shuffle(table, high & Unsafe.Add(ref plane, 5));
            levels += levels;
            levels += Avx2.Shuffle(table, low & Unsafe.Add(ref plane, 6)) + Avx2.Shuffle(table, high & Unsafe.Add(ref plane, 7));
            sum += Avx2.SumAbsoluteDifferences(levels, Vector256<byte>.Zero).AsInt64();
            plane = ref Unsafe.Add(ref plane, 2 * Planes);
        }
        return (int)Vector256.Sum(sum);
    }

    /// <summary>By 32 bytes, and in these by plane, the highest first: the lower, then the upper half of each byte. Null when a row is not made of whole such pieces, or the machine cannot.</summary>
    private Vector256<byte>[]? HalfBytes(ulong[,] planes)
    {
        const int Words = 4;
        if (!Avx2.IsSupported || words % Words != 0) return null;
        var halves = new Vector256<byte>[words / Words * Planes * 2];
        var half = Vector256.Create((byte)0x0F);
        for (var at = 0; at < words; at += Words)
        {
            for (var plane = 0; plane < Planes; plane++)
            {
                var bytes = Vector256.Create(planes[plane, at], planes[plane, at + 1], planes[plane, at + 2], planes[plane, at + 3]).AsByte();
                var to = (at / Words * Planes + Planes - 1 - plane) * 2;
                (halves[to], halves[to + 1]) = (bytes & half, Vector256.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & half);
            }
        }
        return halves;
    }

    /// <param name="Planes">The levels of p, bit by bit, by plane and word.</param>
    /// <param name="HalfBytes">The same for many bits at once, see <see cref="VectorSigns.HalfBytes"/>.</param>
    /// <param name="MeanCosine">c · query.</param>
    /// <param name="Sum">Of p, as rounded.</param>
    private sealed record Query(ulong[,] Planes, Vector256<byte>[]? HalfBytes, float MeanCosine, float Least, float Step, float Sum);

    /// <param name="Ones">Bits that are set.</param>
    /// <param name="WithMean">r · c.</param>
    /// <param name="Length">|r|² / Σ|rᵢ|.</param>
    private readonly record struct Row(int Ones, float WithMean, float Length);
}
