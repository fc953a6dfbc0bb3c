using System.Numerics.Tensors;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Ranking;

/// <summary>A graded pair as training data. Grades are 1 (unrelated) to 4 (strong).</summary>
public sealed record GradedPair(IndexEntry Need, IndexEntry Achievement, IReadOnlyDictionary<string, double> Features, int Grade);

/// <summary>
/// What brokers said of similar achievements for similar needs: the mean grade of the known pairs, each weighted by
/// exp(<see cref="Sharpness"/> · (cosine − 1)) on both sides, drawn to the usual grade where nothing similar is known.
/// The grades of the need itself never count.
/// </summary>
public sealed class NeighbourLabels
{
    private const double Sharpness = 20;

    /// <summary>Only so many of the nearest needs are asked: the others would add hardly any weight.</summary>
    private const int NearNeeds = 30;

    /// <summary>Weight of the usual grade, in pairs as good as identical.</summary>
    private const double Prior = 0.2;

    private readonly List<(IndexEntry Need, List<GradedPair> Pairs)> needs;
    private readonly double usual;

    public NeighbourLabels(IEnumerable<GradedPair> known)
    {
        var pairs = known.Where(p => p.Need.Vectors is not null && p.Achievement.Vectors is not null).ToList();
        usual = pairs.Count == 0 ? 0 : pairs.Average(p => (double)p.Grade);
        needs = [.. pairs.GroupBy(p => p.Need.Document.Id).Select(g => (g.First().Need, g.ToList()))];
    }

    /// <summary>The grade that neighbours suggest for each candidate of one need, on the scale 1–4; null where a vector is missing.</summary>
    public IReadOnlyList<double?> Suggest(IndexEntry need, IReadOnlyList<IndexEntry> achievements)
    {
        if (need.Vectors is not { } own || needs.Count == 0) return [.. achievements.Select(_ => (double?)null)];
        var near = needs.Where(n => n.Need.Document.Id != need.Document.Id)
            .Select(n => (Weight: Math.Exp(Sharpness * (TensorPrimitives.Dot(own.Text, n.Need.Vectors!.Text) - 1)), n.Pairs)).OrderByDescending(n => n.Item1).Take(NearNeeds).ToList();
        return [.. achievements.Select(a => a.Vectors is { } vectors ? Mean(near, vectors.Title) : (double?)null)];
    }

    private double Mean(List<(double Weight, List<GradedPair> Pairs)> near, float[] title)
    {
        double sum = Prior * usual, all = Prior;
        foreach (var (needWeight, pairs) in near)
        {
            foreach (var pair in pairs)
            {
                var weight = needWeight * Math.Exp(Sharpness * (TensorPrimitives.Dot(title, pair.Achievement.Vectors!.Title) - 1));
                sum += weight * pair.Grade;
                all += weight;
            }
        }
        return sum / all;
    }
}
