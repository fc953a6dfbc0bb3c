using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Matchmaking.Benchmarks;
using Matchmaking.Jobs;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Web;

/// <summary>The application filled with the sample of the load benchmark, in small: enough rows of everything that a query a row shows.</summary>
public sealed class LoadedApplication : MatchmakingApplication
{
    internal QueryCount Queries { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureServices(services =>
        {
            services.ConfigureDbContext<SqliteMatchmakingDbContext>(options => options.AddInterceptors(Queries));
            services.ConfigureDbContext<PostgresMatchmakingDbContext>(options => options.AddInterceptors(Queries));
        });
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await new LoadSample(Services, new ListingMaker(Papers.Read(Repository.Path("samples", "papers", "papers.csv"), null), 7), new LoadSize(1_000, 400, 90)).FillAsync();
        await RunJobAsync<IndexListings>(job => job.RunAsync(TestContext.Current.CancellationToken));
        await RunJobAsync<CountIndicators>(job => job.RunAsync(TestContext.Current.CancellationToken));
    }
}

/// <summary>No page asks the database more than a dozen times, whoever opens it and however much he has.</summary>
public sealed partial class QueriesOfPagesTests(LoadedApplication app) : IClassFixture<LoadedApplication>
{
    private const int Most = 12;

    /// <summary>Not pages: programs, files to take along, and pages that only pass on.</summary>
    private static readonly Regex NoPages = Files();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData(Roles.EnterpriseMember)]
    [InlineData(Roles.Researcher)]
    [InlineData(Roles.RecommendingOffice)]
    [InlineData(Roles.Broker)]
    [InlineData(Roles.Staff)]
    [InlineData(Roles.Administrator)]
    public async Task No_page_asks_the_database_more_than_twelve_times(string? role)
    {
        var client = await SignInAsync(role);
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!.TrimStart('/')).Distinct().Order(StringComparer.Ordinal);
        var addresses = routes.Where(r => !NoPages.IsMatch(r) && !r.Contains('{', StringComparison.Ordinal)).Select(r => "/" + r).Concat(await RecordsAsync(role)).ToList();
        var (over, opened) = (new List<string>(), 0);
        foreach (var address in addresses)
        {
            // What is made once and kept (words, code lists, the reference of vague needs) is made before it is counted.
            var first = await client.GetAsync(address, Cancel);
            if (first.StatusCode != HttpStatusCode.OK)
            {
                // Another role's door; of this role's own records none may be missing.
                Assert.True(first.StatusCode == HttpStatusCode.Redirect, $"{address} answered {(int)first.StatusCode}.");
                continue;
            }
            app.Queries.Reset();
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(address, Cancel)).StatusCode);
            var queries = app.Queries.Queries;
            opened++;
            if (queries.Count > Most) over.Add(string.Create(CultureInfo.InvariantCulture, $"{address}: {queries.Count}\n{string.Join('\n', queries.GroupBy(q => Table().Match(q.Text).Groups[1].Value).Select(g => $"    {g.Count()} {g.Key}"))}"));
        }
        Assert.True(over.Count == 0, $"As {role ?? "anyone"}:\n{string.Join('\n', over)}");
        Assert.True(opened >= LeastPages(role), $"Only {opened} pages opened for {role ?? "anyone"}.");
    }

    /// <summary>So that a door that stays shut is no page that asks little.</summary>
    private static int LeastPages(string? role) => role switch
    {
        Roles.EnterpriseMember or Roles.Researcher => 35,
        Roles.Broker => 36,
        Roles.Staff => 42,
        Roles.RecommendingOffice => 25,
        Roles.Administrator => 22,
        _ => 17,
    };

    private async Task<HttpClient> SignInAsync(string? role)
    {
        var client = await app.CreateClientForAsync(null);
        if (role is null) return client;
        var answer = await client.PostFormAsync("/account/sign-in", new() { ["Input.Email"] = LoadSample.Accounts.Single(a => a.Role == role).Email, ["Input.Password"] = LoadSample.Password });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    /// <summary>Pages of single records and pages with filters, as this role opens them.</summary>
    private Task<List<string>> RecordsAsync(string? role) => app.WithDbAsync(async db =>
    {
        var email = LoadSample.Accounts.SingleOrDefault(a => a.Role == role).Email;
        var person = await db.Users.SingleOrDefaultAsync(u => u.Email == email, Cancel);
        // The one with the most beside it shows most.
        Task<Need> NeedAsync(IQueryable<Need> of) => of.Where(n => n.State == ListingState.Published).OrderByDescending(n => db.Cases.Count(c => c.NeedId == n.Id)).ThenBy(n => n.Id).FirstAsync(Cancel);
        Task<Achievement> AchievementAsync(IQueryable<Achievement> of) => of.Where(a => a.State == ListingState.Published).OrderByDescending(a => db.Matches.Count(m => m.AchievementId == a.Id)).ThenBy(a => a.Id).FirstAsync(Cancel);
        var (need, achievement) = (await NeedAsync(db.Needs), await AchievementAsync(db.Achievements));
        List<string> addresses = [$"/needs/{need.Number}", $"/achievements/{achievement.Number}", "/needs?q=材料", "/achievements?q=电池", "/plan/7-1", "/help"];
        switch (role)
        {
            case Roles.EnterpriseMember:
                var own = await NeedAsync(db.Needs.Where(n => n.OrganizationId == person!.OrganizationId));
                var known = await db.Cases.Where(c => c.PushedAt != null && c.Parties.Any(p => p.OrganizationId == person!.OrganizationId)).OrderByDescending(c => c.Steps.Count).Select(c => c.Id).FirstAsync(Cancel);
                return [.. addresses, "/my/needs/new", $"/my/needs/{own.Id}", $"/my/needs/{own.Id}/view", $"/my/needs/{own.Id}/matches", $"/my/needs/{own.Id}/readings", $"/my/needs/{own.Id}/revisions/1", $"/my/interest/{achievement.Number}", $"/my/cases/{known}"];
            case Roles.Researcher:
                var result = await AchievementAsync(db.Achievements.Where(a => a.OrganizationId == person!.OrganizationId));
                return [.. addresses, "/my/achievements/new", $"/my/achievements/{result.Id}", $"/my/achievements/{result.Id}/view", $"/my/achievements/{result.Id}/matches", $"/my/achievements/{result.Id}/readings", $"/my/interest/{need.Number}"];
            case Roles.RecommendingOffice:
                var waiting = await db.Listings.Where(l => l.Organization.OfficeId == person!.OrganizationId && l.State != ListingState.Draft).OrderBy(l => l.Id).Select(l => l.Id).FirstAsync(Cancel);
                return [.. addresses, "/office?show=public", "/office?show=all", $"/office/{waiting}"];
            case Roles.Broker:
                var open = await db.Cases.Where(c => c.BrokerId == person!.Id).OrderByDescending(c => c.Steps.Count).Select(c => c.Id).FirstAsync(Cancel);
                var contract = await db.Contracts.Where(c => c.BrokerId == person!.Id).OrderBy(c => c.Id).Select(c => c.Id).FirstAsync(Cancel);
                return [.. addresses, "/desk?mine=true", "/desk?field=NewMaterials", "/desk/cases?view=board", "/desk/cases?due=late", $"/desk/cases/{open}", $"/contracts/{contract}", "/contracts?show=all", $"/contracts/proof/{(await NeedAsync(db.Needs.Where(n => n.BrokerId == person!.Id))).Id}"];
            case Roles.Staff:
                var handedIn = await db.Listings.Where(l => l.State == ListingState.Submitted).OrderBy(l => l.Id).Select(l => l.Id).FirstAsync(Cancel);
                var broker = await db.Cases.Where(c => c.BrokerId != null).GroupBy(c => c.BrokerId).OrderByDescending(g => g.Count()).Select(g => g.Key).FirstAsync(Cancel);
                return
                [
                    .. addresses, $"/staff/review/{handedIn}", $"/staff/brokers/{broker}", "/staff/indicators/7-1", "/contracts?show=all", "/staff/funnel?by=Field", "/staff/funnel?by=Broker", "/staff/funnel?by=Quarter", "/staff/funnel?station=Matched",
                    "/staff/funnel?by=Broker&station=Matched", "/staff/stations?year=2026",
                ];
            default:
                return addresses;
        }
    });

    [GeneratedRegex(@"^(api|openapi|health|admin/jobs|Index$|display$|error$|search$|attachments|cases/|office/forward$|account/denied$)|\.\w+$")]
    private static partial Regex Files();

    [GeneratedRegex("FROM \"(\\w+)\"")]
    private static partial Regex Table();
}
