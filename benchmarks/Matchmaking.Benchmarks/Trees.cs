using Matchmaking.Matching.Evaluation;
using Matchmaking.Matching.Ranking;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace Matchmaking.Benchmarks;

/// <summary>One model of boosted trees of LightGBM, through ML.NET: rows of numbers in, a score for each out.</summary>
internal sealed class Trees
{
    private const int Iterations = 150;
    private const int Leaves = 8;
    private const int LeastLeaf = 40;
    private const double Rate = 0.03;

    private readonly MLContext context;
    private readonly ITransformer model;
    private readonly int width;

    private Trees(MLContext context, ITransformer model, int width) => (this.context, this.model, this.width) = (context, model, width);

    public static Trees Ranking(IReadOnlyList<TreeRow> rows, int width, int seed) => Train(rows, width, seed, context =>
        context.Transforms.Conversion.MapValueToKey("GroupKey", nameof(TreeRow.Group), maximumNumberOfKeys: int.MaxValue / 2).Append(
            context.Ranking.Trainers.LightGbm(new LightGbmRankingTrainer.Options
            {
                LabelColumnName = nameof(TreeRow.Label), FeatureColumnName = nameof(TreeRow.Features), RowGroupColumnName = "GroupKey",
                NumberOfIterations = Iterations, LearningRate = Rate, NumberOfLeaves = Leaves, MinimumExampleCountPerLeaf = LeastLeaf, Seed = seed, NumberOfThreads = 1,
                CustomGains = [0, 1, 3, 7], Booster = Randomised(), Verbose = false, Silent = true,
            })));

    public static Trees Regression(IReadOnlyList<TreeRow> rows, int width, int seed) => Train(rows, width, seed, context =>
        context.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
        {
            LabelColumnName = nameof(TreeRow.Label), FeatureColumnName = nameof(TreeRow.Features), NumberOfIterations = Iterations, LearningRate = Rate,
            NumberOfLeaves = Leaves, MinimumExampleCountPerLeaf = LeastLeaf, Seed = seed, NumberOfThreads = 1, Booster = Randomised(), Verbose = false, Silent = true,
        }));

    /// <summary>Scores in the order of the rows.</summary>
    public IReadOnlyList<float> Score(IReadOnlyList<float[]> rows) =>
        [.. model.Transform(View(context, [.. rows.Select(r => new TreeRow { Features = r })], width)).GetColumn<float>("Score")];

    private static GradientBooster.Options Randomised() => new() { SubsampleFraction = 0.8, SubsampleFrequency = 1, FeatureFraction = 0.5, L2Regularization = 1 };

    private static Trees Train(IReadOnlyList<TreeRow> rows, int width, int seed, Func<MLContext, IEstimator<ITransformer>> trainer)
    {
        var context = new MLContext(seed);
        var view = View(context, rows, width);
        return new Trees(context, trainer(context).Fit(view), width);
    }

    private static IDataView View(MLContext context, IReadOnlyList<TreeRow> rows, int width)
    {
        var definition = SchemaDefinition.Create(typeof(TreeRow));
        definition[nameof(TreeRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return context.Data.LoadFromEnumerable(rows, definition);
    }
}

/// <summary>What the learned ranker is compared with: boosted trees on the same numbers, a ranking and a regression averaged, cross-validated over the folds.</summary>
internal static class TreeBaseline
{
    public static ExperimentRow Row(IReadOnlyList<JudgedNeed> needs, IReadOnlyDictionary<(int, int), IReadOnlyDictionary<string, double>> described)
    {
        var rows = needs.Select((need, group) => (need, Rows: LearnedFeatures.Of([.. need.Pool.Select(p => new Candidate(need.Need, p.Candidate, described[(need.Need.Document.Id, p.Candidate.Document.Id)]))])
            .Zip(need.Pool, (features, p) => new TreeRow { Label = p.Level - 1, Group = group, Features = features }).ToList())).ToList();
        var width = LearnedFeatures.Names.Count;
        var scored = new Dictionary<string, IReadOnlyList<(double, double)>>();
        foreach (var fold in rows.GroupBy(r => r.need.Fold))
        {
            var training = rows.Where(r => r.need.Fold != fold.Key).SelectMany(r => r.Rows).ToList();
            Trees[] models = [Trees.Ranking(training, width, 7), Trees.Regression(training, width, 7)];
            var deviations = models.Select(m => Deviation(m.Score([.. training.Select(r => r.Features)]))).ToList();
            foreach (var (need, own) in fold)
            {
                var scores = models.Select(m => m.Score([.. own.Select(r => r.Features)])).ToList();
                scored[need.Id] = [.. own.Select((_, i) => ((scores[0][i] / deviations[0]) + (scores[1][i] / deviations[1]), double.NaN))];
            }
        }
        return Experiment.Run("trees", needs, need => scored[need.Id]);
    }

    private static double Deviation(IReadOnlyList<float> scores)
    {
        var mean = scores.Average(s => (double)s);
        return Math.Sqrt(scores.Average(s => (s - mean) * (s - mean)));
    }
}

/// <summary>A row for training: label 0–3, the need it belongs to, and the numbers.</summary>
internal sealed class TreeRow
{
    public float Label { get; set; }
    public int Group { get; set; }
    public float[] Features { get; set; } = [];
}
