using System.Numerics.Tensors;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Ranking;

/// <summary>A graded pair as training data. Grades are 1 (unrelated) to 4 (strong).</summary>
public sealed record GradedPair(IndexEntry Need, IndexEntry Achievement, IReadOnlyDictionary<string, double> Features, int Grade);

/// <summary>
/// Grades → a ranker. Split by need, never by pair, and near-duplicate needs stay on one side. The same grades give the same ranker.
/// Memory and time grow with the square of the number of pairs, which is why there is a most.
/// </summary>
public sealed class RankerTrainer
{
    /// <summary>Fewer graded pairs than this teach nothing that would hold.</summary>
    public const int LeastPairs = 50;

    /// <summary>More than this, and the latest count; 256 MB at the most.</summary>
    public const int MostPairs = 8_000;

    /// <summary>Needs at least this alike are one when pairs are split.</summary>
    private const float NearDuplicate = 0.95f;

    private const int HeldBackFolds = 5;

    /// <summary>Variance of the grade that two brokers give to like pairs, relative to that of the two corrections; grades of one need by one reader differ by about this.</summary>
    private const float Noise = 0.7f;

    private readonly IReadOnlyList<GradedPair> pairs;
    private readonly float[][] kernel;
    private readonly float[][] numbers;
    private readonly float[] means;
    private readonly float[] deviations;
    private readonly int varying;
    private readonly double[] fixedScores;
    private readonly List<IndexEntry> needs;
    private readonly List<IndexEntry> achievements;
    private readonly int[] needOf;
    private readonly int[] achievementOf;
    private readonly List<float[]?> needVectors;
    private readonly List<float[]?> achievementVectors;

    /// <exception cref="ArgumentException">Too few grades, or all of them alike.</exception>
    public RankerTrainer(IReadOnlyList<GradedPair> graded)
    {
        if (graded.Count < LeastPairs) throw new ArgumentException($"{graded.Count} graded pairs are too few; at least {LeastPairs} are needed.", nameof(graded));
        if (graded.Select(p => p.Grade >= 3).Distinct().Count() < 2) throw new ArgumentException("All grades are on one side of 3; nothing can be learned.", nameof(graded));
        pairs = [.. graded.TakeLast(MostPairs)];
        if (pairs.DistinctBy(p => p.Need.Document.Id).Count() < HeldBackFolds) throw new ArgumentException($"Grades of fewer than {HeldBackFolds} needs cannot be held back from each other.", nameof(graded));
        needs = [.. pairs.Select(p => p.Need).DistinctBy(n => n.Document.Id)];
        achievements = [.. pairs.Select(p => p.Achievement).DistinctBy(a => a.Document.Id)];
        (needOf, achievementOf) = (Places(pairs.Select(p => p.Need), needs), Places(pairs.Select(p => p.Achievement), achievements));
        needVectors = [.. needs.Select(n => PairKernel.Join(n.Vectors))];
        achievementVectors = [.. achievements.Select(a => PairKernel.Join(a.Vectors))];
        fixedScores = [.. pairs.Select(p => WeightedRanker.Score(p.Features).Value)];
        numbers = Rows();
        (means, deviations) = Spreads(numbers);
        varying = Math.Max(1, deviations.Count(d => d > 0));
        foreach (var row in numbers)
            for (var f = 0; f < row.Length; f++) row[f] = float.IsNaN(row[f]) || deviations[f] == 0 ? 0 : (row[f] - means[f]) / deviations[f];
        kernel = Kernel();
    }

    /// <summary>What is learned from: all that was given, or its latest part.</summary>
    public IReadOnlyList<GradedPair> Pairs => pairs;

    public static LearnedRanker Train(IReadOnlyList<GradedPair> graded, string version = "learned-0") => new RankerTrainer(graded).Train(version);

    /// <summary>Learns from all pairs; calibrated on needs that a ranker of the same kind had not seen.</summary>
    public LearnedRanker Train(string version) => Fit(_ => true, version, GradeScale.Fit([.. HeldBackValues(_ => true).Values.Zip(pairs, (score, pair) => (score.Value, pair.Grade))]));

    /// <summary>Each pair's score by a ranker of this kind that had not seen the grades of its need, calibrated without them as well.</summary>
    /// <param name="known">Places of the pairs that may be learned from; all when null.</param>
    public IReadOnlyList<Score> HeldBack(Func<int, bool>? known = null)
    {
        known ??= _ => true;
        var (values, folds) = HeldBackValues(known);
        var scales = Enumerable.Range(0, HeldBackFolds).Select(fold =>
            GradeScale.Fit([.. Enumerable.Range(0, pairs.Count).Where(i => folds[needOf[i]] != fold && known(i)).Select(i => (values[i].Value, pairs[i].Grade))])).ToList();
        return [.. values.Select((score, i) => score with { Probability = scales[folds[needOf[i]]].Good(score.Value) })];
    }

    private (Score[] Values, int[] Folds) HeldBackValues(Func<int, bool> known)
    {
        var folds = Folds(needs, HeldBackFolds);
        var values = new Score[pairs.Count];
        for (var fold = 0; fold < HeldBackFolds; fold++)
        {
            var ranker = Fit(i => folds[needOf[i]] != fold && known(i), "", GradeScale.Unknown);
            foreach (var need in Enumerable.Range(0, pairs.Count).Where(i => folds[needOf[i]] == fold).GroupBy(i => needOf[i]))
                foreach (var (i, score) in need.Zip(ranker.ScoreAll([.. need.Select(i => CandidateOf(pairs[i]))]))) values[i] = score;
        }
        return (values, folds);
    }

    /// <summary>The ranker as it would be had this need no grades; the scale stays the given one's.</summary>
    public LearnedRanker TrainWithout(int needId, LearnedRanker full) => Fit(i => pairs[i].Need.Document.Id != needId, full.Version, full.Model.Scale);

    /// <summary>A fold for each need; near-duplicates share one. The order of the needs decides, so the same needs give the same folds.</summary>
    public static int[] Folds(IReadOnlyList<IndexEntry> needs, int folds)
    {
        var vectors = needs.Select(n => PairKernel.Join(n.Vectors)).ToList();
        var fold = new int[needs.Count];
        var next = 0;
        for (var i = 0; i < needs.Count; i++)
        {
            var like = Enumerable.Range(0, i).FirstOrDefault(j => vectors[i] is { } x && vectors[j] is { } y && x.Length == y.Length && TensorPrimitives.Dot(x, y) >= NearDuplicate, -1);
            fold[i] = like >= 0 ? fold[like] : next++ % folds;
        }
        return fold;
    }

    private LearnedRanker Fit(Func<int, bool> counts, string version, GradeScale scale)
    {
        var used = Enumerable.Range(0, pairs.Count).Where(counts).ToArray();
        if (used.Length == 0) return new LearnedRanker(new LearnedModel(version, 0, 1, LearnedFeatures.Names, means, deviations, new float[means.Length], [], [], [], scale));
        // Least squares of the grade on the fixed score.
        var (grade, score) = (used.Average(i => (double)pairs[i].Grade), used.Average(i => fixedScores[i]));
        var slope = used.Sum(i => (fixedScores[i] - score) * (pairs[i].Grade - grade)) / Math.Max(1e-9, used.Sum(i => (fixedScores[i] - score) * (fixedScores[i] - score)));
        var usual = grade - (slope * score);
        var left = new float[pairs.Count];
        foreach (var i in used) left[i] = (float)(pairs[i].Grade - usual - (slope * fixedScores[i]));
        var pulls = Solve(left, used);

        var weights = new float[means.Length];
        foreach (var i in used)
            for (var f = 0; f < weights.Length; f++) weights[f] += pulls[i] * numbers[i][f] / varying;
        return new LearnedRanker(new LearnedModel(version, usual, slope, LearnedFeatures.Names, means, deviations, weights, needVectors, achievementVectors,
            [.. used.Select(i => (needOf[i], achievementOf[i], pulls[i]))], scale));
    }

    /// <summary>(kernel + noise) x = right over the used pairs, by conjugate gradients; what is not used stays 0.</summary>
    private float[] Solve(float[] right, int[] used)
    {
        const int Steps = 100;
        const double Close = 1e-7;
        var x = new float[right.Length];
        var rest = (float[])right.Clone();
        var direction = (float[])right.Clone();
        double size = TensorPrimitives.Dot(rest, rest), first = size;
        var image = new float[right.Length];
        for (var step = 0; step < Steps && size > Close * first; step++)
        {
            Parallel.For(0, used.Length, k => image[used[k]] = TensorPrimitives.Dot<float>(kernel[used[k]], direction) + (Noise * direction[used[k]]));
            var along = (float)(size / TensorPrimitives.Dot<float>(direction, image));
            TensorPrimitives.MultiplyAdd(direction, along, x, x);
            TensorPrimitives.MultiplyAdd(image, -along, rest, rest);
            double now = TensorPrimitives.Dot<float>(rest, rest);
            TensorPrimitives.MultiplyAdd(direction, (float)(now / size), rest, direction);
            size = now;
        }
        return x;
    }

    private float[][] Kernel()
    {
        var needLikeness = Likeness(needVectors);
        var achievementLikeness = Likeness(achievementVectors);
        var rows = new float[pairs.Count][];
        Parallel.For(0, pairs.Count, i =>
        {
            var row = rows[i] = new float[pairs.Count];
            var (need, achievement) = (needLikeness[needOf[i]], achievementLikeness[achievementOf[i]]);
            for (var j = 0; j < row.Length; j++) row[j] = (TensorPrimitives.Dot<float>(numbers[i], numbers[j]) / varying) + (need[needOf[j]] * achievement[achievementOf[j]]);
        });
        return rows;
    }

    private static float[][] Likeness(List<float[]?> vectors)
    {
        var rows = new float[vectors.Count][];
        Parallel.For(0, rows.Length, i =>
        {
            var row = rows[i] = new float[vectors.Count];
            for (var j = 0; j < row.Length; j++) row[j] = PairKernel.Of(vectors[i], vectors[j]);
        });
        return rows;
    }

    /// <summary>Numbers of each pair among the graded candidates of its need.</summary>
    private float[][] Rows()
    {
        var rows = new float[pairs.Count][];
        foreach (var need in Enumerable.Range(0, pairs.Count).GroupBy(i => needOf[i]))
            foreach (var (i, row) in need.Zip(LearnedFeatures.Of([.. need.Select(i => CandidateOf(pairs[i]))]))) rows[i] = row;
        return rows;
    }

    private static (float[] Means, float[] Deviations) Spreads(float[][] rows)
    {
        var spreads = Enumerable.Range(0, LearnedFeatures.Names.Count).Select(f => LearnedFeatures.Spread(rows.Select(r => r[f]))).ToList();
        return ([.. spreads.Select(s => s.Mean)], [.. spreads.Select(s => s.Deviation)]);
    }

    private static int[] Places(IEnumerable<IndexEntry> entries, List<IndexEntry> distinct)
    {
        var places = distinct.Select((entry, place) => (entry.Document.Id, place)).ToDictionary(p => p.Id, p => p.place);
        return [.. entries.Select(e => places[e.Document.Id])];
    }

    private static Candidate CandidateOf(GradedPair pair) => new(pair.Need, pair.Achievement, pair.Features);
}
