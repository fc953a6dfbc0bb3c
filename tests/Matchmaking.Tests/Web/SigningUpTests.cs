using System.Net;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Web;

public sealed class SigningUpTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static int count;

    private static Dictionary<string, string> Form(string code, string email, OrganizationKind kind = OrganizationKind.Enterprise) => new()
    {
        ["Input.Kind"] = kind.ToString(), ["Input.CreditCode"] = code, ["Input.OrganizationName"] = "新来的单位（示例）", ["Input.Region"] = "220200",
        ["Input.Industry"] = "C28", ["Input.Size"] = "中型", ["Input.DisplayName"] = "新来的人（示例）", ["Input.Email"] = email, ["Input.Password"] = "Good-2026-pass",
    };

    private static string FreshCode()
    {
        var code = $"91220200MA0QU{Interlocked.Increment(ref count):D3}Y";
        return code + CreditCode.CheckCharacter(code);
    }

    private async Task<(HttpClient Client, HttpResponseMessage Response)> SignUpAsync(string code, string email, OrganizationKind kind = OrganizationKind.Enterprise)
    {
        var client = await app.CreateClientForAsync(null);
        return (client, await client.PostFormAsync("/account/sign-up", Form(code, email, kind)));
    }

    private Task<User> UserAsync(string email) => app.WithDbAsync(db => db.Users.Include(u => u.Organization).SingleAsync(u => u.Email == email));

    [Fact]
    public async Task The_first_person_founds_the_organisation_and_it_waits_for_verification()
    {
        var (_, response) = await SignUpAsync(FreshCode(), "first@test.invalid");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var user = await UserAsync("first@test.invalid");
        Assert.Equal(Membership.Member, user.Membership);
        Assert.Equal(OrganizationState.Unverified, user.Organization!.State);
    }

    [Fact]
    public async Task A_second_person_asks_and_a_member_lets_him_in()
    {
        var code = FreshCode();
        var (member, _) = await SignUpAsync(code, "member@test.invalid");
        await SignUpAsync(code, "second@test.invalid");
        Assert.Equal(Membership.Requested, (await UserAsync("second@test.invalid")).Membership);

        var response = await member.PostFormAsync("/account", [], form: "form[action*=LetIn]");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(Membership.Member, (await UserAsync("second@test.invalid")).Membership);
    }

    [Fact]
    public async Task Nobody_of_another_organisation_can_let_in()
    {
        var code = FreshCode();
        await SignUpAsync(code, "insider@test.invalid");
        await SignUpAsync(code, "asker@test.invalid");
        var (stranger, _) = await SignUpAsync(FreshCode(), "stranger@test.invalid");
        var asker = await UserAsync("asker@test.invalid");

        var response = await stranger.PostFormAsync("/account", [], form: "form[action*=Name]", handler: "LetIn&id=" + asker.Id);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(Membership.Requested, (await UserAsync("asker@test.invalid")).Membership);
    }

    [Theory]
    [InlineData("91350100M000100Y4Z", "通不过校验")]
    [InlineData("", "请写统一社会信用代码")]
    [InlineData("'; DROP TABLE AspNetUsers; --", "通不过校验")]
    public async Task A_wrong_code_is_said_at_its_field_and_nothing_typed_is_lost(string code, string message)
    {
        var (_, response) = await SignUpAsync(code, "wrongcode@test.invalid");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = await response.PageAsync();
        Assert.Contains(message, page.QuerySelector("[data-valmsg-for='Input.CreditCode']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("wrongcode@test.invalid", page.QuerySelector("[name='Input.Email']")!.GetAttribute("value"));
        Assert.Equal("新来的单位（示例）", page.QuerySelector("[name='Input.OrganizationName']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_weak_password_and_a_known_email_are_refused_in_plain_words()
    {
        await SignUpAsync(FreshCode(), "known@test.invalid");
        var client = await app.CreateClientForAsync(null);
        var weak = Form(FreshCode(), "weak@test.invalid");
        weak["Input.Password"] = "short";

        var weakPage = await (await client.PostFormAsync("/account/sign-up", weak)).PageAsync();
        var (_, known) = await SignUpAsync(FreshCode(), "known@test.invalid");

        Assert.Contains("密码至少10个字符", weakPage.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("这个邮箱已有账号", (await known.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_university_member_becomes_a_researcher()
    {
        var (client, _) = await SignUpAsync(FreshCode(), "prof@test.invalid", OrganizationKind.University);

        var page = await client.GetPageAsync("/account");

        Assert.Contains("高校", (await client.GetPageAsync("/account/sign-up")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("待核验", page.MainText(), StringComparison.Ordinal);
        var user = await UserAsync("prof@test.invalid");
        Assert.True(await app.WithServiceAsync<Microsoft.AspNetCore.Identity.UserManager<User>, bool>(users => users.IsInRoleAsync(user, Roles.Researcher)));
    }

    [Fact]
    public async Task The_page_speaks_English_too()
    {
        var client = await app.CreateClientForAsync(null);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        var page = await client.GetPageAsync("/account/sign-up");

        Assert.Equal("Create an account", page.QuerySelector("h1")!.TextContent);
    }
}
