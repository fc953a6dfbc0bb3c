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
    public void A_needs_own_grades_never_enter_what_its_neighbours_suggest()
    {
        var grades = Grades(10);
        var own = grades.Where(p => p.Need.Document.Id == 1).ToList();
        var turned = grades.Select(p => p.Need.Document.Id == 1 ? p with { Grade = 5 - p.Grade } : p);
        var asked = own.Select(p => p.Achievement).ToList();

        // Its own achievements moved elsewhere: the same grades, so the same usual grade, but nothing near what is asked for.
        var without = new NeighbourLabels(grades.Where(p => p.Need.Document.Id != 1).Concat(own.Select(p => p with { Achievement = Achievement(1, 9) }))).Suggest(own[0].Need, asked);
        Assert.Equal(new NeighbourLabels(grades).Suggest(own[0].Need, asked).Select(Round), without.Select(Round));
        var other = grades.First(p => p.Need.Document.Id == 2).Need;
        Assert.NotEqual(new NeighbourLabels(grades).Suggest(other, asked), new NeighbourLabels(turned).Suggest(other, asked));
    }

    [Fact]
    public void Neighbours_suggest_nothing_without_vectors()
    {
        var grades = Grades(3);
        Assert.Null(new NeighbourLabels(grades).Suggest(grades[0].Need with { Vectors = null }, [grades[0].Achievement])[0]);
        Assert.Null(new NeighbourLabels([]).Suggest(grades[0].Need, [grades[0].Achievement])[0]);
    }

    [Fact]
    public void A_good_grade_lifts_what_is_like_it_and_a_poor_one_lowers_it()
    {
        List<IndexEntry> candidates = [Achievement(1, 0), Achievement(2, 0.1), Achievement(3, 3)];

        var lifted = RelevanceFeedback.Adjust([0, 0, 0], candidates, [(0, 4)], _ => 1.6);
        var lowered = RelevanceFeedback.Adjust([0, 0, 0], candidates, [(0, 1)], _ => 1.6);

        Assert.True(lifted[1] > lifted[2] && lifted[1] > 0);
        Assert.True(lowered[1] < lowered[2] && lowered[1] < 0);
        Assert.Equal([1.0, 2, 3], RelevanceFeedback.Adjust([1, 2, 3], candidates, [], _ => 1.6));
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

    private static double Round(double? value) => Math.Round(value!.Value, 9);
}
