using System.Net;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Cases;
using Matchmaking.Tests.Deals;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.AnnualLists;

/// <summary>What became of a list's entries is followed by itself, to the cases and contracts behind it.</summary>
public sealed class OutcomesTests : IAsyncLifetime
{
    private readonly MatchmakingApplication app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task An_entry_leads_staff_to_its_cases_and_contracts_and_tells_everybody_how_many_were_registered()
    {
        var (pair, _, _) = await app.AddCaseAsync(CaseStage.Negotiating);
        var (need, achievement) = await app.WithDbAsync(async db => (await db.Needs.SingleAsync(n => n.Id == pair.NeedId, Cancel), await db.Achievements.SingleAsync(a => a.Id == pair.AchievementId, Cancel)));
        var quiet = await app.PublishNeedAsync(content: app.NeedContent("没有动静的需求（示例）"));
        var needs = await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, 2026, need, quiet);
        var achievements = await app.PublishListAsync(AnnualListKind.QualityAchievements, 2026, achievement);
        var contract = await RegisteredAsync(need.Id, achievement.Id);
        var draft = await RegisteredAsync(need.Id, achievement.Id, register: false);
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));

        var rows = (await staff.GetPageAsync($"/staff/lists/{needs.Id}/outcomes")).QuerySelectorAll("tbody tr");
        var row = rows.Single(r => r.TextContent.Contains(need.Number!, StringComparison.Ordinal));
        Assert.Contains("洽谈1", row.TextContent.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal([$"/contracts/{contract}", $"/contracts/{draft}"], row.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
        Assert.Empty(rows.Single(r => r.TextContent.Contains(quiet.Number!, StringComparison.Ordinal)).QuerySelectorAll("a"));
        Assert.Equal([$"/contracts/{contract}", $"/contracts/{draft}"], (await staff.GetPageAsync($"/staff/lists/{achievements.Id}/outcomes")).QuerySelectorAll("tbody a").Select(a => a.GetAttribute("href")));

        var reader = await app.CreateClientForAsync(null);
        var page = await reader.GetPageAsync("/lists/2026/key-technology-needs");
        Assert.Contains("登记技术合同1份", page.GetElementById(need.Number!)!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("登记技术合同", page.GetElementById(quiet.Number!)!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("/contracts/", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_make_a_published_list_again_from_its_inputs_and_see_the_same_hash_or_what_does_not_hold()
    {
        var list = await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, 2026, await app.PublishNeedAsync());
        var open = await app.AddListAsync(AnnualListKind.QualityAchievements, 2026);
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        var address = $"/staff/lists/{list.Id}/outcomes";
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync($"/staff/lists/{open}/outcomes", Cancel)).StatusCode);
        Assert.Single((await staff.GetPageAsync(address)).QuerySelectorAll("code"));

        var sound = await (await staff.PostFormAsync(address, [], "aside form")).PageAsync();
        Assert.Equal([list.ContentHash, list.ContentHash], sound.QuerySelectorAll("code").Select(c => c.TextContent));
        Assert.Contains("逐字节相同", sound.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);

        // By force: the guard of the database is taken away first.
        await app.WithDbAsync(db => app.OnPostgres ? db.Database.ExecuteSqlRawAsync("DROP TRIGGER \"published_AnnualLists_UPDATE\" ON \"AnnualLists\"", Cancel) : db.Database.ExecuteSqlRawAsync("DROP TRIGGER \"published_AnnualLists_UPDATE\"", Cancel));
        await app.WithDbAsync(db => db.AnnualLists.Where(l => l.Id == list.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.FrozenJson, list.FrozenJson!.Replace("\"year\":", "\"yeah\":")), Cancel));
        var wrong = await (await staff.PostFormAsync(address, [], "aside form")).PageAsync();
        Assert.Contains("公开版内容", wrong.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
    }

    private Task<int> RegisteredAsync(int needId, int achievementId, bool register = true) => app.WithDbAsync(async db =>
    {
        var (now, today) = (app.Clock.Now, ProvinceTime.DayOf(app.Clock.Now));
        var by = await db.Users.Select(u => u.Id).FirstAsync(Cancel);
        var contract = new Contract(by, null, null, needId, [achievementId], now);
        contract.Describe(ContractTests.Complete, [achievementId], today, now);
        contract.Sign(today, by, now);
        contract.Submit(today, today.AddDays(21), by, now);
        if (register) contract.Register("2026220100012345", today, by, now);
        db.Contracts.Add(contract);
        await db.SaveChangesAsync(Cancel);
        return contract.Id;
    });
}
