using System.Globalization;
using Matchmaking.Matching;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Tests.Deals;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Plan;

/// <summary>Contracts for the plan's figures, made by the acts that people do.</summary>
internal static class PlanContracts
{
    private static int serial;

    public static ContractContent Content(decimal amount, string buyerRegion = "220100", string buyerNature = "150", ContractKind kind = ContractKind.Licence) => ContractTests.Complete with
    {
        Title = $"示例许可合同{amount.ToString(CultureInfo.InvariantCulture)}（示例）", Kind = kind, SubKind = ContractKinds.SubKinds[kind][0], TotalAmount = amount, TechnologyAmount = amount, Differences = [],
        Payment = PaymentMode.LumpSum, Schedule = [],
        Parties = [ContractTests.Complete.Parties[0] with { Region = buyerRegion, Nature = buyerNature }, ContractTests.Complete.Parties[1]],
    };

    /// <summary>A contract signed, handed in and registered today.</summary>
    public static async Task<int> RegisterAsync(this MatchmakingApplication app, ContractContent content, params int[] achievements)
    {
        var id = await app.SignAsync(content, achievements);
        await app.RegisterAsync(id);
        return id;
    }

    public static Task<int> SignAsync(this MatchmakingApplication app, ContractContent content, params int[] achievements) => app.WithServiceAsync<ContractActs, int>(async acts =>
    {
        var today = ProvinceTime.DayOf(app.Clock.Now);
        var made = await acts.CreateAsync(content with { SignedOn = today }, achievements, null, null, null, Guid.NewGuid(), 1, CancellationToken.None);
        Done(made);
        Done(await acts.SignAsync(made.Contract!.Id, made.Contract.Version, 1, CancellationToken.None));
        return made.Contract.Id;
    });

    public static Task RegisterAsync(this MatchmakingApplication app, int id) => app.ActAsync(id, async (acts, contract) =>
    {
        var today = ProvinceTime.DayOf(app.Clock.Now);
        var submitted = await acts.SubmitAsync(id, contract.Version, today, 1, CancellationToken.None);
        Done(submitted);
        return await acts.RegisterAsync(id, submitted.Contract!.Version, (contract.RegistrationNumber ?? NextNumber()), today, 1, CancellationToken.None);
    });

    public static Task CancelAsync(this MatchmakingApplication app, int id) => app.ActAsync(id, (acts, contract) => acts.CancelAsync(id, contract.Version, "未履行（示例）", 1, CancellationToken.None));

    /// <summary>Opens a registered contract and gives it another amount; it is signed then and not registered.</summary>
    public static Task ChangeAsync(this MatchmakingApplication app, int id, decimal amount) => app.ActAsync(id, async (acts, contract) =>
    {
        var changed = await acts.ChangeAsync(id, contract.Version, "金额调整（示例）", 1, CancellationToken.None);
        Done(changed);
        var achievements = changed.Contract!.Achievements.Select(a => a.AchievementId).ToList();
        return await acts.DescribeAsync(id, changed.Contract.Version, changed.Contract.Content() with { TotalAmount = amount, TechnologyAmount = amount }, achievements, 1, CancellationToken.None);
    });

    private static Task ActAsync(this MatchmakingApplication app, int id, Func<ContractActs, Contract, Task<ContractDecision>> act) => app.WithDbAsync(async db =>
    {
        var contract = (await db.Contracts.FindAsync(id))!;
        await app.WithServiceAsync<ContractActs, int>(async acts =>
        {
            Done(await act(acts, contract));
            return 0;
        });
    });

    private static string NextNumber() => (2026_2201_0000_0000 + Interlocked.Increment(ref serial)).ToString(CultureInfo.InvariantCulture);

    private static void Done(ContractDecision decision) =>
        Assert.True(decision.Done, decision.Changed ? "changed" : string.Join("; ", decision.Problems.Select(p => $"{p.Field} {p.Code}")));
}
