using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Text;
using Matchmaking.Matching.Writing;
using Matchmaking.Tests.Cases;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Writing;

/// <summary>What a vague need is measured against: needs that found partners, then needs with a best grade, then what ships.</summary>
public sealed class VaguenessReferenceTests : IAsyncLifetime
{
    private readonly MatchmakingApplication app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Too_few_needs_of_either_sort_leave_the_shipped_scale()
    {
        await NeedsAsync(VaguenessScale.Enough - 1, grade: 4, interested: false, "短");

        Assert.Equal(VaguenessScale.Shipped, await ScaleAsync());
    }

    [Fact]
    public async Task Best_grades_stand_in_while_too_few_needs_have_found_a_partner()
    {
        await NeedsAsync(VaguenessScale.Enough, grade: 4, interested: false, "长");
        await NeedsAsync(VaguenessScale.Enough - 1, grade: 3, interested: true, "短");

        Assert.Equal((VaguenessScale.Enough, true), (await ScaleAsync() is var scale ? scale.Count : 0, scale.Median > 20));
    }

    [Fact]
    public async Task Needs_that_found_a_partner_are_the_measure_when_there_are_enough()
    {
        await NeedsAsync(VaguenessScale.Enough + 5, grade: 4, interested: false, "长");
        await NeedsAsync(VaguenessScale.Enough, grade: 3, interested: true, "短");

        var scale = await ScaleAsync();
        Assert.Equal(VaguenessScale.Enough, scale.Count);
        Assert.True(scale.Median < 20, $"The median is {scale.Median}: the long texts of needs without a partner were measured.");
    }

    private async Task<VaguenessScale> ScaleAsync()
    {
        using var reference = new VaguenessReference(app.Services.GetRequiredService<IServiceScopeFactory>(), app.Clock);
        return await reference.GetAsync(TestContext.Current.CancellationToken);
    }

    /// <param name="interested">Both sides of an introduction said yes; it ended later all the same.</param>
    private async Task NeedsAsync(int count, int grade, bool interested, string length)
    {
        var firm = await app.AddOrganizationAsync();
        var achievement = await app.PublishAchievementAsync();
        var broker = await app.BrokerAsync();
        var text = length == "短" ? "辊套磨损" : "钢丝帘线拉拔断丝，湿拉模具内孔椭圆，皂液电导率波动，黄铜镀层厚薄不匀，捻股张力漂移，放线盘刹车打滑，卷取导轮沟槽起刺，退火炉氮气露点偏移。";
        for (var i = 0; i < count; i++)
        {
            var need = await app.PublishNeedAsync(firm, app.NeedContent("需求") with { Summary = "", Description = text, WorkDone = "", Quantities = [], Keywords = [] } is var bare ? bare with { Summary = "磨损" } : null);
            await app.WithDbAsync(async db =>
            {
                var match = new Match(need.Id, achievement.Id, app.Clock.Now);
                match.GradeAs(grade, "", broker, app.Clock.Now);
                db.Matches.Add(match);
                await db.SaveChangesAsync();
                if (!interested) return;
                var full = await db.Matches.Include(m => m.Need.Organization).Include(m => m.Achievement.Organization).SingleAsync(m => m.Id == match.Id);
                var made = Case.Propose(full, broker, app.Clock.Now);
                made.Push(full, broker, app.Clock.Now);
                made.SayInterested(CaseSide.Need, Interest.None, 1, app.Clock.Now);
                made.SayInterested(CaseSide.Achievement, Interest.None, 2, app.Clock.Now);
                made.End(EndReason.Price, "", broker, app.Clock.Now);
                db.Cases.Add(made);
                await db.SaveChangesAsync();
            });
        }
    }
}
