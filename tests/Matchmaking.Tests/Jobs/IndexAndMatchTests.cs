using System.Data.Common;
using Matchmaking.Jobs;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Jobs;

public sealed class IndexAndMatchTests : IAsyncLifetime
{
    private readonly MatchmakingApplication app = new();
    private Need need = null!;
    private Achievement achievement = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        need = await app.PublishNeedAsync();
        achievement = await app.PublishAchievementAsync();
        await app.PublishAchievementAsync(content: app.AchievementContent("鲜人参微孔膜保鲜") with { Summary = "保鲜。", Description = "鲜人参货架期五十天。", Keywords = ["保鲜"], Quantities = [] });
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task IndexAsync() => app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));

    private Task MatchAsync() => app.RunJobAsync<FindMatches>(job => job.RunAsync(Cancel));

    private Task<List<Match>> MatchesAsync() => app.WithDbAsync(db => db.Matches.AsNoTracking().OrderBy(m => m.Id).ToListAsync(Cancel));

    private async Task<int> FoundAsync() =>
        (await app.Services.GetRequiredService<ISearchEngine>().SearchAsync(new SearchRequest("锂电池", ListingKind.Need, new Dictionary<string, IReadOnlyList<string>>(), SearchSort.Relevance, new DateOnly(2026, 11, 24)), Cancel)).Total;

    [Fact]
    public async Task Published_records_are_found_and_matched_with_reasons()
    {
        await IndexAsync();
        await MatchAsync();

        Assert.Equal(1, await FoundAsync());
        var best = (await MatchesAsync()).Where(m => m.NeedId == need.Id && m.Rank == 1).ToList();
        Assert.Equal(achievement.Id, Assert.Single(best).AchievementId);
        Assert.Contains("充电时间", best[0].ReasonsJson, StringComparison.Ordinal);
        Assert.DoesNotContain("0431", best[0].ReasonsJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        await IndexAsync();
        await MatchAsync();
        var once = await MatchesAsync();

        await IndexAsync();
        await app.RunJobAsync<FindMatches>(job => job.RunAllAsync(Cancel));

        Assert.Equal(once.Select(m => (m.Id, m.Score, m.Rank, m.FeaturesJson)), (await MatchesAsync()).Select(m => (m.Id, m.Score, m.Rank, m.FeaturesJson)));
    }

    [Fact]
    public async Task A_mark_lost_by_a_kill_is_made_up_and_a_grade_survives_recomputing()
    {
        await IndexAsync();
        await MatchAsync();
        await app.WithDbAsync(async db =>
        {
            var match = await db.Matches.Include(m => m.Grades).FirstAsync(m => m.AchievementId == achievement.Id, Cancel);
            match.GradeAs(4, "对象一致", 1, app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
            // As if killed after the work and before the marks.
            await db.Listings.ExecuteUpdateAsync(set => set.SetProperty(l => l.IndexedVersion, 0).SetProperty(l => l.MatchedVersion, 0), Cancel);
        });

        await IndexAsync();
        await MatchAsync();

        Assert.Equal(1, await FoundAsync());
        Assert.Equal(4, (await MatchesAsync()).Single(m => m.AchievementId == achievement.Id && m.NeedId == need.Id).CurrentGrade);
        Assert.Equal(0, await app.WithDbAsync(db => db.Listings.CountAsync(l => l.IndexedVersion < l.SearchVersion || l.MatchedVersion < l.SearchVersion, Cancel)));
    }

    [Fact]
    public async Task What_another_worker_has_claimed_is_left_to_it_and_taken_over_when_it_is_dead()
    {
        await IndexAsync();
        await ClaimAsync(need.Id, Guid.NewGuid());

        await MatchAsync();
        Assert.Equal([need.Id], await OpenAsync());
        Assert.NotEmpty(await MatchesAsync());

        app.Clock.Advance(FindMatches.ClaimLength + TimeSpan.FromSeconds(1));
        await MatchAsync();
        Assert.Empty(await OpenAsync());
        Assert.Contains(await MatchesAsync(), m => m.NeedId == need.Id && m.Rank == 1);
    }

    [Fact]
    public async Task With_the_embedded_index_nobody_waits_for_a_predecessor_that_was_killed()
    {
        await IndexAsync();
        await app.WithDbAsync(db => db.JobRuns.Where(r => r.Name == nameof(IndexListings)).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Holder, Guid.NewGuid()).SetProperty(r => r.HeldUntil, app.Clock.Now.AddMinutes(1)), Cancel));
        await ClaimAsync(need.Id, Guid.NewGuid());
        await app.PublishNeedAsync(content: app.NeedContent("锂电池回收"));

        await new FreeAtStart(app.Services.GetRequiredService<IServiceScopeFactory>(), isAlone: false).StartAsync(Cancel);
        await IndexAsync();
        await MatchAsync();

        Assert.Equal(2, await FoundAsync());
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task Who_has_lost_its_claim_stores_nothing()
    {
        await IndexAsync();
        var other = Guid.NewGuid();
        await using var scope = app.Services.CreateAsyncScope();
        // As if this one had slept: between finding and storing another worker takes each listing over.
        await using var db = app.OpenContext(new BeforeSaving(() => app.WithDbAsync(context => context.Listings.Where(l => l.MatchClaim != null)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.MatchClaim, other), Cancel))));

        await ActivatorUtilities.CreateInstance<FindMatches>(scope.ServiceProvider, db).RunAsync(Cancel);

        Assert.Empty(await MatchesAsync());
        Assert.Equal(3, (await OpenAsync()).Count);
        Assert.All(await app.WithDbAsync(context => context.Listings.Select(l => l.MatchClaim).ToListAsync(Cancel)), claim => Assert.Equal(other, claim));
    }

    [Fact]
    public async Task What_another_process_finishes_between_looking_and_claiming_is_not_claimed_again()
    {
        await IndexAsync();
        await using var scope = app.Services.CreateAsyncScope();
        await using var db = app.OpenContext(new BeforeClaiming(() => app.WithDbAsync(context => context.Listings
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.MatchedVersion, l => l.SearchVersion), Cancel))));

        await ActivatorUtilities.CreateInstance<FindMatches>(scope.ServiceProvider, db).RunAsync(Cancel);

        Assert.Empty(await MatchesAsync());
        Assert.All(await app.WithDbAsync(context => context.Listings.Select(l => l.MatchClaim).ToListAsync(Cancel)), Assert.Null);
    }

    [Fact]
    public async Task A_pair_that_another_process_writes_at_the_same_moment_is_stored_at_the_second_try()
    {
        await IndexAsync();
        await MatchAsync();
        var writes = 0;
        await using var scope = app.Services.CreateAsyncScope();
        await using var db = app.OpenContext(new BeforeSaving(async () =>
        {
            if (writes++ > 0) return;
            await app.WithDbAsync(async context =>
            {
                (await context.Matches.FirstAsync(m => m.NeedId == need.Id && m.AchievementId == achievement.Id, Cancel)).GradeAs(4, "对象一致", 1, app.Clock.Now);
                await context.SaveChangesAsync(Cancel);
            });
        }));

        await ActivatorUtilities.CreateInstance<FindMatches>(scope.ServiceProvider, db).RunAllAsync(Cancel);

        Assert.True(writes > 1);
        Assert.Empty(await OpenAsync());
        Assert.Equal(4, (await MatchesAsync()).Single(m => m.NeedId == need.Id && m.AchievementId == achievement.Id).CurrentGrade);
    }

    private Task<int> ClaimAsync(int id, Guid claim) => app.WithDbAsync(db => db.Listings.Where(l => l.Id == id).ExecuteUpdateAsync(
        set => set.SetProperty(l => l.MatchClaim, claim).SetProperty(l => l.MatchClaimedUntil, app.Clock.Now + FindMatches.ClaimLength), Cancel));

    private Task<List<int>> OpenAsync() => app.WithDbAsync(db => db.Listings.Where(l => l.MatchedVersion < l.SearchVersion).Select(l => l.Id).ToListAsync(Cancel));

    /// <summary>Acts just before a transaction begins.</summary>
    private sealed class BeforeSaving(Func<Task> act) : DbTransactionInterceptor
    {
        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            await act();
            return result;
        }
    }

    /// <summary>Acts just before listings are claimed.</summary>
    private sealed class BeforeClaiming(Func<Task> act) : DbCommandInterceptor
    {
        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("\"MatchClaimedUntil\" = ", StringComparison.Ordinal)) await act();
            return result;
        }
    }

    [Fact]
    public async Task What_expires_or_is_withdrawn_is_found_no_longer()
    {
        await IndexAsync();
        app.Clock.Advance(TimeSpan.FromDays(300));
        await app.RunJobAsync<ExpireListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<ExpireListings>(job => job.RunAsync(Cancel));
        await IndexAsync();

        Assert.Equal(0, await FoundAsync());
        Assert.Equal(ListingState.Expired, await app.WithDbAsync(db => db.Needs.Where(n => n.Id == need.Id).Select(n => n.State).SingleAsync(Cancel)));
        Assert.Equal(1, await app.WithDbAsync(db => db.ListingSteps.CountAsync(s => s.ListingId == need.Id && s.To == ListingState.Expired, Cancel)));
    }
}
