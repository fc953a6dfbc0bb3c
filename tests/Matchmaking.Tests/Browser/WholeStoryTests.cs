using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.Support;
using Matchmaking.Web.Lists;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Matchmaking.Tests.Browser;

/// <summary>The whole way of a need as people walk it in a browser: signed up, verified, posted, published, matched, graded, listed.</summary>
public sealed class WholeStoryTests(BrowserApplication app) : IClassFixture<BrowserApplication>
{
    private const string NeedTitle = "大丝束碳纤维预氧化炉温差控制";
    private const string AchievementTitle = "预氧化炉多温区送风重构与温差控制方法";

    [Fact]
    public async Task From_sign_up_to_the_published_list_in_Chinese()
    {
        var firm = await SignUpAsync("zh-CN", OrganizationKind.Enterprise, "示例碳丝有限公司（示例）", 1);
        var lab = await SignUpAsync("zh-CN", OrganizationKind.University, "示例理工大学（示例）", 2);
        var needId = await PostAsync(firm, "needs", Need());
        var achievementId = await PostAsync(lab, "achievements", Achievement());
        var staff = await app.OpenAsync(Roles.Staff);

        // Nothing of an unverified organisation is published; the page says so and leads on.
        await PressAsync(staff, $"/staff/review/{needId}", "publish");
        await ExpectAsync(staff, "还没有通过核验");
        await VerifyAsync(staff, "示例碳丝有限公司（示例）");
        await VerifyAsync(staff, "示例理工大学（示例）");
        await PressAsync(staff, $"/staff/review/{needId}", "publish");
        await PressAsync(staff, $"/staff/review/{achievementId}", "publish");
        await RunMatchingAsync();

        await firm.GotoAsync($"{app.Address}/my/needs/{needId}/matches");
        var best = firm.Locator("article").First;
        Assert.Contains(AchievementTitle, await best.InnerTextAsync(), StringComparison.Ordinal);
        await ExpectAsync(firm, "2.4");
        await ExpectAsync(firm, "固定权重排序器");
        await lab.GotoAsync($"{app.Address}/my/achievements/{achievementId}/matches");
        await ExpectAsync(lab, NeedTitle);

        await GradeAsync(needId, achievementId, "对象与指标都一致");
        var number = (await app.WithDbAsync(db => db.Needs.SingleAsync(n => n.Id == needId))).Number!;
        await PublishListAsync(staff, 2031, number);
        var reader = await app.OpenAsync(null);
        await reader.GotoAsync(app.Address + ListAddress.Of(AnnualListKind.KeyTechnologyNeeds, 2031));
        await ExpectAsync(reader, NeedTitle);
        var list = await app.WithDbAsync(db => db.AnnualLists.SingleAsync(l => l.Year == 2031));
        Assert.Equal(list.ContentHash, await reader.Locator("[data-hash]").TextContentAsync());
        var download = await reader.RunAndWaitForDownloadAsync(() => reader.GetByRole(AriaRole.Link, new() { Name = "JSON", Exact = true }).ClickAsync());
        Assert.Equal(list.ContentHash, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken))));
    }

    [Fact]
    public async Task From_a_posted_need_to_the_grade_in_English()
    {
        var firm = await SignUpAsync("en", OrganizationKind.Enterprise, "示例炉业有限公司（示例）", 3);
        await ExpectAsync(firm, "My needs");
        var needId = await PostAsync(firm, "needs", Need());
        var staff = await app.OpenAsync(Roles.Staff, language: "en");
        await VerifyAsync(staff, "示例炉业有限公司（示例）");
        await PressAsync(staff, $"/staff/review/{needId}", "publish");
        await RunMatchingAsync();

        await firm.GotoAsync($"{app.Address}/my/needs/{needId}/matches");
        Assert.Equal("en", await firm.Locator("html").GetAttributeAsync("lang"));
        Assert.NotEqual(0, await firm.Locator("article").CountAsync());
        var match = await app.WithDbAsync(db => db.Matches.Where(m => m.NeedId == needId).OrderBy(m => m.Id).FirstAsync());
        await GradeAsync(needId, match.AchievementId, "Same furnace, other fibre", "en");
    }

    [Fact]
    public async Task A_published_list_has_no_accessibility_violations()
    {
        Assert.SkipWhen(app.Browser is null, $"No browser at {BrowserApplication.Chromium}.");
        await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, 2041, await app.PublishNeedAsync(content: app.ListableNeed()), await app.PublishNeedAsync(content: app.ListableNeed()));
        foreach (var language in new[] { "zh-CN", "en" })
        {
            foreach (var width in new[] { 1280, 390 })
            {
                var page = await app.OpenAsync(null, width, language);
                var address = ListAddress.Of(AnnualListKind.KeyTechnologyNeeds, 2041);
                Assert.Equal(200, (await page.GotoAsync(app.Address + address))!.Status);
                await Accessible.AssertAsync(page, address);
                await page.Context.CloseAsync();
            }
        }
    }

    private static Dictionary<string, string> Need() => ListingForms.Need(NeedTitle);

    private static Dictionary<string, string> Achievement()
    {
        var fields = ListingForms.Achievement(AchievementTitle);
        fields["Input.Description"] = "针对大丝束碳纤维预氧化炉，重构多温区送风流场，把炉内温差控制在2.4 ℃。\n已在中试炉上验证。";
        return fields;
    }

    private async Task<IPage> SignUpAsync(string language, OrganizationKind kind, string name, int number)
    {
        var page = await app.OpenAsync(null, language: language);
        await page.GotoAsync(app.Address + "/account/sign-up");
        await page.CheckAsync($"[name='Input.Kind'][value='{kind}']");
        var code = $"91220100MA0WR{number:D3}X";
        await page.FillAsync("[name='Input.CreditCode']", code + CreditCode.CheckCharacter(code));
        await page.FillAsync("[name='Input.OrganizationName']", name);
        await page.SelectOptionAsync("[name='Input.Region']", "220200");
        await page.SelectOptionAsync("[name='Input.Industry']", "C28");
        await page.FillAsync("[name='Input.DisplayName']", "示例用户（示例）");
        await page.FillAsync("[name='Input.Email']", $"story{number}@test.invalid");
        await page.FillAsync("[name='Input.Password']", MatchmakingApplication.Password);
        await page.ClickAsync("main form.form .actions button");
        await page.ForAddressAsync(url => url.EndsWith("/my", StringComparison.Ordinal));
        return page;
    }

    private async Task<int> PostAsync(IPage page, string side, Dictionary<string, string> fields)
    {
        await page.GotoAsync($"{app.Address}/my/{side}/new");
        foreach (var (name, value) in fields)
        {
            var field = page.Locator($"[name='{name.Replace("[]", "", StringComparison.Ordinal)}']");
            if (await field.CountAsync() == 0 && name.StartsWith("Input.Quantities", StringComparison.Ordinal)) await page.ClickAsync("[data-add-row]");
            var type = await field.First.EvaluateAsync<string>("e => e.tagName === 'SELECT' ? 'select' : e.type");
            switch (type)
            {
                case "select":
                    await field.First.SelectOptionAsync(value);
                    break;
                case "radio" or "checkbox":
                    foreach (var one in value.Split('\n')) await page.CheckAsync($"[name='{name.Replace("[]", "", StringComparison.Ordinal)}'][value='{one}']");
                    break;
                default:
                    await field.First.FillAsync(value);
                    break;
            }
        }
        await page.FollowAsync("main form .actions button[name=act][value=submit]");
        // A like need of the other story may be published already: then one says what differs, as anybody would.
        var alike = page.Locator("#near textarea");
        if (await alike.CountAsync() > 0)
        {
            for (var i = 0; i < await alike.CountAsync(); i++) await alike.Nth(i).FillAsync("炉型不同（示例）");
            await page.ClickAsync("main form .actions button[name=act][value=submit]");
        }
        await page.ForAddressAsync(url => url.Contains("/view", StringComparison.Ordinal));
        return int.Parse(new Uri(page.Url).Segments[3].Trim('/'), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task PressAsync(IPage page, string address, string act)
    {
        await page.GotoAsync(app.Address + address);
        await page.FollowAsync($"main button[name=act][value={act}]");
    }

    private async Task VerifyAsync(IPage staff, string organization)
    {
        await staff.GotoAsync(app.Address + "/staff/organizations");
        await staff.Locator("section.panel", new() { HasText = organization }).Locator("form button").First.ClickAsync();
        await staff.WaitForSelectorAsync("[role=status]");
    }

    private async Task RunMatchingAsync()
    {
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(CancellationToken.None));
        await app.RunJobAsync<FindMatches>(job => job.RunAsync(CancellationToken.None));
    }

    private async Task GradeAsync(int needId, int achievementId, string reason, string language = "zh-CN")
    {
        var match = await app.WithDbAsync(db => db.Matches.SingleAsync(m => m.NeedId == needId && m.AchievementId == achievementId));
        var broker = await app.OpenAsync(Roles.Broker, language: language);
        await broker.GotoAsync($"{app.Address}/desk?match={match.Id}");
        await broker.Keyboard.PressAsync("4");
        await broker.FillAsync("#reason", reason);
        await broker.PressAsync("#reason", "Enter");
        await broker.WaitForSelectorAsync("[role=status]");
        Assert.Equal(4, (await app.WithDbAsync(db => db.Grades.SingleAsync(g => g.MatchId == match.Id && g.Reason == reason))).Value);
    }

    private async Task PublishListAsync(IPage staff, int year, string number)
    {
        await staff.GotoAsync(app.Address + "/staff/lists/new");
        await staff.CheckAsync($"[name='Kind'][value='{nameof(AnnualListKind.KeyTechnologyNeeds)}']");
        await staff.FillAsync("[name='Year']", $"{year}");
        await staff.ClickAsync("main form .actions button");
        await staff.ForAddressAsync(url => System.Text.RegularExpressions.Regex.IsMatch(url, "/staff/lists/[0-9]+"));
        if (await staff.GetByText(NeedTitle).CountAsync() == 0)
        {
            await staff.FillAsync("[name='Add.Number']", number);
            await staff.FillAsync("[name='Add.Reason']", "全省关键工序");
            await staff.FollowAsync("[data-form=add] button");
        }
        var today = ProvinceTime.DayOf(app.Clock.Now);
        await staff.FillAsync("[name='Notice.From']", $"{today:yyyy-MM-dd}");
        await staff.FillAsync("[name='Notice.Until']", $"{today.AddDays(14):yyyy-MM-dd}");
        await staff.FillAsync("[name='Notice.PublishOn']", $"{today.AddDays(15):yyyy-MM-dd}");
        await staff.FollowAsync("[data-form=notice] button");
        Assert.Equal("", string.Join("; ", await staff.Locator(".errors").AllInnerTextsAsync()));
        await app.SignAsync(await app.WithDbAsync(db => db.AnnualLists.Where(l => l.Year == year).Select(l => l.Id).SingleAsync()));
        app.Clock.Advance(TimeSpan.FromDays(16));
        await app.PublishDueListsAsync();
    }

    private static async Task ExpectAsync(IPage page, string text) => Assert.Contains(text, await page.InnerTextAsync("main"), StringComparison.Ordinal);
}
