using System.Net;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Web.Listings;

/// <summary>Foreign and hidden records do not exist for those who may not read them; an anonymous owner's name stands nowhere public.</summary>
public sealed class WhoSeesWhatTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Roles.EnterpriseMember)]
    [InlineData(Roles.Researcher)]
    [InlineData(Roles.Broker)]
    [InlineData(Roles.Staff)]
    [InlineData(Roles.Administrator)]
    [InlineData(Roles.RecommendingOffice)]
    [InlineData(null)]
    public async Task Pages_of_an_owner_open_for_nobody_else(string? role)
    {
        var need = await app.PublishNeedAsync();
        var client = await app.CreateClientForAsync(role is null ? null : await app.AddUserAsync(role, await app.AddOrganizationAsync()));

        foreach (var path in new[] { "", "/view", "/revisions/1" })
        {
            var address = $"/my/needs/{need.Id}{path}";
            var status = (await client.GetAsync(address, Cancellation)).StatusCode;
            // Who may not enter the folder at all is sent away before any record is looked at, whatever its number.
            Assert.Equal(role is Roles.EnterpriseMember or Roles.Researcher ? HttpStatusCode.NotFound : HttpStatusCode.Redirect, status);
            var missing = (await client.GetAsync($"/my/needs/999999{path}", Cancellation)).StatusCode;
            Assert.Equal(missing, status);
        }
    }

    [Fact]
    public async Task Posts_to_a_foreign_record_find_nothing_and_change_nothing()
    {
        var foreign = await app.PublishNeedAsync();
        var organization = await app.AddOrganizationAsync();
        var own = await app.PublishNeedAsync(organization);
        var client = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));

        var withdrawn = await client.ForceAsync($"/my/needs/{own.Id}/view", $"/my/needs/{foreign.Id}/view", "withdraw");
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await client.GetPageAsync($"/my/needs/{own.Id}")).QuerySelector(ListingForms.MainForm)!;
        var edited = await client.SendFormAsync(form, $"/my/needs/{foreign.Id}", new() { ["Input.Title"] = "抢来的", ["act"] = "submit" });

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (withdrawn.StatusCode, edited.StatusCode));
        var now = await app.WithDbAsync(db => db.Needs.Include(n => n.Revisions).SingleAsync(n => n.Id == foreign.Id, Cancellation));
        Assert.Equal((ListingState.Published, null), (now.State, now.PendingRevision));
    }

    [Fact]
    public async Task Each_side_posts_its_own_kind_only()
    {
        var enterprise = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()));
        var researcher = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Researcher, await app.AddOrganizationAsync(OrganizationKind.University)));

        Assert.Equal(HttpStatusCode.NotFound, (await enterprise.GetAsync("/my/achievements/new", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await researcher.GetAsync("/my/needs/new", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await researcher.GetAsync("/my/achievements/new", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData(Roles.Broker)]
    [InlineData(Roles.EnterpriseMember)]
    [InlineData(Roles.Administrator)]
    [InlineData(null)]
    public async Task Review_is_for_staff(string? role)
    {
        var need = await app.SubmittedAsync(await app.AddOrganizationAsync());
        var client = await app.CreateClientForAsync(role is null ? null : await app.AddUserAsync(role, await app.AddOrganizationAsync()));
        foreach (var address in new[] { "/staff", "/staff/review", $"/staff/review/{need.Id}", $"/staff/review/{need.Id}/revisions/1", "/staff/brokers" })
            Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync(address, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_draft_is_hidden_from_staff_as_well()
    {
        var draft = await app.AddDraftAsync(await app.AddOrganizationAsync(), app.NeedContent());
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));

        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync($"/staff/review/{draft.Id}", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Public_addresses_of_nothing_are_not_found_whatever_stands_in_them()
    {
        var achievement = await app.PublishAchievementAsync();
        var client = await app.CreateClientForAsync(null);
        foreach (var address in new[] { "/needs/XQ2026-220100-99999", "/needs/%F0%9F%98%80", "/needs/" + new string('X', 2_000), $"/needs/{achievement.Number}", "/achievements/'--" })
            Assert.InRange((int)(await client.GetAsync(address, Cancellation)).StatusCode, 400, 404);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/achievements/{achievement.Number!.ToLowerInvariant()}", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Roles.Broker)]
    [InlineData(Roles.EnterpriseMember)]
    [InlineData(Roles.Researcher)]
    [InlineData(Roles.Administrator)]
    public async Task An_anonymous_owner_is_named_on_no_public_page(string? role)
    {
        var organization = await app.AddOrganizationAsync(OrganizationKind.University, name: "隐名研究院（示例）");
        var achievement = await app.PublishAchievementAsync(organization, app.AchievementContent() with
        {
            Disclosure = Disclosure.Anonymous, Inventors = "隐名发明人（示例）", IpNumber = "ZL201310699744.2",
        });
        var client = await app.CreateClientForAsync(role is null ? null : await app.AddUserAsync(role, await app.AddOrganizationAsync()));

        var page = await client.GetPageAsync($"/achievements/{achievement.Number}");

        Assert.Contains("长春市，电气机械和器材制造业单位", page.MainText(), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("script[type='application/ld+json']"));
        foreach (var secret in new[] { "隐名", organization.CreditCode, "201310699744", "联系人甲", "contact@test.invalid", "0431-00000000" })
            Assert.DoesNotContain(secret, page.Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_seller_stands_in_the_data_for_machines()
    {
        var need = await app.PublishNeedAsync();
        var data = (await (await app.CreateClientForAsync(null)).GetPageAsync($"/needs/{need.Number}")).QuerySelector("script[type='application/ld+json']")!.TextContent;

        using var json = System.Text.Json.JsonDocument.Parse(data);
        Assert.Equal(need.Organization.Name, json.RootElement.GetProperty("seller").GetProperty("name").GetString());
        Assert.Equal(1_200_000m, json.RootElement.GetProperty("price").GetDecimal());
    }
}
