using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Plan;

/// <summary>What the platform counts from contracts, needs and registers, and that each figure opens to its rows as they stood.</summary>
public sealed class CountingRulesTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task CountAsync() => app.RunAsync<CountIndicators>((job, token) => job.RunAsync(token));

    private DateOnly Today => ProvinceTime.DayOf(app.Clock.Now);

    private Task<IndicatorCount> CountOfAsync(string code, DateOnly day) => app.WithDbAsync(db => db.IndicatorCounts.AsNoTracking().SingleAsync(c => c.Code == code && c.Day == day, Cancel));

    private Task<List<CountedLine>> LinesAsync(string code, DateOnly day) => app.WithServiceAsync<ReadLines, List<CountedLine>>(async read =>
        (await read.Of(await CountOfAsync(code, day)).OrderBy(l => l.RowId).ToListAsync(Cancel)).ConvertAll(l => l.Line()));

    private async Task HoldsAsync(string code, DateOnly day)
    {
        var count = await CountOfAsync(code, day);
        Assert.True(await app.WithServiceAsync<ReadLines, bool>(read => read.HoldsAsync(CountingRules.Of(code)!, count, Cancel)), $"{code} on {day} is not what its lines say.");
    }

    [Fact]
    public async Task Contracts_count_where_they_belong_and_old_figures_keep_their_rows()
    {
        var achievement = (await app.PublishAchievementAsync()).Id;
        var both = await app.RegisterAsync(PlanContracts.Content(1_234.5m), achievement);
        var outside = await app.RegisterAsync(PlanContracts.Content(500m, buyerRegion: "440300"), achievement);
        var office = await app.RegisterAsync(PlanContracts.Content(40m, buyerNature: "010"), achievement);
        var service = await app.RegisterAsync(PlanContracts.Content(30m, kind: ContractKind.Service));
        var signedOnly = await app.SignAsync(PlanContracts.Content(9_999m), achievement);
        await CountAsync();
        var first = Today;

        Assert.Equal(0.1805m, (await CountOfAsync("5-2", first)).Value);
        Assert.Equal([both, outside, office, service], (await LinesAsync("5-2", first)).Select(l => l.RowId));
        Assert.Equal([both, office], (await LinesAsync("5-1", first)).Select(l => l.RowId));
        Assert.Equal([both, outside], (await LinesAsync("16-2", first)).Select(l => l.RowId));
        Assert.DoesNotContain(await LinesAsync("5-2", first), l => l.RowId == signedOnly);
        // Claimed for both: said on both lines, and only there.
        Assert.Equal(["16-2", ""], (await LinesAsync("5-1", first)).Select(l => l.AlsoIn));
        Assert.Equal(["5-1", ""], (await LinesAsync("16-2", first)).Select(l => l.AlsoIn));

        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.CancelAsync(service);
        await app.ChangeAsync(both, 2_000m);
        await CountAsync();
        var second = Today;
        Assert.Equal([outside, office], (await LinesAsync("5-2", second)).Select(l => l.RowId));

        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RegisterAsync(both);
        await CountAsync();
        var third = Today;
        Assert.Equal(0.254m, (await CountOfAsync("5-2", third)).Value);
        Assert.Equal(2_000m, (await LinesAsync("5-2", third)).Single(l => l.RowId == both).Weight);

        // The figure of the first day opens to what stood then.
        Assert.Equal(0.1805m, (await CountOfAsync("5-2", first)).Value);
        Assert.Equal([1_234.5m, 500m, 40m, 30m], (await LinesAsync("5-2", first)).Select(l => l.Weight));
        foreach (var day in new[] { first, second, third }) foreach (var code in new[] { "5-1", "5-2", "16-2" }) await HoldsAsync(code, day);

        var page = await (await app.CreateClientForAsync(null)).GetPageAsync($"/plan/5-2?day={first:yyyy-MM-dd}");
        Assert.Equal("4", page.QuerySelector("[data-lines-behind]")!.GetAttribute("data-lines-behind"));
        Assert.DoesNotContain("示例许可合同", page.MainText(), StringComparison.Ordinal);
        Assert.DoesNotContain("示例动力电池", page.MainText(), StringComparison.Ordinal);
        Assert.NotNull((await (await app.CreateClientForAsync(null)).GetPageAsync("/plan/5-1")).QuerySelector("[data-claimed='16-2']"));

        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var rows = await staff.GetPageAsync($"/staff/indicators/5-2/rows?day={first:yyyy-MM-dd}");
        Assert.Equal(4, rows.QuerySelectorAll("main tbody tr").Length);
        Assert.Contains("示例许可合同1234.5", rows.MainText(), StringComparison.Ordinal);
        Assert.Equal("true", rows.QuerySelector("[data-holds]")!.GetAttribute("data-holds"));
        var csv = await staff.GetStringAsync($"/staff/indicators/5-2/rows?handler=Csv&day={first:yyyy-MM-dd}", Cancel);
        Assert.Equal(5, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("1234.5", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Solved_needs_trained_brokers_and_firm_experts_are_counted_once_each()
    {
        var need = await app.PublishNeedAsync(content: app.NeedContent("被解决的示例需求"));
        await app.WithServiceAsync<SolveNeed, int>(async solve =>
        {
            Assert.Equal(ProofOutcome.Done, await solve.HandInAsync(need.Id, ProofKind.Letter, null, "a.pdf", "stored", new string('0', 64), "示例说明", 1, Cancel));
            return 0;
        });
        var email = await app.AddUserAsync(Roles.Broker);
        await app.WithDbAsync(async db =>
        {
            var broker = await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(Cancel);
            var profile = new BrokerProfile(broker);
            profile.Trainings.Add(new BrokerTraining(broker, "示例培训", new DateOnly(2025, 3, 1), 16));
            profile.Trainings.Add(new BrokerTraining(broker, "示例培训", new DateOnly(2026, 3, 1), 16));
            db.BrokerProfiles.Add(profile);
            var early = await app.AddUserAsync(Roles.Broker);
            var other = await db.Users.Where(u => u.Email == early).Select(u => u.Id).SingleAsync(Cancel);
            var before = new BrokerProfile(other);
            before.Trainings.Add(new BrokerTraining(other, "示例培训", new DateOnly(2023, 12, 31), 16));
            db.BrokerProfiles.Add(before);
            await db.SaveChangesAsync(Cancel);
        });
        await CountAsync();
        Assert.Equal((0m, 1m, 0m), ((await CountOfAsync("6-1", Today)).Value, (await CountOfAsync("15-1", Today)).Value, (await CountOfAsync("19-1", Today)).Value));

        await app.WithServiceAsync<SolveNeed, int>(async solve =>
        {
            var proof = await app.WithDbAsync(db => db.SolutionProofs.SingleAsync(p => p.NeedId == need.Id, Cancel));
            Assert.Equal(ProofOutcome.Done, await solve.DecideAsync(proof.Id, proof.Version, null, 1, Cancel));
            return 0;
        });
        await CountAsync();
        Assert.Equal(1m, (await CountOfAsync("6-1", Today)).Value);
        var page = await (await app.CreateClientForAsync(null)).GetPageAsync("/plan/6-1");
        Assert.Equal($"/needs/{need.Number}", page.QuerySelector("main tbody a[href^='/needs/']")!.GetAttribute("href"));
        Assert.Contains("被解决的示例需求", page.MainText(), StringComparison.Ordinal);
    }
}
