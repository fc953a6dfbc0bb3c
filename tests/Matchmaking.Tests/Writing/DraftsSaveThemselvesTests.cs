using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Writing;

/// <summary>A draft saves itself: once there is a title, in one record, never over a newer version; and its owner may delete it.</summary>
public sealed class DraftsSaveThemselvesTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private const string New = "/my/needs/new";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_titled_form_is_kept_at_once_and_further_saves_go_into_the_same_record()
    {
        var (client, organization) = await MemberAsync();
        var form = await OpenAsync(client, New);

        var first = await AutosaveAsync(client, form, New, new() { ["Input.Title"] = "预氧化炉温度" });
        var second = await AutosaveAsync(client, form, first.Address!, new() { ["Input.Title"] = "预氧化炉温度", ["Input.Summary"] = "温差大。", ["Input.Version"] = first.Version.ToString(System.Globalization.CultureInfo.InvariantCulture) });

        Assert.Equal(("saved", "saved"), (first.State, second.State));
        Assert.Equal(first.Address, second.Address);
        var listing = await app.WithDbAsync(db => db.Listings.AsNoTracking().SingleAsync(l => l.OrganizationId == organization.Id));
        Assert.Equal(("预氧化炉温度", "温差大。", ListingState.Draft, second.Version), (listing.Title, listing.Summary, listing.State, listing.Version));
        Assert.Equal(1, await app.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Action == "listing.create" && a.Subject == $"need:{listing.Id}")));
        // A closed browser: whoever comes back finds it.
        Assert.Equal("温差大。", (await client.GetPageAsync(first.Address!)).Value("Input.Summary"));
    }

    [Fact]
    public async Task Without_a_title_nothing_is_made()
    {
        var (client, organization) = await MemberAsync();

        var answer = await AutosaveAsync(client, await OpenAsync(client, New), New, new() { ["Input.Summary"] = "还没有标题。" });

        Assert.Equal("untitled", answer.State);
        Assert.Equal(0, await app.WithDbAsync(db => db.Listings.CountAsync(l => l.OrganizationId == organization.Id)));
    }

    [Fact]
    public async Task The_answer_to_the_first_save_may_be_lost_and_still_there_is_one_record()
    {
        var (client, organization) = await MemberAsync();
        var form = await OpenAsync(client, New);
        var fields = new Dictionary<string, string> { ["Input.Title"] = "同一份草稿" };

        await AutosaveAsync(client, form, New, fields);
        var again = await AutosaveAsync(client, form, New, fields);

        Assert.Equal("saved", again.State);
        Assert.Equal(1, await app.WithDbAsync(db => db.Listings.CountAsync(l => l.OrganizationId == organization.Id)));
    }

    [Fact]
    public async Task The_older_device_is_told_and_overwrites_nothing()
    {
        var (client, organization) = await MemberAsync();
        var draft = await app.AddDraftAsync(organization, app.NeedContent("两台设备"));
        var address = $"/my/needs/{draft.Id}";
        var office = await OpenAsync(client, address);
        var phone = await OpenAsync(client, address);
        Assert.Equal("saved", (await AutosaveAsync(client, phone, address, new() { ["Input.Title"] = "手机上改的" })).State);

        var late = await AutosaveAsync(client, office, address, new() { ["Input.Title"] = "办公室改的" });

        Assert.Equal("newer", late.State);
        Assert.Equal(address, late.Address);
        Assert.Equal("手机上改的", await app.WithDbAsync(db => db.Listings.Where(l => l.Id == draft.Id).Select(l => l.Title).SingleAsync()));
    }

    [Fact]
    public async Task The_same_text_again_makes_no_new_version()
    {
        var (client, organization) = await MemberAsync();
        var draft = await app.AddDraftAsync(organization, app.NeedContent("没有改动"));
        var address = $"/my/needs/{draft.Id}";
        var form = await OpenAsync(client, address);
        await AutosaveAsync(client, form, address, new() { ["Input.Title"] = "改了一次" });
        var once = await VersionAsync(draft.Id);

        await AutosaveAsync(client, form, address, new() { ["Input.Title"] = "改了一次" });

        Assert.Equal(once, await VersionAsync(draft.Id));
    }

    [Fact]
    public async Task A_value_without_meaning_is_named_and_what_is_stored_stays()
    {
        var (client, organization) = await MemberAsync();
        var draft = await app.AddDraftAsync(organization, app.NeedContent("原来的标题"));
        var address = $"/my/needs/{draft.Id}";

        var answer = await AutosaveAsync(client, await OpenAsync(client, address), address, new() { ["Input.Title"] = "新标题", ["Input.Money"] = "很多" });

        Assert.Equal("unreadable", answer.State);
        Assert.Contains("很多", answer.Message, StringComparison.Ordinal);
        Assert.Equal("原来的标题", await app.WithDbAsync(db => db.Listings.Where(l => l.Id == draft.Id).Select(l => l.Title).SingleAsync()));
    }

    [Fact]
    public async Task A_submitted_record_does_not_save_itself_any_more()
    {
        var (client, organization) = await MemberAsync();
        var draft = await app.AddDraftAsync(organization, app.NeedContent("提交以后"));
        var address = $"/my/needs/{draft.Id}";
        var form = await OpenAsync(client, address);
        await client.ActAsync(address + "/view", "submit");

        var answer = await AutosaveAsync(client, form, address, new() { ["Input.Title"] = "提交以后又改" });

        Assert.Equal("closed", answer.State);
        Assert.Equal("提交以后", await app.WithDbAsync(db => db.Listings.Where(l => l.Id == draft.Id).Select(l => l.Title).SingleAsync()));
    }

    [Fact]
    public async Task After_the_sign_in_has_expired_the_typed_text_comes_back()
    {
        var (client, organization) = await MemberAsync();
        var draft = await app.AddDraftAsync(organization, app.NeedContent("登录过期"));
        var address = $"/my/needs/{draft.Id}";
        var form = await OpenAsync(client, address);
        var page = await client.GetPageAsync("/account");
        await client.SendFormAsync((IHtmlFormElement)page.QuerySelector("form[action*=SignOut], form[action*=sign-out]")!, "/account", new());

        var response = await PostAsync(client, form, address, new() { ["Input.Title"] = "过期时写的" });
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var email = await app.WithDbAsync(db => db.Users.Where(u => u.OrganizationId == organization.Id).Select(u => u.Email!).SingleAsync());
        await client.PostFormAsync("/account/sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = MatchmakingApplication.Password });

        Assert.Equal("过期时写的", (await client.GetPageAsync(address)).Value("Input.Title"));
    }

    [Fact]
    public async Task A_draft_can_be_deleted_by_its_owner_and_by_nobody_else()
    {
        var (client, organization) = await MemberAsync();
        var (other, _) = await MemberAsync();
        var draft = await app.AddDraftAsync(organization, app.NeedContent("不要了"));
        var address = $"/my/needs/{draft.Id}/view";

        Assert.Equal(HttpStatusCode.NotFound, (await other.ForceAsync(New, address, "delete")).StatusCode);
        var deleted = await client.ActAsync(address, "delete");

        Assert.Equal("/my", deleted.Headers.Location?.OriginalString);
        Assert.Contains("草稿已删除", (await client.GetPageAsync("/my")).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(address, Cancel)).StatusCode);
        Assert.Equal(1, await app.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Action == "listing.delete" && a.Subject == $"need:{draft.Id}")));
    }

    [Fact]
    public async Task What_was_public_once_cannot_be_deleted()
    {
        var (client, organization) = await MemberAsync();
        var need = await app.PublishNeedAsync(organization);
        var address = $"/my/needs/{need.Id}/view";
        await client.ActAsync(address, "withdraw");
        await client.ActAsync(address, "reopen");

        Assert.Null((await client.GetPageAsync(address)).QuerySelector("button[value=delete]"));
        Assert.Equal(HttpStatusCode.Conflict, (await client.ForceAsync(address, address, "delete")).StatusCode);
        Assert.True(await app.WithDbAsync(db => db.Listings.AnyAsync(l => l.Id == need.Id)));
    }

    private sealed record Answer(string State, int Version, string? Address, string? At, string? Message);

    private Task<int> VersionAsync(int id) => app.WithDbAsync(db => db.Listings.Where(l => l.Id == id).Select(l => l.Version).SingleAsync());

    private async Task<(HttpClient Client, Organization Organization)> MemberAsync()
    {
        var organization = await app.AddOrganizationAsync();
        return (await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization)), organization);
    }

    private static async Task<IHtmlFormElement> OpenAsync(HttpClient client, string address) =>
        (IHtmlFormElement)(await client.GetPageAsync(address)).QuerySelector(ListingForms.MainForm)!;

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, IHtmlFormElement form, string address, Dictionary<string, string> fields)
    {
        form.SetAttribute("action", address + "?handler=Autosave");
        return client.SendFormAsync(form, address, fields);
    }

    private static async Task<Answer> AutosaveAsync(HttpClient client, IHtmlFormElement form, string address, Dictionary<string, string> fields)
    {
        var response = await PostAsync(client, form, address, fields);
        return (await response.Content.ReadFromJsonAsync<Answer>(new JsonSerializerOptions(JsonSerializerDefaults.Web), Cancel))!;
    }
}
