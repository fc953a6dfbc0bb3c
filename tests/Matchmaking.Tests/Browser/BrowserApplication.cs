using Matchmaking.Jobs;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Matchmaking.Tests.Browser;

/// <summary>The real application on a port of loopback with the samples in it, and one browser; without a browser every test of it is skipped with the reason.</summary>
public sealed class BrowserApplication : MatchmakingApplication
{
    private IPlaywright? playwright;

    public BrowserApplication() => UseKestrel(0);

    public IBrowser? Browser { get; private set; }
    public string Address { get; private set; } = "";
    public int NeedId { get; private set; }
    public string NeedNumber { get; private set; } = "";

    /// <summary>An introduction of the need, waiting for both answers, and the broker who made it.</summary>
    public int CaseId { get; private set; }
    public int BrokerId { get; private set; }

    /// <summary>A public achievement of somebody else.</summary>
    public string OtherNumber { get; private set; } = "";
    public IReadOnlyDictionary<string, string> Emails { get; private set; } = new Dictionary<string, string>();

    public static string Chromium => Environment.GetEnvironmentVariable("MATCHMAKING_TEST_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";

    public override async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium)) return;
        StartServer();
        Address = ClientOptions.BaseAddress.ToString().TrimEnd('/').Replace("localhost", "127.0.0.1", StringComparison.Ordinal);
        var files = new SampleFiles(Repository.Path("samples"));
        await WithServiceAsync<SampleImporter, int>(importer => importer.ImportListingsAsync(files, DateOnly.MaxValue, CancellationToken.None));
        await RunJobAsync<IndexListings>(job => job.RunAsync(CancellationToken.None));
        await RunJobAsync<FindMatches>(job => job.RunAsync(CancellationToken.None));
        await RunJobAsync<CountIndicators>(job => job.RunAsync(CancellationToken.None));
        var need = await WithDbAsync(db => db.Needs.Include(n => n.Organization).OrderBy(n => n.Id).FirstAsync());
        (NeedId, NeedNumber) = (need.Id, need.Number!);
        var emails = new Dictionary<string, string>();
        foreach (var role in Roles.All) emails[role] = await AddUserAsync(role, role == Roles.EnterpriseMember ? need.Organization : null);
        Emails = emails;
        // Half of the samples' grades, so that there is something to measure, to learn from, and to grade.
        var grader = await WithDbAsync(db => db.Users.Where(u => u.Email == emails[Roles.Broker]).Select(u => u.Id).SingleAsync());
        await WithServiceAsync<SampleImporter, int>(importer => importer.ImportGradesAsync(files, grader, graded => graded.Id % 2 == 0, CancellationToken.None));
        await RunJobAsync<TrainRanker>(job => job.RunAsync(CancellationToken.None));
        await RunJobAsync<EvaluateRanker>(job => job.RunAsync(CancellationToken.None));
        BrokerId = grader;
        CaseId = await IntroduceAsync();
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        });
    }

    private async Task<int> IntroduceAsync()
    {
        var (matchId, number) = await WithDbAsync(async db =>
        {
            var match = await db.Matches.Include(m => m.Grades).Include(m => m.Achievement).Where(m => m.NeedId == NeedId && m.Achievement.State == ListingState.Published).OrderByDescending(m => m.Probability).FirstAsync();
            match.GradeAs(3, "对象一致", BrokerId, Clock.Now);
            await db.SaveChangesAsync();
            return (match.Id, match.Achievement.Number!);
        });
        OtherNumber = number;
        var made = await WithServiceAsync<Introductions, CaseDecision>(i => i.ProposeAsync(matchId, BrokerId, CancellationToken.None));
        await WithServiceAsync<Introductions, CaseDecision>(i => i.PushAsync(made.CaseId!.Value, BrokerId, CancellationToken.None));
        return made.CaseId!.Value;
    }

    public override async ValueTask DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        playwright?.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>A page of its own context, signed in as the role when one is given.</summary>
    public async Task<IPage> OpenAsync(string? role, int width = 1280, string language = "zh-CN")
    {
        Assert.SkipWhen(Browser is null, $"No browser at {Chromium}.");
        var context = await Browser!.NewContextAsync(new() { Locale = language, ReducedMotion = ReducedMotion.Reduce, ViewportSize = new() { Width = width, Height = 900 } });
        var page = await context.NewPageAsync();
        if (role is not null) await SignInAsync(page, Emails[role]);
        return page;
    }

    /// <summary>A page of its own context, signed in as the person.</summary>
    public async Task<IPage> OpenForAsync(string email, int width = 1280, string language = "zh-CN")
    {
        var page = await OpenAsync(null, width, language);
        await SignInAsync(page, email);
        return page;
    }

    /// <summary>Signs the person in on a page that may have been somebody's before.</summary>
    public async Task SignInAsync(IPage page, string email)
    {
        await page.GotoAsync(Address + "/account/sign-in");
        await page.FillAsync("[name='Input.Email']", email);
        await page.FillAsync("[name='Input.Password']", Password);
        await page.FollowAsync("main button");
    }
}
