using System.Net;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Notices;

public sealed class InboxTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_head_counts_what_is_unread_and_opening_reads_it()
    {
        var firm = await app.AddOrganizationAsync();
        var email = await app.AddUserAsync(Roles.EnterpriseMember, firm);
        var need = await app.AddDraftAsync(firm, app.NeedContent());
        var client = await app.CreateClientForAsync(email);
        Assert.Null((await client.GetPageAsync("/")).QuerySelector(".unread"));
        var first = await app.TellAsync(email, NoticeKind.ListingSentBack, $"/my/needs/{need.Id}/view", "退回的标题");
        await app.TellAsync(email, NoticeKind.CaseOffered, "/my/cases/1", "DJ-1");

        Assert.StartsWith("2", (await client.GetPageAsync("/")).QuerySelector(".unread")!.TextContent, StringComparison.Ordinal);
        var page = await client.GetPageAsync("/inbox");
        Assert.Contains("退回的标题", page.MainText(), StringComparison.Ordinal);
        var opened = await client.GetAsync($"/inbox/{first}", Cancel);
        Assert.Equal($"/my/needs/{need.Id}/view", opened.Headers.Location!.OriginalString);
        Assert.StartsWith("1", (await client.GetPageAsync("/")).QuerySelector(".unread")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_filtered_by_group_kind_and_unread_read_one_by_one_or_all_and_paged()
    {
        var email = await app.AddUserAsync(Roles.Broker);
        for (var i = 0; i < 25; i++) await app.TellAsync(email, NoticeKind.CaseMessage, "/desk", $"DJ-{i}");
        await app.TellAsync(email, NoticeKind.ContractRegister, "/desk", "合同一份");
        var client = await app.CreateClientForAsync(email);

        Assert.Equal(20, (await client.GetPageAsync("/inbox")).QuerySelectorAll(".notices > li").Length);
        Assert.Equal(6, (await client.GetPageAsync("/inbox?page=2")).QuerySelectorAll(".notices > li").Length);
        Assert.Single((await client.GetPageAsync("/inbox?group=Contracts")).QuerySelectorAll(".notices > li"));
        Assert.Single((await client.GetPageAsync("/inbox?kind=ContractRegister")).QuerySelectorAll(".notices > li"));
        Assert.Equal(20, (await client.GetPageAsync("/inbox?group=7&kind=nonsense&page=-3")).QuerySelectorAll(".notices > li").Length);

        await client.PostFormAsync("/inbox?group=Contracts", [], form: "form[action*='handler=Read&'], form[action*='Read'][action*='id=']");
        Assert.Empty((await client.GetPageAsync("/inbox?group=Contracts&unread=1")).QuerySelectorAll(".notices > li"));
        await client.PostFormAsync("/inbox?group=Cases&unread=1", [], form: "form[action*=ReadAll]");
        Assert.Equal(0, await app.WithDbAsync(db => db.Notices.CountAsync(n => n.ReadAt == null && n.Kind == NoticeKind.CaseMessage, Cancel)));
        Assert.Contains("这里还没有通知", (await client.GetPageAsync("/inbox?unread=1")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_notices_are_not_there()
    {
        var owner = await app.AddUserAsync(Roles.Staff);
        var notice = await app.TellAsync(owner, NoticeKind.ListingAsked, "/staff/review/1", "别人的标题");
        var stranger = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));

        Assert.DoesNotContain("别人的标题", (await stranger.GetPageAsync("/inbox")).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/inbox/{notice}", Cancel)).StatusCode);
        var token = (await stranger.GetPageAsync("/account")).Value("__RequestVerificationToken");
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token });
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"/inbox?handler=Read&id={notice}", fields, Cancel)).StatusCode);
        using var all = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token });
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.PostAsync("/inbox?handler=ReadAll", all, Cancel)).StatusCode);
        Assert.Null(await app.WithDbAsync(db => db.Notices.Where(n => n.Id == notice).Select(n => n.ReadAt).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task A_link_that_leads_off_the_site_is_not_followed()
    {
        var email = await app.AddUserAsync(Roles.Staff);
        var notice = await app.TellAsync(email, NoticeKind.ListingAsked, "//evil.test/x");
        var client = await app.CreateClientForAsync(email);
        Assert.Equal("/inbox", (await client.GetAsync($"/inbox/{notice}", Cancel)).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Choices_are_kept_and_what_a_kind_does_not_offer_is_not_taken()
    {
        var email = await app.AddUserAsync(Roles.Staff);
        var client = await app.CreateClientForAsync(email);
        var page = await client.GetPageAsync("/account/notices");
        Assert.Equal(["AtOnce", "Never"], page.QuerySelectorAll("#choice-CaseOffered option").Select(o => o.GetAttribute("value")));

        await client.PostFormAsync("/account/notices", new() { ["Choice[CaseMessage]"] = "Weekly", ["Choice[CaseOffered]"] = "Monthly", ["Choice[PriceNotice]"] = "Hourly" }, form: "form[action*=Choices]");

        page = await client.GetPageAsync("/account/notices");
        Assert.Equal("Weekly", page.Value("Choice[CaseMessage]"));
        Assert.Equal("AtOnce", page.Value("Choice[CaseOffered]"));
        Assert.Equal("Daily", page.Value("Choice[PriceNotice]"));
    }
}
