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

    private Task<Organization> OfficeAsync(string region, string name) => app.WithDbAsync(async db =>
    {
        var office = new Organization(name, OrganizationKind.Office, FreshCode(), region, "S", null, app.Clock.Now);
        office.Verify(0, app.Clock.Now);
        db.Organizations.Add(office);
        await db.SaveChangesAsync();
        return office;
    });

    [Theory]
    [InlineData("220200", true)]
    [InlineData("220000", true)]
    [InlineData("220100", false)]
    public async Task A_new_organisation_names_the_office_of_its_region_or_the_province(string region, bool near)
    {
        var office = await OfficeAsync(region, $"科技局{region}（示例）");
        var email = $"office{region}@test.invalid";
        var client = await app.CreateClientForAsync(null);

        var response = await client.PostFormAsync("/account/sign-up", new(Form(FreshCode(), email)) { ["Input.Office"] = $"{office.Id}" });

        if (!near)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var page = await response.PageAsync();
            Assert.Contains("不在所选地区", page.QuerySelector("[data-valmsg-for='Input.Office']")!.TextContent, StringComparison.Ordinal);
            Assert.Equal($"{office.Id}", ((AngleSharp.Html.Dom.IHtmlSelectElement)page.QuerySelector("[name='Input.Office']")!).Value);
            return;
        }
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var organization = (await UserAsync(email)).Organization!;
        Assert.Equal(office.Id, organization.OfficeId);
        Assert.Equal($"office {office.Id}", await app.WithDbAsync(db => db.AuditEntries.Where(a => a.Action == "organization.found" && a.Subject == $"organization:{organization.Id}").Select(a => a.Details).SingleAsync()));
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        Assert.Contains(office.Name, (await staff.GetPageAsync("/staff/organizations")).QuerySelector($"[aria-labelledby=o{organization.Id}]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_office_cannot_be_named()
    {
        var other = await app.AddOrganizationAsync();
        var client = await app.CreateClientForAsync(null);

        var response = await client.PostFormAsync("/account/sign-up", new(Form(FreshCode(), "nooffice@test.invalid")) { ["Input.Office"] = $"{other.Id}" });

        Assert.Contains("没有这个归口部门", (await response.PageAsync()).QuerySelector("[data-valmsg-for='Input.Office']")!.TextContent, StringComparison.Ordinal);
        Assert.False(await app.WithDbAsync(db => db.Users.AnyAsync(u => u.Email == "nooffice@test.invalid")));
    }

    [Fact]
    public async Task A_member_chooses_the_office_later_and_once_verified_only_staff_change_it()
    {
        var first = await OfficeAsync("220200", "吉林市科技局（示例）");
        var second = await OfficeAsync("220200", "吉林市高新区（示例）");
        var away = await OfficeAsync("220300", "四平市科技局（示例）");
        var (client, _) = await SignUpAsync(FreshCode(), "later@test.invalid");
        async Task<int?> OfficeOf() => (await UserAsync("later@test.invalid")).Organization!.OfficeId;

        var page = await client.GetPageAsync("/account");
        Assert.Contains("没有归口部门", page.MainText(), StringComparison.Ordinal);
        Assert.DoesNotContain(away.Name, page.MainText(), StringComparison.Ordinal);
        const string form = "form[action*='handler=Office']";
        var empty = await client.PostFormAsync("/account", new() { ["Office"] = "" }, form);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (empty.StatusCode, (await empty.PageAsync()).QuerySelector("[data-valmsg-for='Office']")!.TextContent.Contains("请选择归口部门", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PostFormAsync("/account", new() { ["Office"] = $"{away.Id}" }, form)).StatusCode);
        Assert.Null(await OfficeOf());
        Assert.Equal(HttpStatusCode.Redirect, (await client.PostFormAsync("/account", new() { ["Office"] = $"{first.Id}" }, form)).StatusCode);
        Assert.Equal(first.Id, await OfficeOf());
        await client.PostFormAsync("/account", new() { ["Office"] = $"{second.Id}" }, form);
        Assert.Equal(second.Id, await OfficeOf());

        var id = (await UserAsync("later@test.invalid")).Organization!.Id;
        await app.WithDbAsync(async db =>
        {
            (await db.Organizations.FindAsync(id))!.Verify(0, app.Clock.Now);
            await db.SaveChangesAsync();
        });
        Assert.Contains("要更改请联系平台工作人员", (await client.GetPageAsync("/account")).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostFormAsync("/account", new() { ["Office"] = $"{first.Id}" }, form: "form[action*=Name]", handler: "Office")).StatusCode);
        Assert.Equal(second.Id, await OfficeOf());
        await app.WithServiceAsync<OfficeMembers, bool>(members => members.PlaceAsync(id, away, 0, TestContext.Current.CancellationToken));
        Assert.Equal(away.Id, await OfficeOf());
        Assert.Equal(3, await app.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Action == "organization.office" && a.Subject == $"organization:{id}")));
    }

    [Fact]
    public async Task Somebody_who_only_asked_to_join_chooses_no_office()
    {
        var office = await OfficeAsync("220200", "吉林市农业局（示例）");
        var code = FreshCode();
        await SignUpAsync(code, "founder-of-office@test.invalid");
        var (asker, _) = await SignUpAsync(code, "asker-of-office@test.invalid");

        var response = await asker.PostFormAsync("/account", new() { ["Office"] = $"{office.Id}" }, form: "form[action*=Name]", handler: "Office");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Null((await UserAsync("asker-of-office@test.invalid")).Organization!.OfficeId);
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
