using System.Numerics.Tensors;

namespace Matchmaking.Matching.Ranking;

/// <summary>
/// Learned from brokers' grades: the grade that a broker would give is expected to be the fixed score on the scale of grades, corrected by weights of
/// the features and by the grades of similar pairs (Gaussian-process regression, Rasmussen and Williams 2006, eq. 2.25). Grades of the need itself
/// are pairs like others, the most similar ones. Made by <see cref="RankerTrainer"/>; immutable.
/// </summary>
public sealed class LearnedRanker(LearnedModel model) : IRanker
{
    /// <summary>Contribution of the grades of similar pairs.</summary>
    public const string SimilarGrades = "similar_grades";

    public string Version => model.Version;
    public LearnedModel Model => model;
    public (double Usual, double Slope) GradeLine => (0, 1);

    public double Probability(double score) => model.Scale.Good(score);

    public IReadOnlyList<Score> ScoreAll(IReadOnlyList<Candidate> candidates)
    {
        var rows = LearnedFeatures.Of(candidates);
        var needs = new Dictionary<int, float[]>();
        var scores = new Score[candidates.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            var (need, achievement) = (candidates[i].Need, candidates[i].Achievement);
            if (!needs.TryGetValue(need.Document.Id, out var likeness)) needs[need.Document.Id] = likeness = model.LikenessOf(PairKernel.Join(need.Vectors));
            var parts = Parts(candidates[i], rows[i], model.Similar(likeness, PairKernel.Join(achievement.Vectors)));
            var value = parts.Sum(p => p.Value);
            scores[i] = new Score(value, Probability(value), parts);
        }
        return scores;
    }

    private List<Contribution> Parts(Candidate candidate, float[] row, double similar)
    {
        var byFeature = WeightedRanker.Score(candidate.Features).Contributions.ToDictionary(c => c.Feature, c => model.Slope * c.Value);
        byFeature[WeightedRanker.Bias] += model.Usual;
        for (var f = 0; f < row.Length; f++)
        {
            var name = Feature.All[f % Feature.All.Count];
            if (byFeature.ContainsKey(name)) byFeature[name] += model.Weights[f] * model.Standardised(f, row[f]);
        }
        var parts = byFeature.Select(p => new Contribution(p.Key, p.Value)).ToList();
        if (similar != 0) parts.Add(new Contribution(SimilarGrades, similar));
        return parts;
    }
}

/// <summary>What was learned, as it is stored. A need or an achievement stands once however many grades it has.</summary>
/// <param name="Version">Names the model; scores of different versions do not compare.</param>
/// <param name="Usual">Grade of a pair whose fixed score is 0.</param>
/// <param name="Slope">Grades for each unit of the fixed score.</param>
/// <param name="Features">Names of the weighed numbers in the order of <paramref name="Weights"/>.</param>
/// <param name="Means">Usual value of each number.</param>
/// <param name="Deviations">Standard deviation of each number; 0 where all were alike.</param>
/// <param name="Needs">Joined vectors of the graded needs, null where there were none.</param>
/// <param name="Achievements">Joined vectors of the graded achievements.</param>
/// <param name="Pairs">Each graded pair: place of its need, place of its achievement, and how far it draws others.</param>
/// <param name="Scale">From the expected grade to probabilities.</param>
public sealed record LearnedModel(
    string Version, double Usual, double Slope, IReadOnlyList<string> Features, float[] Means, float[] Deviations, float[] Weights,
    IReadOnlyList<float[]?> Needs, IReadOnlyList<float[]?> Achievements, IReadOnlyList<(int Need, int Achievement, float Pull)> Pairs, GradeScale Scale)
{
    private const int Format = 1;

    internal float[] LikenessOf(float[]? need) => [.. Needs.Select(n => PairKernel.Of(need, n))];

    /// <summary>What the grades of similar pairs add to the grade.</summary>
    internal double Similar(float[] needs, float[]? achievement)
    {
        if (achievement is null) return 0;
        var likeness = new float[Achievements.Count];
        for (var i = 0; i < likeness.Length; i++) likeness[i] = PairKernel.Of(achievement, Achievements[i]);
        double sum = 0;
        foreach (var (need, other, pull) in Pairs) sum += pull * needs[need] * likeness[other];
        return sum;
    }

    internal double Standardised(int feature, float value) => float.IsNaN(value) || Deviations[feature] == 0 ? 0 : (value - Means[feature]) / Deviations[feature];

    public void Save(Stream stream)
    {
        using var to = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        to.Write(Format);
        to.Write(Version);
        to.Write(Usual);
        to.Write(Slope);
        to.Write(Features.Count);
        for (var f = 0; f < Features.Count; f++)
        {
            to.Write(Features[f]);
            to.Write(Means[f]);
            to.Write(Deviations[f]);
            to.Write(Weights[f]);
        }
        foreach (var side in new[] { Needs, Achievements })
        {
            to.Write(side.Count);
            foreach (var vector in side)
            {
                to.Write(vector?.Length ?? 0);
                to.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(vector ?? []));
            }
        }
        to.Write(Pairs.Count);
        foreach (var (need, achievement, pull) in Pairs)
        {
            to.Write(need);
            to.Write(achievement);
            to.Write(pull);
        }
        foreach (var step in new[] { Scale.Two, Scale.Three, Scale.Four })
        {
            to.Write(step.Slope);
            to.Write(step.Intercept);
        }
    }

    /// <exception cref="InvalidDataException">Not a model of this program: another format, or other features than this program describes pairs by.</exception>
    public static LearnedModel Load(Stream stream)
    {
        using var from = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        try
        {
            if (from.ReadInt32() is var format && format != Format) throw new InvalidDataException($"The model has format {format}; this program reads {Format}.");
            var version = from.ReadString();
            var (usual, slope) = (from.ReadDouble(), from.ReadDouble());
            var features = Enumerable.Range(0, Count(from)).Select(_ => (Name: from.ReadString(), Mean: from.ReadSingle(), Deviation: from.ReadSingle(), Weight: from.ReadSingle())).ToList();
            if (!features.Select(f => f.Name).SequenceEqual(LearnedFeatures.Names))
                throw new InvalidDataException($"Model {version} was learned on other features: {string.Join(", ", features.Select(f => f.Name).Except(LearnedFeatures.Names).Concat(LearnedFeatures.Names.Except(features.Select(f => f.Name))).DefaultIfEmpty("another order"))}.");
            var needs = Vectors(from);
            var achievements = Vectors(from);
            var pairs = Enumerable.Range(0, Count(from)).Select(_ => (from.ReadInt32(), from.ReadInt32(), from.ReadSingle())).ToList();
            if (pairs.Any(p => p.Item1 < 0 || p.Item1 >= needs.Count || p.Item2 < 0 || p.Item2 >= achievements.Count)) throw new InvalidDataException($"Model {version} is damaged.");
            Calibration Step() => new(from.ReadDouble(), from.ReadDouble());
            return new LearnedModel(version, usual, slope, [.. features.Select(f => f.Name)], [.. features.Select(f => f.Mean)], [.. features.Select(f => f.Deviation)],
                [.. features.Select(f => f.Weight)], needs, achievements, pairs, new GradeScale(Step(), Step(), Step()));
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("The model breaks off.", error);
        }
    }

    private static List<float[]?> Vectors(BinaryReader from)
    {
        var vectors = new List<float[]?>();
        for (var left = Count(from); left > 0; left--)
        {
            var bytes = from.ReadBytes(Count(from) * sizeof(float));
            vectors.Add(bytes.Length == 0 ? null : [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes)]);
        }
        return vectors;
    }

    private static int Count(BinaryReader from) => from.ReadInt32() is >= 0 and <= 10_000_000 and var count ? count : throw new InvalidDataException("The model is damaged.");
}
