using System.Globalization;
using System.Text.RegularExpressions;
using Matchmaking.Benchmarks;
using Matchmaking.Matching;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Web;

/// <summary>What pages ask the database in a quick way is what the plain way says, on the sample of the load benchmark.</summary>
public sealed partial class SameAnswersTests(LoadedApplication app) : IClassFixture<LoadedApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", null, false)]
    [InlineData("?mine=true", null, true)]
    [InlineData("?field=NewMaterials", TechnologyField.NewMaterials, false)]
    public async Task The_desk_shows_the_queue_of_all_matches(string query, TechnologyField? field, bool mine)
    {
        var client = await SignInAsync(Roles.Broker);
        var page = await client.GetPageAsync("/desk" + query);
        var shown = page.QuerySelectorAll("nav.queue ol a").Select(a => int.Parse(Number().Match(a.GetAttribute("href")!).Groups[1].Value, CultureInfo.InvariantCulture)).ToList();

        var expected = await app.WithDbAsync(async db =>
        {
            var email = LoadSample.Accounts.Single(a => a.Role == Roles.Broker).Email;
            var me = (await db.Users.SingleAsync(u => u.Email == email, Cancel)).Id;
            var matches = (await db.Matches.AsNoTracking().Include(m => m.Need).Include(m => m.Achievement).Include(m => m.Grades).ToListAsync(Cancel))
                .Where(m => m.Need.IsSearchable && m.Achievement.IsSearchable && (field is null || m.Need.Field == field) && (!mine || m.Need.BrokerId == me || m.Achievement.BrokerId == me)).ToList();
            return Queue(matches, me);
        });

        Assert.True(expected.Count > 30, $"The sample has {expected.Count} matches to grade; the queue's window is not filled.");
        Assert.Equal(expected.Take(30), shown);
    }

    /// <summary>The queue from everything at once: as the page made it before it read no more than it shows.</summary>
    private static IReadOnlyList<int> Queue(IReadOnlyList<Matching.Brokerage.Match> matches, int me)
    {
        var open = matches.Where(m => m.CurrentGrade is null && (m.Rank is not null || m.ReverseRank is not null)).ToList();
        var best = open.Where(m => m.Probability >= 0.3).ToList();
        var below = open.Where(m => m.Probability < 0.3).OrderByDescending(m => m.Id).Select(m => m.Id).Take(500).OrderBy(GradingQueue.Scatter).ToList();
        var graded = matches.Where(m => m.CurrentGrade is not null && m.Grades.All(g => g.GraderId != me) && (m.Id % GradingQueue.SecondOpinionOf == 0 || m.Grades.Select(g => g.GraderId).Distinct().Count() > 1))
            .OrderByDescending(m => m.GradedAt).ThenBy(m => m.Id).Take(50);
        var second = graded.Where(m => GradingQueue.WantsAnother(m.Id, [.. m.Grades.Where(g => g.UndoneAt is null).GroupBy(g => g.GraderId).Select(own => own.MaxBy(g => g.Id)!.Value)])).Select(m => m.Id).ToList();
        return GradingQueue.Mix([.. best.OrderByDescending(m => m.Probability).ThenBy(m => m.Id).Select(m => m.Id)], [.. best.OrderBy(m => Math.Abs(m.Probability - 0.5)).ThenBy(m => m.Id).Select(m => m.Id).Take(50)], below, second);
    }

    [Fact]
    public async Task The_plan_says_of_all_numbers_together_what_it_says_of_each()
    {
        var today = ProvinceTime.DayOf(app.Clock.Now);
        foreach (var day in new[] { today, today.AddDays(-17), today.AddMonths(-5), new DateOnly(today.Year, 1, 1) })
        {
            var (all, each) = await app.WithServiceAsync<ReadPlan, (IReadOnlyList<IndicatorStanding>, List<IndicatorStanding>)>(async plan =>
            {
                var single = new List<IndicatorStanding>();
                foreach (var indicator in PlanIndicators.All) single.Add((await plan.HistoryAsync(indicator, day, Cancel)).Standing);
                return (await plan.AllAsync(day, Cancel), single);
            });
            Assert.Equal(each.Select(Told), all.Select(Told));
            Assert.Contains(all, s => s.Counted is not null && s.Trend.Where(v => v is not null).Distinct().Count() > 1);
        }
    }

    private static string Told(IndicatorStanding standing) => string.Create(CultureInfo.InvariantCulture,
        $"{standing.Indicator.Code}: {standing.Value} of {standing.AsOf}, counted {standing.Counted?.Value} from {string.Join('+', standing.Counted?.Rows ?? [])}, {standing.Status}, {string.Join(' ', standing.Trend.Select(v => v?.ToString(CultureInfo.InvariantCulture) ?? "–"))}");

    [Fact]
    public async Task The_home_page_shows_the_newest_of_both_sides()
    {
        var page = await (await app.CreateClientForAsync(null)).GetPageAsync("/");
        var shown = page.QuerySelectorAll("ul.brief a[href^='/needs/'], ul.brief a[href^='/achievements/']").Select(a => a.GetAttribute("href")!.Split('/')[^1]).Distinct().ToList();
        var expected = await app.WithDbAsync(async db =>
        {
            var listings = (await db.Listings.AsNoTracking().ToListAsync(Cancel)).Where(l => l.IsSearchable).OrderByDescending(l => l.PublishedAt).ThenByDescending(l => l.Id).ToList();
            return listings.OfType<Need>().Take(4).Select(n => n.Number!).Concat(listings.OfType<Achievement>().OrderBy(a => a.Source is not null).Take(4).Select(a => a.Number!)).ToList();
        });
        Assert.Equal(8, expected.Count);
        Assert.Equal(expected, shown);
    }

    private async Task<HttpClient> SignInAsync(string role)
    {
        var client = await app.CreateClientForAsync(null);
        await client.PostFormAsync("/account/sign-in", new() { ["Input.Email"] = LoadSample.Accounts.Single(a => a.Role == role).Email, ["Input.Password"] = LoadSample.Password });
        return client;
    }

    [GeneratedRegex(@"match=(\d+)")]
    private static partial Regex Number();
}
