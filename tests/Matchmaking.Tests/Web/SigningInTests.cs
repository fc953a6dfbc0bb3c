using System.Net;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Web;

public sealed class SigningInTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    [Theory]
    [InlineData(Roles.EnterpriseMember, "/my")]
    [InlineData(Roles.Researcher, "/my")]
    [InlineData(Roles.RecommendingOffice, "/")]
    [InlineData(Roles.Broker, "/desk")]
    [InlineData(Roles.Staff, "/staff")]
    [InlineData(Roles.Administrator, "/admin")]
    public async Task The_right_password_leads_to_the_room_of_the_role(string role, string room)
    {
        var email = await app.AddUserAsync(role);
        var client = await app.CreateClientForAsync(null);

        var response = await client.PostFormAsync("/account/sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = MatchmakingApplication.Password });

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(room, response.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(room, TestContext.Current.CancellationToken)).StatusCode);
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
