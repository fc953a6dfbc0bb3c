using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Benchmarks;

/// <summary>
/// A night as the product does it: the job <see cref="FindMatches"/> in processes of its own, on one database and the Elasticsearch that <c>ELASTICSEARCH_URL</c> names. Each
/// claims some needs at a time, reads the records, ranks, and stores the matches with their reasons. Achievements are imported ones, which are matched from the needs' side only.
/// </summary>
internal static class NightProcesses
{
    private const int Batch = 500;
    private const string SettingsFile = "settings.json";

    /// <param name="killAfter">Seconds after which the first of several processes is killed; 0 lets it live.</param>
    public static async Task<int> RunAsync(ListingMaker maker, int needs, int achievements, int processes, int killAfter, string? database)
    {
        var folder = Directory.CreateTempSubdirectory("matchmaking-night-").FullName;
        var settings = Settings(folder, database);
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, SettingsFile), JsonSerializer.Serialize(settings));
            await using var services = Services(folder);
            await FillAsync(services, maker, needs, achievements);
            var start = Stopwatch.GetTimestamp();
            await RunJobAsync<IndexListings>(services, job => job.RunAsync(CancellationToken.None));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"(indexing {needs + achievements:N0} listings with stored vectors: {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s)"));
            Report.Header($"{needs:N0} needs × {achievements:N0} achievements by FindMatches, {(database is null ? "SQLite" : "PostgreSQL")} and Elasticsearch on the same machine", "needs done by each", "from the first need to the last", "ms a need");
            foreach (var count in Enumerable.Range(1, processes))
            {
                await OpenAgainAsync(services);
                await MeasureAsync(services, folder, count, needs, count > 1 ? killAfter : 0);
            }
        }
        finally
        {
            await ClearAsync(settings);
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    /// <summary>One worker process: runs the job until nothing is open; prints how many needs it has stored.</summary>
    public static async Task<int> WorkAsync(string folder)
    {
        await using var services = Services(folder);
        var stored = 0;
        while (true)
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
            if (!await db.Needs.AnyAsync(n => n.MatchedVersion < n.SearchVersion)) break;
            db.SavedChanges += (_, _) => stored++;
            await scope.ServiceProvider.GetRequiredService<FindMatches>().RunAsync(CancellationToken.None);
            // What is still open is claimed by another process, which may be dead.
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }
        Console.WriteLine(stored);
        return 0;
    }

    private static async Task MeasureAsync(ServiceProvider services, string folder, int count, int needs, int killAfter)
    {
        var workers = Enumerable.Range(0, count).Select(_ => Start(folder)).ToList();
        var start = Stopwatch.GetTimestamp();
        if (killAfter > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(killAfter));
            workers[0].Kill();
        }
        var done = new List<string>();
        foreach (var worker in workers)
        {
            var output = await worker.StandardOutput.ReadToEndAsync();
            await worker.WaitForExitAsync();
            if (worker.ExitCode == 0) done.Add(output.Trim().Split('\n')[^1]);
            worker.Dispose();
        }
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
        var open = await db.Needs.CountAsync(n => n.MatchedVersion < n.SearchVersion);
        var last = await db.Matches.MaxAsync(m => m.ComputedAt);
        var first = await db.Matches.MinAsync(m => m.ComputedAt);
        if (open > 0) throw new OptionException($"{open} needs were not matched.");
        Report.Row(
            count == 1 ? "1 process" : $"{count} processes{(killAfter > 0 ? $", one killed after {killAfter} s" : "")}",
            string.Join(" + ", done) + (killAfter > 0 ? " by those that lived" : ""),
            string.Create(CultureInfo.InvariantCulture, $"{(last - first).TotalSeconds:0.0} s ({Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s with starting)"),
            Report.Ms((last - first).TotalMilliseconds / needs));
    }

    private static Process Start(string folder)
    {
        var program = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(NightProcesses).Assembly.Location] : [];
        return Process.Start(new ProcessStartInfo(program, [.. self, "night-worker", folder]) { RedirectStandardOutput = true })!;
    }

    private static Dictionary<string, string> Settings(string folder, string? database)
    {
        var addresses = Environment.GetEnvironmentVariable("ELASTICSEARCH_URL") is { Length: > 0 } url ? url : throw new OptionException("--processes needs a shared engine; name a server in the environment variable ELASTICSEARCH_URL.");
        var settings = new Dictionary<string, string>
        {
            ["Search:Engine"] = "Elasticsearch", ["Elasticsearch:Addresses"] = addresses, ["Elasticsearch:Index"] = $"night-{Environment.ProcessId}", ["Elasticsearch:TimeoutSeconds"] = "60",
            ["Encoder:Path"] = Path.GetFullPath(Papers.Find(SearchRegistration.DefaultEncoder) ?? SearchRegistration.DefaultEncoder),
            ["Database:Provider"] = database is null ? "Sqlite" : "Postgres",
            ["ConnectionStrings:Matchmaking"] = database ?? $"Data Source={Path.Combine(folder, "night.db")};Foreign Keys=True;Default Timeout=30",
        };
        return settings;
    }

    private static ServiceProvider Services(string folder)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(JsonSerializer.Deserialize<Dictionary<string, string?>>(File.ReadAllText(Path.Combine(folder, SettingsFile)))).Build();
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging(log => log.SetMinimumLevel(LogLevel.Warning));
        services.AddMatchmaking(configuration, folder);
        // They shape the tables of accounts, which the migrations make.
        services.Configure<IdentityOptions>(IdentityRules.Configure);
        services.AddSingleton<JobJournal>().AddScoped<FindMatches>().AddScoped<IndexListings>();
        return services.BuildServiceProvider();
    }

    private static async Task RunJobAsync<TJob>(ServiceProvider services, Func<TJob, Task> run) where TJob : notnull
    {
        await using var scope = services.CreateAsyncScope();
        await run(scope.ServiceProvider.GetRequiredService<TJob>());
    }

    private static async Task OpenAgainAsync(ServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
        await db.Matches.ExecuteDeleteAsync();
        await db.Needs.ExecuteUpdateAsync(set => set.SetProperty(n => n.MatchedVersion, 0).SetProperty(n => n.MatchClaim, (Guid?)null));
    }

    private static async Task FillAsync(ServiceProvider services, ListingMaker maker, int needs, int achievements)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
        await db.MigrateAsync(CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        const string Code = "91220100MA0TQ001X";
        var organization = new Organization("试验单位（示例）", OrganizationKind.Enterprise, Code + CreditCode.CheckCharacter(Code), "220100", "C28", null, now);
        organization.Verify(0, now);
        db.Organizations.Add(organization);
        await db.SaveChangesAsync();

        // The maker's own numbers: one in ten is a need, so some of either kind are passed over.
        var ids = Enumerable.Range(1, int.MaxValue).Where(id => ListingMaker.KindOf(id) == ListingKind.Need).Take(needs)
            .Concat(Enumerable.Range(1, int.MaxValue).Where(id => ListingMaker.KindOf(id) == ListingKind.Achievement).Take(achievements));
        foreach (var part in ids.Chunk(Batch))
        {
            db.ChangeTracker.Clear();
            db.Attach(organization);
            var made = part.AsParallel().AsOrdered().Select(id => maker.Make(id, sentences: true)).ToList();
            var listings = made.ConvertAll(entry => Publish(entry.Document, organization, now));
            db.Listings.AddRange(listings);
            await db.SaveChangesAsync();
            foreach (var (listing, entry) in listings.Zip(made))
                if (entry.Vectors is { } vectors) db.ListingVectors.Add(new ListingVector(listing.Id, vectors.Model, listing.SearchVersion, PackedVectors.Pack(vectors)));
            await db.SaveChangesAsync();
        }
    }

    private static Listing Publish(ListingDocument made, Organization organization, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var title = made.Title.Length <= ListingContent.MaxTitle ? made.Title : made.Title[..ListingContent.MaxTitle];
        var keywords = made.Keywords.Where(keyword => keyword.Length <= ListingContent.MaxKeyword).ToList();
        var modes = made.Cooperation.Select(Enum.Parse<CooperationMode>).ToList();
        if (made.Kind == ListingKind.Achievement)
        {
            var achievement = new Achievement(organization, 0, now);
            achievement.ImportedFrom($"made:{made.Id}");
            achievement.PublishImported(new AchievementContent
            {
                Title = title, Summary = made.Summary, Description = made.Description, Keywords = keywords, Field = Enum.Parse<TechnologyField>(made.Field), Industry = made.Industry, Region = made.Region,
                Quantities = made.Quantities, Cooperation = modes, Money = made.Money, ValidUntil = today.AddDays(300), Trl = made.Maturity, Stage = Enum.Parse<AchievementStage>(made.Band!), Ip = IpKind.InventionPatent,
            }, made.Number, now);
            return achievement;
        }
        var need = new Need(organization, 0, now);
        need.Describe(new NeedContent
        {
            Title = title, Summary = made.Summary, Description = made.Description, Keywords = keywords, Field = Enum.Parse<TechnologyField>(made.Field), Industry = made.Industry, Region = made.Region,
            Quantities = made.Quantities, Cooperation = modes, Money = made.Money, ValidUntil = today.AddDays(300), Kind = NeedKind.Research, Horizon = Enum.Parse<Horizon>(made.Band!), Deadline = today.AddDays(300), MinimumTrl = made.Maturity,
        }, Contact.Empty, now);
        need.Submit(0, now, today);
        need.Publish(made.Number, 0, now);
        return need;
    }

    private static async Task ClearAsync(Dictionary<string, string> settings)
    {
        using var client = new ElasticClient(ElasticOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings!).Build()));
        var all = await client.SendAsync(HttpMethod.Get, $"{settings["Elasticsearch:Index"]}-*?filter_path=*.aliases", null, repeatable: true, CancellationToken.None);
        if (all.Body.ValueKind != JsonValueKind.Object) return;
        foreach (var index in all.Body.EnumerateObject().Select(index => index.Name).ToList()) await client.SendAsync(HttpMethod.Delete, index, null, repeatable: true, CancellationToken.None, 404);
    }
}
