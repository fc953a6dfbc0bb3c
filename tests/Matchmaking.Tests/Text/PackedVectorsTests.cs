using System.Numerics.Tensors;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Tests.Text;

public sealed class PackedVectorsTests
{
    [Fact]
    public void Packing_keeps_the_direction()
    {
        var vectors = Vectors(20);
        var back = PackedVectors.UnpackAll(PackedVectors.Pack(vectors), 512);

        Assert.Equal(20, back.Length);
        Assert.All(vectors.Zip(back), pair => Assert.InRange(TensorPrimitives.CosineSimilarity(pair.First, pair.Second), 0.9999f, 1.0001f));
    }

    [Fact]
    public void Cosines_between_packed_vectors_are_within_a_hundredth()
    {
        var vectors = Vectors(20);
        var back = vectors.Select(vector => PackedVectors.UnpackOne(PackedVectors.PackOne(vector))).ToArray();
        for (var i = 1; i < vectors.Length; i++)
            Assert.Equal(TensorPrimitives.Dot<float>(vectors[i - 1], vectors[i]), TensorPrimitives.Dot<float>(back[i - 1], back[i]), 0.01f);
    }

    [Fact]
    public void A_vector_of_zeros_and_no_vectors_come_back_as_they_are()
    {
        Assert.Equal(new float[512], PackedVectors.UnpackOne(PackedVectors.PackOne(new float[512])));
        Assert.Empty(PackedVectors.UnpackAll(PackedVectors.Pack([]), 512));
        Assert.Equal(PackedVectors.Size(512), PackedVectors.PackOne(new float[512]).Length);
    }

    [Fact]
    public void The_vectors_of_a_listing_come_back_in_their_places()
    {
        var vectors = Vectors(4);
        var back = PackedVectors.UnpackListing("m", PackedVectors.Pack(new ListingVectors("m", vectors[0], vectors[1], vectors[2..])));

        Assert.Equal("m", back.Model);
        float[][] all = [back.Title, back.Text, .. back.Sentences];
        Assert.All(vectors.Zip(all), pair => Assert.InRange(TensorPrimitives.CosineSimilarity(pair.First, pair.Second), 0.9999f, 1.0001f));
    }

    [Fact]
    public void Cut_off_bytes_are_refused() =>
        Assert.Throws<FormatException>(() => PackedVectors.UnpackAll(new byte[515], 512));

    private static float[][] Vectors(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var vector = new float[512];
            for (var i = 0; i < vector.Length; i++) vector[i] = (float)(random.NextDouble() - 0.4);
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
            return vector;
        })];
    }
}
