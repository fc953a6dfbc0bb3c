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

        await page.FollowAsync("[role=status] form[action*=Undo] button");
        Assert.False(await app.WithDbAsync(db => db.Grades.AnyAsync(g => g.Reason == "用键盘评的级" && g.UndoneAt == null)));
    }

    [Fact]
    public async Task J_and_K_go_from_pair_to_pair_and_the_switch_turns_single_keys_off()
    {
        var page = await app.OpenAsync(Roles.Broker);
        await page.GotoAsync(app.Address + "/desk");
        var first = await page.InnerTextAsync("h1");
        await page.Keyboard.PressAsync("j");
        await page.ForAddressAsync(url => url.Contains("match=", StringComparison.Ordinal));
        await page.FollowAsync(() => page.Keyboard.PressAsync("k"));
        Assert.Equal(first, await page.InnerTextAsync("h1"));

        await page.ClickAsync("[data-keys-toggle]");
        Assert.Equal("false", await page.GetAttributeAsync("[data-keys-toggle]", "aria-pressed"));
        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("3");
        Assert.Equal(0, await page.Locator("input[name=Grade]:checked").CountAsync());
        await page.ReloadAsync();
        Assert.Equal("false", await page.GetAttributeAsync("[data-keys-toggle]", "aria-pressed"));
        await page.ClickAsync("[data-keys-toggle]");
        await page.Keyboard.PressAsync("3");
        Assert.Equal(1, await page.Locator("input[name=Grade]:checked").CountAsync());
    }

    [Fact]
    public async Task Cases_are_walked_filtered_and_opened_by_single_keys()
    {
        var page = await app.OpenAsync(Roles.Broker);
        await page.GotoAsync(app.Address + "/desk/cases");
        await page.Keyboard.PressAsync("j");
        Assert.Equal($"/desk/cases/{app.CaseId}", await page.EvaluateAsync<string>("() => document.activeElement.getAttribute('href')"));
        await page.Keyboard.PressAsync("f");
        Assert.Equal("stage", await page.EvaluateAsync<string>("() => document.activeElement.name"));
        // In a field the keys are letters.
        await page.Keyboard.PressAsync("b");
        Assert.DoesNotContain("view=board", page.Url, StringComparison.Ordinal);

        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync("b");
        await page.ForAddressAsync(url => url.EndsWith("view=board", StringComparison.Ordinal));
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("Enter");
        await page.ForAddressAsync(url => url.EndsWith($"/desk/cases/{app.CaseId}", StringComparison.Ordinal));
    }
}
