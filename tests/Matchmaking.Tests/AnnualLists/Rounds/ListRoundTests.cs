using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.AnnualLists.Rounds;

namespace Matchmaking.Tests.AnnualLists.Rounds;

/// <summary>The entity alone: every phase with every act, days that cannot be, sheets that are handed in.</summary>
public sealed class ListRoundTests
{
    private static readonly DateOnly Start = new(2026, 3, 2);
    private static readonly RoundCalendar Calendar = new(Start, Start.AddDays(20), Start.AddDays(40), Start.AddDays(50), Start.AddDays(65), Start.AddDays(75));
    private static readonly RoundResults Results = new(RoundResults.Additive, [new(0, 5, 80, 80, 1, nameof(SelectionOutcome.ByScore), null)], [], 1, null, null, null, null);

    private static DateTimeOffset At(DateOnly day, int hour = 12) => ProvinceTime.At(day, hour);

    private static ListRound Planned() => new(AnnualListKind.KeyTechnologyNeeds, 2026, "征集（示例）", Calendar, ListRoundRules.DefaultOf(AnnualListKind.KeyTechnologyNeeds), 1, At(Start.AddDays(-10)));

    private static (ListRound Round, AnnualList List) In(ListRoundPhase phase)
    {
        var round = Planned();
        var list = new AnnualList(AnnualListKind.KeyTechnologyNeeds, 2026, AnnualListRules.DefaultOf(AnnualListKind.KeyTechnologyNeeds), 15, 1, At(Start));
        list.Propose([new ProposedEntry(1, 1, []), new ProposedEntry(2, 1, [])], null, At(Start));
        if (phase == ListRoundPhase.Cancelled) round.Cancel("试验", 1, At(Start));
        if (phase is ListRoundPhase.Planned or ListRoundPhase.Cancelled) return (round, list);
        round.Open(list, At(Start));
        if (phase == ListRoundPhase.Collecting) return (round, list);
        round.StartScoring(At(Start.AddDays(21)));
        if (phase == ListRoundPhase.Scoring) return (round, list);
        round.Compute(Results, At(Start.AddDays(41)));
        if (phase == ListRoundPhase.Reviewing) return (round, list);
        list.StartNotice(Calendar.NoticeFrom, Calendar.NoticeUntil, Calendar.PublishOn, 1, At(Calendar.NoticeFrom));
        round.FollowNotice(list, At(Calendar.NoticeFrom));
        if (phase == ListRoundPhase.InNotice) return (round, list);
        round.CloseNotice(At(Calendar.NoticeUntil.AddDays(1)));
        if (phase == ListRoundPhase.Deciding) return (round, list);
        round.Finish(At(Calendar.PublishOn));
        return (round, list);
    }

    /// <summary>Does the act with arguments that are right in its own phase.</summary>
    private static void Do(ListRoundAct act, ListRound round, AnnualList list)
    {
        var expert = new ExpertCandidate(1, 1, "", null, false, [], [], [], new HashSet<int>());
        switch (act)
        {
            case ListRoundAct.ChangeRules: round.ChangeRules("改", ListRoundRules.DefaultOf(round.Kind), 1, At(Start)); break;
            case ListRoundAct.MoveDate: round.MoveDate(RoundDate.NoticeUntil, Calendar.NoticeUntil.AddDays(1), "试验", 1, At(Start)); break;
            case ListRoundAct.Open: round.Open(list, At(Start)); break;
            case ListRoundAct.StartScoring: round.StartScoring(At(Start)); break;
            case ListRoundAct.Invite: round.Invite(expert, At(Start)); break;
            case ListRoundAct.Score:
                var sheet = new ScoreSheet(round, round.Invitations.FirstOrDefault() ?? null!, 1, At(Start));
                sheet.Save([], "", At(Start));
                break;
            case ListRoundAct.Compute: round.Compute(Results, At(Calendar.ScoreUntil.AddDays(1))); break;
            case ListRoundAct.StartNotice:
                if (list.State == AnnualListState.Open) list.StartNotice(Calendar.NoticeFrom, Calendar.NoticeUntil, Calendar.PublishOn, 1, At(Start));
                round.FollowNotice(list, At(Calendar.NoticeFrom));
                break;
            case ListRoundAct.Object: _ = new Objection(round, list.Listed.First(), new("名", "a@test.invalid", "由", "据"), null, At(Calendar.NoticeUntil)); break;
            case ListRoundAct.Decide: round.Decided("Y01", true, 1, At(Start)); break;
            case ListRoundAct.CloseNotice: round.CloseNotice(At(Calendar.NoticeUntil.AddDays(1))); break;
            case ListRoundAct.Finish: round.Finish(At(Start)); break;
            default: round.Cancel("试验", 1, At(Start)); break;
        }
    }

    public static TheoryData<ListRoundPhase, ListRoundAct> Pairs => [.. from phase in Enum.GetValues<ListRoundPhase>() from act in Enum.GetValues<ListRoundAct>() select (phase, act)];

    /// <summary>Written out here a second time, so that a change of the table in the code is one on purpose.</summary>
    private static readonly Dictionary<ListRoundAct, string> Table = new()
    {
        //                           phases in order: Planned Collecting Scoring Reviewing InNotice Deciding Published Cancelled
        [ListRoundAct.ChangeRules] = "xx------", [ListRoundAct.MoveDate] = "xxxxx---", [ListRoundAct.Open] = "x-------", [ListRoundAct.StartScoring] = "-x------",
        [ListRoundAct.Invite] = "--x-----", [ListRoundAct.Score] = "--x-----", [ListRoundAct.Compute] = "--x-----", [ListRoundAct.StartNotice] = "-xxx----",
        [ListRoundAct.Object] = "----x---", [ListRoundAct.Decide] = "----xx--", [ListRoundAct.CloseNotice] = "----x---", [ListRoundAct.Finish] = "----xx--", [ListRoundAct.Cancel] = "xxxx----",
    };

    [Theory, MemberData(nameof(Pairs))]
    public void Each_act_is_allowed_in_its_phases_only(ListRoundPhase phase, ListRoundAct act)
    {
        var (round, list) = In(phase);
        Assert.Equal(phase, round.Phase);
        var before = round.Version;
        if (Table[act][(int)phase] == 'x')
        {
            Do(act, round, list);
            Assert.True(act is ListRoundAct.Score or ListRoundAct.Object || round.Version > before);
        }
        else
        {
            Assert.Throws<ListRoundRefusedException>(() => Do(act, round, list));
            Assert.Equal((phase, before), (round.Phase, round.Version));
        }
    }

    [Theory]
    [InlineData(RoundDate.CollectUntil, -1, "DatePast")]
    [InlineData(RoundDate.ScoreUntil, 20, "DateOrder")]
    [InlineData(RoundDate.NoticeUntil, 53, "NoticeDays")]
    [InlineData(RoundDate.PublishOn, 65, "DateOrder")]
    [InlineData(RoundDate.PublishOn, 126, "PublishLate")]
    public void Days_that_cannot_be_are_refused(RoundDate date, int day, string code) =>
        Assert.Equal(code, Assert.Throws<ListRoundRefusedException>(() => Planned().MoveDate(date, Start.AddDays(day), "试验", 1, At(Start))).Code);

    [Fact]
    public void A_day_that_is_over_stands_and_an_announced_one_is_only_put_off()
    {
        var (round, list) = In(ListRoundPhase.Reviewing);
        Assert.Equal("DateFixed", Assert.Throws<ListRoundRefusedException>(() => round.MoveDate(RoundDate.ScoreUntil, Start.AddDays(45), "试验", 1, At(Start.AddDays(42)))).Code);
        (round, list) = In(ListRoundPhase.InNotice);
        Assert.Equal("NoticeShortened", Assert.Throws<ListRoundRefusedException>(() => round.MoveDate(RoundDate.NoticeUntil, Start.AddDays(60), "试验", 1, At(Calendar.NoticeFrom))).Code);
        round.MoveDate(RoundDate.NoticeUntil, Start.AddDays(70), "材料不齐", 1, At(Calendar.NoticeFrom));
        var step = round.Steps.Last();
        Assert.Equal(("MoveDate", "NoticeUntil 2026-05-06 2026-05-11", "材料不齐"), (step.Act, step.Detail, step.Reason));
        Assert.Equal((Start.AddDays(70), Start.AddDays(80)), (list.NoticeUntil, ProvinceTime.DayOf(list.PublishAt!.Value)));
        Assert.Equal(Start.AddDays(80), round.Calendar.PublishOn);
    }

    [Fact]
    public void A_sheet_is_checked_handed_in_once_and_closed_with_the_last_day()
    {
        var (round, _) = In(ListRoundPhase.Scoring);
        var sheet = new ScoreSheet(round, round.Invite(new ExpertCandidate(1, 1, "", null, false, [], [], [], new HashSet<int>()), At(Start)), 1, At(Start));
        string Code(Action act) => Assert.Throws<ListRoundRefusedException>(act).Code;
        CriterionScore[] whole = [.. round.Rules.Criteria.Select((c, i) => new CriterionScore(c.Code, 60 + (10 * i)))];
        Assert.Equal("ScoreOutOfRange", Code(() => sheet.Save([new("IndustryPull", 100.5m)], "", At(Start))));
        Assert.Equal("ScoreOutOfRange", Code(() => sheet.Save([new("IndustryPull", -1)], "", At(Start))));
        Assert.Equal("ScoreOutOfRange", Code(() => sheet.Save([new("IndustryPull", 66.66m)], "", At(Start))));
        Assert.Equal("UnknownCriterion", Code(() => sheet.Save([new("Maturity", 66)], "", At(Start))));
        sheet.Save(whole[..4], "", At(Start));
        Assert.Equal("ScoresMissing", Code(() => sheet.Submit(At(Start))));
        sheet.Save(whole, "", At(Calendar.ScoreUntil, 23));
        // 60·30 % + 70·15 % + 80·25 % + 90·15 % + 100·15 %
        Assert.Equal(77m, round.Rules.Total(sheet.Scores));
        sheet.Submit(At(Calendar.ScoreUntil, 23));
        Assert.Equal("AlreadySubmitted", Code(() => sheet.Submit(At(Calendar.ScoreUntil, 23))));
        Assert.Equal("AlreadySubmitted", Code(() => sheet.Save(whole, "", At(Calendar.ScoreUntil, 23))));
        var late = new ScoreSheet(round, round.Invitations.Single(), 2, At(Start));
        Assert.Equal("ScoringOver", Code(() => late.Save(whole, "", At(Calendar.ScoreUntil.AddDays(1), 0))));
    }

    [Fact]
    public void A_list_takes_its_order_from_the_scores_and_from_then_on_asks_for_a_reason()
    {
        var list = new AnnualList(AnnualListKind.KeyTechnologyNeeds, 2026, AnnualListRules.DefaultOf(AnnualListKind.KeyTechnologyNeeds), 15, 1, At(Start));
        list.Propose([new ProposedEntry(11, 1, []), new ProposedEntry(12, 1, []), new ProposedEntry(13, 1, [])], null, At(Start));
        // Ids as the database would give them.
        foreach (var (entry, i) in list.Entries.Select((e, i) => (e, i))) typeof(AnnualListEntry).GetProperty(nameof(AnnualListEntry.Id))!.SetValue(entry, i + 1);
        list.Place(1, 2, "", 1, At(Start));
        list.TakeScores(new RoundResults(RoundResults.Additive,
            [new(3, 5, 90, 91, 1, "ByScore", null), new(1, 5, 80, 80, 2, "ByQuota", null), new(2, 5, 85, 70, 3, "BelowLine", null)], [], 1, null, null, null, null), At(Start));
        Assert.Equal([13, 11], list.Listed.Select(e => e.ListingId));
        Assert.Equal(AnnualList.NotChosen, list.Entries.Single(e => e.ListingId == 12).Reason);
        Assert.Equal("ReasonNeeded", Assert.Throws<AnnualListRefusedException>(() => list.Place(1, 1, " ", 1, At(Start))).Code);
        Assert.Equal("Scored", Assert.Throws<AnnualListRefusedException>(() => list.Propose([], null, At(Start))).Code);
        list.Place(1, 1, "产业急需", 1, At(Start));
        Assert.Equal([11, 13], list.Listed.Select(e => e.ListingId));
        Assert.Equal("产业急需", list.Steps.Last().Remark);
    }
}
