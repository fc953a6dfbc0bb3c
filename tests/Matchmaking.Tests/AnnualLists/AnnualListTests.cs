using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.AnnualLists;

/// <summary>The list itself: what it allows when, and what it keeps in order.</summary>
public sealed class AnnualListTests
{
    private static readonly DateTimeOffset Now = TestClock.Start;
    private static readonly DateOnly Today = ProvinceTime.DayOf(Now);
    private static readonly FrozenList Frozen = new("{}", new string('a', 64), new Dictionary<int, string>(), "试〔2026〕1号", "{}", "", "{}", "", 1, "");

    private static AnnualList ListWith(params int[] listingIds)
    {
        var list = new AnnualList(AnnualListKind.KeyTechnologyNeeds, 2026, new AnnualListRules(), 15, 1, Now);
        Propose(list, listingIds);
        return list;
    }

    private static void Propose(AnnualList list, params int[] listingIds) =>
        list.Propose([.. listingIds.Select(id => new ProposedEntry(id, 1, []))], null, Now);

    private static IEnumerable<int> Order(AnnualList list) => list.Listed.Select(e => e.ListingId);

    /// <summary>Entries get their ids from the database; here each gets its listing's.</summary>
    private static AnnualListEntry Entry(AnnualList list, int listingId)
    {
        var entry = list.Entries.Single(e => e.ListingId == listingId);
        typeof(AnnualListEntry).GetProperty(nameof(AnnualListEntry.Id))!.SetValue(entry, listingId);
        return entry;
    }

    private static AnnualList InState(AnnualListState state)
    {
        var list = ListWith(1, 2);
        if (state == AnnualListState.Open) return list;
        list.StartNotice(Today, Today.AddDays(9), Today.AddDays(10), 1, Now);
        if (state != AnnualListState.Open) list.SignByThree(Now);
        if (state == AnnualListState.Published) list.Publish(Frozen, Now.AddDays(10));
        return list;
    }

    public static TheoryData<AnnualListState, AnnualListAct> EveryStateAndAct() =>
        [.. from state in Enum.GetValues<AnnualListState>() from act in Enum.GetValues<AnnualListAct>() select new TheoryDataRow<AnnualListState, AnnualListAct>(state, act)];

    [Theory, MemberData(nameof(EveryStateAndAct))]
    public void An_act_is_refused_in_every_state_that_does_not_allow_it(AnnualListState state, AnnualListAct act)
    {
        var list = InState(state);
        var need = PublishedNeed();
        Entry(list, 1);
        var later = Now.AddDays(10);
        if (act == AnnualListAct.Restore && state == AnnualListState.Open) list.Drop(1, "r", 1, Now);

        // Closing is asked, not ordered: where it is not allowed it does nothing.
        if (act == AnnualListAct.CloseNotice)
        {
            Assert.Equal(state == AnnualListState.InNotice, list.CloseNotice(later));
            return;
        }
        var refused = Record.Exception(() =>
        {
            switch (act)
            {
                case AnnualListAct.ChangeRules: list.ChangeRules(new AnnualListRules(), 15, 1, Now); break;
                case AnnualListAct.Propose: Propose(list, 3); break;
                case AnnualListAct.Add: list.Add(need, "r", 1, Now); break;
                case AnnualListAct.Drop: list.Drop(1, "r", 1, Now); break;
                case AnnualListAct.Restore: list.Restore(1, "r", 1, Now); break;
                case AnnualListAct.Order: list.Place(1, 2, "r", 1, Now); break;
                case AnnualListAct.StartNotice: list.StartNotice(Today, Today.AddDays(9), Today.AddDays(10), 1, Now); break;
                case AnnualListAct.ProlongNotice: list.ProlongNotice(Today.AddDays(19), Today.AddDays(20), "r", 1, Now); break;
                case AnnualListAct.Publish: list.Publish(Frozen, later); break;
                default: throw new ArgumentOutOfRangeException(nameof(act));
            }
        });

        if (AnnualList.Allowed[act].Contains(state)) Assert.Null(refused);
        else Assert.Equal("State", Assert.IsType<AnnualListRefusedException>(refused).Code);
    }

    [Fact]
    public void A_second_proposal_keeps_places_drops_what_fell_out_and_adds_at_the_end()
    {
        var list = ListWith(1, 2, 3);

        Propose(list, 5, 3, 1, 4);

        Assert.Equal([1, 3, 5, 4], Order(list));
        Assert.Equal([1, 2, 3, 4], list.Listed.Select(e => e.Position));
        Assert.Equal(AnnualListEntry.NoLongerProposed, list.Entries.Single(e => e.ListingId == 2).Reason);
    }

    [Fact]
    public void What_a_person_took_off_is_not_brought_back_by_a_proposal()
    {
        var list = ListWith(1, 2);
        Entry(list, 1);
        list.Drop(1, "重复（示例）", 1, Now);

        Propose(list, 1, 2, 3);

        Assert.Equal([2, 3], Order(list));
    }

    [Fact]
    public void What_the_platform_took_off_comes_back_when_it_fits_again()
    {
        var list = ListWith(1, 2);
        Propose(list, 2);

        Propose(list, 1, 2);

        Assert.Equal([2, 1], Order(list));
    }

    [Theory]
    [InlineData(3, 1, new[] { 3, 1, 2, 4 })]
    [InlineData(1, 3, new[] { 2, 3, 1, 4 })]
    [InlineData(2, 99, new[] { 1, 3, 4, 2 })]
    [InlineData(4, -5, new[] { 4, 1, 2, 3 })]
    public void An_entry_moves_to_its_place_and_the_others_close_up(int listingId, int position, int[] expected)
    {
        var list = ListWith(1, 2, 3, 4);
        Entry(list, listingId);

        list.Place(listingId, position, "r", 1, Now);

        Assert.Equal(expected, Order(list));
        Assert.Equal([1, 2, 3, 4], list.Listed.Select(e => e.Position));
    }

    [Theory]
    [InlineData(-1, 14, 15, "NoticeInPast")]
    [InlineData(0, 3, 15, "NoticeLength")]
    [InlineData(0, 60, 61, "NoticeLength")]
    [InlineData(0, 14, 14, "PublishBeforeEnd")]
    [InlineData(0, 14, 75, "PublishTooLate")]
    [InlineData(0, 4, 5, null)]
    public void A_notice_has_sensible_days(int from, int until, int publish, string? code)
    {
        var list = ListWith(1);

        var refused = Record.Exception(() => list.StartNotice(Today.AddDays(from), Today.AddDays(until), Today.AddDays(publish), 1, Now));

        Assert.Equal(code, (refused as AnnualListRefusedException)?.Code);
    }

    [Fact]
    public void An_empty_list_gets_no_notice_and_a_list_in_notice_keeps_its_last_entry()
    {
        Assert.Equal("Empty", Assert.Throws<AnnualListRefusedException>(() => ListWith().StartNotice(Today, Today.AddDays(9), Today.AddDays(10), 1, Now)).Code);
        var list = ListWith(1);
        list.StartNotice(Today, Today.AddDays(9), Today.AddDays(10), 1, Now);
        Entry(list, 1);
        Assert.Equal("LastEntry", Assert.Throws<AnnualListRefusedException>(() => list.Drop(1, "r", 1, Now)).Code);
    }

    [Fact]
    public void After_the_notice_nothing_is_taken_off_any_more()
    {
        var list = InState(AnnualListState.InNotice);
        Assert.False(list.CloseNotice(ProvinceTime.At(Today.AddDays(9), 23)));
        Assert.True(list.CloseNotice(ProvinceTime.At(Today.AddDays(10), 0)));
        Entry(list, 1);

        Assert.Equal("State", Assert.Throws<AnnualListRefusedException>(() => list.Drop(1, "r", 1, Now)).Code);
        list.Publish(Frozen, Now.AddDays(10));
        Assert.Equal(AnnualListState.Published, list.State);
    }

    [Fact]
    public void The_list_takes_only_published_records_of_its_kind_and_each_once()
    {
        var list = ListWith();
        var need = PublishedNeed();
        list.Add(need, "r", 1, Now);

        Assert.Equal("AlreadyListed", Assert.Throws<AnnualListRefusedException>(() => list.Add(need, "r", 1, Now)).Code);
        Assert.Equal("WrongKind", Assert.Throws<AnnualListRefusedException>(() => list.Add(new Achievement(Organization(), 1, Now), "r", 1, Now)).Code);
        Assert.Equal("NotPublished", Assert.Throws<AnnualListRefusedException>(() => list.Add(new Need(Organization(), 1, Now), "r", 1, Now)).Code);
    }

    private static Organization Organization()
    {
        const string code = "91220100MA0TQ001X";
        var organization = new Organization("试验单位（示例）", OrganizationKind.Enterprise, code + CreditCode.CheckCharacter(code), "220100", "C28", null, Now);
        organization.Verify(1, Now);
        return organization;
    }

    private static Need PublishedNeed()
    {
        var need = new Need(Organization(), 1, Now);
        need.Describe(new MatchmakingApplication().NeedContent(), Contact.Empty, Now);
        need.Submit(1, Now, Today);
        need.Publish("XQ2026-220100-09999", 1, Now);
        return need;
    }
}
