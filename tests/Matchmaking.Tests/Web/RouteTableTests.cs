using System.Net;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Web;

/// <summary>Every door as every role. A route that the table does not know fails; somebody else's hidden record is 404.</summary>
public sealed class RouteTableTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private const string Everybody = "everybody";
    private const string SignedIn = "signed in";
    private const string Posters = Roles.EnterpriseMember + "," + Roles.Researcher;
    private const string Phone = "0431-00000000";

    // Folder pages are closed by the first matching line.
    private static readonly (string Prefix, string Who)[] Doors =
    [
        ("my", Posters), ("desk", Roles.Broker), ("staff", Roles.Staff), ("admin", Roles.Administrator),
        ("account/sign-in", Everybody), ("account/sign-up", Everybody), ("account/forgot", Everybody), ("account/reset", Everybody), ("account/denied", Everybody), ("account", SignedIn),
        ("", Everybody),
    ];

    private static readonly string[] Known =
    [
        "", "Index", "search", "status", "display", "error", "not-found/{code:int?}", "{side:side}/{number}", "help", "rules", "privacy", "accessibility", "{subject:regex(^(help|rules|privacy|accessibility)$)}", "health/live", "health/ready", "openapi/{documentName}.json",
        "needs", "achievements", "attachments/{id:int}", "setup/{secret}",
        "lists", "lists/{year:int}/{kind}", "lists/{year:int}/{kind}/download.{format}", "plan", "plan/{code}", "plan/export.csv",
        "account", "account/sign-in", "account/sign-up", "account/forgot", "account/reset", "account/denied",
        "my", "my/{side:side}/new", "my/{side:side}/{id:int}", "my/{side:side}/{id:int}/view", "my/{side:side}/{id:int}/revisions/{n:int}", "my/{kind:regex(^(needs|achievements)$)}/{id:int}/matches",
        "desk", "staff", "staff/organizations", "staff/brokers", "staff/review", "staff/review/{id:int}", "staff/review/{id:int}/revisions/{n:int}",
        "staff/lists", "staff/lists/new", "staff/lists/{id:int}", "staff/lists/{id:int}/rules", "staff/lists/{id:int}/{entryId:int}", "staff/indicators", "staff/indicators/{code}",
        "admin", "admin/jobs/{**path}",
        "api/v1/search", "api/v1/needs/{number}", "api/v1/achievements/{number}", "api/v1/lists", "api/v1/lists/{year:int}/{kind}", "api/v1/plan/indicators", "api/v1/plan/indicators/{code}",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string[] Routes() => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Select(e => e.RoutePattern.RawText!.TrimStart('/')).Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public void The_table_knows_every_route() => Assert.Empty(Routes().Except(Known));

    [Theory]
    [InlineData(null)]
    [InlineData(Roles.EnterpriseMember)]
    [InlineData(Roles.Researcher)]
    [InlineData(Roles.RecommendingOffice)]
    [InlineData(Roles.Broker)]
    [InlineData(Roles.Staff)]
    [InlineData(Roles.Administrator)]
    public async Task Every_door_without_a_record_opens_for_whom_it_should(string? role)
    {
        var client = await app.CreateClientForAsync(role is null ? null : await app.AddUserAsync(role, await app.AddOrganizationAsync()));
        var wrong = new List<string>();
        foreach (var route in Routes().Where(r => !r.Contains('{', StringComparison.Ordinal) && r is not ("Index" or "display" or "error" or "search" or "health/ready")))
        {
            var who = Doors.First(d => d.Prefix.Length == 0 || route == d.Prefix || route.StartsWith(d.Prefix + "/", StringComparison.Ordinal)).Who;
            var open = who == Everybody || (who == SignedIn && role is not null) || (role is not null && who.Split(',').Contains(role));
            var response = await client.GetAsync("/" + route, Cancel);
            var location = response.Headers.Location?.OriginalString ?? "";
            var right = open ? response.StatusCode == HttpStatusCode.OK || route == "account/denied"
                : response.StatusCode == HttpStatusCode.Redirect && location.Contains(role is null ? "/account/sign-in" : "/account/denied", StringComparison.Ordinal);
            if (!right) wrong.Add($"{route}: {(int)response.StatusCode} {location}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_foreign_hidden_record_is_not_there_for_anybody_else()
    {
        var firm = await app.AddOrganizationAsync();
        var university = await app.AddOrganizationAsync(OrganizationKind.University);
        var need = await app.AddDraftAsync(firm, app.NeedContent("草稿需求"));
        var achievement = await app.AddDraftAsync(university, app.AchievementContent("草稿成果"));
        var doors = new[]
        {
            $"/my/needs/{need.Id}", $"/my/needs/{need.Id}/view", $"/my/needs/{need.Id}/matches", $"/my/needs/{need.Id}/revisions/1",
            $"/my/achievements/{achievement.Id}", $"/my/achievements/{achievement.Id}/view", $"/my/achievements/{achievement.Id}/matches",
            $"/staff/review/{need.Id}", "/needs/XQ2026-220100-99999", "/api/v1/needs/XQ2026-220100-99999",
        };
        var open = new List<string>();
        foreach (var role in Roles.All)
        {
            var client = await app.CreateClientForAsync(await app.AddUserAsync(role, await app.AddOrganizationAsync(role == Roles.Researcher ? OrganizationKind.University : OrganizationKind.Enterprise)));
            foreach (var door in doors)
            {
                var response = await client.GetAsync(door, Cancel);
                var closed = response.StatusCode == HttpStatusCode.NotFound || (response.StatusCode == HttpStatusCode.Redirect && response.Headers.Location!.OriginalString.Contains("/account/denied", StringComparison.Ordinal));
                if (!closed) open.Add($"{role} {door}: {(int)response.StatusCode}");
            }
        }
        Assert.Empty(open);
        var own = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, firm));
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync($"/my/needs/{need.Id}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Contact_and_anonymous_owner_leave_through_no_public_door()
    {
        var secret = await app.AddOrganizationAsync(name: "深藏不露材料（示例）");
        var need = await app.PublishNeedAsync(secret, app.NeedContent("匿名需求的标题") with { Disclosure = Disclosure.Anonymous });
        await app.RunJobAsync<Matchmaking.Jobs.IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<Matchmaking.Jobs.FindMatches>(job => job.RunAsync(Cancel));
        var stranger = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Researcher, await app.AddOrganizationAsync(OrganizationKind.University)));
        string[] doors = ["/", "/needs", "/needs?q=匿名需求的标题", $"/needs/{need.Number}", $"/api/v1/needs/{need.Number}", "/api/v1/search?q=匿名需求的标题", "/lists", "/plan", "/status"];
        foreach (var client in new[] { await app.CreateClientForAsync(null), stranger })
        {
            foreach (var door in doors)
            {
                var body = await (await client.GetAsync(door, Cancel)).Content.ReadAsStringAsync(Cancel);
                Assert.DoesNotContain("深藏不露", body, StringComparison.Ordinal);
                Assert.DoesNotContain(Phone, body, StringComparison.Ordinal);
            }
        }
        Assert.Contains("匿名需求的标题", await (await stranger.GetAsync("/needs", Cancel)).Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}
