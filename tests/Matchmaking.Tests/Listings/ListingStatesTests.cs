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
        (ListingAct.TakeBack, ListingState.AwaitingOffice, ListingState.Draft), (ListingAct.TakeBack, ListingState.Submitted, ListingState.Draft),
        (ListingAct.Forward, ListingState.AwaitingOffice, ListingState.Submitted),
        (ListingAct.SendBack, ListingState.AwaitingOffice, ListingState.Returned),
        (ListingAct.Publish, ListingState.Submitted, ListingState.Published),
        (ListingAct.Return, ListingState.Submitted, ListingState.Returned),
        (ListingAct.Propose, ListingState.Published, ListingState.Published), (ListingAct.Propose, ListingState.InTalks, ListingState.InTalks),
        (ListingAct.Propose, ListingState.SecondDiagnosis, ListingState.SecondDiagnosis), (ListingAct.Propose, ListingState.Tracked, ListingState.Tracked),
        (ListingAct.Propose, ListingState.Expired, ListingState.Expired),
        (ListingAct.PublishRevision, ListingState.Published, ListingState.Published), (ListingAct.PublishRevision, ListingState.InTalks, ListingState.InTalks),
        (ListingAct.PublishRevision, ListingState.SecondDiagnosis, ListingState.SecondDiagnosis), (ListingAct.PublishRevision, ListingState.Tracked, ListingState.Tracked),
        (ListingAct.PublishRevision, ListingState.Expired, ListingState.Published),
        (ListingAct.ReturnRevision, ListingState.Published, ListingState.Published), (ListingAct.ReturnRevision, ListingState.InTalks, ListingState.InTalks),
        (ListingAct.ReturnRevision, ListingState.SecondDiagnosis, ListingState.SecondDiagnosis), (ListingAct.ReturnRevision, ListingState.Tracked, ListingState.Tracked),
        (ListingAct.ReturnRevision, ListingState.Expired, ListingState.Expired),
        (ListingAct.TakeBackRevision, ListingState.Published, ListingState.Published), (ListingAct.TakeBackRevision, ListingState.InTalks, ListingState.InTalks),
        (ListingAct.TakeBackRevision, ListingState.SecondDiagnosis, ListingState.SecondDiagnosis), (ListingAct.TakeBackRevision, ListingState.Tracked, ListingState.Tracked),
        (ListingAct.TakeBackRevision, ListingState.Expired, ListingState.Expired),
        (ListingAct.Renew, ListingState.Published, ListingState.Published), (ListingAct.Renew, ListingState.InTalks, ListingState.InTalks),
        (ListingAct.Renew, ListingState.SecondDiagnosis, ListingState.SecondDiagnosis), (ListingAct.Renew, ListingState.Tracked, ListingState.Tracked),
        (ListingAct.Renew, ListingState.Expired, ListingState.Published),
        (ListingAct.Expire, ListingState.Published, ListingState.Expired),
        (ListingAct.Withdraw, ListingState.AwaitingOffice, ListingState.Withdrawn),
        (ListingAct.Withdraw, ListingState.Submitted, ListingState.Withdrawn),
        (ListingAct.Withdraw, ListingState.Returned, ListingState.Withdrawn),
        (ListingAct.Withdraw, ListingState.Published, ListingState.Withdrawn),
        (ListingAct.Withdraw, ListingState.InTalks, ListingState.Withdrawn),
        (ListingAct.Withdraw, ListingState.SecondDiagnosis, ListingState.Withdrawn),
        (ListingAct.Withdraw, ListingState.Tracked, ListingState.Withdrawn),
        (ListingAct.Withdraw, ListingState.Expired, ListingState.Withdrawn),
        (ListingAct.Reopen, ListingState.Withdrawn, ListingState.Draft),
        (ListingAct.BeginTalks, ListingState.Published, ListingState.InTalks),
        (ListingAct.BeginTalks, ListingState.SecondDiagnosis, ListingState.InTalks),
        (ListingAct.BeginTalks, ListingState.Tracked, ListingState.InTalks),
        (ListingAct.EndTalks, ListingState.InTalks, ListingState.Published),
        (ListingAct.Sign, ListingState.Published, ListingState.Contracted),
        (ListingAct.Sign, ListingState.InTalks, ListingState.Contracted),
        (ListingAct.Sign, ListingState.SecondDiagnosis, ListingState.Contracted),
        (ListingAct.Sign, ListingState.Tracked, ListingState.Contracted),
        (ListingAct.Sign, ListingState.Expired, ListingState.Contracted),
        (ListingAct.Solve, ListingState.Published, ListingState.Solved),
        (ListingAct.Solve, ListingState.SecondDiagnosis, ListingState.Solved),
        (ListingAct.Solve, ListingState.Tracked, ListingState.Solved),
        (ListingAct.Solve, ListingState.Expired, ListingState.Solved),
        (ListingAct.Solve, ListingState.InTalks, ListingState.Solved),
        (ListingAct.Solve, ListingState.Contracted, ListingState.Solved),
        (ListingAct.SendToSecondDiagnosis, ListingState.Published, ListingState.SecondDiagnosis),
        (ListingAct.SendToSecondDiagnosis, ListingState.InTalks, ListingState.SecondDiagnosis),
        (ListingAct.SendToSecondDiagnosis, ListingState.Tracked, ListingState.SecondDiagnosis),
        (ListingAct.Track, ListingState.Published, ListingState.Tracked),
        (ListingAct.Track, ListingState.InTalks, ListingState.Tracked),
        (ListingAct.Track, ListingState.SecondDiagnosis, ListingState.Tracked),
        (ListingAct.BackToPublished, ListingState.SecondDiagnosis, ListingState.Published),
        (ListingAct.BackToPublished, ListingState.Tracked, ListingState.Published),
        (ListingAct.BackToPublished, ListingState.Contracted, ListingState.Published),
        (ListingAct.Archive, ListingState.Solved, ListingState.Archived),
        (ListingAct.Archive, ListingState.Expired, ListingState.Archived),
        (ListingAct.Archive, ListingState.Withdrawn, ListingState.Archived),
    ];

    // A need is never transformed; that state has a test of its own below.
    public static MatrixTheoryData<ListingAct, ListingState> Pairs => new(Enum.GetValues<ListingAct>(), Enum.GetValues<ListingState>().Except([ListingState.Transformed]));

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

    [Fact]
    public void With_an_office_a_record_goes_there_first_and_each_stage_is_stamped_with_its_ticks()
    {
        var listing = In(ListingState.Draft);
        listing.Organization.PlaceUnder(Office());

        listing.Submit(1, At, Today);
        Assert.Equal(ListingState.AwaitingOffice, listing.State);
        listing.Forward("同意推荐", 5, At.AddDays(2), [new CheckTick("Complete", "", true), new CheckTick("", "自拟", false)]);

        Assert.Equal((ListingState.Submitted, At.AddDays(2)), (listing.State, listing.ForwardedAt!.Value));
        var step = listing.Steps.Last();
        Assert.Equal((ListingState.AwaitingOffice, (int?)5, "同意推荐"), (step.From, step.ById, step.Remark));
        Assert.Equal([true, false], step.Checks!.Select(c => c.Ticked));
        listing.Return("再改", 1, At);
        listing.Submit(1, At, Today);
        Assert.Equal((ListingState.AwaitingOffice, null), (listing.State, listing.ForwardedAt));
    }

    [Fact]
    public void A_record_whose_organisation_was_not_loaded_cannot_slip_past_the_office()
    {
        var listing = In(ListingState.Draft);
        typeof(Listing).GetProperty(nameof(Listing.Organization))!.SetValue(listing, null);

        Assert.Throws<InvalidOperationException>(() => listing.Submit(1, At, Today));
    }

    [Fact]
    public void An_achievement_is_transformed_and_knows_no_diagnosis_or_tracking()
    {
        var need = In(ListingState.Contracted);
        need.Solve("验收证明", 1, At);
        Assert.Equal((ListingState.Solved, "验收证明"), (need.State, need.Steps.Last().Remark));

        var achievement = new Achievement(need.Organization, 1, At);
        achievement.Describe(new AchievementContent
        {
            Title = "成果", Summary = "一句话", Description = "说明", Field = TechnologyField.NewMaterials, Industry = "C28", Region = "220100", Cooperation = [CooperationMode.Licence],
            ValidUntil = new DateOnly(2027, 6, 30), Trl = 6, Stage = AchievementStage.Middle, Ip = IpKind.InventionPatent,
        }, Contact.Empty, At);
        achievement.Submit(1, At, Today);
        achievement.Publish("CG2026-220100-00001", 1, At);
        Assert.Throws<ActRefusedException>(() => achievement.Track(1, At, "理由"));
        Assert.Throws<ActRefusedException>(() => achievement.SendToSecondDiagnosis(1, At, "理由"));
        achievement.Sign(1, At);
        achievement.Solve("登记合同", 1, At);
        Assert.Equal(ListingState.Transformed, achievement.State);
        achievement.BackToPublished(1, At);
        Assert.Equal(ListingState.Published, achievement.State);
    }

    [Fact]
    public void Nothing_is_solved_without_a_proof()
    {
        var need = In(ListingState.Contracted);
        Assert.Throws<ArgumentException>(() => need.Solve(" ", 1, At));
        Assert.Equal(ListingState.Contracted, need.State);
    }

    [Fact]
    public void Search_is_told_of_every_move_that_changes_what_it_may_find()
    {
        foreach (var (act, before, after) in Allowed.Where(a => ListingStates.Searchable.Contains(a.Before) != ListingStates.Searchable.Contains(a.After) || a.After == ListingState.Tracked && a.Before != ListingState.Tracked))
        {
            var need = In(before, withRevision: act is ListingAct.PublishRevision);
            var version = need.SearchVersion;
            Do(act, need);
            Assert.True(need.SearchVersion > version, $"{act} in {before}");
            Assert.Equal(after, need.State);
        }
    }

    [Fact]
    public void Every_state_is_public_or_hidden_as_decided()
    {
        Assert.Equal(
            [ListingState.Draft, ListingState.AwaitingOffice, ListingState.Submitted, ListingState.Returned, ListingState.Withdrawn, ListingState.Archived],
            Enum.GetValues<ListingState>().Except(ListingStates.Public));
        Assert.Equal([ListingState.Contracted, ListingState.Solved, ListingState.Transformed, ListingState.Expired], ListingStates.Public.Except(ListingStates.Searchable).OrderBy(s => s));
    }

    private static Organization Office()
    {
        var code = "91220100MA0TQ002X";
        var office = new Organization("归口（示例）", OrganizationKind.Office, code + CreditCode.CheckCharacter(code), "220100", "S92", null, At);
        typeof(Organization).GetProperty(nameof(Organization.Id))!.SetValue(office, 77);
        return office;
    }

    private static Need In(ListingState state, bool withRevision = false, bool verified = true)
    {
        var code = "91220100MA0TQ001X";
        var organization = new Organization("松涧新材料（示例）有限公司", OrganizationKind.Enterprise, code + CreditCode.CheckCharacter(code), "220100", "C28", null, At);
        if (verified) organization.Verify(1, At);
        var need = new Need(organization, 1, At);
        need.Describe(Content(), Contact.Empty, At);
        if (state == ListingState.Draft) return need;
        if (state == ListingState.AwaitingOffice) organization.PlaceUnder(Office());
        need.Submit(1, At, Today);
        if (state is ListingState.Submitted or ListingState.AwaitingOffice) return need;
        if (state == ListingState.Returned)
        {
            need.Return("原因", 1, At);
            return need;
        }
        need.Publish("XQ2026-220100-00001", 1, At);
        if (withRevision && ListingStates.InWork.Contains(state) && state != ListingState.Contracted) need.Propose(Content() with { Title = "新标题" }, Contact.Empty, 1, At);
        if (state == ListingState.Expired) Assert.True(need.Expire(Today.AddYears(3), At));
        if (state is ListingState.Withdrawn or ListingState.Archived) need.Withdraw(1, At);
        if (state == ListingState.InTalks) need.BeginTalks(1, At);
        if (state is ListingState.Contracted or ListingState.Solved) need.Sign(1, At);
        if (state == ListingState.Solved) need.Solve("验收证明", 1, At);
        if (state == ListingState.SecondDiagnosis) need.SendToSecondDiagnosis(1, At, "诊断");
        if (state == ListingState.Tracked) need.Track(1, At, "跟踪");
        if (state == ListingState.Archived) need.Archive(1, At);
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
            case ListingAct.Forward: need.Forward(null, 1, At); break;
            case ListingAct.SendBack: need.SendBack("原因", 1, At); break;
            case ListingAct.BeginTalks: need.BeginTalks(1, At); break;
            case ListingAct.EndTalks: need.EndTalks(1, At); break;
            case ListingAct.Sign: need.Sign(1, At); break;
            case ListingAct.Solve: need.Solve("验收证明", 1, At); break;
            case ListingAct.SendToSecondDiagnosis: need.SendToSecondDiagnosis(1, At, "诊断"); break;
            case ListingAct.Track: need.Track(1, At, "跟踪"); break;
            case ListingAct.BackToPublished: need.BackToPublished(1, At); break;
            case ListingAct.Archive: need.Archive(1, At); break;
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
