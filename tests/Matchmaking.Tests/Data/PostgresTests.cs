using System.Net;
using Matchmaking.Jobs;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Data;

/// <summary>The way of a need on PostgreSQL: the same migrations, jobs and pages as on SQLite.</summary>
public sealed class PostgresTests(PostgresApplication app) : IClassFixture<PostgresApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static void NeedsServer() => Assert.SkipUnless(PostgresDatabase.IsNamed, $"{PostgresDatabase.Variable} names no server.");

    [Fact]
    public async Task A_need_is_published_indexed_matched_graded_and_listed()
    {
        NeedsServer();
        var firm = await app.AddOrganizationAsync();
        var need = await app.PublishNeedAsync(firm);
        var achievement = await app.PublishAchievementAsync();
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<FindMatches>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<OpenAnnualLists>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<CountIndicators>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<SealAudit>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<VerifyAudit>(job => job.RunAsync(Cancel));

        var match = await app.WithDbAsync(db => db.Matches.AsNoTracking().SingleAsync(m => m.NeedId == need.Id && m.AchievementId == achievement.Id, Cancel));
        Assert.Equal(1, match.Rank);
        Assert.Equal(2, await app.WithDbAsync(db => db.AnnualLists.CountAsync(Cancel)));
        Assert.True(await app.WithDbAsync(db => Task.FromResult(db is PostgresMatchmakingDbContext)));

        var broker = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Broker));
        var graded = await broker.PostFormAsync($"/desk?match={match.Id}", new() { ["Grade"] = "4", ["Reason"] = "对象一致" }, form: "form.grade");
        Assert.Equal(HttpStatusCode.Redirect, graded.StatusCode);
        Assert.Equal(4, await app.WithDbAsync(db => db.Matches.Where(m => m.Id == match.Id).Select(m => m.CurrentGrade).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task Every_public_and_staff_page_opens()
    {
        NeedsServer();
        var need = await app.PublishNeedAsync();
        var anyone = await app.CreateClientForAsync(null);
        foreach (var path in new[] { "/", "/needs", "/achievements", $"/needs/{need.Number}", "/lists", "/plan", "/status", "/api/v1/plan/indicators" })
            Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync(path, Cancel)).StatusCode);
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        foreach (var path in new[] { "/staff", "/staff/review", "/staff/organizations", "/staff/brokers", "/staff/lists", "/staff/indicators" })
            Assert.Equal(HttpStatusCode.OK, (await staff.GetAsync(path, Cancel)).StatusCode);
        var admin = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Administrator));
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/admin", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Expiry_runs_by_the_day()
    {
        NeedsServer();
        var need = await app.PublishNeedAsync(content: app.NeedContent() with { ValidUntil = new DateOnly(2026, 11, 25) });
        app.Clock.Advance(TimeSpan.FromDays(3));
        await app.RunJobAsync<ExpireListings>(job => job.RunAsync(Cancel));
        app.Clock.Advance(TimeSpan.FromDays(-3));

        Assert.Equal(ListingState.Expired, await app.WithDbAsync(db => db.Needs.Where(n => n.Id == need.Id).Select(n => n.State).SingleAsync(Cancel)));
        Assert.NotEqual(AnnualListState.Published, await app.WithDbAsync(db => db.AnnualLists.Select(l => l.State).FirstOrDefaultAsync(Cancel)));
    }
}
