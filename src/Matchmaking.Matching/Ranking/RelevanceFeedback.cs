using System.Numerics.Tensors;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Ranking;

/// <summary>
/// What a broker has already said of a need moves the rest of its candidates: those like a good one rise, those like a poor one fall.
/// The difference between grade and expectation is carried to the others by Gaussian-process regression (Rasmussen and Williams 2006, eq. 2.25)
/// with the kernel <see cref="Strength"/> · exp(<see cref="Sharpness"/> · (cosine of titles − 1)).
/// </summary>
public static class RelevanceFeedback
{
    /// <summary>Contribution of what was said of the same need.</summary>
    public const string OwnGrades = "own_grades";

    private const double Strength = 0.3;
    private const double Sharpness = 3;

    /// <summary>Variance of the grades of like pairs.</summary>
    private const double Noise = 0.7;

    /// <summary>How far each candidate's expected grade moves.</summary>
    /// <param name="expected">The grades that the ranker expects, in the order of the candidates; beyond the scale counts as its end, so that the best grade never speaks against.</param>
    /// <param name="graded">Place in <paramref name="candidates"/> and grade 1–4 of what is known; each place once.</param>
    public static IReadOnlyList<double> Corrections(IReadOnlyList<double> expected, IReadOnlyList<IndexEntry> candidates, IReadOnlyList<(int Place, int Grade)> graded)
    {
        var known = graded.Where(g => candidates[g.Place].Vectors is not null).ToList();
        if (known.Count == 0) return [.. candidates.Select(_ => 0.0)];
        var matrix = new double[known.Count, known.Count];
        for (var i = 0; i < known.Count; i++)
            for (var j = 0; j < known.Count; j++) matrix[i, j] = Kernel(candidates[known[i].Place], candidates[known[j].Place]) + (i == j ? Noise : 0);
        var weights = Solve(matrix, [.. known.Select(k => k.Grade - Math.Clamp(expected[k.Place], 1, 4))]);
        return [.. candidates.Select(candidate => known.Select((k, j) => weights[j] * Kernel(candidate, candidates[k.Place])).Sum())];
    }

    private static double Kernel(IndexEntry a, IndexEntry b) => a.Vectors is { } x && b.Vectors is { } y && x.Model == y.Model
        ? Strength * Math.Exp(Sharpness * (TensorPrimitives.Dot(x.Title, y.Title) - 1)) : 0;

    /// <summary>Solves a positive definite system by Cholesky's decomposition.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var n = right.Length;
        for (var j = 0; j < n; j++)
        {
            for (var k = 0; k < j; k++) matrix[j, j] -= matrix[j, k] * matrix[j, k];
            matrix[j, j] = Math.Sqrt(Math.Max(1e-12, matrix[j, j]));
            for (var i = j + 1; i < n; i++)
            {
                for (var k = 0; k < j; k++) matrix[i, j] -= matrix[i, k] * matrix[j, k];
                matrix[i, j] /= matrix[j, j];
            }
        }
        var x = (double[])right.Clone();
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++) x[i] -= matrix[i, k] * x[k];
            x[i] /= matrix[i, i];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++) x[i] -= matrix[k, i] * x[k];
            x[i] /= matrix[i, i];
        }
        return x;
    }
}
