using Matchmaking.Jobs;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Tests.Search;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Jobs;

/// <summary>Two applications on one database and one real Elasticsearch, as two workers are.</summary>
public sealed class TwoProcessesTests : IAsyncLifetime
{
    private const int Records = 30;
    private readonly ElasticOptions options = ElasticServer.Options();
    private Application first = null!;
    private Application second = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        first = new Application(options, null);
        await first.InitializeAsync();
        second = new Application(options, first);
        await second.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (second is not null) await second.DisposeAsync();
        if (first is not null) await first.DisposeAsync();
        await ElasticServer.DeleteAsync(options);
    }

    [Fact]
    public async Task While_one_indexes_the_other_leaves_it_alone_and_goes_on_when_the_first_was_killed()
    {
        await first.PublishNeedAsync();
        await HoldAsync(nameof(IndexListings), first.Clock.Now.AddMinutes(1));

        await IndexAsync(second);
        Assert.Equal(1, await OpenAsync());

        second.Clock.Advance(TimeSpan.FromSeconds(61));
        await IndexAsync(second);
        Assert.Equal(0, await OpenAsync());
        Assert.Equal(1, (await FoundAsync("锂电池")).Total);
        // Given back, and not only run out.
        Assert.Null(await first.WithDbAsync(db => db.JobRuns.Where(r => r.Name == nameof(IndexListings)).Select(r => r.Holder).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task Two_that_index_and_rebuild_at_once_while_people_write_lose_nothing()
    {
        var organization = await first.AddOrganizationAsync();
        var ids = new List<int>();
        for (var i = 0; i < Records; i++) ids.Add((await first.PublishNeedAsync(organization, first.NeedContent($"旧题{i}号"))).Id);
        using var stop = new CancellationTokenSource();

        // Nobody keeps the right to run it here, as if each had slept past its end: then only the versions protect the index.
        var workers = new[] { first, second }.Select(app => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await TakeAwayAsync(nameof(IndexListings));
                await RetryAsync(() => IndexAsync(app));
            }
        }, Cancel)).ToList();
        foreach (var id in ids) await RetryAsync(() => ChangeAsync(id, withdraw: id % 5 == 0));
        await SendToRebuildAsync();
        foreach (var id in ids.Where(id => id % 2 == 0 && id % 5 != 0)) await RetryAsync(() => ChangeAsync(id, withdraw: false));
        await stop.CancelAsync();
        await Task.WhenAll(workers);
        await TakeAwayAsync(nameof(IndexListings));
        await IndexAsync(first);

        Assert.Equal(0, await OpenAsync());
        var states = await first.WithDbAsync(db => db.Listings.AsNoTracking().Select(l => new { l.Id, l.Title, l.State }).ToListAsync(Cancel));
        Assert.Empty((await FoundAsync("旧题")).Hits);
        Assert.Equal(states.Count(l => l.State == ListingState.Published), (await FoundAsync("")).Total);
        foreach (var state in states.Where(l => l.State == ListingState.Published)) Assert.Contains(state.Id, (await FoundAsync(state.Title)).Hits.Select(hit => hit.Id));
    }

    [Fact]
    public async Task Two_that_match_at_once_share_the_records_and_finish_each_once()
    {
        var organization = await first.AddOrganizationAsync();
        for (var i = 0; i < Records; i++) await first.PublishNeedAsync(organization, first.NeedContent($"低温快充析锂抑制{i}号"));
        for (var i = 0; i < Records; i++) await first.PublishAchievementAsync(organization, first.AchievementContent($"脉冲自加热方法{i}号"));
        await IndexAsync(first);

        var runs = await Task.WhenAll(new[] { first, second }.Select(app => Task.Run(() => app.RunJobAsync<FindMatches>(job => job.RunAllAsync(Cancel)), Cancel).ContinueWith(run => run.Exception, TaskScheduler.Default)));

        Assert.All(runs, Assert.Null);
        Assert.Equal(0, await first.WithDbAsync(db => db.Listings.CountAsync(l => l.MatchedVersion != l.SearchVersion || l.MatchClaim != null, Cancel)));
        var matches = await first.WithDbAsync(db => db.Matches.AsNoTracking().ToListAsync(Cancel));
        foreach (var of in matches.Where(m => m.Rank != null).GroupBy(m => m.NeedId)) Assert.Equal(Enumerable.Range(1, FindMatches.Kept), of.Select(m => m.Rank!.Value).Order());
        Assert.Equal(Records, matches.Where(m => m.Rank != null).Select(m => m.NeedId).Distinct().Count());
    }

    private static Task IndexAsync(MatchmakingApplication app) => app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));

    // What two do to one record at the same moment one of them does again, as Hangfire would.
    private static async Task RetryAsync(Func<Task> act)
    {
        for (var round = 0; ; round++)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception e) when (round < 20 && e is DbUpdateException or SearchUnavailableException)
            {
                await Task.Delay(20, Cancel);
            }
        }
    }

    private Task ChangeAsync(int id, bool withdraw) => second.WithDbAsync(async db =>
    {
        var listing = await db.Listings.Include(l => l.Organization).Include(l => l.Revisions).SingleAsync(l => l.Id == id, Cancel);
        if (withdraw)
        {
            listing.Withdraw(0, second.Clock.Now);
        }
        else
        {
            listing.Propose(second.NeedContent($"新题{id}号之{listing.SearchVersion}"), listing.Contact, 0, second.Clock.Now);
            listing.PublishRevision(0, second.Clock.Now);
        }
        await db.SaveChangesAsync(Cancel);
    });

    private async Task SendToRebuildAsync()
    {
        using var client = new ElasticClient(options);
        await client.SendAsync(HttpMethod.Post, "_aliases", $$$"""{"actions":[{"remove":{"index":"{{{options.Index}}}-*","alias":"{{{options.Index}}}-complete"}}]}""", repeatable: true, Cancel, 404);
    }

    private Task HoldAsync(string job, DateTimeOffset until) => first.WithDbAsync(async db =>
    {
        db.JobRuns.Add(new Matching.Operations.JobRun(job));
        await db.SaveChangesAsync(Cancel);
        await db.JobRuns.Where(r => r.Name == job).ExecuteUpdateAsync(set => set.SetProperty(r => r.Holder, Guid.NewGuid()).SetProperty(r => r.HeldUntil, until), Cancel);
    });

    private Task<int> TakeAwayAsync(string job) => first.WithDbAsync(db => db.JobRuns.Where(r => r.Name == job).ExecuteUpdateAsync(set => set.SetProperty(r => r.Holder, (Guid?)null), Cancel));

    private Task<int> OpenAsync() => first.WithDbAsync(db => db.Listings.CountAsync(l => l.IndexedVersion < l.SearchVersion, Cancel));

    private Task<SearchResult> FoundAsync(string text) => first.Services.GetRequiredService<ISearchEngine>().SearchAsync(
        new SearchRequest(text, ListingKind.Need, new Dictionary<string, IReadOnlyList<string>>(), SearchSort.Relevance, new DateOnly(2026, 11, 24), Size: SearchRequest.MaximumSize), Cancel);

    private sealed class Application(ElasticOptions options, MatchmakingApplication? other) : MatchmakingApplication
    {
        public override bool OnPostgres => other is null && base.OnPostgres;

        protected override IEnumerable<KeyValuePair<string, string>> Settings =>
        [
            new("Search:Engine", "Elasticsearch"), new("Elasticsearch:Addresses", string.Join(',', options.Addresses)), new("Elasticsearch:Index", options.Index),
            new("Elasticsearch:TimeoutSeconds", "60"), .. other?.DatabaseSettings ?? [],
        ];
    }
}
