using System.Net;
using Matchmaking.Jobs;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Matchmaking.Web.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Web;

/// <summary>No page asks the database more than twelve times, on the demonstration's records, whoever opens it.</summary>
public sealed class QueriesOfPagesTests(QueriesOfPagesTests.DemoApplication app) : IClassFixture<QueriesOfPagesTests.DemoApplication>
{
    private const int Most = 12;

    // Whole files of what is known of a person or of many records are written once in a while, and each kind of record is a query of its own.
    private static readonly string[] Files = ["export", "download", "health", "openapi", "office/forward"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public sealed class DemoApplication : MatchmakingApplication
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await using (var scope = Services.CreateAsyncScope())
            {
                var cases = ActivatorUtilities.CreateInstance<DemoCases>(scope.ServiceProvider);
                await ActivatorUtilities.CreateInstance<Demo>(scope.ServiceProvider, cases).PrepareAsync(CancellationToken.None);
            }
            await RunJobAsync<IndexListings>(job => job.RunAsync(CancellationToken.None));
            await RunJobAsync<FindMatches>(job => job.RunAsync(CancellationToken.None));
            await RunJobAsync<CallRounds>(job => job.RunAsync(CancellationToken.None));
            await RunJobAsync<CountIndicators>(job => job.RunAsync(CancellationToken.None));
        }

        public async Task<HttpClient> SignInAsync(string email)
        {
            var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
            var response = await client.PostFormAsync("/account/sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = Demo.Password });
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
            return client;
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("enterprise@demo.test", Roles.EnterpriseMember)]
    [InlineData("researcher@demo.test", Roles.Researcher)]
    [InlineData("office@demo.test", Roles.RecommendingOffice)]
    [InlineData("broker@demo.test", Roles.Broker)]
    [InlineData("staff@demo.test", Roles.Staff)]
    [InlineData("admin@demo.test", Roles.Administrator)]
    public async Task No_page_asks_more_than_twelve_times(string? email, string? role)
    {
        var client = email is null ? app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }) : await app.SignInAsync(email);
        var over = new List<string>();
        var (seen, counted) = (0, 0);
        using var commands = new CountedCommands(Path.GetFileName(app.Folder));
        foreach (var address in await AddressesAsync(email, role))
        {
            commands.Clear();
            var response = await client.GetAsync(address, Cancel);
            if (response.StatusCode != HttpStatusCode.OK) continue;
            seen++;
            counted += commands.Texts.Count;
            if (commands.Texts.Count > Most) over.Add($"{address}: {commands.Texts.Count}\n    {string.Join("\n    ", commands.Texts.Select(Start))}");
        }
        Assert.True(over.Count == 0, string.Join("\n", over));
        Assert.True(seen > 15 && counted > seen, $"Only {seen} pages opened, with {counted} queries.");
    }

    private static string Start(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        var from = line.IndexOf("FROM", StringComparison.Ordinal);
        return line[Math.Max(0, from)..Math.Min(line.Length, Math.Max(0, from) + 120)];
    }

    private async Task<List<string>> AddressesAsync(string? email, string? role)
    {
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!.TrimStart('/')).Distinct().Order(StringComparer.Ordinal)
            .Where(r => !r.Contains('{', StringComparison.Ordinal) && r is not ("Index" or "display" or "error" or "account/denied") && !Files.Any(f => r.Contains(f, StringComparison.Ordinal)) && Open(r, role));
        var more = await app.WithDbAsync(async db =>
        {
            var user = email is null ? null : await db.Users.AsNoTracking().SingleAsync(u => u.Email == email, Cancel);
            var own = user is null ? null : await db.Listings.AsNoTracking().Where(l => l.OrganizationId == user.OrganizationId).OrderBy(l => l.Id).ToListAsync(Cancel);
            var needs = await db.Needs.AsNoTracking().Where(n => ListingStates.Searchable.Contains(n.State)).OrderBy(n => n.Id).Take(3).ToListAsync(Cancel);
            var achievements = await db.Achievements.AsNoTracking().Where(n => ListingStates.Searchable.Contains(n.State)).OrderBy(n => n.Id).Take(3).ToListAsync(Cancel);
            var cases = await db.Cases.AsNoTracking().OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(Cancel);
            var list = await db.AnnualLists.AsNoTracking().OrderBy(l => l.Id).Select(l => l.Id).ToListAsync(Cancel);
            List<string> addresses =
            [
                "/needs?q=碳纤维", "/achievements?q=碳纤维", "/search?q=碳纤维", "/lists/2025/needs", "/lists/2025/achievements", "/plan/7-1", "/plan/5-1", "/rounds/1",
                .. needs.Select(n => $"/needs/{n.Number}"), .. achievements.Select(a => $"/achievements/{a.Number}"),
            ];
            if (own is not null)
            {
                foreach (var listing in own.Take(4))
                {
                    var side = listing is Need ? "needs" : "achievements";
                    addresses.AddRange(new[] { "", "/view", "/matches", "/readings" }.Select(part => $"/my/{side}/{listing.Id}{part}"));
                }
                addresses.AddRange(cases.SelectMany(id => new[] { $"/my/cases/{id}", $"/desk/cases/{id}" }));
                addresses.AddRange(new[] { "Account", "Membership", "Contacts", "Steps", "Grades", "Notices", "Subscriptions", "Audit", "Cases", "Contracts" }.Select(part => $"/account/data?part={part}"));
                addresses.AddRange(needs.Select(n => $"/my/interest/{n.Number}"));
                addresses.AddRange(achievements.Select(a => $"/my/interest/{a.Number}"));
                addresses.AddRange(list.SelectMany(id => new[] { $"/staff/lists/{id}", $"/staff/lists/{id}/rules" }));
                addresses.AddRange(["/my/needs/new", "/my/achievements/new", "/desk?mine=true", "/desk/cases?view=board", "/contracts?show=all", "/staff/funnel?by=Field", "/staff/funnel?by=Broker&station=Posted", "/staff/indicators/7-1", "/staff/rounds/1", $"/staff/brokers/{user!.Id}",
                    .. (await db.Listings.AsNoTracking().Where(l => l.State == ListingState.Submitted || l.State == ListingState.AwaitingOffice).Select(l => l.Id).Take(3).ToListAsync(Cancel)).SelectMany(id => new[] { $"/staff/review/{id}", $"/office/{id}" })]);
            }
            return addresses;
        });
        return [.. routes.Select(r => "/" + r), .. more];
    }

    private static bool Open(string route, string? role)
    {
        var who = RouteTableTests.WhoMayEnter(route);
        return who == "everybody" || (role is not null && (who == "signed in" || who.Split(',').Contains(role)));
    }
}
