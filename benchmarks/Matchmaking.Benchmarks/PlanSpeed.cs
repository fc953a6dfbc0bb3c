using System.Diagnostics;
using System.Globalization;
using Matchmaking.Matching;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Benchmarks;

/// <summary>The plan's numbers with many registered contracts behind them: each rule's first count and the next one, and the pages that show them. SQLite, on a fresh folder.</summary>
internal static class PlanSpeed
{
    private const int Batch = 2_000;
    private const int WarmUps = 3;
    private const int PageLimit = 500;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Options(arguments, "--contracts", "--requests");
        var contracts = options.Number("--contracts", 100_000, 10, 1_000_000);
        var requests = options.Number("--requests", 30, 5, 10_000);
        Report.Machine();
        var folder = Directory.CreateTempSubdirectory("matchmaking-plan-").FullName;
        try
        {
            await using var app = new LoadApplication(folder);
            await FillAsync(app, contracts);
            await CountAsync(app, contracts);
            await VerifyAsync(app);
            await OpenAsync(app, contracts, requests);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static async Task FillAsync(LoadApplication app, int contracts)
    {
        var start = Stopwatch.GetTimestamp();
        await using (var first = app.Services.CreateAsyncScope()) await first.ServiceProvider.GetRequiredService<MatchmakingDbContext>().MigrateAsync(CancellationToken.None);
        int achievement;
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
            var university = new Organization("示例大学", OrganizationKind.University, "912201011239989159", "220100", "P83", null, TimeProvider.System.GetUtcNow());
            var listing = new Achievement(university, 0, TimeProvider.System.GetUtcNow());
            db.Add(listing);
            await db.SaveChangesAsync();
            achievement = listing.Id;
        }
        var today = TimeProvider.System.Today();
        for (var done = 0; done < contracts; done += Batch)
        {
            await using var scope = app.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>();
            for (var i = done; i < Math.Min(done + Batch, contracts); i++) db.Contracts.Add(Made(i, achievement, today));
            await db.SaveChangesAsync();
        }
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"made {contracts:N0} contracts: {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
    }

    /// <summary>Registered on a day of the plan; every third rests on the achievement, every fourth has its buyer outside the province.</summary>
    private static Contract Made(int i, int achievement, DateOnly today)
    {
        var on = PlanStatus.Start.AddDays(i % (today.DayNumber - PlanStatus.Start.DayNumber));
        var at = ProvinceTime.At(on, ProvinceTime.OfficeHour);
        var kind = (ContractKind)(i % 5);
        var contract = new Contract(1, null, null, null, [], at);
        var content = new ContractContent
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"示例合同{i}"), Kind = kind, SubKind = ContractKinds.SubKinds[kind][0], TotalAmount = 1 + (i % 700), TechnologyAmount = 1 + (i % 700), Payment = PaymentMode.LumpSum,
            Field = TechnologyField.NewEnergy, SignedOn = on,
            Parties =
            [
                new(ContractSide.Buyer, "示例动力电池有限公司", "912201011239989159", i % 4 == 0 ? "440300" : "220100", "150", null),
                new(ContractSide.Seller, "示例大学", "9144030071526726XG", "220100", "022", null),
            ],
        };
        contract.Describe(content, i % 3 == 0 ? [achievement] : [], on, at);
        contract.Sign(on, 1, at);
        contract.Submit(on, on, 1, at);
        contract.Register((2026_0000_0000_0000 + i).ToString(CultureInfo.InvariantCulture), on, 1, at);
        return contract;
    }

    private static async Task CountAsync(LoadApplication app, int contracts)
    {
        Report.Header($"rule, with {contracts:N0} registered contracts", "value", "rows", "first count, s", "again, nothing changed, s", "opened and checked, s");
        var now = TimeProvider.System.GetUtcNow();
        foreach (var rule in CountingRules.All.Where(r => r.RowKind == CountedRowKind.Contract))
        {
            var times = new double[3];
            IndicatorCount count = null!;
            for (var round = 0; round < times.Length; round++)
            {
                await using var scope = app.Services.CreateAsyncScope();
                var start = Stopwatch.GetTimestamp();
                if (round < 2)
                {
                    await scope.ServiceProvider.GetRequiredService<CountIndicator>().RunAsync(rule, ProvinceTime.DayOf(now).AddDays(round), now, CancellationToken.None);
                    count = await scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>().IndicatorCounts.AsNoTracking().Where(c => c.Code == rule.Code).OrderByDescending(c => c.Day).FirstAsync();
                }
                else if (!await scope.ServiceProvider.GetRequiredService<ReadLines>().HoldsAsync(rule, count, CancellationToken.None)) throw new OptionException($"The kept rows of {rule.Code} do not make its figure.");
                times[round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
            Report.Row([rule.Code, count.Value.ToString("0.####", CultureInfo.InvariantCulture), $"{count.Lines}", .. times.Select(t => t.ToString("0.00", CultureInfo.InvariantCulture))]);
        }
    }

    /// <summary>The nightly verification of every frozen figure. The contracts here were made without entries in the log, so that their turnover does not follow from it; nothing else may be wrong.</summary>
    private static async Task VerifyAsync(LoadApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var start = Stopwatch.GetTimestamp();
        var wrong = await scope.ServiceProvider.GetRequiredService<VerifyFigures>().RunAsync(CancellationToken.None);
        if (wrong.Any(w => w.Fault != FigureFault.Turnover)) throw new OptionException("A frozen figure does not hold: " + string.Join("; ", wrong));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nEvery frozen figure verified in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s."));
    }

    private static async Task OpenAsync(LoadApplication app, int contracts, int requests)
    {
        Report.Header($"page, with {contracts:N0} registered contracts; ms of {requests} requests after {WarmUps}", "queries", "rows read", "p50", "p95", "most");
        var over = new List<string>();
        foreach (var address in new[] { "/plan", "/plan/5-1", "/plan/5-2", "/api/v1/plan/indicators", "/api/v1/plan/indicators/5-2", "/api/v1/plan/indicators/5-2/lines" })
        {
            var client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
            // The interface answers so many a minute; the measured requests stay under it.
            var all = new Timing();
            IReadOnlyList<CountedQuery> queries = [];
            for (var i = 0; i < requests + WarmUps; i++)
            {
                app.Queries.Reset();
                var start = Stopwatch.GetTimestamp();
                using var answer = await client.GetAsync(address);
                if (!answer.IsSuccessStatusCode) throw new OptionException($"{address} answered {(int)answer.StatusCode}.");
                await answer.Content.ReadAsByteArrayAsync();
                if (i < WarmUps) continue;
                all.Add(Stopwatch.GetElapsedTime(start));
                queries = app.Queries.Queries;
            }
            if (all.Percentile(95) > PageLimit) over.Add(address);
            Report.Row(address, $"{queries.Count}", $"{queries.Sum(q => q.Rows)}", Report.Ms(all.Percentile(50)), Report.Ms(all.Percentile(95)), Report.Ms(all.Percentile(100)));
        }
        Console.WriteLine();
        Console.WriteLine(over.Count == 0 ? $"No p95 is over {PageLimit} ms." : $"p95 over {PageLimit} ms: {string.Join(", ", over)}.");
    }
}
