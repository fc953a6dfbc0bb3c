using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Text;

namespace Matchmaking.Tests.Cases;

/// <summary>A published need and achievement with a match, without a database.</summary>
internal static class CasePair
{
    public static readonly DateTimeOffset At = new(2026, 11, 24, 2, 0, 0, TimeSpan.Zero);
    public const int Broker = 7;

    public static Match Graded(int? grade = 3, Organization? both = null)
    {
        var firm = both ?? Organization("91220100MA0TQ001X", OrganizationKind.Enterprise);
        var university = both ?? Organization("91220100MA0TQ002X", OrganizationKind.University);
        var need = new Need(firm, 1, At);
        Publish(need, new NeedContent
        {
            Title = "低温快充", Summary = "抑制析锂。", Description = "零下三十度充电不超过40 min，循环寿命不下降。", Keywords = ["电池"], Field = TechnologyField.NewEnergy, Industry = "C38", Region = "220100",
            Quantities = [new Quantity("充电时间", Comparison.Le, 40, null, "min")], Cooperation = [CooperationMode.JointDevelopment], Money = 120, ValidUntil = new DateOnly(2027, 6, 30),
            Kind = NeedKind.Research, Horizon = Horizon.Near, WorkDone = "试过预热膜。", Deadline = new DateOnly(2027, 8, 31), MinimumTrl = 6,
        });
        var achievement = new Achievement(university, 2, At);
        Publish(achievement, new AchievementContent
        {
            Title = "脉冲自加热", Summary = "低温不析锂。", Description = "脉冲电流在电池内部产热，样机充电35 min。", Keywords = ["自加热"], Field = TechnologyField.NewEnergy, Industry = "C38", Region = "220100",
            Quantities = [new Quantity("充电时间", Comparison.Eq, 35, null, "min")], Cooperation = [CooperationMode.Licence], Money = 80, ValidUntil = new DateOnly(2027, 6, 30), Trl = 7,
            Stage = AchievementStage.Middle, Ip = IpKind.InventionPatent,
        });
        var match = new Match(need, achievement, At);
        if (grade is { } value) match.GradeAs(value, "", Broker, At);
        return match;
    }

    public static Organization Organization(string code, OrganizationKind kind)
    {
        var organization = new Organization("试验单位（示例）", kind, code + CreditCode.CheckCharacter(code), "220100", "C28", null, At);
        organization.Verify(0, At);
        return organization;
    }

    /// <summary>A case in the stage, reached by its verbs; both sides have consented from the moment they could.</summary>
    public static Case In(CaseStage stage, Match? match = null)
    {
        match ??= Graded();
        if (stage == CaseStage.Recommended) return Case.Request(match, CaseSide.Need, Interest.None, 1, At);
        var made = Case.Propose(match, Broker, At);
        if (stage == CaseStage.Ended) made.End(EndReason.Price, "", Broker, At);
        var steps = new (CaseStage To, Action Do)[]
        {
            (CaseStage.Pushed, () => made.Push(match, Broker, At)),
            (CaseStage.OneInterested, () => made.SayInterested(CaseSide.Need, Interest.None, 1, At)),
            (CaseStage.BothInterested, () => made.SayInterested(CaseSide.Achievement, Interest.None, 2, At)),
            (CaseStage.Met, () =>
            {
                made.Consent(CaseSide.Need, CaseLayer.Contact, ConsentPurpose.Cooperation, "对方", 1, At);
                made.Consent(CaseSide.Achievement, CaseLayer.Contact, ConsentPurpose.Cooperation, "对方", 2, At);
                made.Meet(Broker, At);
            }),
            (CaseStage.Negotiating, () => made.Negotiate(Broker, At)),
            (CaseStage.Signed, () => made.Sign(null, Broker, At)),
            (CaseStage.Registered, () => made.Register(Broker, At)),
            (CaseStage.Closed, () => made.Close(Broker, At)),
        };
        foreach (var step in steps.TakeWhile(s => s.To <= stage && stage != CaseStage.Ended)) step.Do();
        return made;
    }

    private static void Publish(Listing listing, ListingContent content)
    {
        listing.Describe(content, new Contact("联系人（示例）", "0431-00000000", ""), At);
        listing.Submit(1, At, new DateOnly(2026, 11, 24));
        listing.Publish("X", 1, At);
    }
}
