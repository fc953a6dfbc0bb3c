using System.Net;
using AngleSharp.Html.Dom;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Web.Listings;

public sealed class ReviewTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_reviewers_the_second_is_told()
    {
        var first = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var second = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var need = await app.SubmittedAsync(await app.AddOrganizationAsync());
        var address = $"/staff/review/{need.Id}";
        var opened = (IHtmlFormElement)(await second.GetPageAsync(address)).QuerySelectorAll("main form").First(f => f.QuerySelector("button[value=return]") is not null);
        await first.ActAsync(address, "publish");

        var response = await second.SendFormAsync(opened, address, new() { ["reasons"] = "我写的原因", ["act"] = "return" });

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("已被别人处理或修改，现在是“已发布”", (await response.PageAsync()).Errors(), StringComparison.Ordinal);
        Assert.Equal(ListingState.Published, (await app.WithDbAsync(db => db.Needs.SingleAsync(n => n.Id == need.Id, Cancellation))).State);
    }

    [Fact]
    public async Task What_the_reviewer_has_not_seen_is_not_published()
    {
        var organization = await app.AddOrganizationAsync();
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var need = await app.SubmittedAsync(organization);
        var address = $"/staff/review/{need.Id}";
        var opened = (IHtmlFormElement)(await staff.GetPageAsync(address)).QuerySelectorAll("main form").First(f => f.QuerySelector("button[value=publish]") is not null);
        await owner.ActAsync($"/my/needs/{need.Id}/view", "take-back");
        await owner.SubmitAsync($"/my/needs/{need.Id}", new() { ["Input.Title"] = "审核人员没看过的标题" });

        var response = await staff.SendFormAsync(opened, address, new() { ["act"] = "publish" });

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("审核人员没看过的标题", (await response.PageAsync()).MainText(), StringComparison.Ordinal);
        Assert.Equal(ListingState.Submitted, await app.WithDbAsync(db => db.Needs.Where(n => n.Id == need.Id).Select(n => n.State).SingleAsync(Cancellation)));
    }

    [Fact]
    public async Task Whoever_publishes_at_the_same_moment_gives_out_each_number_once()
    {
        var organization = await app.AddOrganizationAsync();
        var waiting = new List<Listing>();
        for (var i = 0; i < 6; i++) waiting.Add(await app.SubmittedAsync(organization, app.NeedContent($"同时发布{i}") with { Region = "222400" }));

        var outcomes = await Task.WhenAll(waiting.Select(l => app.WithServiceAsync<PublishListing, Decision>(
            publishing => publishing.PublishAsync(l.Id, l.Version, 1, new DateOnly(2026, 11, 24), Cancellation))));

        Assert.All(outcomes, o => Assert.Equal(DecisionOutcome.Done, o.Outcome));
        var numbers = await app.WithDbAsync(db => db.Needs.Where(n => n.Region == "222400").Select(n => n.Number!).ToListAsync(Cancellation));
        Assert.Equal(Enumerable.Range(1, 6).Select(i => $"XQ2026-222400-{i:D5}"), numbers.Order());
    }

    [Fact]
    public async Task Two_publications_of_one_record_happen_once()
    {
        var need = await app.SubmittedAsync(await app.AddOrganizationAsync());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.WithServiceAsync<PublishListing, Decision>(
            publishing => publishing.PublishAsync(need.Id, need.Version, 1, new DateOnly(2026, 11, 24), Cancellation))));

        Assert.Equal(1, outcomes.Count(o => o.Outcome == DecisionOutcome.Done));
        Assert.Equal(3, outcomes.Count(o => o.Outcome == DecisionOutcome.Changed));
        Assert.Equal(1, await app.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Subject == $"need:{need.Id}" && a.Action == "listing.publish", Cancellation)));
    }

    [Fact]
    public async Task What_ran_out_while_it_waited_is_not_published()
    {
        var need = await app.SubmittedAsync(await app.AddOrganizationAsync());
        var decision = await app.WithServiceAsync<PublishListing, Decision>(p => p.PublishAsync(need.Id, need.Version, 1, new DateOnly(2027, 8, 1), Cancellation));

        Assert.Equal(DecisionOutcome.Incomplete, decision.Outcome);
        Assert.Equal(["ValidUntil"], decision.Problems.Select(p => p.Field));
    }

    [Fact]
    public async Task The_queue_stands_longest_waiting_first_with_the_days()
    {
        var organization = await app.AddOrganizationAsync();
        await app.SubmittedAsync(organization, app.NeedContent("先来的需求"));
        app.Clock.Advance(TimeSpan.FromDays(3));
        await app.SubmittedAsync(organization, app.NeedContent("后来的需求"));
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));

        var rows = (await staff.GetPageAsync("/staff/review")).QuerySelectorAll("tbody tr").Where(r => r.TextContent.Contains("来的需求", StringComparison.Ordinal)).ToList();

        Assert.Equal(["先来的需求", "后来的需求"], rows.Select(r => r.QuerySelector("th a")!.TextContent));
        Assert.Equal(["3", "0"], rows.Select(r => r.QuerySelector("td:last-child")!.TextContent));
        Assert.Contains("待审核", (await staff.GetPageAsync("/staff")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_assign_a_broker_who_then_may_read_the_record()
    {
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var email = await app.AddUserAsync(Roles.Broker);
        var id = await app.WithDbAsync(db => db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(Cancellation));
        var need = await app.PublishNeedAsync();
        Assert.Contains(need.Title, (await staff.GetPageAsync("/staff/brokers")).MainText(), StringComparison.Ordinal);

        await staff.ActAsync($"/staff/review/{need.Id}", "assign", new() { ["broker"] = $"{id}" });

        Assert.Equal(id, await app.WithDbAsync(db => db.Needs.Where(n => n.Id == need.Id).Select(n => n.BrokerId).SingleAsync(Cancellation)));
        var wrong = await staff.ActAsync($"/staff/review/{need.Id}", "assign", new() { ["broker"] = "999999" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }

    /// <summary>Thousands of papers that nobody can be asked about would hide the records that wait for a broker.</summary>
    [Fact]
    public async Task Papers_of_a_repository_do_not_wait_for_a_broker()
    {
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var before = await WaitingAsync(staff);
        var need = await app.PublishNeedAsync(content: app.NeedContent("没有经纪人的需求"));
        var paper = await app.PublishAchievementAsync(content: app.AchievementContent("期刊论文（示例）"));
        await app.WithDbAsync(db => db.Achievements.Where(a => a.Id == paper.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Source, "csl:test"), Cancellation));

        Assert.Equal(before + 1, await WaitingAsync(staff));
        var brokers = (await staff.GetPageAsync("/staff/brokers")).QuerySelector("section[aria-labelledby=unassigned]")!;
        Assert.Contains($"（{before + 1}）", brokers.QuerySelector("h2")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(need.Title, brokers.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(paper.Title, brokers.TextContent, StringComparison.Ordinal);
    }

    private static async Task<int> WaitingAsync(HttpClient staff) =>
        int.Parse((await staff.GetPageAsync("/staff")).QuerySelector("dd a[href='/staff/brokers']")!.TextContent, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_public_and_owners_pages_speak_English_too()
    {
        var organization = await app.AddOrganizationAsync();
        var need = await app.PublishNeedAsync(organization, app.NeedContent("English need") with { Disclosure = Disclosure.Anonymous });
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        foreach (var client in new[] { owner, staff }) client.DefaultRequestHeaders.Add("Accept-Language", "en");

        Assert.Contains("Changchun, firm in Electrical machinery", (await owner.GetPageAsync($"/needs/{need.Number}")).MainText(), StringComparison.Ordinal);
        Assert.Contains("Post a need", (await owner.GetPageAsync("/my/needs/new")).MainText(), StringComparison.Ordinal);
        Assert.Contains("My needs", (await owner.GetPageAsync("/my")).MainText(), StringComparison.Ordinal);
        Assert.Contains("Keep it open", (await owner.GetPageAsync($"/my/needs/{need.Id}/view")).MainText(), StringComparison.Ordinal);
        Assert.Contains("Assign broker", (await staff.GetPageAsync($"/staff/review/{need.Id}")).MainText(), StringComparison.Ordinal);
        var refused = await owner.SubmitAsync("/my/needs/new", new() { ["Input.Money"] = "about 18" });
        Assert.Contains("Budget says “about 18”. Enter one number, such as 18", (await refused.PageAsync()).Errors(), StringComparison.Ordinal);
    }
}
