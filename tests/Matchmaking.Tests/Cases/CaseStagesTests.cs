using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Organizations;

namespace Matchmaking.Tests.Cases;

public sealed class CaseStagesTests
{
    private static readonly DateTimeOffset At = CasePair.At;

    // The table of the field (D5), written a second time and by hand.
    private static readonly Dictionary<CaseStage, CaseStage[]> Next = new()
    {
        [CaseStage.Recommended] = [CaseStage.Accepted, CaseStage.Ended],
        [CaseStage.Accepted] = [CaseStage.Pushed, CaseStage.Ended],
        [CaseStage.Pushed] = [CaseStage.OneInterested, CaseStage.Ended],
        [CaseStage.OneInterested] = [CaseStage.BothInterested, CaseStage.Ended],
        [CaseStage.BothInterested] = [CaseStage.Met, CaseStage.Ended],
        [CaseStage.Met] = [CaseStage.Negotiating, CaseStage.Ended],
        [CaseStage.Negotiating] = [CaseStage.Signed, CaseStage.Ended],
        [CaseStage.Signed] = [CaseStage.Registered, CaseStage.Ended],
        [CaseStage.Registered] = [CaseStage.Closed, CaseStage.Ended],
        [CaseStage.Closed] = [],
        [CaseStage.Ended] = [],
    };

    public static TheoryData<CaseStage, CaseStage> Pairs => [.. from a in Enum.GetValues<CaseStage>() from b in Enum.GetValues<CaseStage>() select (a, b)];

    [Theory, MemberData(nameof(Pairs))]
    public void A_case_goes_from_a_stage_to_the_next_or_to_its_end_and_nowhere_else(CaseStage from, CaseStage to)
    {
        // Each verb on a case of its own: does any of them lead to the wanted stage?
        var reached = false;
        for (var verb = 0; verb < 9; verb++)
        {
            var match = CasePair.Graded();
            var moved = CasePair.In(from, match);
            Assert.Equal(from, moved.Stage);
            try
            {
                Do(moved, match, verb);
                reached |= moved.Stage == to && to != from;
                Assert.Equal(from, moved.Steps.Last(s => s.To == moved.Stage).From);
            }
            catch (CaseRefusedException refused)
            {
                Assert.Equal((from, from), (refused.Stage, moved.Stage));
            }
        }
        Assert.Equal(Next[from].Contains(to), reached);
    }

    private static void Do(Case moved, Match match, int verb)
    {
        var broker = CasePair.Broker;
        switch (verb)
        {
            case 0: moved.Accept(match, broker, At); break;
            case 1: moved.Push(match, broker, At); break;
            // The side that has not answered, so that one more yes leads on.
            case 2: moved.SayInterested(moved.Party(CaseSide.Need).Answer == SideAnswer.Interested ? CaseSide.Achievement : CaseSide.Need, Interest.None, 2, At); break;
            case 3:
                if (moved.Stage == CaseStage.BothInterested)
                    foreach (var side in Enum.GetValues<CaseSide>()) moved.Consent(side, CaseLayer.Contact, ConsentPurpose.Cooperation, "对方", 1, At);
                moved.Meet(broker, At);
                break;
            case 4: moved.Negotiate(broker, At); break;
            case 5: moved.Sign(5, broker, At); break;
            case 6: moved.Register(broker, At); break;
            case 7: moved.Close(broker, At); break;
            default: moved.End(EndReason.Other, "", broker, At); break;
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(2)]
    public void Below_grade_3_nobody_is_introduced(int? grade)
    {
        var match = CasePair.Graded(grade);

        Assert.Equal(CaseProblem.GradeTooLow, Assert.Throws<CaseRefusedException>(() => Case.Propose(match, CasePair.Broker, At)).Problem);
        var asked = Case.Request(match, CaseSide.Need, Interest.None, 1, At);
        Assert.Equal(CaseProblem.GradeTooLow, Assert.Throws<CaseRefusedException>(() => asked.Accept(match, CasePair.Broker, At)).Problem);
    }

    [Fact]
    public void A_grade_taken_back_stops_the_push()
    {
        var match = CasePair.Graded();
        var made = Case.Propose(match, CasePair.Broker, At);
        match.UndoGrade(CasePair.Broker, At);

        Assert.Equal(CaseProblem.GradeTooLow, Assert.Throws<CaseRefusedException>(() => made.Push(match, CasePair.Broker, At)).Problem);
    }

    [Fact]
    public void A_withdrawn_record_is_not_pushed()
    {
        var match = CasePair.Graded();
        var made = Case.Propose(match, CasePair.Broker, At);
        match.Achievement.Withdraw(2, At);

        Assert.Equal(CaseProblem.NotPublic, Assert.Throws<CaseRefusedException>(() => made.Push(match, CasePair.Broker, At)).Problem);
    }

    [Fact]
    public void An_organisation_is_not_introduced_to_itself()
    {
        var match = CasePair.Graded(both: CasePair.Organization("91220100MA0TQ001X", OrganizationKind.University));

        Assert.Equal(CaseProblem.OwnBothSides, Assert.Throws<CaseRefusedException>(() => Case.Propose(match, CasePair.Broker, At)).Problem);
    }

    [Fact]
    public void The_side_that_asked_need_not_answer_again_and_no_stage_is_skipped()
    {
        var match = CasePair.Graded();
        var asked = Case.Request(match, CaseSide.Achievement, Interest.None, 2, At);
        asked.Accept(match, CasePair.Broker, At);
        asked.Push(match, CasePair.Broker, At);

        Assert.Equal([CaseStage.Recommended, CaseStage.Accepted, CaseStage.Pushed, CaseStage.OneInterested], asked.Steps.Select(s => s.To));
        Assert.Equal(CaseProblem.AlreadyAnswered, Assert.Throws<CaseRefusedException>(() => asked.SayInterested(CaseSide.Achievement, Interest.None, 2, At)).Problem);
    }

    [Fact]
    public void Nobody_meets_before_both_have_consented()
    {
        var made = CasePair.In(CaseStage.BothInterested);
        made.Consent(CaseSide.Need, CaseLayer.Contact, ConsentPurpose.Cooperation, "对方", 1, At);

        Assert.Equal(CaseProblem.NoConsent, Assert.Throws<CaseRefusedException>(() => made.Meet(CasePair.Broker, At)).Problem);
    }

    [Fact]
    public void Documents_wait_for_the_confidentiality_agreement_of_both()
    {
        var made = CasePair.In(CaseStage.Met);
        made.Consent(CaseSide.Need, CaseLayer.Documents, ConsentPurpose.Cooperation, "对方", 1, At);
        made.AskNda("双方保密。", CasePair.Broker, At);
        made.AcceptNda(CaseSide.Need, 1, At);
        Assert.False(made.MayRead(CaseSide.Need, CaseLayer.Documents));

        made.AcceptNda(CaseSide.Achievement, 2, At);
        Assert.True(made.MayRead(CaseSide.Need, CaseLayer.Documents));
        Assert.False(made.MayRead(CaseSide.Achievement, CaseLayer.Documents));

        made.AskNda("双方保密，另加一条。", CasePair.Broker, At);
        Assert.False(made.MayRead(CaseSide.Need, CaseLayer.Documents));
    }

    [Fact]
    public void A_question_gives_the_side_its_days_anew()
    {
        var made = CasePair.In(CaseStage.Pushed);
        // Tuesday and five working days: the Tuesday after.
        Assert.Equal(new DateOnly(2026, 12, 1), made.DueOn);

        made.Ask(CaseSide.Need, 1, At.AddDays(3));

        Assert.Equal(CaseStage.Pushed, made.Stage);
        Assert.Equal(new DateOnly(2026, 12, 4), made.DueOn);
    }

    [Theory]
    [InlineData("2026-11-27", 1, "2026-11-30")]
    [InlineData("2026-11-28", 1, "2026-11-30")]
    [InlineData("2026-11-24", 10, "2026-12-08")]
    public void Working_days_leave_out_Saturday_and_Sunday(string from, int days, string expected) =>
        Assert.Equal(DateOnly.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), new Matching.Operations.WorkingDays().After(DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), days));

    [Fact]
    public void Every_act_and_every_stage_has_its_rule()
    {
        Assert.Equal(Enum.GetValues<CaseAct>(), Case.Allowed.Keys.Order());
        Assert.Equal(Enum.GetValues<CaseStage>(), CaseClock.Rules.Keys.Order());
    }
}
