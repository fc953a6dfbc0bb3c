using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Pages;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Matchmaking.Tests.Support;

/// <summary>
/// The real application on a database and a folder of its own; members are what people do, not services.
/// Jobs do not run by themselves here: a test runs the one it is about.
/// </summary>
public class MatchmakingApplication : WebApplicationFactory<IndexModel>, IAsyncLifetime
{
    public const string Password = "Test-2026-jilin";
    private readonly string folder = Directory.CreateTempSubdirectory("matchmaking-").FullName;
    private int count;

    public TestClock Clock { get; } = new();

    public string Folder => folder;

    /// <summary>A PostgreSQL database of this application's own; null on SQLite.</summary>
    private PostgresDatabase? postgres;

    /// <summary>With this variable set to Postgres every application of the tests runs there, not only <see cref="PostgresApplication"/>.</summary>
    public const string ProviderVariable = "MATCHMAKING_TEST_PROVIDER";

    public virtual bool OnPostgres => Environment.GetEnvironmentVariable(ProviderVariable) == "Postgres";

    protected virtual IEnumerable<KeyValuePair<string, string>> Settings => [];

    /// <summary>The settings with which another application works on the same database.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> DatabaseSettings => postgres is null
        ? [new("Database:Provider", "Sqlite"), new("ConnectionStrings:Matchmaking", $"Data Source={Path.Combine(folder, "matchmaking.db")};Foreign Keys=True;Default Timeout=30")]
        : [new("Database:Provider", "Postgres"), new("ConnectionStrings:Matchmaking", postgres.Connection)];

    public virtual async ValueTask InitializeAsync()
    {
        if (OnPostgres) postgres = await PostgresDatabase.CreateAsync();
        _ = Services;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Data:Folder", folder);
        builder.UseSetting("Encoder:Path", "none");
        if (postgres is not null)
        {
            builder.UseSetting("Database:Provider", "Postgres");
            builder.UseSetting("ConnectionStrings:Matchmaking", postgres.Connection);
        }
        foreach (var (key, value) in Settings) builder.UseSetting(key, value);
        builder.ConfigureServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            // Neither the job server nor the timetable: what runs, a test runs.
            foreach (var hosted in services.Where(s => s.ServiceType == typeof(IHostedService) && IsJobs(s)).ToList()) services.Remove(hosted);
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (postgres is not null) await postgres.DropAsync();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    public async Task<T> WithDbAsync<T>(Func<MatchmakingDbContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>());
    }

    public Task WithDbAsync(Func<MatchmakingDbContext, Task> work) =>
        WithDbAsync(async db =>
        {
            await work(db);
            return true;
        });

    public async Task<T> WithServiceAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>A context of its own on the same database, with an interceptor that does to it what the test is about.</summary>
    public MatchmakingDbContext OpenContext(IInterceptor interceptor) => postgres is null
        ? new SqliteMatchmakingDbContext((DbContextOptions<SqliteMatchmakingDbContext>)DesignTimeContexts.Options<SqliteMatchmakingDbContext>()
            .UseSqlite($"Data Source={Path.Combine(folder, "matchmaking.db")};Foreign Keys=True").AddInterceptors(interceptor).Options)
        : new PostgresMatchmakingDbContext((DbContextOptions<PostgresMatchmakingDbContext>)DesignTimeContexts.Options<PostgresMatchmakingDbContext>()
            .UseNpgsql(postgres.Connection).AddInterceptors(interceptor).Options);

    /// <summary>An organisation with a fresh valid code, verified unless said otherwise.</summary>
    public async Task<Organization> AddOrganizationAsync(OrganizationKind kind = OrganizationKind.Enterprise, bool verified = true, string? name = null)
    {
        var n = Interlocked.Increment(ref count);
        var code = $"91220100MA0TQ{n:D3}X";
        var organization = new Organization(name ?? $"试验单位{n}（示例）", kind, code + CreditCode.CheckCharacter(code), "220100", "C28", null, Clock.Now);
        if (verified) organization.Verify(0, Clock.Now);
        return await WithDbAsync(async db =>
        {
            db.Organizations.Add(organization);
            await db.SaveChangesAsync();
            return organization;
        });
    }

    /// <summary>A person with one role; a member of the organisation when one is given. Returns the email to sign in with.</summary>
    public async Task<string> AddUserAsync(string role, Organization? organization = null, bool waiting = false)
    {
        var email = $"{role}{Interlocked.Increment(ref count)}@test.invalid".ToLowerInvariant();
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
        var user = User.Create(email, "试验用户（示例）", Clock.Now);
        user.EmailConfirmed = true;
        if (organization is not null)
        {
            var own = await db.Organizations.FindAsync(organization.Id);
            if (waiting) user.AskToJoin(own!);
            else user.Found(own!);
        }
        Check(await users.CreateAsync(user, Password));
        Check(await users.AddToRoleAsync(user, role));
        return email;
    }

    /// <summary>A client that follows no redirects; signed in when an email is given.</summary>
    public async Task<HttpClient> CreateClientForAsync(string? email)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        if (email is null) return client;
        var response = await client.PostFormAsync("/account/sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = Password });
        Assert.Equal(System.Net.HttpStatusCode.Redirect, response.StatusCode);
        return client;
    }

    /// <summary>A complete need's content; change what the test is about with <c>with</c>.</summary>
    public NeedContent NeedContent(string title = "低温环境下锂电池快充析锂抑制") => new()
    {
        Title = title, Summary = "在零下三十度快充时抑制析锂。", Description = "现有电池在低温快充时析锂，循环寿命下降。希望在零下三十度充电时间不超过40 min。",
        Keywords = ["锂电池", "低温"], Field = TechnologyField.NewEnergy, Industry = "C38", Region = "220100",
        Quantities = [new("充电时间", Matching.Text.Comparison.Le, 40, null, "min")], Cooperation = [CooperationMode.JointDevelopment],
        Money = 120, ValidUntil = new DateOnly(2027, 6, 30), Kind = NeedKind.Research, Horizon = Horizon.Near, WorkDone = "已试过预热膜。",
        Deadline = new DateOnly(2027, 8, 31), MinimumTrl = 6,
    };

    public AchievementContent AchievementContent(string title = "极寒环境动力电池脉冲自加热方法") => new()
    {
        Title = title, Summary = "脉冲电流自加热，低温快充不析锂。", Description = "利用脉冲电流在电池内部产热。在零下三十度样机上充电时间35 min。",
        Keywords = ["自加热"], Field = TechnologyField.NewEnergy, Industry = "C38", Region = "220100",
        Quantities = [new("充电时间", Matching.Text.Comparison.Eq, 35, null, "min")], Cooperation = [CooperationMode.Licence],
        Money = 80, ValidUntil = new DateOnly(2027, 6, 30), Trl = 7, Stage = AchievementStage.Middle, Ip = IpKind.InventionPatent,
    };

    /// <summary>A published need of the organisation (a fresh one when none is given).</summary>
    public async Task<Need> PublishNeedAsync(Organization? organization = null, NeedContent? content = null) =>
        (Need)await PublishAsync(organization ?? await AddOrganizationAsync(), content ?? NeedContent());

    public async Task<Achievement> PublishAchievementAsync(Organization? organization = null, AchievementContent? content = null) =>
        (Achievement)await PublishAsync(organization ?? await AddOrganizationAsync(OrganizationKind.University), content ?? AchievementContent());

    public Task<Listing> AddDraftAsync(Organization organization, ListingContent content) => WithDbAsync(async db =>
    {
        var own = (await db.Organizations.FindAsync(organization.Id))!;
        Listing listing = content is NeedContent ? new Need(own, 0, Clock.Now) : new Achievement(own, 0, Clock.Now);
        listing.Describe(content, new Contact("联系人甲（示例）", "0431-00000000", "contact@test.invalid"), Clock.Now);
        db.Listings.Add(listing);
        await db.SaveChangesAsync();
        return listing;
    });

    private async Task<Listing> PublishAsync(Organization organization, ListingContent content)
    {
        var draft = await AddDraftAsync(organization, content);
        return await WithDbAsync(async db =>
        {
            var listing = (await db.Listings.FindAsync(draft.Id))!;
            await db.Entry(listing).Reference(l => l.Organization).LoadAsync();
            listing.Submit(0, Clock.Now, DateOnly.FromDateTime(Clock.Now.UtcDateTime));
            listing.Publish($"{NumberSerial.PrefixOf(listing, Clock.Now.Year)}-{listing.Id:D5}", 0, Clock.Now);
            await db.SaveChangesAsync();
            return listing;
        });
    }

    /// <summary>Runs a job as the server would: in a scope of its own.</summary>
    public async Task RunJobAsync<TJob>(Func<TJob, Task> run) where TJob : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        await run(scope.ServiceProvider.GetRequiredService<TJob>());
    }

    private static bool IsJobs(ServiceDescriptor service) =>
        (service.ImplementationType?.Assembly ?? service.ImplementationFactory?.Method.DeclaringType?.Assembly)?.GetName().Name is { } name
        && (name.StartsWith("Hangfire", StringComparison.Ordinal) || name == "Matchmaking.Jobs");

    private static void Check(IdentityResult result) =>
        Assert.True(result.Succeeded, string.Join("; ", result.Errors.Select(e => e.Description)));
}
