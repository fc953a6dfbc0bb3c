using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Tests.AnnualLists.Rounds;

public sealed class SelectionTests
{
    private static ScoredEntry Entry(int id, decimal adjusted, string field = "NewEnergy", string region = "220100", int scores = 5) =>
        new(new EligibleEntry(id, $"XQ2026-{id:D5}", field, region, "Near"), scores, adjusted, adjusted);

    private static ListRoundRules Rules(int places, params ListQuota[] quotas) => ListRoundRules.DefaultOf(AnnualListKind.KeyTechnologyNeeds) with { Places = places, Quotas = quotas };

    private static string Made(ListRoundRules rules, params ScoredEntry[] entries) =>
        string.Join(' ', QuotaSelection.Make(rules, entries).Select(s => $"{s.Scored.Entry.EntryId}:{s.Outcome}"));

    [Fact]
    public void The_best_are_in_and_ties_are_broken_by_number() =>
        Assert.Equal("2:ByScore 1:ByScore 3:BelowLine 4:TooFewScores", Made(Rules(2), Entry(1, 80), Entry(3, 80), Entry(2, 90), Entry(4, 99, scores: 2)));

    [Fact]
    public void A_full_field_is_passed_over_and_a_kept_region_comes_in()
    {
        ScoredEntry[] entries = [Entry(1, 90), Entry(2, 88), Entry(3, 86), Entry(4, 70, "Energy", "220100"), Entry(5, 60, "Energy", "220200"), Entry(6, 65, "Optics")];
        Assert.Equal("1:ByScore 2:ByScore 3:QuotaFull 4:ByScore 6:BelowLine 5:ByQuota",
            Made(Rules(4, new ListQuota(QuotaDimension.Field, null, null, 2), new ListQuota(QuotaDimension.Region, "220200", 1, null)), entries));
        // The same in any order.
        Array.Reverse(entries);
        Assert.Equal("1:ByScore 2:ByScore 3:QuotaFull 4:ByScore 6:BelowLine 5:ByQuota",
            Made(Rules(4, new ListQuota(QuotaDimension.Field, null, null, 2), new ListQuota(QuotaDimension.Region, "220200", 1, null)), entries));
    }

    [Fact]
    public void A_least_number_never_breaks_a_most_number() =>
        Assert.Equal("1:ByScore 2:QuotaFull 3:ByScore", Made(Rules(2, new ListQuota(QuotaDimension.Field, "NewEnergy", null, 1), new ListQuota(QuotaDimension.Region, "220200", 2, null)),
            Entry(1, 90, region: "220200"), Entry(2, 80, region: "220200"), Entry(3, 50, "Energy")));

    [Fact]
    public void Rules_that_make_no_sense_are_refused()
    {
        string Code(ListRoundRules rules) => rules.Check(AnnualListKind.KeyTechnologyNeeds) is [var first, ..] ? first.Code : "";
        Assert.Equal("", Code(Rules(20)));
        Assert.Equal("PlacesOutOfRange", Code(Rules(0)));
        Assert.Equal("WeightsNot100", Code(Rules(20) with { Criteria = [new("IndustryPull", 100)] }));
        Assert.Equal("WeightsNot100", Code(ListRoundRules.DefaultOf(AnnualListKind.QualityAchievements)));
        Assert.Equal("QuotaWrong", Code(Rules(20, new ListQuota(QuotaDimension.Field, "NewEnergy", 5, 3))));
        Assert.Equal("QuotaWrong", Code(Rules(20, new ListQuota(QuotaDimension.Field, null, 1, 3))));
        Assert.Equal("QuotasOverPlaces", Code(Rules(3, new ListQuota(QuotaDimension.Field, "NewEnergy", 4, null))));
        Assert.Equal("LeastOutOfRange", Code(Rules(20) with { LeastScores = 6 }));
    }

    private static ExpertCandidate Expert(int id, bool firm = false, int? organization = null, string name = "专家（示例）", TechnologyField field = TechnologyField.NewEnergy, int[]? conflicts = null, int[]? partners = null, string[]? coAuthors = null) =>
        new(id, 1000 + id, name, organization ?? 500 + id, firm, [field], coAuthors ?? [], conflicts ?? [], (partners ?? []).ToHashSet());

    [Fact]
    public void Whoever_is_bound_to_an_entry_does_not_score_it()
    {
        var entry = new EntryCandidate(1, TechnologyField.NewEnergy, 7, "示例教授乙、示例教授丙（某大学）", [1009]);
        Assert.Null(ExpertAssignment.ConflictOf(Expert(1), entry));
        Assert.Equal(ConflictReason.OwnOrganization, ExpertAssignment.ConflictOf(Expert(1, organization: 7), entry));
        Assert.Equal(ConflictReason.Declared, ExpertAssignment.ConflictOf(Expert(1, conflicts: [7]), entry));
        Assert.Equal(ConflictReason.Contract, ExpertAssignment.ConflictOf(Expert(1, partners: [7]), entry));
        Assert.Equal(ConflictReason.CoAuthor, ExpertAssignment.ConflictOf(Expert(1, name: "示例教授丙"), entry));
        Assert.Equal(ConflictReason.CoAuthor, ExpertAssignment.ConflictOf(Expert(1, coAuthors: ["示例教授乙"]), entry));
        Assert.Equal(ConflictReason.Involved, ExpertAssignment.ConflictOf(Expert(9), entry));
    }

    [Fact]
    public void Entries_get_experts_of_their_field_half_of_them_from_firms_and_the_load_is_even()
    {
        EntryCandidate[] entries = [.. Enumerable.Range(1, 6).Select(i => new EntryCandidate(i, TechnologyField.NewEnergy, 7, "", []))];
        ExpertCandidate[] experts = [Expert(1), Expert(2), Expert(3), Expert(4, firm: true), Expert(5, firm: true), Expert(6, organization: 7), Expert(8, field: TechnologyField.Aerospace)];
        var made = ExpertAssignment.Make(entries, experts, 4, [], []);
        Assert.Equal(24, made.Count);
        Assert.DoesNotContain(made, a => a.ExpertId is 6 or 8);
        Assert.All(entries, e => Assert.Equal(2, made.Count(a => a.EntryId == e.EntryId && a.ExpertId >= 4)));
        Assert.All([1, 2, 3], id => Assert.Equal(4, made.Count(a => a.ExpertId == id)));
        // Again with what is there makes nothing; whoever stood down is replaced and not asked again.
        Assert.Empty(ExpertAssignment.Make(entries, experts, 4, made, made));
        var left = made.Where(a => a != new Assignment(1, 4)).ToList();
        var substitute = Assert.Single(ExpertAssignment.Make(entries, experts, 4, made, left));
        Assert.Equal(1, substitute.EntryId);
        Assert.NotEqual(4, substitute.ExpertId);
    }
}
