using System.Globalization;
using Matchmaking.Matching.Evaluation;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;

namespace Matchmaking.Benchmarks;

/// <summary>The learned ranker, trained by the product's own code: on the other folds, or on the training file when another file is measured.</summary>
internal sealed class Learned
{
    private static readonly int[] Revealed = [0, 1, 3, 5, 10];
    private const int Seeds = 20;
    private const int LeastPool = 20;

    private readonly IReadOnlyList<JudgedNeed> needs;
    private readonly IReadOnlyDictionary<(int, int), IReadOnlyDictionary<string, double>> described;
    private readonly Dictionary<string, JudgedNeed> known;
    private readonly Dictionary<string, (LearnedRanker Ranker, IReadOnlyList<Score> Scores)> scored = [];

    /// <param name="measured">Needs to be measured; their levels are looked at by nothing but the measures.</param>
    /// <param name="training">Null for cross-validation over the folds of <paramref name="measured"/>.</param>
    public Learned(IReadOnlyList<JudgedNeed> measured, IReadOnlyList<JudgedNeed>? training, IReadOnlyDictionary<(int, int), IReadOnlyDictionary<string, double>> described)
    {
        (needs, this.described) = (measured, described);
        known = (training ?? []).ToDictionary(n => n.Id);
        if (training is not null) Score(Train(training), measured);
        else foreach (var fold in measured.GroupBy(n => n.Fold).OrderBy(g => g.Key)) Score(Train(measured.Where(n => n.Fold != fold.Key)), fold);
    }

    public ExperimentRow Row() => Experiment.Run("Learned", needs, need => [.. scored[need.Id].Scores.Select(s => (s.Value, s.Probability))]);

    /// <summary>The median grade; its error is measured over all pairs.</summary>
    public ExperimentRow Regressor()
    {
        IReadOnlyList<double> Medians(JudgedNeed need) => [.. scored[need.Id].Scores.Select(s => (double)scored[need.Id].Ranker.Scale.Median(s.Value))];
        return Experiment.Run("LevelRegressor", needs, need => [.. Medians(need).Select(level => (level, double.NaN))])
            with { Mae = RankingMetrics.Mae([.. needs.SelectMany(Medians)], [.. needs.SelectMany(n => n.Pool.Select(p => p.Level))]) };
    }

    /// <summary>With the need's own levels of the training file; null where no measured need has any.</summary>
    public ExperimentRow? FeedbackRow() => !needs.Any(n => known.ContainsKey(n.Id)) ? null : Experiment.Run("Learned+feedback", needs, need =>
    {
        var ranker = scored[need.Id].Ranker;
        var own = known.TryGetValue(need.Id, out var graded) ? graded.Pool : [];
        IReadOnlyList<IndexEntry> all = [.. need.Pool.Concat(own).Select(p => p.Candidate)];
        var scores = ranker.ScoreAll([.. all.Select(c => CandidateOf(need, c))]);
        var adjusted = RelevanceFeedback.Adjust([.. scores.Select(s => s.Value)], all, [.. own.Select((p, i) => (need.Pool.Count + i, p.Level))], i => ranker.Scale.Mean(scores[i].Value));
        return [.. adjusted.Take(need.Pool.Count).Select(value => (value, ranker.Scale.Good(value)))];
    });

    private Candidate CandidateOf(JudgedNeed need, IndexEntry achievement) => new(need.Need, achievement, described[(need.Need.Document.Id, achievement.Document.Id)]);

    private LearnedRanker Train(IEnumerable<JudgedNeed> some) => RankerTrainer.Train(
        [.. some.SelectMany(n => n.Pool.Select(p => new GradedPair(n.Need, p.Candidate, CandidateOf(n, p.Candidate).Features, p.Level)))]);

    private void Score(LearnedRanker ranker, IEnumerable<JudgedNeed> some)
    {
        foreach (var need in some) scored[need.Id] = (ranker, ranker.ScoreAll([.. need.Pool.Select(p => CandidateOf(need, p.Candidate))]));
    }

    /// <summary>k levels of a need revealed at random and the rest of its pool measured; for a larger k fewer pairs, and easier ones, remain.</summary>
    public void PrintCurve()
    {
        Console.WriteLine();
        Console.WriteLine($"Relevance feedback: mean NDCG@10 of the pairs not revealed, {Seeds} draws, needs with {LeastPool} judged pairs or more; 'without' orders the same pairs without the revealed levels");
        Console.WriteLine("| levels revealed | without | with | gain |\n|---|---|---|---|");
        foreach (var k in Revealed)
        {
            var draws = needs.Where(n => n.Pool.Count >= LeastPool).SelectMany(need => Enumerable.Range(0, Seeds).Select(seed => Reveal(need, k, seed))).OfType<(double Without, double With)>().ToList();
            var (without, with) = (draws.Average(d => d.Without), draws.Average(d => d.With));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {k} | {without:0.000} | {with:0.000} | {with - without:+0.000;-0.000;0.000} |"));
        }
    }

    /// <summary>One draw; null when nothing good is left to be found.</summary>
    private (double Without, double With)? Reveal(JudgedNeed need, int k, int seed)
    {
        var (ranker, scores) = scored[need.Id];
        IReadOnlyList<double> raw = [.. scores.Select(s => s.Value)];
        var random = new Random((need.Need.Document.Id * 1_000) + seed);
        var order = Enumerable.Range(0, raw.Count).OrderBy(_ => random.Next()).ToList();
        var rest = order.Skip(k).ToList();
        if (rest.All(i => need.Pool[i].Level < 3)) return null;
        double Ndcg(IReadOnlyList<double> values) =>
            RankingMetrics.Ndcg([.. rest.OrderByDescending(i => values[i]).ThenBy(i => need.Pool[i].Candidate.Document.Id).Select(i => need.Pool[i].Level)], 10)!.Value;
        return (Ndcg(raw), Ndcg(RelevanceFeedback.Adjust(raw, [.. need.Pool.Select(p => p.Candidate)], [.. order.Take(k).Select(i => (i, need.Pool[i].Level))], i => ranker.Scale.Mean(raw[i]))));
    }
}
