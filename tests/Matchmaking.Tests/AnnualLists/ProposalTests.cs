using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Tests.AnnualLists;

public sealed class ProposalTests
{
    private static readonly DateOnly Today = new(2026, 9, 1);
    private static readonly AnnualListRules NeedRules = AnnualListRules.DefaultOf(AnnualListKind.KeyTechnologyNeeds);
    private static readonly AnnualListRules AchievementRules = AnnualListRules.DefaultOf(AnnualListKind.QualityAchievements);

    private static ListCandidate Need(int id = 1, TechnologyField? field = TechnologyField.NewMaterials, int quantities = 2, int? grade = null) => new(
        id, $"XQ2026-220100-{id:D5}", 3, ListingState.Published, Today.AddDays(30), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(id),
        field, quantities, Horizon.Near, Today.AddDays(100), null, grade);

    private static ListCandidate Achievement(int? trl = 7) => Need() with { Number = "CG2026-220100-00001", Horizon = null, Deadline = null, Maturity = trl };

    public static TheoryData<string, string?> NeedCases() => new()
    {
        { "complete", null }, { "draft", "NotPublished" }, { "expired state", "NotPublished" }, { "validity over", "Expired" }, { "valid today", null },
        { "no validity", "Expired" }, { "no field", "NoField" }, { "one quantity", "FewQuantities" }, { "no horizon", "NoHorizon" },
        { "no deadline", "NoDeadline" }, { "deadline passed", "DeadlinePassed" }, { "deadline today", null },
    };

    [Theory, MemberData(nameof(NeedCases))]
    public void A_need_is_kept_out_by_the_first_rule_it_breaks(string what, string? code)
    {
        var need = what switch
        {
            "draft" => Need() with { State = ListingState.Draft },
            "expired state" => Need() with { State = ListingState.Expired },
            "validity over" => Need() with { ValidUntil = Today.AddDays(-1) },
            "valid today" => Need() with { ValidUntil = Today },
            "no validity" => Need() with { ValidUntil = null },
            "no field" => Need() with { Field = null },
            "one quantity" => Need(quantities: 1),
            "no horizon" => Need() with { Horizon = null },
            "no deadline" => Need() with { Deadline = null },
            "deadline passed" => Need() with { Deadline = Today.AddDays(-1) },
            "deadline today" => Need() with { Deadline = Today },
            _ => Need(),
        };

        Assert.Equal(code, AnnualListProposal.WhyNot(AnnualListKind.KeyTechnologyNeeds, NeedRules, need, Today));
    }

    [Theory]
    [InlineData(6, null)]
    [InlineData(5, "Immature")]
    [InlineData(null, "NoMaturity")]
    public void An_achievement_needs_the_least_TRL(int? trl, string? code) =>
        Assert.Equal(code, AnnualListProposal.WhyNot(AnnualListKind.QualityAchievements, AchievementRules, Achievement(trl), Today));

    [Theory]
    [InlineData(null, "LowGrade")]
    [InlineData(2, "LowGrade")]
    [InlineData(3, null)]
    [InlineData(4, null)]
    public void A_least_grade_is_asked_for_only_when_the_rules_do(int? grade, string? code)
    {
        Assert.Equal(code, AnnualListProposal.WhyNot(AnnualListKind.KeyTechnologyNeeds, NeedRules with { MinGrade = 3 }, Need(grade: grade), Today));
        Assert.Null(AnnualListProposal.WhyNot(AnnualListKind.KeyTechnologyNeeds, NeedRules, Need(grade: grade), Today));
    }

    [Fact]
    public void Better_grades_come_first_then_more_quantities_then_earlier_publication_whatever_the_order_given()
    {
        ListCandidate[] candidates = [Need(1), Need(2), Need(3, quantities: 4), Need(4, grade: 3), Need(5, grade: 4), Need(6, quantities: 9)];
        int[] expected = [5, 4, 6, 3, 1, 2];

        foreach (var order in new[] { candidates, [.. candidates.Reverse()], [.. candidates.OrderBy(c => c.ListingId * 7 % 5)] })
        {
            var proposal = AnnualListProposal.Make(
                AnnualListKind.KeyTechnologyNeeds, NeedRules, order, Today, new Dictionary<TechnologyField, int>());
            Assert.Equal(expected, proposal.Entries.Select(e => e.ListingId));
        }
    }

    [Fact]
    public void One_field_fills_no_more_than_its_share_and_the_next_field_gets_the_place()
    {
        var candidates = Enumerable.Range(1, 8).Select(i => Need(i, grade: 4)).Append(Need(9, TechnologyField.Agriculture));

        var proposal = AnnualListProposal.Make(
            AnnualListKind.KeyTechnologyNeeds, NeedRules with { Size = 10, FieldSharePercent = 30 }, candidates, Today, new Dictionary<TechnologyField, int>());

        Assert.Equal([1, 2, 3, 9], proposal.Entries.Select(e => e.ListingId));
        Assert.Equal(5, proposal.LeftOut["FieldFull"]);
        Assert.Equal(3, proposal.Entries[2].Reasons.Single(r => r.Code == "FieldPlace").Number);
    }

    [Fact]
    public void Places_that_staff_filled_count_against_size_and_share()
    {
        var held = new Dictionary<TechnologyField, int> { [TechnologyField.NewMaterials] = 2 };
        var candidates = Enumerable.Range(1, 3).Select(i => Need(i)).Concat(Enumerable.Range(4, 4).Select(i => Need(i, TechnologyField.Aerospace)));

        var proposal = AnnualListProposal.Make(
            AnnualListKind.KeyTechnologyNeeds, NeedRules with { Size = 5, FieldSharePercent = 60 }, candidates, Today, held);

        Assert.Equal([1, 4, 5], proposal.Entries.Select(e => e.ListingId));
        Assert.Equal(2, proposal.LeftOut["FieldFull"]);
        Assert.Equal(2, proposal.LeftOut["ListFull"]);
    }

    [Fact]
    public void Each_entry_says_why_it_was_proposed()
    {
        var need = AnnualListProposal.Make(AnnualListKind.KeyTechnologyNeeds, NeedRules, [Need(quantities: 3, grade: 4)], Today, new Dictionary<TechnologyField, int>());
        var achievement = AnnualListProposal.Make(AnnualListKind.QualityAchievements, AchievementRules, [Achievement(8)], Today, new Dictionary<TechnologyField, int>());

        Assert.Equal([new("Quantities", 3), new("Deadline"), new("Grade", 4), new("FieldPlace", 1)], need.Entries.Single().Reasons);
        Assert.Equal([new("Quantities", 2), new("Maturity", 8), new("FieldPlace", 1)], achievement.Entries.Single().Reasons);
        Assert.Equal(3, need.Entries.Single().Revision);
    }

    [Theory]
    [InlineData(0, 2, 30, null, null, "Size")]
    [InlineData(501, 2, 30, null, null, "Size")]
    [InlineData(60, -1, 30, null, null, "MinQuantities")]
    [InlineData(60, 2, 0, null, null, "FieldSharePercent")]
    [InlineData(60, 2, 101, null, null, "FieldSharePercent")]
    [InlineData(60, 2, 30, 10, null, "LeastTrl")]
    [InlineData(60, 2, 30, null, 5, "MinGrade")]
    public void Rules_outside_their_bounds_are_named(int size, int quantities, int share, int? trl, int? grade, string field)
    {
        var rules = new AnnualListRules { Size = size, MinQuantities = quantities, FieldSharePercent = share, LeastTrl = trl, MinGrade = grade };

        Assert.Equal(field, Assert.Single(rules.Check()).Field);
    }
}
