using System.Globalization;
using Matchmaking.Matching.Evaluation;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Benchmarks;

/// <summary>The learned ranker, trained by the product's own code: on the other folds, or on the training file when another file is measured.</summary>
internal sealed class Learned
{
    private static readonly int[] Revealed = [0, 1, 3, 5, 10];
    private const int Seeds = 20;
    private const int LeastPool = 20;

    private readonly IReadOnlyList<JudgedNeed> needs;
    private readonly IReadOnlyDictionary<(int, int), IReadOnlyDictionary<string, double>> described;
    private readonly Dictionary<string, (LearnedRanker Ranker, IReadOnlyList<Score> Scores)> scored = [];
    private readonly Dictionary<string, IReadOnlyList<Score>> withOwnGrades = [];

    /// <param name="measured">Needs to be measured; their levels are looked at by nothing but the measures.</param>
    /// <param name="training">Null for cross-validation over the folds of <paramref name="measured"/>.</param>
    public Learned(IReadOnlyList<JudgedNeed> measured, IReadOnlyList<JudgedNeed>? training, IReadOnlyDictionary<(int, int), IReadOnlyDictionary<string, double>> described)
    {
        (needs, this.described) = (measured, described);
        if (training is null) foreach (var fold in measured.GroupBy(n => n.Fold).OrderBy(g => g.Key)) Score(new RankerTrainer(PairsOf(measured.Where(n => n.Fold != fold.Key))), fold, []);
        else Score(new RankerTrainer(PairsOf(training)), measured, [.. training.Select(n => n.Id)]);
    }

    public ExperimentRow Row() => Experiment.Run("Learned", needs, need => [.. scored[need.Id].Scores.Select(s => (s.Value, s.Probability))]);

    /// <summary>The median grade; its error is measured over all pairs.</summary>
    public ExperimentRow Regressor()
    {
        IReadOnlyList<double> Medians(JudgedNeed need) => [.. scored[need.Id].Scores.Select(s => (double)scored[need.Id].Ranker.Model.Scale.Median(s.Value))];
        return Experiment.Run("LevelRegressor", needs, need => [.. Medians(need).Select(level => (level, double.NaN))])
            with { Mae = RankingMetrics.Mae([.. needs.SelectMany(Medians)], [.. needs.SelectMany(n => n.Pool.Select(p => p.Level))]) };
    }

    /// <summary>With the need's own levels of the training file; null where no measured need has any.</summary>
    public ExperimentRow? FeedbackRow() => withOwnGrades.Count == 0 ? null : Experiment.Run("Learned+feedback", needs, need =>
        [.. (withOwnGrades.GetValueOrDefault(need.Id) ?? scored[need.Id].Scores).Select(s => (s.Value, s.Probability))]);

    private List<GradedPair> PairsOf(IEnumerable<JudgedNeed> some) =>
        [.. some.SelectMany(n => n.Pool.Select(p => new GradedPair(n.Need, p.Candidate, described[(n.Need.Document.Id, p.Candidate.Document.Id)], p.Level)))];

    private void Score(RankerTrainer trainer, IEnumerable<JudgedNeed> some, HashSet<string> withLevels)
    {
        var full = trainer.Train("learned-0");
        foreach (var need in some)
        {
            IReadOnlyList<Candidate> pool = [.. need.Pool.Select(p => new Candidate(need.Need, p.Candidate, described[(need.Need.Document.Id, p.Candidate.Document.Id)]))];
            var own = withLevels.Contains(need.Id);
            var ranker = own ? trainer.TrainWithout(need.Need.Document.Id, full) : full;
            scored[need.Id] = (ranker, ranker.ScoreAll(pool));
            if (own) withOwnGrades[need.Id] = full.ScoreAll(pool);
        }
    }

    /// <summary>k levels of a need revealed, at random or from the top as a broker grades, and the rest of its pool measured; for a larger k fewer pairs, and other ones, remain.</summary>
    public void PrintCurve()
    {
        var counted = needs.Where(n => n.Pool.Count >= LeastPool).ToList();
        Console.WriteLine();
        Console.WriteLine($"Relevance feedback: NDCG@10 of the pairs not revealed, needs with {LeastPool} judged pairs or more; 'without' orders the same pairs without the revealed levels; the interval is over needs");
        Console.WriteLine($"| levels revealed | needs | without | with | gain, 95 % |\n|---|---|---|---|---|");
        foreach (var k in Revealed) Print($"{k} at random, {Seeds} draws", [.. counted.Select(need => Enumerable.Range(0, Seeds).Select(seed => Reveal(need, k, Shuffled(need, seed))).OfType<(double, double)>().ToList())]);
        foreach (var k in Revealed.Where(k => k > 0)) Print($"the first {k}", [.. counted.Select(need => new[] { Reveal(need, k, Best(need)) }.OfType<(double, double)>().ToList())]);
    }

    private static void Print(string what, IEnumerable<IReadOnlyList<(double Without, double With)>> draws)
    {
        var byNeed = draws.Where(d => d.Count > 0).Select(d => (Without: d.Average(x => x.Without), With: d.Average(x => x.With))).ToList();
        var gains = byNeed.ConvertAll(d => d.With - d.Without);
        var (low, high) = RankingMetrics.Interval(gains);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {byNeed.Count} | {byNeed.Average(d => d.Without):0.000} | {byNeed.Average(d => d.With):0.000} | {gains.Average():+0.000;-0.000;0.000} ({low:+0.000;-0.000;0.000} to {high:+0.000;-0.000;0.000}) |"));
    }

    private static List<int> Shuffled(JudgedNeed need, int seed)
    {
        var random = new Random((need.Need.Document.Id * 1_000) + seed);
        return [.. Enumerable.Range(0, need.Pool.Count).OrderBy(_ => random.Next())];
    }

    private List<int> Best(JudgedNeed need) => [.. Enumerable.Range(0, need.Pool.Count).OrderByDescending(i => scored[need.Id].Scores[i].Value)];

    /// <summary>One draw; null when nothing good is left to be found.</summary>
    private (double Without, double With)? Reveal(JudgedNeed need, int k, List<int> order)
    {
        IReadOnlyList<double> raw = [.. scored[need.Id].Scores.Select(s => s.Value)];
        var rest = order.Skip(k).ToList();
        if (rest.All(i => need.Pool[i].Level < 3)) return null;
        double Ndcg(IReadOnlyList<double> values) =>
            RankingMetrics.Ndcg([.. rest.OrderByDescending(i => values[i]).ThenBy(i => need.Pool[i].Candidate.Document.Id).Select(i => need.Pool[i].Level)], 10)!.Value;
        var corrections = RelevanceFeedback.Corrections(raw, [.. need.Pool.Select(p => p.Candidate)], [.. order.Take(k).Select(i => (i, need.Pool[i].Level))]);
        return (Ndcg(raw), Ndcg([.. raw.Zip(corrections, (score, correction) => score + correction)]));
    }
}
