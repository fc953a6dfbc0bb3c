using Matchmaking.Jobs;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Text;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Jobs;

/// <summary>A figure under a near name, from the two texts to the pages of those who ask about it.</summary>
public sealed class NearFiguresTests : IAsyncLifetime
{
    private readonly MatchmakingApplication app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        await app.PublishNeedAsync(content: app.NeedContent() with { Title = "玉米籽粒损失监测", Description = "玉米直收时籽粒损失不知多少，要能识别籽粒与杂余的监测器。", Quantities = [new Quantity("整套成本", Comparison.Le, 6000, null, "元")] });
        await app.PublishAchievementAsync(content: app.AchievementContent() with { Title = "玉米籽粒损失监测器", Quantities = [], Description = "玉米直收时识别籽粒与杂余，整套硬件成本4800元。" });
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<FindMatches>(job => job.RunAsync(Cancel));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task<Match> MatchAsync() => app.WithDbAsync(db => db.Matches.AsNoTracking().Include(m => m.Need.Organization).SingleAsync(Cancel));

    [Theory]
    [InlineData("zh-CN", "未说明", "成果写有整套硬件成本 4,800元，是否同一项，要问清", "可以先问清楚 整套成本 ≤6,000元（是否就是整套硬件成本 4,800元）")]
    [InlineData("en", "Not stated", "The achievement states 整套硬件成本 4,800元; ask whether it is the same figure", "Worth asking first 整套成本 ≤6,000元 (is it 整套硬件成本 4,800元?)")]
    public async Task The_desk_tells_it_leaves_it_open_and_asks(string language, string verdict, string told, string asked)
    {
        var match = await MatchAsync();
        var broker = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Broker));
        broker.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);

        var desk = await broker.GetPageAsync($"/desk?match={match.Id}");

        var rows = desk.QuerySelectorAll(".ledger tbody tr");
        Assert.Equal(verdict, rows[0].QuerySelector(".chip")!.TextContent);
        Assert.Equal(told, Plain(rows[1].TextContent));
        Assert.Equal(asked, Plain(desk.QuerySelectorAll("section[aria-labelledby=cs] p.sm")[^1].TextContent));
    }

    [Fact]
    public async Task The_owner_is_told_what_to_ask()
    {
        var match = await MatchAsync();
        var member = await app.CreateClientForAsync(await app.AddUserAsync(Roles.EnterpriseMember, match.Need.Organization));

        var card = (await member.GetPageAsync($"/my/needs/{match.NeedId}/matches")).QuerySelector(".match")!;

        Assert.Contains("对方没有写整套成本（要求≤6,000元），写有整套硬件成本 4,800元，可以问是否同一项", card.QuerySelectorAll("li").Select(l => Plain(l.TextContent)));
    }

    [Fact]
    public async Task It_counts_as_neither_met_nor_not_met()
    {
        var match = await MatchAsync();

        var row = Assert.Single(Matchmaking.Web.Listings.MatchViews.Reasons(match)!.Ledger);

        Assert.Equal((null, "整套硬件成本", LedgerVerdict.NotStated), (row.Offered, row.Near!.Name, row.Verdict));
        Assert.Contains("\"quantities_met\":0,\"quantities_not_met\":0", match.FeaturesJson, StringComparison.Ordinal);
    }

    /// <summary>With plain spaces in place of those that keep a number and its unit together.</summary>
    private static string Plain(string text) => text.Replace('\u00A0', ' ').Replace('\u202F', ' ').Trim();
}
