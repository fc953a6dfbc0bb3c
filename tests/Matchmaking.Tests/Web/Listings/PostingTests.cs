using System.Net;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Web.Listings;

/// <summary>From an empty form to a public page, for both sides of the market.</summary>
public sealed class PostingTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_need_goes_from_the_form_through_review_to_its_public_page()
    {
        var organization = await app.AddOrganizationAsync();
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));

        var submitted = await owner.SubmitAsync("/my/needs/new", ListingForms.Need("一项走完全程的需求"));
        Assert.Equal(HttpStatusCode.Redirect, submitted.StatusCode);
        var id = submitted.Id();
        Assert.Contains("待审核", (await owner.GetPageAsync($"/my/needs/{id}/view")).MainText(), StringComparison.Ordinal);
        Assert.Contains("一项走完全程的需求", (await staff.GetPageAsync("/staff/review")).MainText(), StringComparison.Ordinal);
        var review = (await staff.GetPageAsync($"/staff/review/{id}")).MainText();
        Assert.Contains("联系人乙（示例）", review, StringComparison.Ordinal);
        Assert.Contains(organization.CreditCode, review, StringComparison.Ordinal);

        var published = await staff.ActAsync($"/staff/review/{id}", "publish");
        Assert.Equal(HttpStatusCode.Redirect, published.StatusCode);

        var need = await app.WithDbAsync(db => db.Needs.Include(n => n.Revisions).SingleAsync(n => n.Id == id, Cancellation));
        Assert.Equal((ListingState.Published, 1), (need.State, need.PublishedRevision));
        Assert.Matches(@"^XQ2026-220200-\d{5}$", need.Number);
        Assert.Equal([CooperationMode.JointDevelopment, CooperationMode.CommissionedDevelopment], need.Cooperation);
        var anybody = await app.CreateClientForAsync(null);
        var page = await anybody.GetPageAsync($"/needs/{need.Number}");
        var text = page.MainText();
        Assert.Contains("一项走完全程的需求", text, StringComparison.Ordinal);
        Assert.Contains(organization.Name, text, StringComparison.Ordinal);
        Assert.Contains("≤3\u00A0℃", text, StringComparison.Ordinal);
        Assert.Contains("260万元", text, StringComparison.Ordinal);
        Assert.DoesNotContain("联系人乙", page.Source.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("0432-0000000", page.Source.Text, StringComparison.Ordinal);
        Assert.Contains("\"@type\":\"Demand\"", page.QuerySelector("script[type='application/ld+json']")!.TextContent, StringComparison.Ordinal);
        var actions = await app.WithDbAsync(db => db.AuditEntries.Where(a => a.Subject == $"need:{id}").OrderBy(a => a.Id).Select(a => a.Action).ToListAsync(Cancellation));
        Assert.Equal(["listing.create", "listing.submit", "listing.publish"], actions.Where(a => a.StartsWith("listing.", StringComparison.Ordinal)));
        // The reviewer saw the contact.
        Assert.Contains("contact.read", actions);
    }

    [Fact]
    public async Task An_achievement_does_the_same()
    {
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Researcher, await app.AddOrganizationAsync(OrganizationKind.University)));
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));

        var id = (await owner.SubmitAsync("/my/achievements/new", ListingForms.Achievement())).Id();
        await staff.ActAsync($"/staff/review/{id}", "publish");

        var achievement = await app.WithDbAsync(db => db.Achievements.SingleAsync(n => n.Id == id, Cancellation));
        Assert.Equal((ListingState.Published, 6, IpKind.InventionPatent), (achievement.State, achievement.Trl, achievement.Ip));
        var page = await (await app.CreateClientForAsync(null)).GetPageAsync($"/achievements/{achievement.Number}");
        Assert.Contains("正样级", page.MainText(), StringComparison.Ordinal);
        Assert.Contains("\"@type\":\"Offer\"", page.QuerySelector("script[type='application/ld+json']")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_needs_nothing_but_what_it_has_must_be_readable()
    {
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()));

        var saved = await owner.SaveAsync("/my/needs/new", new() { ["Input.Title"] = "半份草稿" });

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var page = await owner.GetPageAsync($"/my/needs/{saved.Id()}");
        Assert.Equal("半份草稿", page.Value("Input.Title"));
        Assert.Contains("草稿已保存", page.MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_form_keeps_every_value_and_says_at_the_field_and_on_top_what_is_wrong()
    {
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()));
        var typed = ListingForms.Need();
        typed["Input.Quantities[0].Name"] = "能耗";
        typed["Input.Quantities[0].Value"] = "18左右";
        typed["Input.Deadline"] = "明年六月";
        typed["Input.Money"] = "很多";
        typed["Input.Summary"] = new string('长', 201);

        var response = await owner.SubmitAsync("/my/needs/new", typed);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var page = await response.PageAsync();
        foreach (var (name, value) in typed.Where(t => !t.Key.EndsWith("[]", StringComparison.Ordinal))) Assert.Equal(value, page.Value(name));
        Assert.Equal(["JointDevelopment", "CommissionedDevelopment"], page.QuerySelectorAll("[name='Input.Cooperation'][checked]").Select(c => c.GetAttribute("value")));
        Assert.Contains("还不能提交：有4处要改", page.Errors(), StringComparison.Ordinal);
        Assert.Contains("“能耗”的数值写成了“18左右”，请写一个数，例如18", page.Errors(), StringComparison.Ordinal);
        Assert.Contains("完成期限写成了“明年六月”", page.Errors(), StringComparison.Ordinal);
        foreach (var link in page.QuerySelectorAll(".errors a")) Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..]));
        Assert.Equal("true", page.GetElementById("Input_Quantities_0__Value")!.GetAttribute("aria-invalid"));
        Assert.NotNull(page.GetElementById(page.GetElementById("Input_Deadline")!.GetAttribute("aria-describedby")!.Split(' ')[^1]));
        Assert.Empty(await app.WithDbAsync(db => db.Needs.Where(n => n.Summary.Length > 200).ToListAsync(Cancellation)));
    }

    [Fact]
    public async Task Rows_are_added_and_removed_without_script_and_nothing_else_changes()
    {
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()));
        var typed = ListingForms.Need();

        var more = await (await owner.PostFormAsync("/my/needs/new", new(typed) { ["add"] = "row" }, ListingForms.MainForm)).PageAsync();
        Assert.Equal(("炉内温差", ""), (more.Value("Input.Quantities[0].Name"), more.Value("Input.Quantities[1].Name")));
        Assert.Equal(typed["Input.Description"], more.Value("Input.Description"));
        Assert.Equal(typed["Input.Deadline"], more.Value("Input.Deadline"));

        var form = (AngleSharp.Html.Dom.IHtmlFormElement)more.QuerySelector(ListingForms.MainForm)!;
        var less = await (await owner.SendFormAsync(form, "/my/needs/new", new() { ["Input.Quantities[1].Name"] = "线速度", ["remove"] = "0" })).PageAsync();
        Assert.Equal("线速度", less.Value("Input.Quantities[0].Name"));
        Assert.Null(less.QuerySelector("[name='Input.Quantities[1].Name']"));
        Assert.Equal(typed["Input.Title"], less.Value("Input.Title"));
    }

    [Fact]
    public async Task A_double_click_makes_one_record()
    {
        var organization = await app.AddOrganizationAsync();
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await owner.GetPageAsync("/my/needs/new")).QuerySelector(ListingForms.MainForm)!;
        var fields = new Dictionary<string, string>(ListingForms.Need("双击的需求")) { ["act"] = "submit" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => owner.SendFormAsync(form, "/my/needs/new", fields)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.Single(answers.Select(a => a.Id()).Distinct());
        Assert.Equal(1, await app.WithDbAsync(db => db.Needs.CountAsync(n => n.OrganizationId == organization.Id, Cancellation)));
    }

    [Fact]
    public async Task An_anonymous_owner_is_told_when_its_text_names_it()
    {
        var organization = await app.AddOrganizationAsync(name: "松涧新材料（示例）有限公司");
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        var typed = ListingForms.Need();
        typed["Input.Disclosure"] = "Anonymous";
        typed["Input.Description"] = "松涧新材料现有两条产线。";

        var response = await owner.SubmitAsync("/my/needs/new", typed);

        Assert.Contains("详细说明里写了单位名“松涧新材料”，您选了匿名", (await response.PageAsync()).Errors(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reasons_of_a_return_reach_the_owner_who_corrects_and_submits_again()
    {
        var organization = await app.AddOrganizationAsync();
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var need = await app.SubmittedAsync(organization);

        var silent = await staff.ActAsync($"/staff/review/{need.Id}", "return", new() { ["reasons"] = " \u200b " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        Assert.Contains("退回原因没有写", (await silent.PageAsync()).MainText(), StringComparison.Ordinal);

        await staff.ActAsync($"/staff/review/{need.Id}", "return", new() { ["reasons"] = "请写明现有温差" });
        Assert.Contains("请写明现有温差", (await owner.GetPageAsync("/my")).MainText(), StringComparison.Ordinal);
        Assert.Contains("请写明现有温差", (await owner.GetPageAsync($"/my/needs/{need.Id}")).MainText(), StringComparison.Ordinal);
        var again = await owner.SubmitAsync($"/my/needs/{need.Id}", new() { ["Input.Title"] = "补写了温差的需求" });

        Assert.Equal($"/my/needs/{need.Id}/view", again.Headers.Location?.OriginalString);
        Assert.Equal(ListingState.Submitted, await app.WithDbAsync(db => db.Needs.Where(n => n.Id == need.Id).Select(n => n.State).SingleAsync(Cancellation)));
    }

    [Fact]
    public async Task Unverified_organisations_may_submit_but_are_not_published()
    {
        var need = await app.SubmittedAsync(await app.AddOrganizationAsync(verified: false));
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));

        var response = await staff.ActAsync($"/staff/review/{need.Id}", "publish");

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("还没有通过核验", (await response.PageAsync()).Errors(), StringComparison.Ordinal);
        Assert.Equal(ListingState.Submitted, await app.WithDbAsync(db => db.Needs.Where(n => n.Id == need.Id).Select(n => n.State).SingleAsync(Cancellation)));
    }

    [Fact]
    public async Task My_page_shows_own_records_only_and_says_what_waits()
    {
        var organization = await app.AddOrganizationAsync(verified: false);
        var other = await app.PublishNeedAsync(content: app.NeedContent("别家的需求"));
        await app.AddDraftAsync(organization, app.NeedContent("自家的草稿"));
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));

        var text = (await owner.GetPageAsync("/my")).MainText();

        Assert.Contains("自家的草稿", text, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Title, text, StringComparison.Ordinal);
        Assert.Contains("还没有通过核验", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_asked_to_join_sees_nothing_of_the_organisation()
    {
        var organization = await app.AddOrganizationAsync();
        var draft = await app.AddDraftAsync(organization, app.NeedContent("秘密草稿"));
        var waiting = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization, waiting: true));

        var page = (await waiting.GetPageAsync("/my")).MainText();

        Assert.DoesNotContain("秘密草稿", page, StringComparison.Ordinal);
        Assert.Contains("加入申请在等待确认", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await waiting.GetAsync($"/my/needs/{draft.Id}", Cancellation)).StatusCode);
        Assert.Equal("/my", (await waiting.GetAsync("/my/needs/new", Cancellation)).Headers.Location?.OriginalString);
    }
}
