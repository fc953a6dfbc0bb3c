using System.Globalization;
using System.Text.RegularExpressions;
using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.AnnualLists.Rounds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Matchmaking.Tests.Browser;

/// <summary>
/// A whole round in a browser with the jobs at a moved clock: staff register five experts and plan, the experts score (one on a phone), the list stands in notice,
/// somebody without an account objects and confirms by mail, staff uphold it, the list is published without the entry and with the decision.
/// </summary>
public sealed partial class ListRoundStoryTests(BrowserApplication app) : IClassFixture<BrowserApplication>
{
    private const string Objector = "objector@test.invalid";

    private static string? Pictures => Environment.GetEnvironmentVariable("MATCHMAKING_TEST_PICTURES");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_round_from_the_call_to_the_published_list()
    {
        Assert.SkipWhen(app.Browser is null, $"No browser at {BrowserApplication.Chromium}.");
        var day = ProvinceTime.DayOf(app.Clock.Now);
        var experts = new List<string>();
        for (var i = 0; i < 5; i++) experts.Add(await app.AddUserAsync(i < 3 ? Roles.EnterpriseMember : Roles.Researcher, await app.AddOrganizationAsync(i < 3 ? OrganizationKind.Enterprise : OrganizationKind.University)));

        var staff = await app.OpenForAsync(app.Emails[Roles.Staff]);
        await StaffRegisterAsync(staff, experts);
        var id = await StaffPlanAsync(staff);
        await app.RunRoundsAsync();
        var listId = (await app.ReadRoundAsync(id)).ListId!.Value;
        // Three entries are enough for a story.
        await staff.GotoAsync($"{app.Address}/staff/lists/{listId}/rules");
        await staff.FillAsync("[name='Rules.Size']", "3");
        await staff.FollowAsync("main form button");
        await staff.Context.CloseAsync();

        app.MoveTo(day.AddDays(31));
        await app.RunRoundsAsync();
        Assert.Equal(ListRoundPhase.Scoring, (await app.ReadRoundAsync(id)).Phase);
        for (var i = 0; i < experts.Count; i++) await ScoreAllAsync(experts[i], i, i == 1 ? 390 : 1280);
        Assert.Equal(15, await app.WithDbAsync(db => db.ScoreSheets.CountAsync(s => s.State == ScoreSheetState.Submitted, Cancel)));

        app.MoveTo(day.AddDays(52), 10);
        await app.RunRoundsAsync();
        staff = await app.OpenForAsync(app.Emails[Roles.Staff]);
        await staff.GotoAsync($"{app.Address}/staff/lists/rounds/{id}");
        await ExpectAsync(staff, "复核中");
        await ExpectAsync(staff, "60%（3/5）");
        await LookAsync(staff, "round-review");
        await staff.Context.CloseAsync();

        app.MoveTo(day.AddDays(62), 10);
        await app.RunRoundsAsync();
        var round = await app.ReadRoundAsync(id);
        Assert.Equal(ListRoundPhase.InNotice, round.Phase);
        Assert.Equal(2, round.List!.Listed.Count());
        var first = round.List.Listed.First().Listing.Number!;
        await ObjectAsync(first);

        app.MoveTo(day.AddDays(65), 10);
        staff = await app.OpenForAsync(app.Emails[Roles.Staff]);
        await staff.GotoAsync($"{app.Address}/staff/lists/rounds/{id}");
        await ExpectAsync(staff, "QD-XQ-2026-Y01");
        await LookAsync(staff, "round-objection");
        await staff.CheckAsync("input[name=Verdict][value=uphold]");
        await staff.FillAsync("textarea[name=Decision]", "经核实，所列指标没有依据，异议成立。");
        await staff.ClickAsync("form[data-form=decide] button");
        await ExpectAsync(staff, "处理决定已作出");
        await staff.Context.CloseAsync();

        app.MoveTo(day.AddDays(87), 10);
        await app.RunRoundsAsync();
        await app.PublishDueListsAsync();
        Assert.Equal(AnnualListState.InNotice, (await app.ReadRoundAsync(id)).List!.State);
        await ThreeSignAsync(listId);
        await app.PublishDueListsAsync();
        await app.RunRoundsAsync();
        Assert.Equal(ListRoundPhase.Published, (await app.ReadRoundAsync(id)).Phase);
        var reader = await app.OpenAsync(null);
        await reader.GotoAsync(app.Address + "/lists/2026/key-technology-needs");
        await ExpectAsync(reader, "经核实，所列指标没有依据，异议成立。");
        Assert.Equal(1, await reader.Locator("section[aria-labelledby=entries] > table tbody tr").CountAsync());
        Assert.DoesNotContain("示例异议人", await reader.ContentAsync(), StringComparison.Ordinal);
        await LookAsync(reader, "list-published");
        await CorrectAsync(listId, round.List.Entries.Single(e => e.State == AnnualListEntryState.Dropped).Listing.Number!, reader);
        await NextYearAsync(listId, reader);
        foreach (var decided in await app.WithDbAsync(db => db.AuditEntries.Where(a => a.Action == "objection.uphold").Select(a => a.Subject).ToListAsync(Cancel))) Assert.Equal("objection:QD-XQ-2026-Y01", decided);
        await app.RunJobAsync<SealAudit>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<VerifyAudit>(job => job.RunAsync(Cancel));
    }

    private async Task ThreeSignAsync(int listId)
    {
        var signers = new List<string>();
        for (var i = 0; i < 3; i++) signers.Add(await app.AddUserAsync(Roles.Staff));
        foreach (var email in signers)
        {
            var page = await app.OpenForAsync(email);
            await page.GotoAsync($"{app.Address}/staff/lists/{listId}");
            await page.FollowAsync("form[data-form=sign] button");
            if (email == signers[0]) await LookAsync(page, "list-sign");
            await page.Context.CloseAsync();
        }
    }

    /// <summary>What was left off by mistake comes back in a second edition; the first stays.</summary>
    private async Task CorrectAsync(int listId, string number, IPage reader)
    {
        var staff = await app.OpenForAsync(app.Emails[Roles.Staff]);
        await staff.GotoAsync($"{app.Address}/staff/lists/{listId}");
        await staff.FillAsync("form[data-form=correct] textarea", "漏列一项（示例）");
        await staff.ClickAsync("form[data-form=correct] button");
        await staff.ForAddressAsync(url => !url.EndsWith($"/{listId}", StringComparison.Ordinal));
        await staff.FillAsync("[name='Add.Number']", number);
        await staff.FillAsync("[name='Add.Reason']", "评分统计有误（示例）");
        await staff.ClickAsync("form[data-form=add] button");
        await ExpectAsync(staff, number);
        await LookAsync(staff, "list-correction");
        await staff.FollowAsync("form[data-form=finish] button");
        await ThreeSignAsync(int.Parse(new Uri(staff.Url).Segments[^1], CultureInfo.InvariantCulture));
        await staff.Context.CloseAsync();
        await app.PublishDueListsAsync();
        await reader.GotoAsync(app.Address + "/lists/2026/key-technology-needs");
        await ExpectAsync(reader, "本版更正第1版");
        await ExpectAsync(reader, "漏列一项（示例）");
        Assert.Equal(2, await reader.Locator("section[aria-labelledby=entries] > table tbody tr").CountAsync());
        await LookAsync(reader, "list-edition-2");
        await reader.GotoAsync(app.Address + "/lists/2026/key-technology-needs?edition=1");
        await ExpectAsync(reader, "已由第2版更正");
        Assert.Equal(1, await reader.Locator("section[aria-labelledby=entries] > table tbody tr").CountAsync());
    }

    /// <summary>A year later one entry is carried over, one is gone because it was solved or withdrawn, one is new.</summary>
    private async Task NextYearAsync(int listId, IPage reader)
    {
        app.MoveTo(new DateOnly(2027, 10, 20), 10);
        var (kept, gone, fresh) = await app.WithDbAsync(async db =>
        {
            var year = await db.AnnualLists.Include(l => l.Entries).ThenInclude(e => e.Listing).SingleAsync(l => l.CorrectsId == listId, Cancel);
            var listed = year.Listed.Select(e => e.Listing).ToList();
            var ids = listed.ConvertAll(l => l.Id);
            return (listed[0], listed[1], await db.Needs.FirstAsync(n => n.State == ListingState.Published && !ids.Contains(n.Id), Cancel));
        });
        await app.WithDbAsync(async db =>
        {
            (await db.Needs.SingleAsync(n => n.Id == gone.Id, Cancel)).Withdraw(1, app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, 2027, kept, fresh);
        await reader.GotoAsync(app.Address + "/lists/2027/key-technology-needs");
        Assert.Equal(["1", "1", "1"], await reader.Locator(".diff b").AllInnerTextsAsync());
        await Assertions.Expect(reader.Locator("#gone + ul")).ToContainTextAsync("已撤回");
        await LookAsync(reader, "list-next-year");
    }

    private async Task StaffRegisterAsync(IPage staff, List<string> experts)
    {
        foreach (var email in experts)
        {
            await staff.GotoAsync(app.Address + "/staff/experts");
            await staff.FillAsync("[name='Input.Email']", email);
            foreach (var box in await staff.Locator("input[name='Input.Fields']").AllAsync()) await box.CheckAsync();
            await staff.ClickAsync("form[action*=Add] button");
            await ExpectAsync(staff, "专家已加入");
        }
        // The same account once more is told, and nothing typed is lost.
        await staff.FillAsync("[name='Input.Email']", experts[0]);
        await staff.Locator("input[name='Input.Fields']").First.CheckAsync();
        await staff.ClickAsync("form[action*=Add] button");
        await ExpectAsync(staff, "这个账号已经在专家库里");
        Assert.Equal(experts[0], await staff.InputValueAsync("[name='Input.Email']"));
        await LookAsync(staff, "experts");
    }

    private async Task<int> StaffPlanAsync(IPage staff)
    {
        await staff.GotoAsync(app.Address + "/staff/lists/rounds/new");
        await staff.FillAsync("[name='Input.Text']", "面向全省征集关键核心技术需求（示例）。");
        await staff.FillAsync("[name='Input.Places']", "2");
        var publish = await staff.InputValueAsync("[name='Input.Dates[PublishOn]']");
        await staff.FillAsync("[name='Input.Dates[PublishOn]']", "2026-01-01");
        await staff.ClickAsync("main form button");
        await ExpectAsync(staff, "应当在前一阶段的");
        Assert.Equal("2", await staff.InputValueAsync("[name='Input.Places']"));
        await LookAsync(staff, "round-new");
        await staff.FillAsync("[name='Input.Dates[PublishOn]']", publish);
        await staff.ClickAsync("main form button");
        await staff.ForAddressAsync(url => Regex.IsMatch(url, "/staff/lists/rounds/[0-9]+$"));
        await LookAsync(staff, "round-planned");
        return int.Parse(new Uri(staff.Url).Segments[^1], CultureInfo.InvariantCulture);
    }

    private async Task ScoreAllAsync(string email, int expert, int width)
    {
        var page = await app.OpenForAsync(email, width);
        await page.GotoAsync(app.Address + "/experts");
        var sheets = await page.Locator("main tbody a").AllAsync();
        var addresses = new List<string>();
        foreach (var sheet in sheets) addresses.Add((await sheet.GetAttributeAsync("href"))!);
        Assert.Equal(3, addresses.Count);
        for (var i = 0; i < addresses.Count; i++)
        {
            await page.GotoAsync(app.Address + addresses[i]);
            var fields = page.Locator("form[data-scores] input[inputmode=decimal]");
            Assert.Equal(5, await fields.CountAsync());
            if (expert == 1 && i == 0) await SavesItselfAsync(page, fields);
            for (var f = 0; f < 5; f++) await fields.Nth(f).FillAsync((90 - (10 * i) - (5 * expert) + f).ToString(CultureInfo.InvariantCulture));
            await page.GetByRole(AriaRole.Button, new() { Name = "提交评分" }).ClickAsync();
            await ExpectAsync(page, "评分已提交");
        }
        // Another's sheet is not there.
        if (expert > 0) Assert.Equal(404, (await page.GotoAsync(app.Address + "/experts/1"))!.Status);
        await page.Context.CloseAsync();
    }

    private static async Task SavesItselfAsync(IPage page, ILocator fields)
    {
        await fields.First.FillAsync("101");
        await Assertions.Expect(page.Locator("[data-scores-status][data-state=unreadable]")).ToHaveCountAsync(1, new() { Timeout = 20_000 });
        await fields.First.FillAsync("77.5");
        await Assertions.Expect(page.Locator("[data-scores-status][data-state=saved]")).ToHaveCountAsync(1, new() { Timeout = 20_000 });
        await LookAsync(page, "sheet-390");
        await page.ReloadAsync();
        Assert.Equal("77.5", await fields.First.InputValueAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "提交评分" }).ClickAsync();
        await ExpectAsync(page, "请写0至100的分数");
        Assert.Equal("77.5", await fields.First.InputValueAsync());
    }

    private async Task ObjectAsync(string number)
    {
        var page = await app.OpenAsync(null, 390);
        await page.GotoAsync(app.Address + "/lists/2026/key-technology-needs");
        await LookAsync(page, "list-notice-390");
        await page.ClickAsync("main a[href$='/object']");
        await page.SelectOptionAsync("[name='Input.Entry']", number);
        await page.FillAsync("[name='Input.Name']", "示例异议人");
        await page.FillAsync("[name='Input.Email']", Objector);
        await page.FillAsync("[name='Input.Grounds']", "所列指标没有依据。");
        await page.ClickAsync("main form button");
        await ExpectAsync(page, "请写证据");
        Assert.Equal("所列指标没有依据。", await page.InputValueAsync("[name='Input.Grounds']"));
        await LookAsync(page, "object-390");
        await page.FillAsync("[name='Input.Evidence']", "公开论文（示例）");
        await page.ClickAsync("main form button");
        await ExpectAsync(page, "确认邮件已经发出");
        Assert.Equal(ObjectionState.Unconfirmed, await app.WithDbAsync(db => db.Objections.Select(o => o.State).SingleAsync(Cancel)));
        var mail = Directory.GetFiles(Path.Combine(app.Folder, "mail"), "*.eml").Select(f => MimeKit.MimeMessage.Load(f, Cancel)).Single(m => m.To.Mailboxes.Single().Address == Objector);
        var link = Link().Match(mail.TextBody!).Value;
        await page.GotoAsync(app.Address + new Uri(link).PathAndQuery);
        await LookAsync(page, "confirm-390");
        await page.ClickAsync("main form button");
        await ExpectAsync(page, "QD-XQ-2026-Y01");
        await page.Context.CloseAsync();
    }

    /// <summary>What every page must hold, and its picture when somebody wants to see it.</summary>
    private static async Task LookAsync(IPage page, string name)
    {
        await Accessible.AssertAsync(page, name);
        if (Pictures is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }

    private static Task ExpectAsync(IPage page, string words) => Assertions.Expect(page.Locator("main")).ToContainTextAsync(words);

    [GeneratedRegex("http[^\\s。]+/lists/objections/[0-9a-f]+")]
    private static partial Regex Link();
}
