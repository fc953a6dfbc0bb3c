using System.Net;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Writing;

/// <summary>Before submitting the findings are shown once, beside the form; advice may be passed over, a forbidden word may not. All of it without a script.</summary>
public sealed class FindingsInTheFormTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private const string New = "/my/needs/new";

    [Fact]
    public async Task Advice_holds_a_submission_up_once_and_nothing_typed_is_lost()
    {
        var client = await MemberAsync();
        var fields = ListingForms.Need();
        fields["Input.Money"] = "";

        var first = await client.SubmitAsync(New, fields);
        var page = await first.PageAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, first.StatusCode);
        Assert.Contains("没有写打算投入多少", page.QuerySelector("#checker")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("#Input_Money", page.QuerySelector("#checker li a")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector("#Input_Money"));
        Assert.Equal(fields["Input.Title"], page.Value("Input.Title"));
        Assert.Equal(0, await app.WithDbAsync(db => db.Listings.CountAsync(l => l.CreationKey == Guid.Parse(page.Value("Input.CreationKey")))));

        var second = await client.SendFormAsync((AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector(ListingForms.MainForm)!, New, new() { ["act"] = "submit" });

        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);
        Assert.Equal(ListingState.Submitted, await StateAsync(second.Id()));
    }

    [Fact]
    public async Task A_forbidden_word_stops_the_submission_each_time_but_not_the_work_on_the_draft()
    {
        var client = await MemberAsync();
        var fields = ListingForms.Need();
        fields["Input.Description"] = "炉内温差大，密级为机密。\n希望控制在3 ℃以内。";

        var first = await client.SubmitAsync(New, fields);
        var page = await first.PageAsync();
        var second = await client.SendFormAsync((AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector(ListingForms.MainForm)!, New, new() { ["act"] = "submit" });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (first.StatusCode, second.StatusCode));
        Assert.Contains("机密", page.QuerySelector(".errors a[href='#Input_Description']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("机密", page.QuerySelector("#checker mark")!.TextContent);
        var saved = await client.SaveAsync(New, fields);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);

        var id = saved.Id();
        var fromView = await client.ActAsync($"/my/needs/{id}/view", "submit");
        Assert.Equal($"/my/needs/{id}?look=true", fromView.Headers.Location?.OriginalString);
        Assert.Equal(ListingState.Draft, await StateAsync(id));
    }

    [Fact]
    public async Task A_saved_draft_shows_its_findings_and_whoever_has_seen_them_submits_at_once()
    {
        var client = await MemberAsync();
        var fields = ListingForms.Need();
        fields["Input.Money"] = "";
        var id = (await client.SaveAsync(New, fields)).Id();

        var page = await client.GetPageAsync($"/my/needs/{id}");
        Assert.Contains("没有写打算投入多少", page.QuerySelector("#checker")!.TextContent, StringComparison.Ordinal);
        var submitted = await client.SubmitAsync($"/my/needs/{id}", new());

        Assert.Equal(HttpStatusCode.Redirect, submitted.StatusCode);
        Assert.Equal(ListingState.Submitted, await StateAsync(id));
    }

    [Fact]
    public async Task A_sound_need_is_submitted_at_once()
    {
        var client = await MemberAsync();

        var submitted = await client.SubmitAsync(New, ListingForms.Need());

        Assert.Equal(HttpStatusCode.Redirect, submitted.StatusCode);
    }

    [Fact]
    public async Task A_finding_in_a_row_leads_to_the_row_as_it_stands_in_the_form()
    {
        var client = await MemberAsync();
        var fields = ListingForms.Need();
        // The first row is blank, so that the first figure is the second row.
        foreach (var part in new[] { "Name", "Value", "High", "Unit" }) fields[$"Input.Quantities[0].{part}"] = "";
        (fields["Input.Quantities[1].Name"], fields["Input.Quantities[1].Comparison"], fields["Input.Quantities[1].Value"], fields["Input.Quantities[1].High"], fields["Input.Quantities[1].Unit"]) = ("处理量", "Ge", "500", "", "");

        var page = await (await client.SubmitAsync(New, fields)).PageAsync();

        var link = Assert.Single(page.QuerySelectorAll("#checker li a"));
        Assert.Equal("#Input_Quantities_1__Unit", link.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector("#Input_Quantities_1__Unit"));
    }

    [Fact]
    public async Task A_proposal_for_a_published_need_is_checked_as_well()
    {
        var organization = await app.AddOrganizationAsync();
        var client = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        var need = await app.PublishNeedAsync(organization);

        var blocked = await client.SubmitAsync($"/my/needs/{need.Id}", new() { ["Input.Summary"] = "属绝密级的充电方案。", ["Input.ContactName"] = "联系人（示例）", ["Input.ContactPhone"] = "0431-00000000" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, blocked.StatusCode);
        Assert.Equal(0, await app.WithDbAsync(db => db.Revisions.CountAsync(r => r.ListingId == need.Id && r.State == RevisionState.Pending)));
    }

    private Task<ListingState> StateAsync(int id) => app.WithDbAsync(db => db.Listings.Where(l => l.Id == id).Select(l => l.State).SingleAsync());

    private async Task<HttpClient> MemberAsync() => await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()));
}
