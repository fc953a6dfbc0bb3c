using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Listings;

/// <summary>Every act in every state: what is allowed leads to the state named here, everything else is refused and changes nothing.</summary>
public sealed class ListingStatesTests
{
    private static readonly DateTimeOffset At = TestClock.Start;
    private static readonly DateOnly Today = new(2026, 11, 24);

    /// <summary>The rules written out once more, by hand: act, state before, state after.</summary>
    private static readonly (ListingAct Act, ListingState Before, ListingState After)[] Allowed =
    [
        (ListingAct.Describe, ListingState.Draft, ListingState.Draft), (ListingAct.Describe, ListingState.Returned, ListingState.Returned),
        (ListingAct.Submit, ListingState.Draft, ListingState.Submitted), (ListingAct.Submit, ListingState.Returned, ListingState.Submitted),
        (ListingAct.TakeBack, ListingState.Submitted, ListingState.Draft),
        (ListingAct.Publish, ListingState.Submitted, ListingState.Published),
        (ListingAct.Return, ListingState.Submitted, ListingState.Returned),
        (ListingAct.Propose, ListingState.Published, ListingState.Published), (ListingAct.Propose, ListingState.Expired, ListingState.Expired),
        (ListingAct.PublishRevision, ListingState.Published, ListingState.Published), (ListingAct.PublishRevision, ListingState.Expired, ListingState.Published),
        (ListingAct.ReturnRevision, ListingState.Published, ListingState.Published), (ListingAct.ReturnRevision, ListingState.Expired, ListingState.Expired),
        (ListingAct.TakeBackRevision, ListingState.Published, ListingState.Published), (ListingAct.TakeBackRevision, ListingState.Expired, ListingState.Expired),
        (ListingAct.Renew, ListingState.Published, ListingState.Published), (ListingAct.Renew, ListingState.Expired, ListingState.Published),
        (ListingAct.Expire, ListingState.Published, ListingState.Expired),
        (ListingAct.Withdraw, ListingState.Submitted, ListingState.Withdrawn), (ListingAct.Withdraw, ListingState.Returned, ListingState.Withdrawn),
        (ListingAct.Withdraw, ListingState.Published, ListingState.Withdrawn), (ListingAct.Withdraw, ListingState.Expired, ListingState.Withdrawn),
        (ListingAct.Reopen, ListingState.Withdrawn, ListingState.Draft),
    ];

    public static MatrixTheoryData<ListingAct, ListingState> Pairs => new(Enum.GetValues<ListingAct>(), Enum.GetValues<ListingState>());

    [Theory, MemberData(nameof(Pairs))]
    public void Each_act_is_allowed_exactly_where_the_table_says(ListingAct act, ListingState state)
    {
        var listing = In(state, withRevision: act is ListingAct.PublishRevision or ListingAct.ReturnRevision or ListingAct.TakeBackRevision);
        Assert.Equal(state, listing.State);
        var allowed = Allowed.Where(a => a.Act == act && a.Before == state).ToList();
        Assert.Equal(allowed.Count == 1, listing.May(act));

        if (allowed is [var rule])
        {
            Do(act, listing);
            Assert.Equal(rule.After, listing.State);
        }
        else if (act == ListingAct.Expire)
        {
            // A job walks over many records and is not told off for those that are not due.
            Assert.False(listing.Expire(Today.AddYears(3), At));
            Assert.Equal(state, listing.State);
        }
        else
        {
            var steps = listing.Steps.Count;
            var refused = Assert.Throws<ActRefusedException>(() => Do(act, listing));
            Assert.Equal((act, state), (refused.Act, refused.State));
            Assert.Equal((state, steps), (listing.State, listing.Steps.Count));
        }
    }

    [Fact]
    public void Every_move_is_stamped()
    {
        var listing = In(ListingState.Submitted);
        listing.Return("请写明指标", 7, At.AddHours(1));

        var step = listing.Steps.Last();
        Assert.Equal((ListingState.Submitted, ListingState.Returned, (int?)7, At.AddHours(1), "请写明指标"), (step.From, step.To, step.ById, step.At, step.Remark));
    }

    [Fact]
    public void Nothing_of_an_unverified_organisation_is_published()
    {
        var listing = In(ListingState.Draft, verified: false);
        listing.Submit(1, At, Today);

        Assert.Throws<InvalidOperationException>(() => listing.Publish("XQ2026-220100-00001", 1, At));
        Assert.Equal((ListingState.Submitted, null), (listing.State, listing.Number));
    }

    [Fact]
    public void A_withdrawal_takes_an_open_proposal_along_so_that_it_cannot_come_back_later()
    {
        var listing = In(ListingState.Published, withRevision: true);

        listing.Withdraw(1, At);
        listing.Reopen(1, At);
        listing.Submit(1, At, Today);
        listing.Publish("not used", 1, At);

        Assert.Null(listing.PendingRevision);
        Assert.Equal([RevisionState.Published, RevisionState.TakenBack, RevisionState.Published], listing.Revisions.OrderBy(r => r.Number).Select(r => r.State));
        Assert.Equal("XQ2026-220100-00001", listing.Number);
    }

    [Fact]
    public void A_renewal_is_not_undone_by_an_older_proposal()
    {
        var listing = In(ListingState.Published, withRevision: true);
        var until = listing.ValidUntil!.Value.AddDays(90);

        listing.Renew(until, 1, At);
        listing.PublishRevision(1, At);

        Assert.Equal(until, listing.ValidUntil);
    }

    [Fact]
    public void A_renewal_reaches_further_than_before()
    {
        var listing = In(ListingState.Published);
        Assert.Throws<ArgumentOutOfRangeException>(() => listing.Renew(listing.ValidUntil!.Value, 1, At));
    }

    [Fact]
    public void Readers_see_the_old_content_until_the_proposal_is_published()
    {
        var listing = In(ListingState.Published);
        listing.Propose(Content() with { Title = "新标题" }, Contact.Empty, 1, At);
        Assert.Equal("旧标题", listing.Title);

        listing.PublishRevision(2, At);
        Assert.Equal("新标题", listing.Title);
        Assert.Equal("旧标题", listing.Revisions.Single(r => r.Number == 1).Content(Matching.Search.ListingKind.Need).Title);
    }

    [Fact]
    public void Files_are_released_by_the_publication_and_no_earlier()
    {
        var listing = In(ListingState.Submitted);
        var file = listing.Attach("a.pdf", "application/pdf", 1, "x", "y", 1, At);
        Assert.Null(file.ReleasedAt);

        listing.Publish("XQ2026-220100-00001", 1, At);
        var later = listing.Attach("b.pdf", "application/pdf", 1, "x2", "y2", 1, At);

        Assert.Equal(At, file.ReleasedAt);
        Assert.Null(later.ReleasedAt);
    }

    private static Need In(ListingState state, bool withRevision = false, bool verified = true)
    {
        var code = "91220100MA0TQ001X";
        var organization = new Organization("松涧新材料（示例）有限公司", OrganizationKind.Enterprise, code + CreditCode.CheckCharacter(code), "220100", "C28", null, At);
        if (verified) organization.Verify(1, At);
        var need = new Need(organization, 1, At);
        need.Describe(Content(), Contact.Empty, At);
        if (state == ListingState.Draft) return need;
        need.Submit(1, At, Today);
        if (state == ListingState.Submitted) return need;
        if (state == ListingState.Returned)
        {
            need.Return("原因", 1, At);
            return need;
        }
        need.Publish("XQ2026-220100-00001", 1, At);
        if (withRevision && state != ListingState.Withdrawn) need.Propose(Content() with { Title = "新标题" }, Contact.Empty, 1, At);
        if (state == ListingState.Expired) Assert.True(need.Expire(Today.AddYears(3), At));
        if (state == ListingState.Withdrawn) need.Withdraw(1, At);
        return need;
    }

    private static void Do(ListingAct act, Need need)
    {
        switch (act)
        {
            case ListingAct.Describe: need.Describe(Content(), Contact.Empty, At); break;
            case ListingAct.Submit: need.Submit(1, At, Today); break;
            case ListingAct.TakeBack: need.TakeBack(1, At); break;
            case ListingAct.Publish: need.Publish("XQ2026-220100-00001", 1, At); break;
            case ListingAct.Return: need.Return("原因", 1, At); break;
            case ListingAct.Propose: need.Propose(Content(), Contact.Empty, 1, At); break;
            case ListingAct.PublishRevision: need.PublishRevision(1, At); break;
            case ListingAct.ReturnRevision: need.ReturnRevision("原因", 1, At); break;
            case ListingAct.TakeBackRevision: need.TakeBackRevision(1, At); break;
            case ListingAct.Renew: need.Renew(new DateOnly(2028, 6, 30), 1, At); break;
            case ListingAct.Expire: need.Expire(Today.AddYears(3), At); break;
            case ListingAct.Withdraw: need.Withdraw(1, At); break;
            case ListingAct.Reopen: need.Reopen(1, At); break;
            default: throw new ArgumentOutOfRangeException(nameof(act));
        }
    }

    private static NeedContent Content() => new()
    {
        Title = "旧标题", Summary = "一句话", Description = "说明", Field = TechnologyField.NewMaterials, Industry = "C28", Region = "220100",
        Cooperation = [CooperationMode.JointDevelopment], ValidUntil = new DateOnly(2027, 6, 30), Kind = NeedKind.Research, Horizon = Horizon.Near,
        Deadline = new DateOnly(2027, 8, 31),
    };
}
