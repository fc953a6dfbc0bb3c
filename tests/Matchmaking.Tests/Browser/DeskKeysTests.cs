using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Browser;

public sealed class DeskKeysTests(BrowserApplication app) : IClassFixture<BrowserApplication>
{
    [Fact]
    public async Task A_pair_is_graded_by_keyboard_and_undone()
    {
        var page = await app.OpenAsync(Roles.Broker);
        await page.GotoAsync(app.Address + "/desk");
        var first = await page.InnerTextAsync("h1");

        await page.Keyboard.PressAsync("3");
        await page.FillAsync("#reason", "用键盘评的级");
        await page.PressAsync("#reason", "Enter");
        await page.WaitForSelectorAsync("[role=status]");

        Assert.NotEqual(first, await page.InnerTextAsync("h1"));
        var grade = await app.WithDbAsync(db => db.Grades.SingleAsync(g => g.Reason == "用键盘评的级" && g.UndoneAt == null));
        Assert.Equal(3, grade.Value);
        Assert.NotEqual("{}", grade.FeaturesJson);

        await page.ClickAsync("[role=status] button");
        await page.WaitForLoadStateAsync();
        Assert.False(await app.WithDbAsync(db => db.Grades.AnyAsync(g => g.Reason == "用键盘评的级" && g.UndoneAt == null)));
    }
}
