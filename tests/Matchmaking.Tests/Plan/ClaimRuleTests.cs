using Matchmaking.Matching.Plan;
using Matchmaking.Matching.Plan.Returns;

namespace Matchmaking.Tests.Plan;

/// <summary>Which of several claims to a contract counts, by a table of cases.</summary>
public sealed class ClaimRuleTests
{
    private const string Science = "省科技厅", Industry = "省工信厅";

    private static ContractClaim Claim(string code, string? department, int? form, int day = 0) =>
        new("2026220000000001", code, department, department is null ? null : "2026-3", form, null, day == 0 ? null : new DateTimeOffset(2026, 10, day, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Nothing_is_flagged_where_each_counts_once_or_one_indicator_asks_about_a_part_of_the_other() =>
        Assert.Empty(ClaimRule.Conflicts([Claim("5-1", Science, 1), Claim("5-2", null, null), Claim("16-2", Science, 1), Claim("6-1", Science, 2) with { Number = "2026220000000002" }]));

    [Fact]
    public void The_platforms_own_count_goes_before_a_department()
    {
        var conflict = Assert.Single(ClaimRule.Conflicts([Claim("5-1", Science, 1, day: 1), Claim("5-1", null, null)]));
        Assert.Equal((ClaimReason.Platform, null), (conflict.Reason, conflict.Counts.Department));
        Assert.Equal(Science, Assert.Single(conflict.Others).Department);
    }

    [Fact]
    public void The_department_that_leads_goes_before_one_that_takes_part_whenever_it_was_confirmed()
    {
        var both = PlanIndicators.All.First(i => i.Departments is [Science, Industry, ..]).Code;
        var conflict = Assert.Single(ClaimRule.Conflicts([Claim(both, Industry, 2, day: 1), Claim(both, Science, 1, day: 9)]));
        Assert.Equal((ClaimReason.Leads, Science), (conflict.Reason, conflict.Counts.Department));
    }

    [Fact]
    public void Of_two_periods_of_one_department_the_earlier_confirmed_counts()
    {
        var conflict = Assert.Single(ClaimRule.Conflicts([Claim("6-1", Science, 8), Claim("6-1", Science, 7, day: 9), Claim("6-1", Science, 9, day: 3)]));
        Assert.Equal((ClaimReason.Earlier, 9), (conflict.Reason, conflict.Counts.ReturnId));
        Assert.Equal([7, 8], conflict.Others.Select(o => o.ReturnId!.Value));
    }

    [Fact]
    public void For_two_indicators_that_are_no_parts_of_one_another_the_first_of_the_plan_counts()
    {
        var conflict = Assert.Single(ClaimRule.Conflicts([Claim("14-2", Science, 2), Claim("5-1", Science, 1)]));
        Assert.Equal((ClaimReason.FirstInPlan, "5-1", "14-2"), (conflict.Reason, conflict.Counts.Code, Assert.Single(conflict.Others).Code));
    }
}
