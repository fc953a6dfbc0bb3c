using System.Net;
using System.Text.RegularExpressions;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Matchmaking.Web.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Web;

public sealed class AccountTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    [Fact]
    public async Task A_forgotten_password_is_reset_by_mail()
    {
        var email = await app.AddUserAsync(Roles.Staff);
        var client = await app.CreateClientForAsync(null);
        await client.PostFormAsync("/account/forgot", new() { ["Email"] = email });
        var mail = Directory.GetFiles(Path.Combine(app.Folder, "mail"), "*.eml").Select(f => MimeKit.MimeMessage.Load(f)).Single(m => m.To.ToString().Contains(email, StringComparison.Ordinal));
        var link = new Uri(Regex.Match(mail.TextBody!, @"https?://\S+").Value).PathAndQuery;

        var response = await client.PostFormAsync(link, new() { ["NewPassword"] = "Another-2026-pass" });

        Assert.Contains("新密码已保存", (await response.PageAsync()).MainText(), StringComparison.Ordinal);
        var signedIn = await client.PostFormAsync("/account/sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = "Another-2026-pass" });
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    [Fact]
    public async Task A_reset_for_an_unknown_address_answers_the_same_and_sends_nothing()
    {
        var client = await app.CreateClientForAsync(null);
        var folder = Path.Combine(app.Folder, "mail");
        var before = Directory.Exists(folder) ? Directory.GetFiles(folder).Length : 0;

        var response = await client.PostFormAsync("/account/forgot", new() { ["Email"] = "nobody@test.invalid" });

        Assert.Contains("如果这个邮箱有账号", (await response.PageAsync()).MainText(), StringComparison.Ordinal);
        Assert.Equal(before, Directory.Exists(folder) ? Directory.GetFiles(folder).Length : 0);
    }

    [Fact]
    public async Task The_password_is_changed_only_with_the_old_one()
    {
        var client = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Broker));

        var wrong = await client.PostFormAsync("/account", new() { ["OldPassword"] = "not-the-one-1", ["NewPassword"] = "Changed-2026-x" }, form: "form[action*=Password]");
        var right = await client.PostFormAsync("/account", new() { ["OldPassword"] = MatchmakingApplication.Password, ["NewPassword"] = "Changed-2026-x" }, form: "form[action*=Password]");

        Assert.Contains("现在的密码不对", (await wrong.PageAsync()).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
    }

    [Fact]
    public async Task Staff_verify_and_refuse_organisations()
    {
        var first = await app.AddOrganizationAsync(verified: false);
        var second = await app.AddOrganizationAsync(verified: false);
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));

        await staff.PostFormAsync("/staff/organizations", [], form: $"form[action*='Verify'][action*='id={first.Id}']");
        var noReason = await staff.PostFormAsync("/staff/organizations", [], form: $"form[action*='Refuse'][action*='id={second.Id}']");
        await staff.PostFormAsync("/staff/organizations", new() { ["Remark"] = "证书已过期" }, form: $"form[action*='Refuse'][action*='id={second.Id}']");

        Assert.Contains("请写明不通过的理由", (await noReason.PageAsync()).MainText(), StringComparison.Ordinal);
        Assert.Equal(OrganizationState.Verified, await app.WithDbAsync(db => db.Organizations.Where(o => o.Id == first.Id).Select(o => o.State).SingleAsync()));
        Assert.Equal("证书已过期", await app.WithDbAsync(db => db.Organizations.Where(o => o.Id == second.Id).Select(o => o.Remark).SingleAsync()));
    }

    [Fact]
    public async Task An_administrator_adds_an_account_and_gives_and_takes_roles()
    {
        var admin = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Administrator));
        await admin.PostFormAsync("/admin", new()
        {
            ["Input.DisplayName"] = "新经纪人（示例）", ["Input.Email"] = "newbroker@test.invalid", ["Input.Role"] = Roles.Broker, ["Input.Password"] = "First-2026-pass",
        }, form: "form[action*=Add]");
        var user = await app.WithDbAsync(db => db.Users.SingleAsync(u => u.Email == "newbroker@test.invalid"));

        await admin.PostFormAsync("/admin?q=newbroker", new() { ["role"] = Roles.Staff }, form: $"form[action*='give=true'][action*='id={user.Id}']");

        var roles = await app.WithServiceAsync<Microsoft.AspNetCore.Identity.UserManager<User>, IList<string>>(users => users.GetRolesAsync(user));
        Assert.Equal([Roles.Broker, Roles.Staff], roles.Order());
    }

    [Fact]
    public async Task The_first_administrator_is_made_once_through_the_printed_link()
    {
        await using var empty = new MatchmakingApplication();
        await empty.InitializeAsync();
        var first = empty.Services.GetRequiredService<FirstAdministrator>();
        var client = await empty.CreateClientForAsync(null);
        var wrong = await client.GetAsync("/setup/000000000000000000000000000000000000000000000000", TestContext.Current.CancellationToken);

        var made = await client.PostFormAsync(first.Path, new() { ["DisplayName"] = "管理员（示例）", ["Email"] = "root@test.invalid", ["Password"] = "Setup-2026-pass" });
        var again = await client.GetAsync(first.Path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }
}
