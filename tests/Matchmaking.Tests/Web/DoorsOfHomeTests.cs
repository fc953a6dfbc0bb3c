using System.Net;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Web;

/// <summary>The home page offers to post what its reader may post.</summary>
public sealed class DoorsOfHomeTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "/my/needs/new,/my/achievements/new")]
    [InlineData(Roles.EnterpriseMember, "/my/needs/new")]
    [InlineData(Roles.Researcher, "/my/achievements/new")]
    [InlineData(Roles.Broker, "")]
    public async Task Each_door_on_the_home_page_opens(string? role, string expected)
    {
        var client = await app.CreateClientForAsync(role is null ? null : await app.AddUserAsync(role, await app.AddOrganizationAsync()));
        var doors = (await client.GetPageAsync("/")).QuerySelectorAll(".doors a").Select(a => a.GetAttribute("href")!).ToList();

        Assert.Equal(expected, string.Join(',', doors));
        foreach (var door in doors)
        {
            var answer = await client.GetAsync(door, Cancel);
            Assert.True(role is null ? answer.Headers.Location?.OriginalString.Contains("/account/sign-in", StringComparison.Ordinal) == true : answer.StatusCode == HttpStatusCode.OK, $"{door} answered {(int)answer.StatusCode}");
        }
    }
}
