using System.Text.Json;
using CsCheck;
using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Plan;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Plan;

/// <summary>Whatever becomes of contracts: each day's turnover, made again from the audit log long afterwards, rests on the rows that were counted.</summary>
public sealed class ReplayTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private enum Verb { Sign, Register, Cancel, Change, NextDay }

    private static readonly Verb[] Verbs = [Verb.Sign, Verb.Sign, Verb.Register, Verb.Register, Verb.Register, Verb.Change, Verb.Cancel, Verb.NextDay];

    private static readonly Gen<(Verb Verb, int Which, int Amount)> Acts = Gen.Select(Gen.Int[0, Verbs.Length - 1], Gen.Int[0, 99], Gen.Int[1, 90_000], (verb, which, amount) => (Verbs[verb], which, amount));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_day_of_a_random_history_is_counted_again_from_the_log()
    {
        var (changes, cancelled, days) = (0, 0, new HashSet<DateOnly>());
        await Acts.Array[20, 40].SampleAsync(async acts =>
        {
            var made = new List<int>();
            foreach (var (verb, which, amount) in acts.Append((Verb.NextDay, 0, 1)))
            {
                app.Clock.Advance(TimeSpan.FromMinutes(1));
                var pick = made.Count == 0 ? 0 : made[which % made.Count];
                var state = pick == 0 ? (ContractState?)null : await app.WithDbAsync(db => db.Contracts.Where(c => c.Id == pick).Select(c => c.State).SingleAsync(Cancel));
                switch (verb)
                {
                    case Verb.Sign: made.Add(await app.SignAsync(PlanContracts.Content(amount / 10m))); break;
                    case Verb.Register when state == ContractState.Signed: await app.RegisterAsync(pick); break;
                    case Verb.Change when state == ContractState.Registered: await app.ChangeAsync(pick, amount / 10m); changes++; break;
                    case Verb.Cancel when state is not (null or ContractState.Cancelled): await app.CancelAsync(pick); cancelled++; break;
                    case Verb.NextDay:
                        await app.RunAsync<CountIndicators>((job, token) => job.RunAsync(token));
                        days.Add(ProvinceTime.DayOf(app.Clock.Now));
                        app.Clock.Advance(TimeSpan.FromDays(1));
                        break;
                }
            }
        }, iter: 8, threads: 1);
        Assert.True(changes > 0 && cancelled > 0 && days.Count > 5, $"{changes} changes, {cancelled} cancelled, {days.Count} days: the histories say too little.");

        var values = new HashSet<decimal>();
        foreach (var day in days)
        {
            var count = await app.WithDbAsync(db => db.IndicatorCounts.AsNoTracking().SingleAsync(c => c.Code == "5-2" && c.Day == day, Cancel));
            var again = await app.WithServiceAsync<ReplayTurnover, IReadOnlyList<CountedLine>>(replay => replay.LinesAsync(day, Cancel));
            Assert.Equal((count.Value, count.Lines, count.Digest), (CountingRules.Of("5-2")!.ValueOf([.. again]), again.Count, CountedLine.DigestOf(again)));
            Assert.True(await app.WithServiceAsync<ReadLines, bool>(read => read.HoldsAsync(CountingRules.Of("5-2")!, count, Cancel)));
            values.Add(count.Value);
        }
        Assert.True(values.Count > 3, "The histories hardly change the turnover.");
    }

    [Fact]
    public async Task Programs_read_course_lineage_and_table_and_no_title_of_a_contract()
    {
        await app.RegisterAsync(PlanContracts.Content(250m), (await app.PublishAchievementAsync()).Id);
        await app.RunAsync<CountIndicators>((job, token) => job.RunAsync(token));
        var client = await app.CreateClientForAsync(null);
        using var course = JsonDocument.Parse(await client.GetStringAsync("/api/v1/plan/indicators/5-2", Cancel));
        var count = course.RootElement.GetProperty("counts")[0];
        Assert.Equal(("ContractTurnover", 64), (count.GetProperty("rule").GetString(), count.GetProperty("digest").GetString()!.Length));
        Assert.Equal(2, course.RootElement.GetProperty("line").GetArrayLength());
        var text = await client.GetStringAsync("/api/v1/plan/indicators/5-1/lines", Cancel);
        using var lineage = JsonDocument.Parse(text);
        Assert.True(lineage.RootElement.GetProperty("lines").GetInt32() >= 1);
        Assert.True(lineage.RootElement.GetProperty("alsoIn").GetProperty("16-2").GetInt32() >= 1);
        Assert.Equal(0, lineage.RootElement.GetProperty("publicLines").GetInt32());
        Assert.DoesNotContain("示例许可合同", text, StringComparison.Ordinal);
        var csv = await client.GetStringAsync("/api/v1/plan/indicators/5-2/history.csv", Cancel);
        Assert.Contains("5-2,counted,", csv, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/plan/indicators/99-9", Cancel)).StatusCode);
    }
}
