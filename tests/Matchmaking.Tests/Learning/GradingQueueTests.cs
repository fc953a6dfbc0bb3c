using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Evaluation;

namespace Matchmaking.Tests.Learning;

/// <summary>What a broker is asked to grade, how several grades settle, how agreement is measured.</summary>
public sealed class GradingQueueTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_best_come_first_and_the_others_are_mixed_in_at_their_places()
    {
        var best = Enumerable.Range(1, 20).ToList();

        var order = GradingQueue.Mix(best, unsure: [15, 16], below: [101, 102], second: [201]);

        Assert.Equal([1, 2, 3, 15, 4, 201, 5, 16, 6, 101, 7], order.Take(11));
        Assert.Equal(order.Count, order.Distinct().Count());
        Assert.All(best, id => Assert.Contains(id, order));
    }

    [Fact]
    public void What_is_too_poor_to_be_shown_is_not_asked_about_alone()
    {
        Assert.Empty(GradingQueue.Mix([], [], [101, 102], []));
        Assert.Equal([201, 202], GradingQueue.Mix([], [], [101], [201, 202]));
    }

    [Theory]
    [InlineData(20, new[] { 3 }, true)]
    [InlineData(21, new[] { 3 }, false)]
    [InlineData(21, new[] { 4, 3 }, false)]
    [InlineData(21, new[] { 2, 3 }, true)]
    [InlineData(21, new[] { 4, 1 }, true)]
    [InlineData(20, new[] { 4, 1, 2 }, false)]
    public void A_sample_is_graded_twice_and_a_disagreement_by_a_third(int match, int[] grades, bool another) => Assert.Equal(another, GradingQueue.WantsAnother(match, grades));

    [Fact]
    public void The_last_grade_holds_and_of_three_brokers_the_middle_one()
    {
        var match = new Match(1, 2, At);
        match.GradeAs(1, "", 11, At);
        match.GradeAs(4, "", 12, At.AddMinutes(1));
        Assert.Equal(4, match.CurrentGrade);

        match.GradeAs(2, "", 13, At.AddMinutes(2));
        Assert.Equal(2, match.CurrentGrade);
        Assert.True(match.UndoGrade(13, At.AddMinutes(3)));
        Assert.Equal((4, At.AddMinutes(1)), (match.CurrentGrade, match.GradedAt));
    }

    [Fact]
    public void Kappa_is_1_for_agreement_0_for_chance_and_weighs_far_grades_more()
    {
        Assert.Equal(1, Agreement.Of([(1, 1), (4, 4), (2, 2)]).Kappa!.Value, 9);
        // Worked by hand: observed mean of squares 2/4, expected 40/16; 1 − 8/40.
        Assert.Equal(1 - (8.0 / 40), Agreement.Of([(1, 2), (4, 4), (2, 1), (3, 3)]).Kappa!.Value, 9);
        Assert.Equal(0, Agreement.Of([(1, 1), (1, 4), (4, 1), (4, 4)]).Kappa!.Value, 9);
        Assert.Null(Agreement.Of([]).Kappa);
        Assert.Null(Agreement.Of([(3, 3), (3, 3)]).Kappa);
    }
}
