using System.Net;
using AngleSharp.Html.Dom;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Web.Listings;

/// <summary>What owners do with a record after writing it.</summary>
public sealed class OwnersActsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_submission_can_be_taken_back()
    {
        var (organization, owner) = await OwnerAsync();
        var need = await app.SubmittedAsync(organization);

        await owner.ActAsync($"/my/needs/{need.Id}/view", "take-back");

        Assert.Equal(ListingState.Draft, (await ReadAsync(need.Id)).State);
    }

    [Fact]
    public async Task A_withdrawal_says_what_follows_hides_the_page_and_can_be_reversed_by_a_new_draft()
    {
        var (organization, owner) = await OwnerAsync();
        var need = await app.PublishNeedAsync(organization);
        var view = $"/my/needs/{need.Id}/view";
        var anybody = await app.CreateClientForAsync(null);
        Assert.Contains("撤回后公开页不再显示", (await owner.GetPageAsync(view)).MainText(), StringComparison.Ordinal);

        await owner.ActAsync(view, "withdraw");
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync($"/needs/{need.Number}", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync($"/needs/{need.Number}", Cancellation)).StatusCode);

        await owner.ActAsync(view, "reopen");
        var again = await ReadAsync(need.Id);
        Assert.Equal((ListingState.Draft, need.Number), (again.State, again.Number));
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync($"/needs/{need.Number}", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("", "有效至没有写")]
    [InlineData("下个月", "有效至写成了“下个月”")]
    [InlineData("2027-06-30", "请写2027-07-01到")]
    [InlineData("2031-01-01", "之间的日期")]
    public async Task A_renewal_to_a_wrong_day_is_told_at_the_field_with_what_was_typed(string typed, string message)
    {
        var (organization, owner) = await OwnerAsync();
        var need = await app.PublishNeedAsync(organization);

        var response = await owner.ActAsync($"/my/needs/{need.Id}/view", "renew", new() { ["until"] = typed });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var page = await response.PageAsync();
        Assert.Contains(message, page.GetElementById("until-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(typed, page.Value("until"));
    }

    [Fact]
    public async Task A_renewal_brings_an_expired_record_back()
    {
        var (organization, owner) = await OwnerAsync();
        var need = await app.PublishNeedAsync(organization);
        await app.WithDbAsync(async db =>
        {
            (await db.Needs.SingleAsync(n => n.Id == need.Id, Cancellation)).Expire(new DateOnly(2030, 1, 1), app.Clock.Now);
            await db.SaveChangesAsync(Cancellation);
        });
        var page = await (await app.CreateClientForAsync(null)).GetPageAsync($"/needs/{need.Number}");
        Assert.Contains("不再参与匹配", page.MainText(), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("script[type='application/ld+json']"));

        await owner.ActAsync($"/my/needs/{need.Id}/view", "renew", new() { ["until"] = "2027年12月31日" });

        var now = await ReadAsync(need.Id);
        Assert.Equal((ListingState.Published, new DateOnly(2027, 12, 31)), (now.State, now.ValidUntil));
    }

    [Fact]
    public async Task An_act_the_state_no_longer_allows_is_refused_with_the_state_and_changes_nothing()
    {
        var (organization, owner) = await OwnerAsync();
        var need = await app.SubmittedAsync(organization);
        var view = $"/my/needs/{need.Id}/view";
        var page = await owner.GetPageAsync(view);
        var takeBack = (IHtmlFormElement)page.QuerySelectorAll("main form").First(f => f.QuerySelector("button[value=take-back]") is not null);
        await owner.ActAsync(view, "withdraw");

        var response = await owner.SendFormAsync(takeBack, view, new() { ["act"] = "take-back" });

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("已变为“已撤回”", (await response.PageAsync()).MainText(), StringComparison.Ordinal);
        Assert.Equal(ListingState.Withdrawn, (await ReadAsync(need.Id)).State);
    }

    [Theory]
    [InlineData("renew")]
    [InlineData("submit")]
    [InlineData("reopen")]
    [InlineData("take-back-revision")]
    public async Task Acts_sent_by_hand_in_the_wrong_state_are_refused(string act)
    {
        var (organization, owner) = await OwnerAsync();
        var need = await app.SubmittedAsync(organization);
        var view = $"/my/needs/{need.Id}/view";

        var response = await owner.ForceAsync(view, view, act, new() { ["until"] = "2027-12-31" });

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal(ListingState.Submitted, (await ReadAsync(need.Id)).State);
    }

    [Fact]
    public async Task A_change_of_a_published_record_waits_for_staff_while_readers_see_the_old_text()
    {
        var (organization, owner) = await OwnerAsync();
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var anybody = await app.CreateClientForAsync(null);
        var need = await app.PublishNeedAsync(organization, app.NeedContent("改前的标题"));
        var form = $"/my/needs/{need.Id}";
        Assert.Contains("读者看到的还是原来的内容", (await owner.GetPageAsync(form)).MainText(), StringComparison.Ordinal);

        await owner.SubmitAsync(form, new() { ["Input.Title"] = "改后的标题" });
        Assert.Equal("改前的标题", (await anybody.GetPageAsync($"/needs/{need.Number}")).QuerySelector("h1")!.TextContent);
        Assert.Equal("改后的标题", (await owner.GetPageAsync(form)).Value("Input.Title"));
        Assert.Contains("修订", (await staff.GetPageAsync("/staff/review")).MainText(), StringComparison.Ordinal);
        var changes = (await staff.GetPageAsync($"/staff/review/{need.Id}")).QuerySelector("table.changes")!.TextContent;
        Assert.Contains("改前的标题", changes, StringComparison.Ordinal);
        Assert.Contains("改后的标题", changes, StringComparison.Ordinal);
        Assert.DoesNotContain("技术领域", changes, StringComparison.Ordinal);

        await staff.ActAsync($"/staff/review/{need.Id}", "publish");
        Assert.Equal("改后的标题", (await anybody.GetPageAsync($"/needs/{need.Number}")).QuerySelector("h1")!.TextContent);
        Assert.Contains("改前的标题", (await owner.GetPageAsync($"/my/needs/{need.Id}/revisions/1")).MainText(), StringComparison.Ordinal);
        Assert.Contains("改前的标题", (await staff.GetPageAsync($"/staff/review/{need.Id}/revisions/1")).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"/my/needs/{need.Id}/revisions/9", Cancellation)).StatusCode);
        Assert.Equal(need.Number, (await ReadAsync(need.Id)).Number);
    }

    [Fact]
    public async Task A_returned_change_tells_the_owner_why_and_leaves_the_public_text()
    {
        var (organization, owner) = await OwnerAsync();
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var need = await app.PublishNeedAsync(organization, app.NeedContent("不变的标题"));
        await owner.SubmitAsync($"/my/needs/{need.Id}", new() { ["Input.Title"] = "被退的标题" });

        await staff.ActAsync($"/staff/review/{need.Id}", "return", new() { ["reasons"] = "标题太宽" });

        Assert.Contains("标题太宽", (await owner.GetPageAsync("/my")).MainText(), StringComparison.Ordinal);
        Assert.Contains("标题太宽", (await owner.GetPageAsync($"/my/needs/{need.Id}/view")).MainText(), StringComparison.Ordinal);
        var now = await ReadAsync(need.Id);
        Assert.Equal((ListingState.Published, "不变的标题"), (now.State, now.Title));
    }

    [Fact]
    public async Task A_change_can_be_taken_back()
    {
        var (organization, owner) = await OwnerAsync();
        var need = await app.PublishNeedAsync(organization);
        await owner.SubmitAsync($"/my/needs/{need.Id}", new() { ["Input.Title"] = "又不改了" });

        await owner.ActAsync($"/my/needs/{need.Id}/view", "take-back-revision");

        Assert.Equal(need.Title, (await owner.GetPageAsync($"/my/needs/{need.Id}")).Value("Input.Title"));
    }

    private async Task<(Organization, HttpClient)> OwnerAsync()
    {
        var organization = await app.AddOrganizationAsync();
        return (organization, await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization)));
    }

    private Task<Need> ReadAsync(int id) => app.WithDbAsync(db => db.Needs.AsNoTracking().SingleAsync(n => n.Id == id, Cancellation));
}
