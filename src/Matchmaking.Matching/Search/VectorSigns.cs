using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Matchmaking.Matching.Search;

/// <summary>
/// One bit for each number of each vector: whether it lies above that number's mean. The count of different bits grows with the angle between two vectors, and the bits
/// are an eighth of the bytes; without the means all vectors of the model would have nearly the same bits. For a first pass only: what it finds near is then measured exactly.
/// </summary>
internal sealed class VectorSigns
{
    // Enough rows for means that do not depend on which were taken.
    private const int Sample = 4_096;

    private readonly float[] means;
    private readonly int words;
    private readonly ulong[] bits;

    /// <param name="row">The bytes of a row, padded with zeros to whole words of 64.</param>
    /// <param name="scales">What a row's bytes are multiplied by.</param>
    public VectorSigns(int stride, IReadOnlyList<float> scales, RowReader row)
    {
        words = stride / 64;
        means = new float[stride];
        var step = Math.Max(1, scales.Count / Sample);
        var seen = 0;
        for (var i = 0; i < scales.Count; i += step, seen++)
        {
            var numbers = row(i);
            for (var at = 0; at < stride; at++) means[at] += numbers[at] * scales[i];
        }
        for (var at = 0; at < stride; at++) means[at] /= Math.Max(1, seen);

        bits = new ulong[(long)scales.Count * words];
        for (var i = 0; i < scales.Count; i++) Read(row(i), scales[i], bits.AsSpan(i * words, words));
    }

    public delegate ReadOnlySpan<sbyte> RowReader(int row);

    /// <summary>The bits of a query, to be compared with those of the rows.</summary>
    public ulong[] Of(QueryVector query)
    {
        var own = new ulong[words];
        query.Above(means, own);
        return own;
    }

    /// <summary>How many bits of a row differ.</summary>
    public int Different(ReadOnlySpan<ulong> query, int row)
    {
        var own = bits.AsSpan(row * words, words);
        var different = 0;
        for (var i = 0; i < own.Length; i++) different += BitOperations.PopCount(own[i] ^ query[i]);
        return different;
    }

    private void Read(ReadOnlySpan<sbyte> numbers, float scale, Span<ulong> into)
    {
        ref var number = ref MemoryMarshal.GetReference(numbers);
        ref var mean = ref MemoryMarshal.GetArrayDataReference(means);
        for (var at = 0; at < means.Length; at += 32)
        {
            var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref number, (nuint)at));
            var (first, second) = Vector256.Widen(low);
            var (third, fourth) = Vector256.Widen(high);
            var found = Above(first, scale, ref mean, at) | Above(second, scale, ref mean, at + 8) << 8 | Above(third, scale, ref mean, at + 16) << 16 | Above(fourth, scale, ref mean, at + 24) << 24;
            into[at / 64] |= (ulong)found << (at % 64);
        }
    }

    private static uint Above(Vector256<int> numbers, float scale, ref float mean, int at) =>
        Vector256.GreaterThan(Vector256.ConvertToSingle(numbers) * scale, Vector256.LoadUnsafe(ref mean, (nuint)at)).ExtractMostSignificantBits();
}
