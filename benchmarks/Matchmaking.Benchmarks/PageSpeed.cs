using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Matchmaking.Jobs;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Matchmaking.Web.Pages;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Matchmaking.Benchmarks;

/// <summary>
/// The pages of the daily work on a large database, each as the role it is for. The real application runs in this process without its jobs; a request goes through everything but the
/// network: from the first line of the pipeline to the last byte of the page, sign-in cookie and database included.
/// </summary>
internal static partial class PageSpeed
{
    private const string Anyone = "anyone";
    private const int WarmUps = 3;
    private const int Slow = 200;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Options(arguments, "--listings", "--cases", "--users", "--folder", "--requests", "--only", "--papers", "--seed", "--explain");
        var size = new LoadSize(options.Number("--listings", 100_000, 100, 1_000_000), options.Number("--cases", 20_000, 10, 1_000_000), options.Number("--users", 3_000, 50, 100_000));
        var requests = options.Number("--requests", 30, 5, 10_000);
        var kept = options.Text("--folder");
        var folder = kept is null ? Directory.CreateTempSubdirectory("matchmaking-pages-").FullName : Directory.CreateDirectory(kept).FullName;
        Report.Machine();
        try
        {
            await using var app = new LoadApplication(folder);
            await PrepareAsync(app, folder, size, options);
            var pages = await PagesAsync(app);
            if (options.Text("--only") is { } only) pages = [.. pages.Where(p => p.Address.Contains(only, StringComparison.Ordinal))];
            if (pages.Count == 0) throw new OptionException("--only leaves no page.");
            await MeasureAsync(app, pages, size, requests, explain: options.Text("--explain") is not null);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            if (kept is null) Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    /// <summary>Makes the sample, or uses the one that a former run left in the folder; half of one is refused.</summary>
    private static async Task PrepareAsync(LoadApplication app, string folder, LoadSize size, Options options)
    {
        var mark = Path.Combine(folder, "sample.txt");
        var wanted = string.Create(CultureInfo.InvariantCulture, $"{size.Listings} listings, {size.Cases} cases, {size.Users} users");
        if (File.Exists(mark))
        {
            var made = await File.ReadAllTextAsync(mark);
            if (made != wanted) throw new OptionException($"The folder holds a sample of {made}; name another, or delete it.");
            _ = app.Services;
            return;
        }
        if (File.Exists(Path.Combine(folder, "matchmaking.db"))) throw new OptionException("The folder holds a database that is no finished sample; name another, or delete it.");
        using var encoder = SentenceEncoder.TryOpen(SearchRegistration.DefaultEncoder, out var reason);
        if (encoder is null) Console.Error.WriteLine($"Words only: {reason}");
        var maker = new ListingMaker(Papers.Read(options.Text("--papers"), encoder is null ? null : new ListingEncoder(encoder)), options.Number("--seed", 7, 0, int.MaxValue));
        var start = Stopwatch.GetTimestamp();
        await new LoadSample(app.Services, maker, size).FillAsync(what => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"made {what}: {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s")));
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IndexListings>().RunAsync(CancellationToken.None);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"indexed: {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
        await File.WriteAllTextAsync(mark, wanted);
    }

    /// <summary>Role and address; ids are those of the sample's measured people.</summary>
    private static async Task<IReadOnlyList<(string Role, string Address)>> PagesAsync(LoadApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
        var people = await db.Users.Where(u => u.Email!.EndsWith("@load.test") && u.PasswordHash != null).ToDictionaryAsync(u => u.Email!);
        var (firm, professor, broker) = (people["firm@load.test"], people["professor@load.test"], people["broker@load.test"]);
        var need = await db.Needs.Where(n => n.OrganizationId == firm.OrganizationId && n.State == ListingState.Published).OrderBy(n => n.Id).FirstAsync();
        var achievement = await db.Achievements.Where(a => a.OrganizationId == professor.OrganizationId && a.State == ListingState.Published).OrderBy(a => a.Id).FirstAsync();
        var own = await db.Cases.Where(c => c.BrokerId == broker.Id && c.Stage == CaseStage.Met).OrderBy(c => c.Id).Select(c => c.Id).FirstAsync();
        var contract = await db.Contracts.Where(c => c.BrokerId == broker.Id).OrderBy(c => c.Id).Select(c => (int?)c.Id).FirstOrDefaultAsync();
        var year = TimeProvider.System.GetUtcNow().Year;
        return
        [
            (Anyone, "/"), (Anyone, "/status"), (Anyone, "/needs"), (Anyone, "/achievements"), (Anyone, "/achievements?q=电池"), (Anyone, "/needs?q=复合材料"), (Anyone, "/lists"), (Anyone, "/plan"), (Anyone, "/quality"), (Anyone, "/rounds"), (Anyone, "/price-notices"),
            (Anyone, $"/needs/{need.Number}"), (Anyone, $"/achievements/{achievement.Number}"),
            (Roles.Broker, "/desk"), (Roles.Broker, "/desk?mine=true"), (Roles.Broker, "/desk?field=NewMaterials"), (Roles.Broker, "/desk/cases"), (Roles.Broker, "/desk/cases?view=board"), (Roles.Broker, "/desk/cases?due=late"), (Roles.Broker, $"/desk/cases/{own}"),
            (Roles.Broker, "/desk/triage"), (Roles.Broker, "/desk/visits"), (Roles.Broker, "/contracts"), (Roles.Broker, "/calendar"), (Roles.Broker, "/inbox"), (Roles.Broker, "/account"), (Roles.Broker, "/account/data"),
            .. contract is { } id ? [(Roles.Broker, $"/contracts/{id}")] : Array.Empty<(string, string)>(),
            (Roles.Staff, "/staff"), (Roles.Staff, "/staff/review"), (Roles.Staff, $"/staff/funnel?year={year}"), (Roles.Staff, $"/staff/funnel?year={year}&by=Field"), (Roles.Staff, $"/staff/funnel?year={year}&by=Quarter"), (Roles.Staff, $"/staff/funnel?year={year}&by=Broker&station=Matched"),
            (Roles.Staff, $"/staff/stations?year={year}"), (Roles.Staff, "/staff/brokers"), (Roles.Staff, $"/staff/brokers/{broker.Id}"), (Roles.Staff, "/staff/organizations"), (Roles.Staff, "/staff/offices"), (Roles.Staff, "/staff/questions"), (Roles.Staff, "/staff/rankers"),
            (Roles.Staff, "/staff/lists"), (Roles.Staff, "/staff/indicators"), (Roles.Staff, "/staff/proofs"), (Roles.Staff, "/staff/rounds"), (Roles.Staff, "/staff/checklists"), (Roles.Staff, "/contracts"), (Roles.Staff, "/contracts?show=all"),
            (Roles.RecommendingOffice, "/office"), (Roles.RecommendingOffice, "/office?show=public"), (Roles.RecommendingOffice, "/office?show=all"), (Roles.RecommendingOffice, "/office/import"),
            (Roles.EnterpriseMember, "/my"), (Roles.EnterpriseMember, "/my/cases"), (Roles.EnterpriseMember, $"/my/needs/{need.Id}/view"), (Roles.EnterpriseMember, $"/my/needs/{need.Id}/matches"), (Roles.EnterpriseMember, "/my/statistics"), (Roles.EnterpriseMember, "/my/questions"),
            (Roles.EnterpriseMember, "/my/needs/new"), (Roles.EnterpriseMember, "/contracts"),
            (Roles.Researcher, "/my"), (Roles.Researcher, $"/my/achievements/{achievement.Id}/matches"), (Roles.Researcher, "/my/cases"),
            (Roles.Administrator, "/admin"),
        ];
    }

    private static async Task MeasureAsync(LoadApplication app, IReadOnlyList<(string Role, string Address)> pages, LoadSize size, int requests, bool explain)
    {
        Report.Header(
            $"page, with {size.Listings:N0} listings, {size.Cases:N0} cases, {size.Users:N0} users; ms of {requests} requests after {WarmUps}", "as", "queries", "rows read", "least", "p50", "p95", "most", "in queries (p50)");
        var over = new List<string>();
        foreach (var group in pages.GroupBy(p => p.Role))
        {
            foreach (var (role, address) in group)
            {
                // Signed in afresh for each page: the minutely check of the cookie falls into no measured request.
                var client = await SignInAsync(app, role);
                for (var i = 0; i < WarmUps; i++) await OpenAsync(client, address);
                var (all, inQueries) = (new Timing(), new Timing());
                IReadOnlyList<CountedQuery> queries = [];
                for (var i = 0; i < requests; i++)
                {
                    app.Queries.Reset();
                    var start = Stopwatch.GetTimestamp();
                    await OpenAsync(client, address);
                    all.Add(Stopwatch.GetElapsedTime(start));
                    queries = app.Queries.Queries;
                    inQueries.Add(TimeSpan.FromMilliseconds(queries.Sum(q => q.Milliseconds)));
                }
                if (all.Percentile(95) > Slow) over.Add($"{address} ({role})");
                Report.Row(address, role, queries.Count.ToString(CultureInfo.InvariantCulture), queries.Sum(q => q.Rows).ToString(CultureInfo.InvariantCulture),
                    Report.Ms(all.Percentile(0)), Report.Ms(all.Percentile(50)), Report.Ms(all.Percentile(95)), Report.Ms(all.Percentile(100)), Report.Ms(inQueries.Percentile(50)));
                if (explain)
                    foreach (var query in queries.OrderByDescending(q => q.Milliseconds).Take(4))
                        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {query.Milliseconds:0.0} ms, {query.Rows} rows: {Blank().Replace(query.Text, " ")}"));
            }
        }
        Console.WriteLine();
        Console.WriteLine(over.Count == 0 ? $"No page's p95 is over {Slow} ms." : $"p95 over {Slow} ms: {string.Join(", ", over)}.");
    }

    private static async Task<HttpClient> SignInAsync(LoadApplication app, string role)
    {
        var client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        if (role == Anyone) return client;
        var page = await client.GetStringAsync("/account/sign-in");
        var token = Token().Match(page).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("Input.Email", LoadSample.Accounts.Single(a => a.Role == role).Email), new("Input.Password", LoadSample.Password), new("__RequestVerificationToken", token)]);
        using var answer = await client.PostAsync("/account/sign-in", form);
        if (answer.StatusCode != System.Net.HttpStatusCode.Redirect) throw new OptionException($"The sample's {role} could not sign in: {(int)answer.StatusCode}.");
        return client;
    }

    private static async Task OpenAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        if (!answer.IsSuccessStatusCode) throw new OptionException($"{address} answered {(int)answer.StatusCode}.");
        await answer.Content.ReadAsByteArrayAsync();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}

/// <summary>The application itself on a folder; neither its job server nor the timetable runs.</summary>
internal sealed class LoadApplication(string folder) : WebApplicationFactory<IndexModel>
{
    public QueryCount Queries { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseContentRoot(Path.GetDirectoryName(Papers.Find("src/Matchmaking.Web/Matchmaking.Web.csproj")) ?? throw new OptionException("The web application's folder src/Matchmaking.Web is not found above the program."));
        builder.UseSetting("Data:Folder", folder);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.ConfigureServices(services =>
        {
            foreach (var hosted in services.Where(s => s.ServiceType == typeof(IHostedService) && IsJobs(s)).ToList()) services.Remove(hosted);
            services.ConfigureDbContext<SqliteMatchmakingDbContext>(options => options.AddInterceptors(Queries));
        });
    }

    private static bool IsJobs(ServiceDescriptor service) =>
        (service.ImplementationType?.Assembly ?? service.ImplementationFactory?.Method.DeclaringType?.Assembly)?.GetName().Name is { } name
        && (name.StartsWith("Hangfire", StringComparison.Ordinal) || name == "Matchmaking.Jobs");
}
