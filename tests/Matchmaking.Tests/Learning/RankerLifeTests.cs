using System.Net;
using AngleSharp.Dom;
using Matchmaking.Jobs;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Learning;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Ranking;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Learning;

/// <summary>From grades to a candidate, through the gate, into use and back.</summary>
public sealed class RankerLifeTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private const string Page = "/staff/rankers";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Grades_make_a_candidate_that_staff_put_in_use_only_through_the_gate_and_take_back()
    {
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));

        // Without grades nothing is learned and nothing breaks.
        await TrainAsync();
        await app.RunJobAsync<EvaluateRanker>(job => job.RunAsync(Cancel));
        Assert.Contains("还没有学出来的排序器", (await staff.GetPageAsync(Page)).MainText(), StringComparison.Ordinal);
        Assert.Contains("还没有可以公布的数字", (await staff.GetPageAsync("/quality")).MainText(), StringComparison.Ordinal);

        // Too few for the gate, however good.
        await GradeAsync(needs: 12);
        await TrainAsync();
        await TrainAsync();
        var few = Assert.Single(await ModelsAsync());
        Assert.True(few.Comparison.Low > 0 && !few.Comparison.Enough && !few.MayBePutInUse);
        Assert.DoesNotContain("启用", (await staff.GetPageAsync(Page)).QuerySelectorAll("main section:last-of-type button").Select(b => b.TextContent));
        Assert.Contains("没有明显更好，或评级还不够多", (await (await SendAsync(staff, few.Id, "Use", "想用")).PageAsync()).Errors(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(staff, few.Id, "Refuse", "评级太少")).StatusCode);

        // Enough, and clearly better: what these brokers like, the fixed weights hold against a match.
        await GradeAsync(needs: 30);
        await TrainAsync();
        var good = (await ModelsAsync())[^1];
        Assert.True(good.Comparison.Passes, $"{good.Comparison.Difference} {good.Comparison.Low} {good.Comparison.Candidate.Needs} {good.Comparison.Candidate.Grades}");
        Assert.Equal("weighted-3", good.Comparison.InUse.Ranker);
        Assert.Contains("请写明理由", (await (await SendAsync(staff, good.Id, "Use", " ")).PageAsync()).Errors(), StringComparison.Ordinal);
        Assert.IsType<WeightedRanker>(await InUseAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(staff, good.Id, "Use", "差别明显")).StatusCode);
        Assert.Equal(good.Version, (await InUseAsync()).Version);

        // Matches are found by it, and the reasons add up.
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<FindMatches>(job => job.RunAllAsync(Cancel));
        var match = await app.WithDbAsync(db => db.Matches.AsNoTracking().Where(m => m.Rank == 1).OrderBy(m => m.Id).FirstAsync(Cancel));
        Assert.Equal(good.Version, match.RankerVersion);
        Assert.Equal(match.Score, Matchmaking.Web.Listings.MatchViews.Reasons(match)!.Contributions.Sum(c => c.Value), 6);

        // The public page measures it, without the grades of the need that is scored.
        await app.RunJobAsync<EvaluateRanker>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<EvaluateRanker>(job => job.RunAsync(Cancel));
        var anybody = await app.CreateClientForAsync(null);
        var quality = await anybody.GetPageAsync("/quality");
        Assert.Contains("由评级学成的排序器（第2版）", quality.MainText(), StringComparison.Ordinal);
        Assert.NotNull(quality.QuerySelector("svg[role=img]"));
        Assert.Equal(1, await app.WithDbAsync(db => db.RankerEvaluations.CountAsync(Cancel)));

        // Back to the fixed weights, and again to what was in use.
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(staff, null, "Fixed", "先看看")).StatusCode);
        Assert.IsType<WeightedRanker>(await InUseAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(staff, good.Id, "Use", "还是它好")).StatusCode);
        Assert.Equal(good.Version, (await InUseAsync()).Version);
        Assert.Equal(4, await app.WithDbAsync(db => db.AuditEntries.CountAsync(e => e.Action.StartsWith("ranker."), Cancel)));

        // A model that this program cannot read is refused, and matching goes on.
        await app.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE \"RankerModels\" SET \"Content\" = {0}", [new byte[] { 9, 0, 0, 0 }], Cancel));
        await app.WithDbAsync(async db => Assert.IsType<WeightedRanker>((await new RankerInUse(db, new LoadedRankers(), Microsoft.Extensions.Logging.Abstractions.NullLogger<RankerInUse>.Instance).GetAsync(Cancel)).Ranker));
    }

    /// <summary>Needs whose brokers grade by one thing alone: they like what may be licensed although the needs ask for joint development. Titles and texts are all alike.</summary>
    private async Task GradeAsync(int needs)
    {
        var firm = await app.AddOrganizationAsync();
        var university = await app.AddOrganizationAsync(OrganizationKind.University);
        var achievements = new List<Achievement>();
        foreach (var i in Enumerable.Range(0, 12))
            achievements.Add(await app.PublishAchievementAsync(university, app.AchievementContent($"脉冲自加热方法之{(char)('甲' + i)}") with { Cooperation = [i % 3 == 0 ? CooperationMode.Licence : CooperationMode.JointDevelopment] }));
        foreach (var i in Enumerable.Range(0, needs))
        {
            var need = await app.PublishNeedAsync(firm, app.NeedContent($"低温快充析锂抑制之{(char)('一' + i)}"));
            await app.WithDbAsync(async db =>
            {
                foreach (var achievement in achievements)
                {
                    var match = new Match(need.Id, achievement.Id, app.Clock.Now);
                    match.GradeAs(achievement.Cooperation.Contains(CooperationMode.Licence) ? 4 : 1 + (achievement.Id % 2), "试验", 1, app.Clock.Now);
                    db.Matches.Add(match);
                }
                await db.SaveChangesAsync(Cancel);
            });
        }
    }

    private Task TrainAsync() => app.RunJobAsync<TrainRanker>(job => job.RunAsync(Cancel));

    private Task<List<RankerModel>> ModelsAsync() => app.WithDbAsync(db => db.RankerModels.AsNoTracking().OrderBy(m => m.Number).ToListAsync(Cancel));

    private async Task<IRanker> InUseAsync() => (await app.WithServiceAsync<RankerInUse, ChosenRanker>(rankers => rankers.GetAsync(Cancel))).Ranker;

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, int? id, string handler, string reason)
    {
        var token = (await client.GetPageAsync(Page)).QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["Reason"] = reason });
        return await client.PostAsync($"{Page}?handler={handler}{(id is { } known ? $"&id={known}" : "")}", fields, Cancel);
    }
}
