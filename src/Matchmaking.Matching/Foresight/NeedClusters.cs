using System.Numerics.Tensors;

namespace Matchmaking.Matching.Foresight;

/// <summary>
/// Groups of needs by their vectors: k-means on the unit sphere (Hornik and others, Spherical k-means clustering, 2012) from k-means++ seeds, the same result for the same needs. How far a group
/// can be believed is its stability (Hennig, Cluster-wise assessment of cluster stability, 2007): the needs are drawn again and again in part and grouped anew; the mean of the best Jaccard
/// likeness of the group with one of the new groups. Below 0.6 nothing should be built on it, from 0.75 on it is a pattern.
/// </summary>
public static class NeedClusters
{
    public const int LeastNeeds = 8;
    public const int Resamples = 20;
    public const double ResampledShare = 0.8;

    private const int MostClusters = 12;
    private const int Rounds = 50;
    private const int Starts = 5;
    private const int Terms = 3;
    private const int TypicalMembers = 3;

    public static IReadOnlyList<NeedCluster> Of(IReadOnlyList<ForesightNeed> needs)
    {
        var known = needs.Where(n => n.Vector is not null).ToList();
        if (known.Count < LeastNeeds) return [];
        var vectors = known.ConvertAll(n => n.Vector!);
        var k = Math.Clamp((int)Math.Round(Math.Sqrt(known.Count / 2.0)), 2, MostClusters);
        var (labels, middles) = Group(vectors, k, new Random(1));
        var stability = StabilityOf(vectors, labels, k);
        var spread = known.SelectMany(n => n.Keywords.Distinct()).CountBy(t => t).ToDictionary();
        var clusters = new List<NeedCluster>();
        foreach (var group in Enumerable.Range(0, known.Count).GroupBy(i => labels[i]).OrderByDescending(g => g.Count()).ThenBy(g => known[g.First()].Number, StringComparer.Ordinal))
        {
            var members = group.ToList();
            var typical = members.OrderByDescending(i => TensorPrimitives.Dot<float>(vectors[i], middles[group.Key])).ThenBy(i => known[i].Number, StringComparer.Ordinal).Take(TypicalMembers);
            clusters.Add(new NeedCluster(
                NameOf(members.ConvertAll(i => known[i]), spread, known.Count), [.. typical.Select(i => known[i].Number)], [.. members.Select(i => known[i].Number)], members.Count(i => known[i].IsAnswered),
                decimal.Round((decimal)stability[group.Key], 2)));
        }
        return clusters;
    }

    /// <summary>Keywords of the members by how often they have them against how often all have them (tf·idf), best first.</summary>
    private static List<string> NameOf(List<ForesightNeed> members, Dictionary<string, int> spread, int all) =>
        [.. members.SelectMany(n => n.Keywords.Distinct()).CountBy(t => t).OrderByDescending(t => t.Value * Math.Log((1.0 + all) / spread[t.Key])).ThenBy(t => t.Key, StringComparer.Ordinal).Take(Terms).Select(t => t.Key)];

    internal static double[] StabilityOf(IReadOnlyList<float[]> vectors, int[] labels, int k)
    {
        var (random, sums, seen) = (new Random(2), new double[k], new int[k]);
        for (var round = 0; round < Resamples; round++)
        {
            var drawn = Enumerable.Range(0, vectors.Count).OrderBy(_ => random.Next()).Take(Math.Max(k, (int)(ResampledShare * vectors.Count))).ToList();
            var anew = Group(drawn.ConvertAll(i => vectors[i]), k, random).Labels;
            for (var cluster = 0; cluster < k; cluster++)
            {
                var old = Enumerable.Range(0, drawn.Count).Where(i => labels[drawn[i]] == cluster).ToHashSet();
                if (old.Count == 0) continue;
                seen[cluster]++;
                sums[cluster] += Enumerable.Range(0, k).Max(c =>
                {
                    var fresh = Enumerable.Range(0, drawn.Count).Where(i => anew[i] == c).ToHashSet();
                    var both = fresh.Count(old.Contains);
                    return both / (double)(old.Count + fresh.Count - both);
                });
            }
        }
        return [.. sums.Select((sum, i) => seen[i] == 0 ? 0 : sum / seen[i])];
    }

    /// <summary>The best of several starts, by the sum of cosines to the middles.</summary>
    internal static (int[] Labels, float[][] Middles) Group(IReadOnlyList<float[]> vectors, int k, Random random)
    {
        var best = (Labels: Array.Empty<int>(), Middles: Array.Empty<float[]>(), Sum: double.NegativeInfinity);
        for (var start = 0; start < Starts; start++)
        {
            var middles = Seeds(vectors, k, random);
            var labels = new int[vectors.Count];
            var sum = 0.0;
            for (var round = 0; round < Rounds; round++)
            {
                var moved = round == 0;
                sum = 0;
                for (var i = 0; i < vectors.Count; i++)
                {
                    var (nearest, cosine) = Nearest(vectors[i], middles);
                    moved |= nearest != labels[i];
                    labels[i] = nearest;
                    sum += cosine;
                }
                if (!moved) break;
                Recentre(vectors, labels, middles);
            }
            if (sum > best.Sum) best = (labels, middles, sum);
        }
        return (best.Labels, best.Middles);
    }

    private static (int Index, float Cosine) Nearest(float[] vector, float[][] middles)
    {
        var best = (Index: 0, Cosine: float.NegativeInfinity);
        for (var c = 0; c < middles.Length; c++)
            if (TensorPrimitives.Dot<float>(vector, middles[c]) is var cosine && cosine > best.Cosine) best = (c, cosine);
        return best;
    }

    /// <summary>k-means++: each next seed is drawn by its squared distance from the nearest one there is.</summary>
    private static float[][] Seeds(IReadOnlyList<float[]> vectors, int k, Random random)
    {
        var seeds = new List<float[]> { (float[])vectors[random.Next(vectors.Count)].Clone() };
        while (seeds.Count < k)
        {
            var far = vectors.Select(v => Math.Max(0.0, 1.0 - seeds.Max(s => TensorPrimitives.Dot<float>(v, s)))).ToList();
            var at = random.NextDouble() * far.Sum();
            var next = 0;
            while (next < far.Count - 1 && (at -= far[next]) > 0) next++;
            seeds.Add((float[])vectors[next].Clone());
        }
        return [.. seeds];
    }

    /// <summary>An emptied group keeps its middle.</summary>
    private static void Recentre(IReadOnlyList<float[]> vectors, int[] labels, float[][] middles)
    {
        for (var c = 0; c < middles.Length; c++)
        {
            var sum = new float[middles[c].Length];
            for (var i = 0; i < vectors.Count; i++)
                if (labels[i] == c) TensorPrimitives.Add<float>(sum, vectors[i], sum);
            var length = TensorPrimitives.Norm<float>(sum);
            if (length == 0) continue;
            TensorPrimitives.Divide<float>(sum, length, sum);
            middles[c] = sum;
        }
    }
}
