using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Matchmaking.Tests.Browser;

/// <summary>A mail as a reader's program shows it, and the inbox by keyboard and on a phone. With MATCHMAKING_TEST_PICTURES naming a folder, pictures are left there.</summary>
public sealed class ToldInBrowserTests(BrowserApplication app) : IClassFixture<BrowserApplication>
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("MATCHMAKING_TEST_PICTURES");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Mails_are_readable_by_everybody_and_load_nothing(string language)
    {
        Assert.SkipWhen(app.Browser is null, $"No browser at {BrowserApplication.Chromium}.");
        var email = await app.AddUserAsync(Roles.Staff);
        await app.WithDbAsync(async db =>
        {
            (await db.Users.SingleAsync(u => u.Email == email, Cancel)).Language = language;
            await db.SaveChangesAsync(Cancel);
        });
        await app.TellAsync(email, NoticeKind.ListingAsked, $"/staff/review/{app.NeedId}", "预氧化炉温度均匀性控制（示例）", "2026-12-01");
        await app.SendMailsAsync();
        await app.ChooseAsync(email, NoticeKind.RoundReminder, MailFrequency.Daily);
        for (var i = 1; i <= 3; i++) await app.TellAsync(email, NoticeKind.RoundReminder, $"/staff/review/{i}", $"2026年第{i}轮征集", "2026-12-31", "31");
        var now = app.Clock.Now;
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.SendMailsAsync();
        app.Clock.Now += TimeSpan.FromDays(1);
        await app.SendMailsAsync();
        app.Clock.Now = now;
        var mails = Directory.GetFiles(Path.Combine(app.Folder, "mail"), "*.eml").Order(StringComparer.Ordinal).Select(f => MimeKit.MimeMessage.Load(f)).Where(m => m.To.Mailboxes.Single().Address == email).ToList();
        Assert.Equal(2, mails.Count);
        foreach (var (mail, name) in mails.Zip((string[])["single", "digest"]))
        {
            foreach (var width in new[] { 800, 390 })
            {
                var page = await app.OpenAsync(null, width, language);
                var asked = new List<string>();
                page.Request += (_, request) => asked.Add(request.Url);
                await page.SetContentAsync(mail.HtmlBody!, new() { WaitUntil = WaitUntilState.NetworkIdle });
                await Accessible.AssertAsync(page, $"mail {name}");
                Assert.Empty(asked);
                await PictureAsync(page, $"mail-{name}-{width}-{language}");
                await page.Context.CloseAsync();
            }
        }
    }

    [Fact]
    public async Task A_notice_is_opened_by_keyboard_and_is_read_then()
    {
        var page = await app.OpenAsync(Roles.Staff);
        var email = app.Emails[Roles.Staff];
        var notice = await app.TellAsync(email, NoticeKind.ListingAsked, "/staff/organizations", "等着答复的一项（示例）");
        await page.GotoAsync(app.Address + "/inbox");
        await page.Locator($"a[href='/inbox/{notice}']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.ForAddressAsync(url => url.EndsWith("/staff/organizations", StringComparison.Ordinal));
        Assert.NotNull(await app.WithDbAsync(db => db.Notices.Where(n => n.Id == notice).Select(n => n.ReadAt).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task Pages_full_of_content_are_accessible_in_both_languages_and_widths()
    {
        Assert.SkipWhen(app.Browser is null, $"No browser at {BrowserApplication.Chromium}.");
        var email = app.Emails[Roles.EnterpriseMember];
        var user = await app.UserIdAsync(email);
        await app.TellAsync(email, NoticeKind.ListingSentBack, $"/my/needs/{app.NeedId}/view", "预氧化炉温度均匀性控制（示例）", app.NeedNumber);
        await app.TellAsync(email, NoticeKind.CaseOffered, "/my/cases/1", "DJ2026-00001", "多温区预氧化炉流场重构（示例）", "2026-12-08");
        await app.TellAsync(email, NoticeKind.Followed, "/achievements", "多温区预氧化炉流场重构（示例）", "CG2026-220100-00007", "@Changed");
        await app.WithDbAsync(async db =>
        {
            (await db.Notices.OrderBy(n => n.Id).FirstAsync(n => n.UserId == user, Cancel)).Read(app.Clock.Now);
            db.SavedSearches.Add(new SavedSearch(user, "碳纤维成果", Matching.Search.ListingKind.Achievement, "碳纤维", [new("field", "NewMaterials"), new("region", "220200")], MailFrequency.Weekly, app.Clock.Now));
            db.Follows.Add(Follow.OfField(user, TechnologyField.NewMaterials, MailFrequency.Daily, app.Clock.Now));
            db.Follows.Add(Follow.OfListing(user, await db.Achievements.FirstAsync(Cancel), MailFrequency.AtOnce, app.Clock.Now));
            db.Follows.Add(Follow.OfOrganization(user, (await db.Organizations.OrderBy(o => o.Id).FirstAsync(o => o.Kind == OrganizationKind.University, Cancel)).Id, MailFrequency.Never, app.Clock.Now));
            await db.SaveChangesAsync(Cancel);
        });
        var achievement = await app.WithDbAsync(db => db.Achievements.Where(a => a.State == ListingState.Published).Select(a => a.Number).FirstAsync(Cancel));
        var found = new List<string>();
        foreach (var language in new[] { "zh-CN", "en" })
        {
            foreach (var width in new[] { 1280, 390 })
            {
                var page = await app.OpenAsync(Roles.EnterpriseMember, width, language);
                foreach (var (address, name) in new[] { ("/inbox", "inbox"), ("/account/notices", "choices"), ("/account/data", "data"), ("/account/notices/searches/new?kind=Achievement&q=%E7%A2%B3%E7%BA%A4%E7%BB%B4&field=NewMaterials", "save"), ($"/achievements/{achievement}", "record"), ("/needs", "list") })
                {
                    await page.GotoAsync(app.Address + address);
                    if (name == "data") await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
                    found.AddRange(await Accessible.ViolationsAsync(page, $"{address} {width} {language}"));
                    await PictureAsync(page, $"{name}-{width}-{language}");
                }
                await page.Context.CloseAsync();
            }
        }
        Assert.Empty(found);
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Pictures is { Length: > 0 }) await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, name + ".png"), FullPage = true });
    }
}
