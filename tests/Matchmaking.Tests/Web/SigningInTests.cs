using System.Net;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Web;

public sealed class SigningInTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    [Fact]
    public async Task The_right_password_leads_on()
    {
        var email = await app.AddUserAsync(Roles.Staff);
        var client = await app.CreateClientForAsync(null);

        var response = await client.PostFormAsync("/account/sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = MatchmakingApplication.Password });

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/my", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account()
    {
        var email = await app.AddUserAsync(Roles.Staff);
        var client = await app.CreateClientForAsync(null);
        for (var i = 0; i < 5; i++)
            await client.PostFormAsync("/account/sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = "wrong-password-1" });

        var response = await client.PostFormAsync("/account/sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = MatchmakingApplication.Password });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("锁定15分钟", (await response.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
    }
}
