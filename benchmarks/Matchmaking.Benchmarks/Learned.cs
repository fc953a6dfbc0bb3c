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

    private readonly IReadOnlyList<JudgedNeed> needs;
    private readonly Dictionary<string, (LearnedRanker Ranker, IReadOnlyList<Score> Scores)> scored = [];
    private readonly Func<JudgedNeed, IReadOnlyList<(int AchievementId, int Level)>> own;
    private readonly Func<int, IndexEntry>? trainingEntries;
    private readonly Func<JudgedNeed, int, IReadOnlyDictionary<string, double>>? trainingFeatures;

    /// <param name="measured">Needs to be measured; their levels are looked at by nothing but the measures.</param>
    /// <param name="training">Null for cross-validation over the folds of <paramref name="measured"/>.</param>
    public Learned(IReadOnlyList<JudgedNeed> measured, IReadOnlyList<JudgedNeed>? training, IReadOnlyDictionary<(int, int), IReadOnlyDictionary<string, double>> described)
    {
        needs = measured;
        IReadOnlyDictionary<string, double> Features(JudgedNeed need, int other) => described[(need.Need.Document.Id, other)];
        IReadOnlyList<GradedPair> Pairs(IEnumerable<JudgedNeed> some) => [.. some.SelectMany(n => n.Pool.Select(p => new GradedPair(n.Need, p.Candidate, Features(n, p.Candidate.Document.Id), p.Level)))];
        void Score(LearnedRanker ranker, IEnumerable<JudgedNeed> some)
        {
            foreach (var need in some)
                scored[need.Id] = (ranker, ranker.ScoreAll([.. need.Pool.Select(p => new Candidate(need.Need, p.Candidate, Features(need, p.Candidate.Document.Id)))]));
        }

        if (training is not null)
        {
            Score(RankerTrainer.Train(Pairs(training)), measured);
            var known = training.ToDictionary(n => n.Id, n => (IReadOnlyList<(int, int)>)[.. n.Pool.Select(p => (p.Candidate.Document.Id, p.Level))]);
            var entries = training.SelectMany(n => n.Pool).DistinctBy(p => p.Candidate.Document.Id).ToDictionary(p => p.Candidate.Document.Id, p => p.Candidate);
            own = need => known.GetValueOrDefault(need.Id, []);
            trainingEntries = id => entries[id];
            trainingFeatures = Features;
        }
        else
        {
            foreach (var fold in measured.Select(n => n.Fold).Distinct().Order()) Score(RankerTrainer.Train(Pairs(measured.Where(n => n.Fold != fold))), measured.Where(n => n.Fold == fold));
            own = _ => [];
        }
    }

    public ExperimentRow Row() => Experiment.Run("Learned", needs, need => [.. scored[need.Id].Scores.Select(s => (s.Value, s.Probability))]);

    /// <summary>The median grade; measured over all pairs.</summary>
    public ExperimentRow Regressor() => Experiment.Run("LevelRegressor", needs, need => [.. scored[need.Id].Scores.Select(s => ((double)scored[need.Id].Ranker.Scale.Median(s.Value), double.NaN))])
        with { Mae = RankingMetrics.Mae([.. All().Select(a => (double)a.Ranker.Scale.Median(a.Score))], [.. All().Select(a => a.Level)]) };

    private IEnumerable<(LearnedRanker Ranker, double Score, int Level)> All() =>
        needs.SelectMany(n => n.Pool.Zip(scored[n.Id].Scores, (p, s) => (scored[n.Id].Ranker, s.Value, p.Level)));

    /// <summary>With the need's own levels of the training file; null where the measured needs have none.</summary>
    public ExperimentRow? FeedbackRow()
    {
        if (trainingEntries is null || trainingFeatures is null || !needs.Any(n => own(n).Count > 0)) return null;
        return Experiment.Run("Learned+feedback", needs, need =>
        {
            var (ranker, scores) = scored[need.Id];
            var known = own(need);
            var all = need.Pool.Select(p => p.Candidate).Concat(known.Select(k => trainingEntries(k.AchievementId))).ToList();
            var expected = ranker.ScoreAll([.. all.Select(c => new Candidate(need.Need, c, trainingFeatures(need, c.Document.Id)))]);
            var adjusted = RelevanceFeedback.Adjust([.. expected.Select(s => s.Value)], all, [.. known.Select((k, i) => (need.Pool.Count + i, k.Level))], i => ranker.Scale.Mean(expected[i].Value));
            return [.. need.Pool.Select((_, i) => (adjusted[i], ranker.Scale.Good(adjusted[i])))];
        });
    }

    /// <summary>k levels of a need revealed at random, the rest of its pool measured: the same needs for every k, those with more than ten others to be ordered.</summary>
    public void PrintCurve()
    {
        Console.WriteLine();
        Console.WriteLine($"Relevance feedback: mean NDCG@10 of the pairs not revealed, {Seeds} draws, needs with 20 judged pairs or more; 'without' orders the same pairs without the revealed levels");
        Console.WriteLine("| levels revealed | without | with | gain |\n|---|---|---|---|");
        foreach (var k in Revealed)
        {
            double without = 0, with = 0;
            var count = 0;
            foreach (var need in needs.Where(n => n.Pool.Count >= 20))
            {
                var (ranker, scores) = scored[need.Id];
                var raw = scores.Select(s => s.Value).ToList();
                var candidates = need.Pool.Select(p => p.Candidate).ToList();
                for (var seed = 0; seed < Seeds; seed++)
                {
                    var random = new Random((need.Need.Document.Id * 1_000) + seed);
                    var order = Enumerable.Range(0, raw.Count).OrderBy(_ => random.Next()).ToList();
                    var shown = order.Take(k).ToList();
                    var rest = order.Skip(k).ToList();
                    double? Ndcg(IReadOnlyList<double> values) => RankingMetrics.Ndcg([.. rest.OrderByDescending(i => values[i]).ThenBy(i => need.Pool[i].Candidate.Document.Id).Select(i => need.Pool[i].Level)], 10);
                    if (rest.All(i => need.Pool[i].Level < 3) || Ndcg(raw) is not { } before) continue;
                    var adjusted = RelevanceFeedback.Adjust(raw, candidates, [.. shown.Select(i => (i, need.Pool[i].Level))], i => ranker.Scale.Mean(raw[i]));
                    without += before;
                    with += Ndcg(adjusted)!.Value;
                    count++;
                }
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {k} | {without / count:0.000} | {with / count:0.000} | {(with - without) / count:+0.000;-0.000;0.000} |"));
        }
    }
}
