using System.Net;
using AngleSharp.Html.Dom;
using Matchmaking.Jobs;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Writing;

/// <summary>A need that is published already is shown before submitting: its author joins it or says what differs; staff can merge two.</summary>
public sealed class NearDuplicatesTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private const string New = "/my/needs/new";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_need_like_a_published_one_waits_for_an_answer_which_the_reviewer_sees()
    {
        var other = await PublishAsync("立式磨机辊套磨损", "辊套运行1500 h后磨损12 mm，台时产量下降18%。希望寿命不低于4000 h。");
        var (client, _) = await MemberAsync();

        var held = await client.SubmitAsync(New, Form("立式磨机辊套磨损快", "辊套运行1400 h后磨损12 mm，台时产量下降17%。希望寿命不低于4000 h。"));
        var page = await held.PageAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, held.StatusCode);
        Assert.Contains(other.Number!, page.QuerySelector("#near")!.TextContent, StringComparison.Ordinal);

        var name = $"Input.Differs[{other.Id}]";
        var short1 = await AgainAsync(client, page, new() { [name] = "不同" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, short1.StatusCode);
        Assert.Equal("不同", (await short1.PageAsync()).QuerySelector($"[name='{name}']")!.TextContent.Trim());
        var done = await AgainAsync(client, page, new() { [name] = "我们磨的是钢渣，辊套材质不能通用。" });

        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.DoesNotContain("没有查是否已有相近的需求", (await client.GetPageAsync(done.Headers.Location!.OriginalString)).MainText(), StringComparison.Ordinal);
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        Assert.Contains("我们磨的是钢渣，辊套材质不能通用。", (await staff.GetPageAsync($"/staff/review/{done.Id()}")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_anonymous_owner_stays_unnamed_to_whoever_writes_the_same()
    {
        var owner = await app.AddOrganizationAsync(name: "长岭秘名轧辊厂");
        await PublishAsync("轧辊表面热裂纹", "轧辊轧制6000 t后出现热裂纹，换辊一次4 h。希望轧制量不低于15000 t。", owner, anonymous: true);
        var (client, _) = await MemberAsync();

        var page = await (await client.SubmitAsync(New, Form("轧辊表面热裂纹多", "轧辊轧制6000 t后出现热裂纹，换辊一次4 h。希望轧制量不低于14000 t。"))).PageAsync();

        Assert.Contains("轧辊表面热裂纹", page.QuerySelector("#near")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("长岭秘名", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Joining_puts_the_organisation_behind_the_other_need_and_keeps_what_was_written()
    {
        var owner = await app.AddOrganizationAsync();
        var ownerMail = await app.AddUserAsync(Roles.EnterpriseMember, owner);
        var other = await PublishAsync("烘缸冷凝水排不净", "烘缸内冷凝水厚度8 mm，车速降到600 m/min。希望厚度不超过2 mm。", owner, author: ownerMail);
        var (client, organization) = await MemberAsync();
        var page = await (await client.SubmitAsync(New, Form("烘缸冷凝水排不尽", "烘缸内冷凝水厚度8 mm，车速降到620 m/min。希望厚度不超过2 mm。"))).PageAsync();

        var joined = await AgainAsync(client, page, new() { ["join"] = $"{other.Id}" }, act: null);
        await AgainAsync(client, page, new() { ["join"] = $"{other.Id}" }, act: null);

        Assert.Equal("/my", joined.Headers.Location?.OriginalString);
        Assert.Contains(other.Number!, (await client.GetPageAsync("/my")).MainText(), StringComparison.Ordinal);
        var draft = await app.WithDbAsync(db => db.Listings.AsNoTracking().SingleAsync(l => l.OrganizationId == organization.Id));
        Assert.Equal((ListingState.Draft, "烘缸冷凝水排不尽"), (draft.State, draft.Title));
        var ownerClient = await app.CreateClientForAsync(ownerMail);
        Assert.Contains(organization.Name, (await ownerClient.GetPageAsync($"/my/needs/{other.Id}/view")).MainText(), StringComparison.Ordinal);
        Assert.DoesNotContain(organization.Name, (await app.CreateClient().GetPageAsync($"/needs/{other.Number}")).MainText(), StringComparison.Ordinal);
        var notice = await app.WithDbAsync(db => db.Notices.SingleAsync(n => n.Kind == NoticeKind.ListingDuplicate && n.Link == $"/my/needs/{other.Id}/view"));
        Assert.Equal([other.Number!, other.Title], notice.Arguments);
        Assert.Equal(1, await app.WithDbAsync(db => db.CoPosters.CountAsync(c => c.ListingId == other.Id)));
        Assert.Equal(1, await app.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Action == "need.join" && a.Subject == $"need:{other.Id}")));
    }

    [Fact]
    public async Task Only_a_need_that_reads_the_same_can_be_joined()
    {
        var far = await PublishAsync("水轮机顶盖漏水", "顶盖漏水量每小时2 m³，抽水泵常转。希望不超过0.1 m³。");
        var (client, _) = await MemberAsync();

        var response = await client.PostFormAsync(New, new(Form("草莓大棚二氧化碳补给", "棚内二氧化碳浓度只有200 ppm。希望不低于800 ppm。")) { ["join"] = $"{far.Id}" }, ListingForms.MainForm);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(0, await app.WithDbAsync(db => db.CoPosters.CountAsync(c => c.ListingId == far.Id)));
    }

    [Fact]
    public async Task A_different_need_of_the_same_trade_is_not_held_up()
    {
        await PublishAsync("碎石机颚板断裂", "颚板使用300 h后断裂，材料ZGMn13。希望寿命不低于800 h。");
        var (client, _) = await MemberAsync();

        var response = await client.SubmitAsync(New, Form("碎石线粉尘无组织排放", "筛分楼粉尘浓度60 mg/m³。希望不超过10 mg/m³，风量不增加。"));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }

    [Fact]
    public async Task Staff_merge_two_needs_and_the_old_address_leads_to_the_one_that_goes_on()
    {
        var firm = await app.AddOrganizationAsync(name: "并入试验单位（示例）");
        var first = await PublishAsync("电炉电极折断", "电极折断每月3次，每次停炉2 h。希望每月不超过0.5次。");
        var second = await PublishAsync("电弧炉电极折断", "电极折断每月3次，每次停炉2 h。希望每月不超过0.4次。", firm);
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var address = $"/staff/review/{second.Id}";

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.ActAsync(address, "merge", new() { ["into"] = "XQ2026-000000-99999" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.ActAsync(address, "merge", new() { ["into"] = second.Number! })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await staff.ActAsync(address, "merge", new() { ["into"] = first.Number!, ["version"] = "0" })).StatusCode);
        var merged = await staff.ActAsync(address, "merge", new() { ["into"] = first.Number!.ToLowerInvariant() });

        Assert.Equal(HttpStatusCode.Redirect, merged.StatusCode);
        Assert.Equal(ListingState.Withdrawn, await app.WithDbAsync(db => db.Listings.Where(l => l.Id == second.Id).Select(l => l.State).SingleAsync()));
        var old = await app.CreateClient(new() { AllowAutoRedirect = false }).GetAsync($"/needs/{second.Number}", Cancel);
        Assert.Equal((HttpStatusCode.Redirect, $"/needs/{first.Number}"), (old.StatusCode, old.Headers.Location?.OriginalString));
        Assert.Contains("并入试验单位（示例）", (await staff.GetPageAsync($"/staff/review/{first.Id}")).MainText(), StringComparison.Ordinal);
        Assert.Contains(first.Number!, (await staff.GetPageAsync(address)).MainText(), StringComparison.Ordinal);
        Assert.Equal(1, await app.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Action == "need.merge" && a.Subject == $"need:{second.Id}")));
    }

    private static Dictionary<string, string> Form(string title, string description) => new(ListingForms.Need(title)) { ["Input.Summary"] = title + "，影响生产。", ["Input.Description"] = description };

    private static Task<HttpResponseMessage> AgainAsync(HttpClient client, IHtmlDocument page, Dictionary<string, string> fields, string? act = "submit")
    {
        if (act is not null) fields["act"] = act;
        return client.SendFormAsync((IHtmlFormElement)page.QuerySelector(ListingForms.MainForm)!, New, fields);
    }

    private async Task<(HttpClient Client, Organization Organization)> MemberAsync()
    {
        var organization = await app.AddOrganizationAsync();
        return (await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization)), organization);
    }

    private async Task<Need> PublishAsync(string title, string description, Organization? organization = null, bool anonymous = false, string? author = null)
    {
        var content = app.NeedContent(title) with { Summary = title + "，影响生产。", Description = description, Keywords = [], Quantities = [], Disclosure = anonymous ? Disclosure.Anonymous : Disclosure.Named };
        var need = await app.PublishNeedAsync(organization, content);
        if (author is not null)
            await app.WithDbAsync(async db => await db.Listings.Where(l => l.Id == need.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.AuthorId, db.Users.Where(u => u.Email == author).Select(u => u.Id).First())));
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(CancellationToken.None));
        return need;
    }
}
