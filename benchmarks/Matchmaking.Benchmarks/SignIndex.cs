using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Benchmarks;

/// <summary>
/// A two-pass search that was measured and not built into the product: the number of equal signs of two vectors is nearly proportional to their angle, and
/// a vector's 512 signs are 64 bytes. The numbers' means are taken away first, or all vectors of the model would have nearly the same signs.
/// </summary>
internal sealed class SignIndex(int count)
{
    private const int Dimensions = SentenceEncoder.Dimensions;
    private const int Words = Dimensions / 64;
    private const int BlockRows = 1 << 16;

    private readonly ulong[] signs = new ulong[(long)count * Words];
    private readonly sbyte[][] numbers = [.. Enumerable.Range(0, count / BlockRows + 1).Select(_ => new sbyte[BlockRows * Dimensions])];
    private readonly float[] scales = new float[count];
    private readonly float[] means = new float[Dimensions];

    /// <summary>May be called by several threads, for different rows, after <see cref="Center"/>.</summary>
    public void Set(int row, float[] vector)
    {
        var packed = PackedVectors.PackOne(vector);
        scales[row] = BinaryPrimitives.ReadSingleLittleEndian(packed);
        MemoryMarshal.Cast<byte, sbyte>(packed.AsSpan(sizeof(float))).CopyTo(numbers[row / BlockRows].AsSpan(row % BlockRows * Dimensions));
        Signs(vector, signs.AsSpan(row * Words, Words));
    }

    public void Center(IReadOnlyList<float[]> some)
    {
        foreach (var vector in some) TensorPrimitives.Add(means, vector, means);
        TensorPrimitives.Divide(means, some.Count, means);
    }

    /// <summary>Rows, nearest first.</summary>
    public IReadOnlyList<int> Nearest(float[] vector, int kept, int take)
    {
        Span<ulong> own = stackalloc ulong[Words];
        Signs(vector, own);
        var distances = new ushort[count];
        Span<int> histogram = stackalloc int[Dimensions + 1];
        for (var row = 0; row < count; row++)
        {
            var different = 0;
            var at = row * Words;
            for (var i = 0; i < Words; i++) different += BitOperations.PopCount(signs[at + i] ^ own[i]);
            distances[row] = (ushort)different;
            histogram[different]++;
        }
        var farthest = 0;
        for (var sum = histogram[0]; sum < kept && farthest < Dimensions;) sum += histogram[++farthest];

        var query = new QueryVector(vector);
        var best = new PriorityQueue<int, float>();
        for (var row = 0; row < count; row++)
        {
            if (distances[row] > farthest) continue;
            var cosine = query.Dot(ref numbers[row / BlockRows][row % BlockRows * Dimensions]) * scales[row];
            if (best.Count < take) best.Enqueue(row, cosine);
            else best.EnqueueDequeue(row, cosine);
        }
        return [.. best.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];
    }

    private void Signs(float[] vector, Span<ulong> bits)
    {
        bits.Clear();
        for (var i = 0; i < Dimensions; i++)
            if (vector[i] > means[i]) bits[i / 64] |= 1UL << (i % 64);
    }
}
