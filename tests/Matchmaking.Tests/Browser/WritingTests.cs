using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Matchmaking.Tests.Browser;

/// <summary>Writing in a browser: findings appear while typing and lead to their place, the draft saves itself, the older window is told.</summary>
public sealed class WritingTests(BrowserApplication app) : IClassFixture<BrowserApplication>
{
    private const string Saved = "[data-autosave-status][data-state=saved]";

    /// <summary>With this variable set the pages are also kept as pictures in that folder, to be looked at.</summary>
    private static string? Pictures => Environment.GetEnvironmentVariable("MATCHMAKING_TEST_PICTURES");

    [Theory]
    [InlineData("zh-CN", 1280, "文中有电话或账号")]
    [InlineData("zh-CN", 390, "文中有电话或账号")]
    [InlineData("en", 1280, "A phone number or account in the text")]
    public async Task Findings_appear_while_typing_and_lead_to_their_place_and_the_draft_is_kept(string language, int width, string finding)
    {
        var page = await app.OpenAsync(Roles.EnterpriseMember, width, language);
        await page.GotoAsync(app.Address + "/my/needs/new");

        await page.FillAsync("#Input_Title", $"减震器低温异响{width}{language}");
        await page.FillAsync("#Input_Description", "零下30 ℃出现异响，返修率3%。详情致电13900000000。");

        var entry = page.Locator("#checker li", new() { HasText = finding });
        await Assertions.Expect(entry).ToHaveCountAsync(1);
        await Assertions.Expect(entry.Locator("mark")).ToHaveTextAsync("13900000000");
        await entry.Locator("a").ClickAsync();
        Assert.Equal("13900000000", await page.EvaluateAsync<string>("() => { const a = document.activeElement; return a.value.slice(a.selectionStart, a.selectionEnd); }"));
        await Assertions.Expect(page.Locator(Saved)).ToHaveCountAsync(1, new() { Timeout = 20_000 });
        Assert.Matches(@"/my/needs/\d+$", page.Url);
        if (Pictures is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"form-{width}-{language}.png"), FullPage = true });
        Assert.Empty(await Accessible.ViolationsAsync(page, page.Url));

        // A closed browser: the address still has it.
        await page.ReloadAsync();
        Assert.Equal($"减震器低温异响{width}{language}", await page.InputValueAsync("#Input_Title"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_older_window_is_told_and_the_newer_text_stays()
    {
        var first = await app.OpenAsync(Roles.EnterpriseMember);
        await first.GotoAsync(app.Address + "/my/needs/new");
        await first.FillAsync("#Input_Title", "两个窗口写一份草稿");
        await Assertions.Expect(first.Locator(Saved)).ToHaveCountAsync(1, new() { Timeout = 20_000 });
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync(first.Url);
        await second.FillAsync("#Input_Summary", "第二个窗口写的。");
        await Assertions.Expect(second.Locator(Saved)).ToHaveCountAsync(1, new() { Timeout = 20_000 });

        await first.BringToFrontAsync();
        await first.FillAsync("#Input_Summary", "第一个窗口写的。");

        await Assertions.Expect(first.Locator("[data-autosave-status][data-state=newer] a")).ToHaveCountAsync(1, new() { Timeout = 20_000 });
        var id = int.Parse(first.Url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal("第二个窗口写的。", await app.WithDbAsync(db => db.Listings.Where(l => l.Id == id).Select(l => l.Summary).SingleAsync()));
        if (Pictures is { } folder) await first.ScreenshotAsync(new() { Path = Path.Combine(folder, "form-newer.png"), FullPage = true });
        await first.Context.CloseAsync();
    }

    [Fact]
    public async Task A_submission_right_after_typing_is_not_taken_for_an_older_version()
    {
        var page = await app.OpenAsync(Roles.EnterpriseMember);
        await page.GotoAsync(app.Address + "/my/needs/new");
        await page.FillAsync("#Input_Title", "刚写完就保存");
        await Assertions.Expect(page.Locator(Saved)).ToHaveCountAsync(1, new() { Timeout = 20_000 });

        await page.FillAsync("#Input_Summary", "还没来得及自动保存。");
        await page.ClickAsync("button[name=act][value=save]:not([tabindex])");

        await Assertions.Expect(page.Locator(".banner--good")).ToHaveCountAsync(1);
        Assert.Equal("还没来得及自动保存。", await page.InputValueAsync("#Input_Summary"));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_need_that_repeats_a_published_one_is_held_up_readably(int width)
    {
        var page = await app.OpenAsync(Roles.EnterpriseMember, width);
        var other = await app.WithDbAsync(db => db.Needs.OrderByDescending(n => n.Id).FirstAsync(n => n.State == Matching.Listings.ListingState.Published && n.OrganizationId != db.Needs.Single(o => o.Id == app.NeedId).OrganizationId));
        await page.GotoAsync($"{app.Address}/my/needs/{(await DraftLikeAsync(other)).Id}?look=true");

        await Assertions.Expect(page.Locator("#near li")).ToHaveCountAsync(1);
        Assert.Contains(other.Number!, await page.InnerTextAsync("#near"), StringComparison.Ordinal);
        if (Pictures is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"near-{width}.png"), FullPage = true });
        Assert.Empty(await Accessible.ViolationsAsync(page, "near"));
        await page.Context.CloseAsync();
    }

    private async Task<Matching.Listings.Listing> DraftLikeAsync(Matching.Listings.Need other)
    {
        var own = await app.WithDbAsync(db => db.Needs.Where(n => n.Id == app.NeedId).Select(n => n.Organization).SingleAsync());
        return await app.AddDraftAsync(own, (Matching.Listings.NeedContent)other.Content());
    }
}
