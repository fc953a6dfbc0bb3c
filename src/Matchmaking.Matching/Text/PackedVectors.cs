using System.Buffers.Binary;
using System.Numerics.Tensors;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Text;

/// <summary>
/// Vectors as bytes, a quarter of their size as floats. Each is a little-endian float scale and one signed byte a number, number = scale · byte;
/// several of the same length lie one behind the other.
/// </summary>
public static class PackedVectors
{
    private const int ScaleBytes = sizeof(float);

    /// <summary>Bytes of one packed vector.</summary>
    public static int Size(int dimensions) => ScaleBytes + dimensions;

    public static byte[] PackOne(float[] vector) => Pack([vector]);

    /// <summary>Packs vectors of one length; none give no bytes.</summary>
    public static byte[] Pack(IReadOnlyList<float[]> vectors)
    {
        if (vectors.Count == 0) return [];

        var size = Size(vectors[0].Length);
        var bytes = new byte[vectors.Count * size];
        for (var i = 0; i < vectors.Count; i++)
        {
            if (Size(vectors[i].Length) != size) throw new ArgumentException("Vectors packed together have one length.", nameof(vectors));
            Write(vectors[i], bytes.AsSpan(i * size, size));
        }
        return bytes;
    }

    /// <summary>All vectors of a listing: title, text, then the sentences.</summary>
    public static byte[] Pack(ListingVectors vectors) => Pack([vectors.Title, vectors.Text, .. vectors.Sentences]);

    /// <summary>The vectors of <see cref="Pack(ListingVectors)"/>.</summary>
    public static ListingVectors UnpackListing(string model, ReadOnlySpan<byte> bytes, int dimensions = SentenceEncoder.Dimensions)
    {
        var vectors = UnpackAll(bytes, dimensions);
        if (vectors.Length < 2) throw new FormatException("A listing has at least two packed vectors.");
        return new ListingVectors(model, vectors[0], vectors[1], vectors[2..]);
    }

    /// <summary>The single vector of <see cref="PackOne"/>.</summary>
    public static float[] UnpackOne(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= ScaleBytes) throw new FormatException("No packed vector has so few bytes.");

        var scale = BinaryPrimitives.ReadSingleLittleEndian(bytes);
        var vector = new float[bytes.Length - ScaleBytes];
        for (var i = 0; i < vector.Length; i++) vector[i] = scale * (sbyte)bytes[ScaleBytes + i];
        return vector;
    }

    /// <summary>All vectors of <see cref="Pack(IReadOnlyList{float[]})"/>.</summary>
    public static float[][] UnpackAll(ReadOnlySpan<byte> bytes, int dimensions)
    {
        var size = Size(dimensions);
        if (bytes.Length % size != 0) throw new FormatException($"{bytes.Length} bytes are no whole number of packed vectors of {dimensions} numbers.");

        var vectors = new float[bytes.Length / size][];
        for (var i = 0; i < vectors.Length; i++) vectors[i] = UnpackOne(bytes.Slice(i * size, size));
        return vectors;
    }

    private static void Write(ReadOnlySpan<float> vector, Span<byte> bytes)
    {
        var largest = vector.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(vector));
        var scale = float.IsFinite(largest) && largest > 0 ? largest / sbyte.MaxValue : 0;
        BinaryPrimitives.WriteSingleLittleEndian(bytes, scale);
        for (var i = 0; i < vector.Length; i++)
            bytes[ScaleBytes + i] = scale == 0 ? (byte)0 : (byte)(sbyte)Math.Clamp(MathF.Round(vector[i] / scale), -sbyte.MaxValue, sbyte.MaxValue);
    }
}
