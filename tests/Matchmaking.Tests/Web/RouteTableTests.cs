using System.Net;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.Support;
using Matchmaking.Web.Lists;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
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
        ("my", Posters), ("office", Roles.RecommendingOffice), ("desk", Roles.Broker), ("staff", Roles.Staff), ("admin", Roles.Administrator),
        ("contracts", Roles.EnterpriseMember + "," + Roles.Researcher + "," + Roles.Broker + "," + Roles.Staff),
        ("calendar", SignedIn), ("cases", SignedIn), ("experts", SignedIn), ("reporting", SignedIn),
        ("account/sign-in", Everybody), ("account/sign-up", Everybody), ("account/forgot", Everybody), ("account/reset", Everybody), ("account/denied", Everybody), ("account/deleted", Everybody), ("account", SignedIn),
        ("inbox", SignedIn), ("unsubscribe", Everybody),
        ("", Everybody),
    ];

    private static readonly string[] Known =
    [
        "", "Index", "search", "status", "display", "error", "not-found/{code:int?}", "{side:side}/{number}", "help", "rules", "privacy", "accessibility", "{subject:regex(^(help|rules|privacy|accessibility)$)}", "health/live", "health/ready", "openapi/{documentName}.json",
        "needs", "achievements", "attachments/{id:int}", "setup/{secret}",
        "lists", "lists/keys", "lists/keys/{id:int}.pem", "lists/feed.atom", "lists/catalog.jsonld", "staff/lists/keys", "lists/{year:int}/{kind}", "lists/{year:int}/{kind}/download.{format}", "plan", "plan/{code}", "plan/export.csv", "quality",
        "account", "account/sign-in", "account/sign-up", "account/forgot", "account/reset", "account/denied",
        "account/notices", "account/notices/searches/new", "account/notices/searches/{id:int}", "account/data", "account/data/mail", "account/deleted", "inbox", "inbox/{id:int}", "unsubscribe/{token}",
        "my", "my/{side:side}/new", "my/{side:side}/{id:int}", "my/{side:side}/{id:int}/view", "my/{side:side}/{id:int}/revisions/{n:int}", "my/{kind:regex(^(needs|achievements)$)}/{id:int}/matches",
        "desk", "staff", "staff/organizations", "staff/brokers", "staff/review", "staff/review/{id:int}", "staff/review/{id:int}/revisions/{n:int}",
        "staff/rankers", "staff/lists", "staff/lists/new", "staff/lists/{id:int}", "staff/lists/{id:int}/rules", "staff/lists/{id:int}/{entryId:int}", "staff/indicators", "staff/indicators/{code}", "staff/indicators/desk", "staff/indicators/{code}/rows", "staff/indicators/{code}/definition", "staff/registers/{kind:regex(^(secondments|events)$)}", "staff/registers/{kind:regex(^(experts|trainings)$)}",
        "my/cases", "my/cases/{id:int}", "my/interest/{number}", "my/{side:side}/{id:int}/readings", "my/questions", "my/statistics", "calendar", "calendar/{token}.ics",
        "desk/cases", "desk/cases/{id:int}", "desk/cases/push", "desk/visits", "desk/triage", "staff/brokers/{id:int}", "staff/questions",
        "cases/files/{id:int}", "cases/{id:int}/attachments/{attachment:int}", "cases/meetings/{id:int}.ics",
        "office", "office/{id:int}", "office/forward", "rounds", "rounds/{id:int}", "renew/{token}", "my/needs/{id:int}/rounds/{round:int}",
        "staff/offices", "staff/checklists", "staff/stations", "staff/rounds", "staff/rounds/new", "staff/rounds/{id:int}",
        "my/import", "my/import/{id:int}", "my/export.{format}", "office/import", "office/import/{id:int}", "office/export.{format}", "staff/import", "staff/import/{id:int}", "staff/export.{format}",
        "admin", "admin/jobs/{**path}",
        "contracts", "contracts/new", "contracts/{id:int}", "contracts/{id:int}/edit", "contracts/{id:int}/registration.{format}", "contracts/proof/{needId:int}", "staff/proofs",
        "price-notices", "price-notices/{id:int}", "open-licences", "open-licences/{id:int}", "my/achievements/{id:int}/open-licence", "staff/price-notices", "staff/funnel",
        "api/v1/search", "api/v1/needs/{number}", "api/v1/achievements/{number}", "api/v1/lists", "api/v1/lists/{year:int}/{kind}", "api/v1/plan/indicators", "api/v1/plan/indicators/{code}", "api/v1/plan/indicators/{code}/lines", "api/v1/plan/indicators/{code}/history.csv",
        "api/v1/check", "api/v1/suggest",
        "experts", "experts/{id:int}", "experts/diagnoses/{id:int}", "experts/reports/{id:int}", "reporting", "reporting/{id:int}", "staff/indicators/returns", "staff/indicators/claims", "staff/indicators/departments", "map", "map/{industry}/{field}", "reports", "reports/{year:int}/{scope}", "reports/{year:int}/{scope}/download.{format}", "staff/reports", "staff/reports/{id:int}", "staff/reports/proposals.{format}", "plan/bulletin-{quarter}.{format}", "staff/experts", "staff/experts/{id:int}", "staff/lists/{id:int}/outcomes", "staff/lists/rounds", "staff/lists/rounds/new", "staff/lists/rounds/{id:int}", "staff/lists/rounds/{id:int}/rules",
        "lists/{year:int}/{kind}/object", "lists/objections/{key}",
    ];

    /// <summary>Role names with commas between, or <see cref="Everybody"/> or <see cref="SignedIn"/>.</summary>
    public static string WhoMayEnter(string route) => Doors.First(d => d.Prefix.Length == 0 || route == d.Prefix || route.StartsWith(d.Prefix + "/", StringComparison.Ordinal)).Who;

    public static bool IsBehindADoor(string route) => WhoMayEnter(route) is not (Everybody or SignedIn);

    /// <summary>Checks of a draft: open to everybody, but not by opening an address.</summary>
    private static bool AsksForPost(string route) => route is "api/v1/check" or "api/v1/suggest";

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
        foreach (var route in Routes().Where(r => !r.Contains('{', StringComparison.Ordinal) && r is not ("Index" or "display" or "error" or "search" or "health/ready" or "office/forward") && !AsksForPost(r)))
        {
            var who = WhoMayEnter(route);
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
        var importer = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, firm));
        var import = ImportSteps.ImportId(await importer.UploadedAsync("a.csv", "需求名称,完成期限\n甲,明年\n"u8.ToArray()));
        Assert.Equal(HttpStatusCode.OK, (await importer.GetAsync($"/my/import/{import}", Cancel)).StatusCode);
        var doors = new[]
        {
            $"/my/needs/{need.Id}", $"/my/needs/{need.Id}/view", $"/my/needs/{need.Id}/matches", $"/my/needs/{need.Id}/revisions/1",
            $"/my/achievements/{achievement.Id}", $"/my/achievements/{achievement.Id}/view", $"/my/achievements/{achievement.Id}/matches",
            $"/office/{need.Id}", $"/office/{achievement.Id}", $"/my/needs/{need.Id}/rounds/1", $"/my/import/{import}", $"/my/import/{import}?handler=Remarks", $"/office/import/{import}", $"/office/import/{import}?handler=Remarks", $"/staff/import/{import}", $"/staff/import/{import}?handler=Remarks",
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
        var hidden = await app.AddOrganizationAsync(name: "深藏不露材料（示例）");
        var university = await app.AddOrganizationAsync(OrganizationKind.University, name: "深藏不露研究院（示例）");
        var need = await app.PublishNeedAsync(hidden, app.NeedContent("匿名需求的标题") with { Disclosure = Disclosure.Anonymous });
        var achievement = await app.PublishAchievementAsync(university, app.AchievementContent("匿名成果的标题") with { Disclosure = Disclosure.Anonymous, Inventors = "深藏不露发明人（示例）", IpNumber = "ZL201310699744.2" });
        var member = await app.AddUserAsync(Roles.EnterpriseMember, hidden);
        var owner = await app.CreateClientForAsync(member);
        var uploaded = await owner.UploadAsync($"/my/needs/{need.Id}/view", "深藏不露图纸.pdf", "%PDF-1.7\n深藏不露"u8.ToArray());
        Assert.Equal(HttpStatusCode.Redirect, uploaded.StatusCode);
        await app.RunJobAsync<Matchmaking.Jobs.IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<Matchmaking.Jobs.FindMatches>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<Matchmaking.Jobs.CountIndicators>(job => job.RunAsync(Cancel));
        await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, ListYear, need);
        await app.PublishListAsync(AnnualListKind.QualityAchievements, ListYear, achievement);
        var attachment = await app.WithDbAsync(db => db.Attachments.Where(a => a.ListingId == need.Id).Select(a => a.Id).SingleAsync(Cancel));

        string[] doors =
        [
            "/", "/needs", "/needs?q=匿名需求的标题", "/needs?q=深藏不露", "/achievements", "/achievements?q=深藏不露", $"/needs/{need.Number}", $"/achievements/{achievement.Number}",
            $"/api/v1/needs/{need.Number}", $"/api/v1/achievements/{achievement.Number}", "/api/v1/search?q=匿名", "/api/v1/search?q=深藏不露", "/api/v1/lists", "/api/v1/plan/indicators",
            "/lists", "/plan", "/plan/export.csv", "/status", "/openapi/v1.json", $"/attachments/{attachment}",
            .. ListDoors(),
        ];
        var served = 0;
        var leaks = new List<string>();
        var stranger = await app.AddUserAsync(Roles.Researcher, await app.AddOrganizationAsync(OrganizationKind.University));
        foreach (var client in new[] { await app.CreateClientForAsync(null), await app.CreateClientForAsync(stranger) })
        {
            foreach (var door in doors)
            {
                var response = await client.GetAsync(door, Cancel);
                if (response.IsSuccessStatusCode) served++;
                else if (!door.StartsWith("/attachments/", StringComparison.Ordinal)) leaks.Add($"{door} answered {(int)response.StatusCode}");
                var text = await TextAsync(response);
                // A page repeats what was typed into its search; the rest of it is what counts.
                var typed = Uri.UnescapeDataString(new Uri("http://x" + door).Query);
                string[] secrets = typed.Contains("深藏不露", StringComparison.Ordinal) ? ["深藏不露材料", "深藏不露研究院", "深藏不露发明人"] : ["深藏不露"];
                foreach (var secret in (string[])[.. secrets, hidden.CreditCode, university.CreditCode, Phone, "contact@test.invalid", "联系人甲", "201310699744"])
                    if (text.Contains(secret, StringComparison.Ordinal)) leaks.Add($"{door}: {secret}");
            }
        }
        Assert.Empty(leaks);
        Assert.Equal(2 * (doors.Length - 1), served);
        // What was looked through is the real thing: the records do stand in it.
        var reader = await app.CreateClientForAsync(null);
        Assert.Contains("匿名需求的标题", await (await reader.GetAsync("/needs", Cancel)).Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        foreach (var door in ListDoors().Where(d => !d.EndsWith(".xlsx", StringComparison.Ordinal)))
            Assert.Contains(door.Contains("needs", StringComparison.Ordinal) ? "匿名需求的标题" : "匿名成果的标题", await TextAsync(await reader.GetAsync(door, Cancel)), StringComparison.Ordinal);
        // The clock has moved on; the owner signs in anew.
        owner = await app.CreateClientForAsync(member);
        Assert.Contains("深藏不露", await TextAsync(await owner.GetAsync($"/attachments/{attachment}", Cancel)), StringComparison.Ordinal);
    }

    private const int ListYear = 2026;

    private static IEnumerable<string> ListDoors() => Enum.GetValues<AnnualListKind>().SelectMany(kind => (string[])
    [
        ListAddress.Of(kind, ListYear), "/api/v1" + ListAddress.Of(kind, ListYear),
        ListAddress.Download(kind, ListYear, "csv", 1), ListAddress.Download(kind, ListYear, "json", 1), ListAddress.Download(kind, ListYear, "xlsx", 1),
    ]);

    /// <summary>The body as text; of a workbook the text of all its parts.</summary>
    private static async Task<string> TextAsync(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancel);
        if (!bytes.AsSpan().StartsWith("PK"u8)) return System.Text.Encoding.UTF8.GetString(bytes);
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(bytes));
        var text = new System.Text.StringBuilder();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(await reader.ReadToEndAsync(Cancel));
        }
        return text.ToString();
    }
}
