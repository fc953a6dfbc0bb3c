using System.Net;
using AngleSharp.Html.Dom;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Collecting;

/// <summary>The day of a recommending office: its members' records come by, are checked, passed on or sent back; nobody else's are there.</summary>
public sealed class RecommendingTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_submits_the_office_passes_on_with_opinion_and_ticks_and_staff_see_both()
    {
        var (office, member) = await app.AddOfficeAsync();
        var author = await app.AddUserAsync(Roles.EnterpriseMember, member);
        var owner = await app.CreateClientForAsync(author);
        var desk = await app.CreateClientForAsync(await app.AddUserAsync(Roles.RecommendingOffice, office));
        var id = (await owner.SubmitAsync("/my/needs/new", ListingForms.Need("归口要看的需求"))).Id();
        Assert.Equal(ListingState.AwaitingOffice, await app.StateAsync(id));
        Assert.Contains("归口要看的需求", (await desk.GetPageAsync("/office")).MainText(), StringComparison.Ordinal);

        var without = await desk.ActAsync($"/office/{id}", "forward", new() { ["opinion"] = "同意推荐" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        Assert.Contains("项必须核对的没有勾选", (await without.PageAsync()).Errors(), StringComparison.Ordinal);
        Assert.Equal(ListingState.AwaitingOffice, await app.StateAsync(id));
        var ticks = string.Join('\n', await app.RequiredTicksAsync());
        var passed = await desk.ActAsync($"/office/{id}", "forward", new() { ["opinion"] = "同意推荐", ["ticks[]"] = ticks });

        Assert.Equal(HttpStatusCode.Redirect, passed.StatusCode);
        Assert.Equal(ListingState.Submitted, await app.StateAsync(id));
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var page = (await staff.GetPageAsync($"/staff/review/{id}")).MainText();
        Assert.Contains("归口部门意见", page, StringComparison.Ordinal);
        Assert.Contains("同意推荐", page, StringComparison.Ordinal);
        Assert.Contains("是本部门归口的单位", page, StringComparison.Ordinal);
        var told = await app.WithDbAsync(db => db.Notices.Where(n => n.Link == $"/my/needs/{id}/view").Select(n => n.Kind).ToListAsync(Cancel));
        Assert.Equal([NoticeKind.ListingForwarded], told);
        Assert.Equal(1, await app.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Subject == $"need:{id}" && a.Action == "listing.forward", Cancel)));
    }

    [Fact]
    public async Task Sending_back_asks_for_reasons_and_the_owner_reads_them()
    {
        var (office, member) = await app.AddOfficeAsync();
        var need = await app.SubmittedAsync(member, app.NeedContent("要退回的需求"));
        var desk = await app.CreateClientForAsync(await app.AddUserAsync(Roles.RecommendingOffice, office));

        var silent = await desk.ActAsync($"/office/{need.Id}", "send-back", new() { ["opinion"] = " " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        await desk.ActAsync($"/office/{need.Id}", "send-back", new() { ["opinion"] = "请写明温度指标" });

        Assert.Equal(ListingState.Returned, await app.StateAsync(need.Id));
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, member));
        Assert.Contains("请写明温度指标", (await owner.GetPageAsync("/my")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_office_reads_its_members_records_and_no_others_and_no_contact()
    {
        var (office, member) = await app.AddOfficeAsync();
        var (otherOffice, _) = await app.AddOfficeAsync();
        var waiting = await app.SubmittedAsync(member);
        var draft = await app.AddDraftAsync(member, app.NeedContent("还没提交的草稿"));
        var foreign = await app.SubmittedAsync(await app.AddOrganizationAsync());
        var own = await app.CreateClientForAsync(await app.AddUserAsync(Roles.RecommendingOffice, office));
        var other = await app.CreateClientForAsync(await app.AddUserAsync(Roles.RecommendingOffice, otherOffice));
        var asked = await app.CreateClientForAsync(await app.AddUserAsync(Roles.RecommendingOffice, office, waiting: true));

        var page = await own.GetAsync($"/office/{waiting.Id}", Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var text = await page.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotContain("0431-00000000", text, StringComparison.Ordinal);
        Assert.DoesNotContain("联系人甲", text, StringComparison.Ordinal);
        foreach (var (client, id) in new[] { (own, draft.Id), (own, foreign.Id), (other, waiting.Id), (asked, waiting.Id) })
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/office/{id}", Cancel)).StatusCode);
        Assert.DoesNotContain("还没提交的草稿", (await own.GetPageAsync("/office?show=all")).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync($"/office/forward?ids={waiting.Id}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Several_are_passed_on_together_and_what_changed_meanwhile_stays_and_is_named()
    {
        var (office, member) = await app.AddOfficeAsync();
        var first = await app.SubmittedAsync(member, app.NeedContent("一起转交甲"));
        var second = await app.SubmittedAsync(member, app.NeedContent("一起转交乙"));
        var desk = await app.CreateClientForAsync(await app.AddUserAsync(Roles.RecommendingOffice, office));
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, member));
        var address = $"/office/forward?ids={first.Id}&ids={second.Id}";
        var form = (IHtmlFormElement)(await desk.GetPageAsync(address)).QuerySelector("main form.form")!;
        // The owner takes one back, edits it and submits it again while the office still looks at the old one.
        await owner.ActAsync($"/my/needs/{second.Id}/view", "take-back");
        await owner.SubmitAsync($"/my/needs/{second.Id}", new() { ["Input.Title"] = "一起转交乙改" });
        var ticks = string.Join('\n', await app.RequiredTicksAsync());

        var response = await desk.SendFormAsync(form, address, new()
        {
            ["pick[]"] = $"{first.Id}:{first.Version}\n{second.Id}:{second.Version}", ["pick"] = "", ["ticks[]"] = ticks,
        });

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("一起转交乙改", (await response.PageAsync()).Errors(), StringComparison.Ordinal);
        Assert.Equal((ListingState.Submitted, ListingState.AwaitingOffice), (await app.StateAsync(first.Id), await app.StateAsync(second.Id)));
    }

    [Fact]
    public async Task Two_who_decide_at_once_one_wins_and_the_other_is_told()
    {
        var (office, member) = await app.AddOfficeAsync();
        var need = await app.SubmittedAsync(member);
        var ticks = await app.RequiredTicksAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => app.WithServiceAsync<PublishListing, Decision>(publishing => i % 2 == 0
            ? publishing.ForwardAsync(need.Id, need.Version, "好", ticks, 1, Cancel)
            : publishing.SendBackAsync(need.Id, need.Version, "不好", ticks, 1, Cancel))));

        Assert.Equal(1, outcomes.Count(o => o.Outcome == DecisionOutcome.Done));
        Assert.Equal(3, outcomes.Count(o => o.Outcome == DecisionOutcome.Changed));
        Assert.Equal(1, await app.WithDbAsync(db => db.ListingSteps.CountAsync(s => s.ListingId == need.Id && s.From == ListingState.AwaitingOffice, Cancel)));
        Assert.NotNull(office);
    }

    [Fact]
    public async Task Without_its_office_what_waited_there_goes_on_to_staff()
    {
        var (_, member) = await app.AddOfficeAsync();
        var need = await app.SubmittedAsync(member);
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var row = (IHtmlFormElement)(await staff.GetPageAsync($"/staff/offices?q={Uri.EscapeDataString(member.Name)}")).QuerySelectorAll("main form").Single(f => f.GetAttribute("action")?.Contains("handler=Place", StringComparison.Ordinal) == true);

        var response = await staff.SendFormAsync(row, "/staff/offices", new() { ["office"] = "" });

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(ListingState.Submitted, await app.StateAsync(need.Id));
    }

    [Fact]
    public async Task Staff_pass_on_in_the_place_of_an_office_that_does_not_answer()
    {
        var (_, member) = await app.AddOfficeAsync();
        var need = await app.SubmittedAsync(member);
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));

        await staff.ActAsync($"/staff/review/{need.Id}", "forward");

        Assert.Equal(ListingState.Submitted, await app.StateAsync(need.Id));
        Assert.Equal("in place of the office", await app.WithDbAsync(db => db.AuditEntries.Where(a => a.Subject == $"need:{need.Id}" && a.Action == "listing.forward").Select(a => a.Details).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task A_required_item_of_staff_keeps_a_record_from_being_published_until_it_is_ticked()
    {
        var need = await app.SubmittedAsync(await app.AddOrganizationAsync());
        var item = await app.WithDbAsync(async db =>
        {
            var added = ChecklistItem.Own(CheckStage.Staff, "核对附件（示例）", required: true, 99);
            db.ChecklistItems.Add(added);
            await db.SaveChangesAsync(Cancel);
            return added.Id;
        });
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));

        var refused = await staff.ActAsync($"/staff/review/{need.Id}", "publish");
        var published = await staff.ActAsync($"/staff/review/{need.Id}", "publish", new() { ["ticks[]"] = $"{item}" });

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, published.StatusCode);
        var step = await app.WithDbAsync(db => db.ListingSteps.Where(s => s.ListingId == need.Id && s.To == ListingState.Published).SingleAsync(Cancel));
        Assert.True(step.Checks!.Single(c => c.Text == "核对附件（示例）").Ticked);
        await app.WithDbAsync(db => db.ChecklistItems.Where(i => i.Id == item).ExecuteDeleteAsync(Cancel));
    }
}
