using System.Net;
using AngleSharp.Html.Dom;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Web.Listings;

/// <summary>Old pages, expired sign-ins and other editors cost nobody what was written.</summary>
public sealed class NothingTypedIsLostTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_an_expired_sign_in_the_form_comes_back_filled_to_the_person_who_wrote_it()
    {
        var email = await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync());
        var before = await app.CreateClientForAsync(email);
        var form = (IHtmlFormElement)(await before.GetPageAsync("/my/needs/new")).QuerySelector(ListingForms.MainForm)!;
        var later = await app.CreateClientForAsync(null);

        var sent = await later.SendFormAsync(form, "/my/needs/new", new(ListingForms.Need("登录过期时写的")) { ["act"] = "submit" });
        Assert.StartsWith("/account/sign-in", new Uri(new Uri("http://localhost"), sent.Headers.Location!).AbsolutePath, StringComparison.Ordinal);
        var signedIn = await later.PostFormAsync(sent.Headers.Location!.OriginalString, new() { ["Input.Email"] = email, ["Input.Password"] = MatchmakingApplication.Password });
        Assert.Equal("/my/needs/new", signedIn.Headers.Location?.OriginalString);

        var page = await later.GetPageAsync("/my/needs/new");
        Assert.Equal("登录过期时写的", page.Value("Input.Title"));
        Assert.Equal("炉内温差", page.Value("Input.Quantities[0].Name"));
        Assert.Equal("Renovation", page.Value("Input.Kind"));
        Assert.Contains("您写的内容还在", page.MainText(), StringComparison.Ordinal);
        var saved = await later.SendFormAsync((IHtmlFormElement)page.QuerySelector(ListingForms.MainForm)!, "/my/needs/new", new() { ["act"] = "submit" });
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal("", (await later.GetPageAsync("/my/needs/new")).Value("Input.Title"));
    }

    [Fact]
    public async Task A_kept_form_is_not_shown_to_somebody_else_nor_after_half_an_hour()
    {
        var organization = await app.AddOrganizationAsync();
        var writer = await app.AddUserAsync(Roles.EnterpriseMember, organization);
        var colleague = await app.AddUserAsync(Roles.EnterpriseMember, organization);
        var form = (IHtmlFormElement)(await (await app.CreateClientForAsync(writer)).GetPageAsync("/my/needs/new")).QuerySelector(ListingForms.MainForm)!;
        var shared = await app.CreateClientForAsync(null);
        await shared.SendFormAsync(form, "/my/needs/new", new(ListingForms.Need("不给同事看")) { ["act"] = "save" });

        await shared.PostFormAsync("/account/sign-in", new() { ["Input.Email"] = colleague, ["Input.Password"] = MatchmakingApplication.Password });
        Assert.Equal("", (await shared.GetPageAsync("/my/needs/new")).Value("Input.Title"));

        await shared.PostFormAsync("/account/sign-in", new() { ["Input.Email"] = writer, ["Input.Password"] = MatchmakingApplication.Password });
        Assert.Equal("不给同事看", (await shared.GetPageAsync("/my/needs/new")).Value("Input.Title"));
        app.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal("", (await shared.GetPageAsync("/my/needs/new")).Value("Input.Title"));
    }

    [Fact]
    public async Task What_is_kept_cannot_be_read_in_the_folder()
    {
        var form = (IHtmlFormElement)(await (await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()))).GetPageAsync("/my/needs/new"))
            .QuerySelector(ListingForms.MainForm)!;
        await (await app.CreateClientForAsync(null)).SendFormAsync(form, "/my/needs/new", new(ListingForms.Need("plain-text-marker")) { ["act"] = "save" });

        var files = Directory.GetFiles(Path.Combine(app.Folder, "kept-forms"));
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain("plain-text-marker", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_whose_token_is_no_longer_valid_comes_back_with_everything_typed()
    {
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()));

        var response = await owner.PostFormAsync("/my/needs/new", new(ListingForms.Need("旧页面上写的")) { ["act"] = "submit", ["__RequestVerificationToken"] = "stale" }, ListingForms.MainForm);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var page = await response.PageAsync();
        Assert.Equal("旧页面上写的", page.Value("Input.Title"));
        Assert.Contains("内容都在，请再按一次", page.MainText(), StringComparison.Ordinal);
        var again = await owner.SendFormAsync((IHtmlFormElement)page.QuerySelector(ListingForms.MainForm)!, "/my/needs/new", new() { ["act"] = "submit" });
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
    }

    [Fact]
    public async Task Of_two_editors_the_second_is_told_sees_both_and_loses_nothing()
    {
        var organization = await app.AddOrganizationAsync();
        var first = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        var second = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        var draft = await app.AddDraftAsync(organization, app.NeedContent("原来的标题"));
        var address = $"/my/needs/{draft.Id}";
        var opened = (IHtmlFormElement)(await second.GetPageAsync(address)).QuerySelector(ListingForms.MainForm)!;
        await first.SaveAsync(address, new() { ["Input.Title"] = "先保存的标题" });

        var late = await second.SendFormAsync(opened, address, new() { ["Input.Title"] = "后写的标题", ["act"] = "save" });

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var page = await late.PageAsync();
        Assert.Equal("后写的标题", page.Value("Input.Title"));
        Assert.Contains("先保存的标题", page.QuerySelector(".errors table")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("先保存的标题", await TitleAsync(draft.Id));

        var again = await second.SendFormAsync((IHtmlFormElement)page.QuerySelector(ListingForms.MainForm)!, address, new() { ["act"] = "save" });
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal("后写的标题", await TitleAsync(draft.Id));
    }

    [Fact]
    public async Task The_same_save_twice_is_no_conflict()
    {
        var organization = await app.AddOrganizationAsync();
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        var draft = await app.AddDraftAsync(organization, app.NeedContent());
        var address = $"/my/needs/{draft.Id}";
        var form = (IHtmlFormElement)(await owner.GetPageAsync(address)).QuerySelector(ListingForms.MainForm)!;
        var fields = new Dictionary<string, string> { ["Input.Title"] = "双击保存", ["act"] = "submit" };

        var once = await owner.SendFormAsync(form, address, fields);
        var twice = await owner.SendFormAsync(form, address, fields);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (once.StatusCode, twice.StatusCode));
        Assert.Equal(once.Headers.Location, twice.Headers.Location);
    }

    [Fact]
    public async Task Who_edits_while_a_colleague_submits_is_told_the_state_and_keeps_the_text()
    {
        var organization = await app.AddOrganizationAsync();
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, organization));
        var draft = await app.AddDraftAsync(organization, app.NeedContent());
        var address = $"/my/needs/{draft.Id}";
        var form = (IHtmlFormElement)(await owner.GetPageAsync(address)).QuerySelector(ListingForms.MainForm)!;
        await owner.ActAsync(address + "/view", "submit");

        var response = await owner.SendFormAsync(form, address, new() { ["Input.Title"] = "写到一半", ["act"] = "save" });

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        var page = await response.PageAsync();
        Assert.Equal("写到一半", page.Value("Input.Title"));
        Assert.Contains("状态刚才已变为“待审核”", page.MainText(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Odd => new()
    {
        { "Input.Title", "<script>alert(1)</script>" }, { "Input.Title", "零\u200b宽\u202e字\ufeff符" }, { "Input.Title", "半个%FF字" }, { "Input.Description", new string('长', 100_000) },
        { "Input.Money", "1000000000000000000000000000000" }, { "Input.Money", "-1" }, { "Input.Money", "NaN" }, { "Input.Money", "1e9" }, { "Input.Money", "0.00001" },
        { "Input.Deadline", "2027-13-45" }, { "Input.Deadline", "0000-00-00" }, { "Input.Deadline", "9999-12-31" }, { "Input.ValidUntil", "'; drop table Listings" },
        { "Input.Kind", "99" }, { "Input.Field", "\u0001\u007f" }, { "Input.Region", "999999" }, { "Input.Industry", "<b>" }, { "Input.MinimumTrl", "10" }, { "Input.MinimumTrl", "99999999999999" },
        { "Input.Version", "x" }, { "Input.CreationKey", "not a guid" }, { "Input.Person", "forged" }, { "Input.Cooperation", "Everything" },
        { "Input.Quantities[999999].Name", "远处的一行" }, { "Input.Quantities[0].Comparison", "12" }, { "Input.Quantities[0].Value", "1000000000000000000000000000000" },
        { "Input.Quantities[-1].Value", "1" }, { "Input.Quantities[99999999999].Value", "1" }, { "Input.Keywords", "，，、、" }, { "Input.ContactMail", new string('a', 500) },
        { "remove", "99999999999" }, { "remove", "-3" }, { "act", "nonsense" },
    };

    [Theory, MemberData(nameof(Odd))]
    public async Task Odd_input_gets_an_answer_and_never_a_failure(string name, string value)
    {
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()));
        var fields = new Dictionary<string, string>(ListingForms.Need()) { ["act"] = "submit" };
        fields[name] = value;

        var response = await owner.PostFormAsync("/my/needs/new", fields, ListingForms.MainForm);

        Assert.InRange((int)response.StatusCode, 200, 499);
        if (response.StatusCode == HttpStatusCode.Redirect) return;
        var page = await response.PageAsync();
        Assert.Equal("炉内温差", page.Value("Input.Quantities[0].Name"));
    }

    [Theory]
    [InlineData("%ED%A0%80")]
    [InlineData("%ED%B0%80%FF")]
    [InlineData("%00")]
    public async Task Bytes_that_are_no_text_do_no_harm(string bytes)
    {
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()));
        var form = (IHtmlFormElement)(await owner.GetPageAsync("/my/needs/new")).QuerySelector(ListingForms.MainForm)!;
        var token = form.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new StringContent(
            $"__RequestVerificationToken={Uri.EscapeDataString(token)}&act=save&Input.Title={bytes}&Input.Money={bytes}", null, "application/x-www-form-urlencoded");

        var response = await owner.PostAsync("/my/needs/new", content, Cancellation);

        Assert.InRange((int)response.StatusCode, 200, 499);
    }

    [Fact]
    public async Task Script_in_a_title_is_shown_as_text()
    {
        var need = await app.PublishNeedAsync(content: app.NeedContent("</script><script>alert(1)</script>"));
        var page = await (await app.CreateClientForAsync(null)).GetPageAsync($"/needs/{need.Number}");

        Assert.Equal("</script><script>alert(1)</script>", page.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("<script>alert", page.Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_with_too_many_fields_or_of_another_kind_is_refused_plainly()
    {
        var owner = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, await app.AddOrganizationAsync()));
        using var many = new FormUrlEncodedContent(Enumerable.Range(0, 3_000).Select(i => new KeyValuePair<string, string>($"Input.X{i}", "1")));
        using var json = new StringContent("{}", null, "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync("/my/needs/new", many, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync("/my/needs/new", json, Cancellation)).StatusCode);
    }

    private Task<string> TitleAsync(int id) => app.WithDbAsync(db => db.Listings.Where(l => l.Id == id).Select(l => l.Title).SingleAsync(Cancellation));
}
