using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;

namespace Matchmaking.Tests.Ranking;

/// <summary>Learning from grades on made vectors: a need fits what lies near it.</summary>
public sealed class LearningTests
{
    private static ListingVectors Vector(double angle) => new("m1", [(float)Math.Cos(angle), (float)Math.Sin(angle)], [(float)Math.Cos(angle), (float)Math.Sin(angle)], []);

    private static IndexEntry Need(int id, double angle) => new(Documents.Need with { Id = id }, Vector(angle));

    private static IndexEntry Achievement(int id, double angle) => new(Documents.Achievement with { Id = id }, Vector(angle));

    /// <summary>Needs all around, each with achievements near (grade 4), aside (2) and opposite (1); the cosine is the only feature that tells.</summary>
    private static List<GradedPair> Grades(int needs) =>
    [
        .. from n in Enumerable.Range(0, needs)
           from a in Enumerable.Range(0, 8)
           let angle = n * 0.7
           let off = a * 0.4
           select new GradedPair(Need(n + 1, angle), Achievement(1_000 + (n * 8) + a, angle + off),
               new Dictionary<string, double> { [Feature.CosineText] = Math.Cos(off), [Feature.Field] = a % 2 }, a < 2 ? 4 : a < 4 ? 2 : 1),
    ];

    private static List<Candidate> CandidatesOf(IEnumerable<GradedPair> pairs) => [.. pairs.Select(p => new Candidate(p.Need, p.Achievement, p.Features))];

    [Fact]
    public void What_is_learned_orders_an_unseen_need_and_is_the_same_each_time()
    {
        var all = Grades(30);
        var unseen = all.Where(p => p.Need.Document.Id == 30).ToList();
        var known = all.Where(p => p.Need.Document.Id < 30).ToList();

        var scores = RankerTrainer.Train(known).ScoreAll(CandidatesOf(unseen)).ToList();

        Assert.Equal([4, 4], scores.Zip(unseen).OrderByDescending(s => s.First.Value).Take(2).Select(s => s.Second.Grade));
        Assert.All(scores, s => Assert.InRange(s.Probability, 0, 1));
        Assert.Equal(scores.Select(s => s.Value), RankerTrainer.Train(known).ScoreAll(CandidatesOf(unseen)).Select(s => s.Value));
    }

    [Fact]
    public void Too_few_grades_and_grades_of_one_kind_teach_nothing_and_say_so()
    {
        Assert.Contains("too few", Assert.Throws<ArgumentException>(() => RankerTrainer.Train(Grades(2))).Message, StringComparison.Ordinal);
        Assert.Contains("one side", Assert.Throws<ArgumentException>(() => RankerTrainer.Train([.. Grades(20).Select(p => p with { Grade = 1 })])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Contributions_add_up_to_the_score_and_the_grades_of_similar_pairs_are_one_of_them()
    {
        var all = Grades(30);
        var ranker = RankerTrainer.Train([.. all.Where(p => p.Need.Document.Id < 30)]);

        var scores = ranker.ScoreAll(CandidatesOf(all.Where(p => p.Need.Document.Id == 30)));

        Assert.All(scores, s => Assert.Equal(s.Value, s.Contributions.Sum(c => c.Value), 9));
        Assert.All(scores, s => Assert.Contains(s.Contributions, c => c.Feature == LearnedRanker.SimilarGrades && Math.Abs(c.Value) > 1e-3));
        Assert.All(scores, s => Assert.InRange(s.Value, 0, 5));
    }

    [Fact]
    public void A_broker_who_thinks_otherwise_of_similar_pairs_moves_the_score()
    {
        var all = Grades(30);
        var asked = CandidatesOf(all.Where(p => p.Need.Document.Id == 30).Take(1));
        var known = all.Where(p => p.Need.Document.Id < 30).ToList();
        var nearest = known.OrderByDescending(p => PairKernel.Of(PairKernel.Join(p.Need.Vectors), PairKernel.Join(asked[0].Need.Vectors))
            * PairKernel.Of(PairKernel.Join(p.Achievement.Vectors), PairKernel.Join(asked[0].Achievement.Vectors))).First();

        var before = RankerTrainer.Train(known).ScoreAll(asked)[0].Value;
        var after = RankerTrainer.Train([.. known.Select(p => p == nearest ? p with { Grade = 5 - p.Grade } : p)]).ScoreAll(asked)[0].Value;

        Assert.True(Math.Abs(before - after) > 0.01 && Math.Sign(after - before) == Math.Sign(5 - (2 * nearest.Grade)));
    }

    [Fact]
    public void Without_a_needs_own_grades_the_ranker_is_as_if_they_had_never_been_given()
    {
        var all = Grades(20);
        var asked = CandidatesOf(all.Where(p => p.Need.Document.Id == 1));
        var turned = all.Select(p => p.Need.Document.Id == 1 ? p with { Grade = 5 - p.Grade } : p).ToList();
        static List<double> Values(IReadOnlyList<Score> scores) => [.. scores.Select(s => Math.Round(s.Value, 3))];

        var (one, other) = (new RankerTrainer(all), new RankerTrainer(turned));
        var (full, fullTurned) = (one.Train("a"), other.Train("b"));

        Assert.Equal(Values(one.TrainWithout(1, full).ScoreAll(asked)), Values(other.TrainWithout(1, fullTurned).ScoreAll(asked)));
        Assert.NotEqual(Values(full.ScoreAll(asked)), Values(fullTurned.ScoreAll(asked)));
    }

    [Fact]
    public void What_was_learned_is_stored_and_read_back_and_a_model_of_other_features_is_refused()
    {
        var all = Grades(20);
        var ranker = RankerTrainer.Train(all, "learned-3");
        byte[] Bytes(LearnedModel model)
        {
            using var stream = new MemoryStream();
            model.Save(stream);
            return stream.ToArray();
        }

        var bytes = Bytes(ranker.Model);
        var again = new LearnedRanker(LearnedModel.Load(new MemoryStream(bytes)));

        Assert.Equal("learned-3", again.Version);
        Assert.Equal(ranker.ScoreAll(CandidatesOf(all)).Select(s => s.Value), again.ScoreAll(CandidatesOf(all)).Select(s => s.Value));
        string[] others = [.. LearnedFeatures.Names.Skip(1), "luck"];
        Assert.Contains("luck", Assert.Throws<InvalidDataException>(() => LearnedModel.Load(new MemoryStream(Bytes(ranker.Model with { Features = others })))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => LearnedModel.Load(new MemoryStream(bytes[..(bytes.Length / 2)])));
        Assert.Throws<InvalidDataException>(() => LearnedModel.Load(new MemoryStream([9, 0, 0, 0])));
    }

    [Fact]
    public void Without_vectors_what_is_learned_still_scores_by_features()
    {
        var scores = RankerTrainer.Train([.. Grades(20).Select(p => p with { Need = p.Need with { Vectors = null }, Achievement = p.Achievement with { Vectors = null } })])
            .ScoreAll(CandidatesOf(Grades(1)));
        Assert.All(scores, s => Assert.True(double.IsFinite(s.Value) && double.IsFinite(s.Probability)));
        Assert.True(scores[0].Value > scores[7].Value);
    }

    [Theory]
    [MemberData(nameof(WeightedRankerTests.Texts), MemberType = typeof(WeightedRankerTests))]
    public void Odd_records_get_finite_scores(string text)
    {
        var ranker = RankerTrainer.Train(Grades(20));
        var bare = Documents.Need with { Title = text, Summary = text, Description = text, Keywords = [text], Quantities = [], Field = "", Industry = "", Region = "" };
        List<IndexEntry> achievements = [new(bare with { Id = 2, Kind = ListingKind.Achievement }, null), new(Documents.Achievement with { Id = 3 }, new ListingVectors("m1", [1], [], [[]])), new(Documents.Achievement with { Id = 4 }, Documents.Vectors(1) with { Model = "m2" })];
        var candidates = achievements.Select(a => new Candidate(new(bare, Vector(1)), a,
            PairFeatures.Describe(new PreparedListing(bare, Vector(1)), new PreparedListing(a.Document, a.Vectors), TermStatistics.Empty, Documents.Today).Values)).ToList();

        Assert.All(ranker.ScoreAll(candidates), s => Assert.True(double.IsFinite(s.Value) && s.Probability is >= 0 and <= 1 && s.Contributions.All(c => double.IsFinite(c.Value))));
        Assert.Empty(ranker.ScoreAll([]));
    }

    [Fact]
    public void Near_duplicate_needs_share_a_fold()
    {
        List<IndexEntry> needs = [.. Enumerable.Range(0, 12).Select(i => Need(i + 1, i * 0.5)), Need(13, 0.01), Need(14, 2.5)];

        var folds = RankerTrainer.Folds(needs, 4);

        Assert.Equal((folds[0], folds[5]), (folds[12], folds[13]));
        Assert.Equal(4, folds.Distinct().Count());
    }

    [Fact]
    public void A_good_grade_lifts_what_is_like_it_and_a_poor_one_lowers_it()
    {
        List<IndexEntry> candidates = [Achievement(1, 0), Achievement(2, 0.1), Achievement(3, 3)];

        var lifted = RelevanceFeedback.Corrections([1.6, 1.6, 1.6], candidates, [(0, 4)]);
        var lowered = RelevanceFeedback.Corrections([1.6, 1.6, 1.6], candidates, [(0, 1)]);

        Assert.True(lifted[1] > lifted[2] && lifted[1] > 0);
        Assert.True(lowered[1] < lowered[2] && lowered[1] < 0);
        Assert.Equal([0.0, 0, 0], RelevanceFeedback.Corrections([1, 2, 3], candidates, []));
    }

    [Fact]
    public void The_scale_of_grades_rises_with_the_score_and_stays_finite_with_one_outcome()
    {
        var scale = GradeScale.Fit([.. Enumerable.Range(0, 200).Select(i => (i / 50.0, 1 + (i / 50)))]);
        Assert.Equal([1, 2, 3, 4], new[] { 0.3, 1.5, 2.5, 3.7 }.Select(scale.Median));
        Assert.True(scale.Mean(3.7) > scale.Mean(0.3) && scale.Good(3.7) > 0.5);

        var flat = GradeScale.Fit([.. Enumerable.Range(0, 20).Select(i => ((double)i, 1))]);
        Assert.True(double.IsFinite(flat.Mean(5)));
        Assert.Equal(1, flat.Median(5));
    }
}
