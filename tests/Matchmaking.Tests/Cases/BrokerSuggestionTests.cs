using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Tests.Cases;

public sealed class BrokerSuggestionTests
{
    private static BrokerCandidate Broker(int id, int load = 0, TechnologyField[]? fields = null, string[]? regions = null, int? employer = null, int[]? conflicts = null, int[]? partners = null, bool away = false) =>
        new(id, $"经纪人{id}（示例）", employer, fields ?? [], regions ?? [], load, away, conflicts ?? [], partners ?? []);

    private static int[] Order(params BrokerCandidate[] brokers) => [.. BrokerSuggestion.Order(brokers, TechnologyField.NewEnergy, "220100", [10, 20]).Where(s => s.MayTake).Select(s => s.Broker.Id)];

    [Fact]
    public void Field_comes_before_region_and_region_before_nothing() =>
        Assert.Equal([2, 3, 1], Order(Broker(1), Broker(2, fields: [TechnologyField.NewEnergy]), Broker(3, regions: ["220100"])));

    [Fact]
    public void Load_outweighs_the_field_in_the_end() =>
        Assert.Equal([2, 1], Order(Broker(1, load: 20, fields: [TechnologyField.NewEnergy]), Broker(2)));

    [Fact]
    public void Employer_declared_conflict_and_holiday_shut_out() =>
        Assert.Equal([4], Order(Broker(1, employer: 10), Broker(2, conflicts: [20]), Broker(3, away: true), Broker(4)));

    [Fact]
    public void An_earlier_partner_comes_later_and_is_said()
    {
        var ordered = BrokerSuggestion.Order([Broker(1, partners: [10]), Broker(2)], null, "", [10]);

        Assert.Equal([2, 1], ordered.Select(s => s.Broker.Id));
        Assert.Equal([ConflictKind.EarlierPartner], ordered[1].Conflicts);
        Assert.True(ordered[1].MayTake);
    }
}
