using System.Numerics.Tensors;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Ranking;

/// <summary>
/// How alike two pairs are: exp(<see cref="Sharpness"/> · (cosine of the needs − 1)) · exp(<see cref="Sharpness"/> · (cosine of the achievements − 1)),
/// each cosine the mean of titles and of texts. 1 for the same pair, near 0 for strangers.
/// </summary>
internal static class PairKernel
{
    public const double Sharpness = 6;

    /// <summary>Title and text vector as one, so that a dot product is the mean of both cosines; null without vectors.</summary>
    public static float[]? Join(ListingVectors? vectors)
    {
        if (vectors is null || vectors.Title.Length == 0 || vectors.Text.Length != vectors.Title.Length) return null;
        float[] joined = [.. vectors.Title, .. vectors.Text];
        TensorPrimitives.Multiply(joined, MathF.Sqrt(0.5f), joined);
        return joined;
    }

    /// <summary>One side's factor; 0 where a vector is missing.</summary>
    public static float Of(float[]? x, float[]? y) =>
        x is null || y is null || x.Length != y.Length ? 0 : (float)Math.Exp(Sharpness * (TensorPrimitives.Dot(x, y) - 1));
}
