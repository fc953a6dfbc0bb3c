using System.Text.Json;
using Matchmaking.Jobs;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan.Returns;
using Matchmaking.Matching.Ranking;
using Matchmaking.Tests.Cases;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Matchmaking.Tests.Browser;

/// <summary>Axe finds nothing (WCAG 2.2 AA), nothing scrolls sideways and nothing is smaller than 13 px, in both languages and widths.</summary>
public sealed class AccessibilityTests(BrowserApplication app) : IClassFixture<BrowserApplication>
{
    private static readonly (string? Role, string Path)[] Pages =
    [
        (null, "/"), (null, "/needs"), (null, "/needs?q=%E7%A2%B3%E7%BA%A4%E7%BB%B4"), (null, "/achievements"), (null, "/needs/{number}"), (null, "/lists"), (null, "/plan"), (null, "/plan/7-1"), (null, "/quality"),
        (null, "/status"), (null, "/help"), (null, "/account/sign-in"), (null, "/account/sign-up"),
        (Roles.EnterpriseMember, "/my"), (Roles.EnterpriseMember, "/my/needs/new"), (Roles.EnterpriseMember, "/my/needs/{id}/matches"), (Roles.EnterpriseMember, "/account"),
        (Roles.EnterpriseMember, "/inbox"), (Roles.EnterpriseMember, "/account/notices"), (Roles.EnterpriseMember, "/account/notices/searches/new?q=%E7%A2%B3%E7%BA%A4%E7%BB%B4"), (Roles.EnterpriseMember, "/account/data"), (Roles.EnterpriseMember, "/account/data/mail"), (null, "/account/deleted"),
        (Roles.Broker, "/desk"), (Roles.Staff, "/staff"), (Roles.Staff, "/staff/organizations"), (Roles.Staff, "/staff/review"), (Roles.Staff, "/staff/lists"), (Roles.Staff, "/staff/indicators"), (Roles.Staff, "/staff/rankers"),
        (Roles.Broker, "/desk/cases"), (Roles.Broker, "/desk/cases?view=board"), (Roles.Broker, "/desk/cases/{case}"), (Roles.Broker, "/desk/cases/push"), (Roles.Broker, "/desk/visits"), (Roles.Broker, "/desk/triage"), (Roles.Broker, "/calendar"),
        (Roles.EnterpriseMember, "/my/cases"), (Roles.EnterpriseMember, "/my/cases/{case}"), (Roles.EnterpriseMember, "/my/interest/{achievement}"), (Roles.EnterpriseMember, "/my/needs/{id}/readings"),
        (Roles.EnterpriseMember, "/my/questions"), (Roles.EnterpriseMember, "/my/statistics"), (Roles.Staff, "/staff/brokers"), (Roles.Staff, "/staff/brokers/{broker}"), (Roles.Staff, "/staff/questions"),
        (null, "/rounds"), (Roles.RecommendingOffice, "/office"), (Roles.Staff, "/staff/rounds"), (Roles.Staff, "/staff/rounds/new"), (Roles.Staff, "/staff/offices"), (Roles.Staff, "/staff/checklists"), (Roles.Staff, "/staff/stations"),
        (Roles.EnterpriseMember, "/my/import"), (Roles.RecommendingOffice, "/office/import"), (Roles.Staff, "/staff/import"),
        (Roles.Broker, "/contracts"), (Roles.Broker, "/contracts/new"), (Roles.Staff, "/contracts?show=all"), (Roles.Staff, "/staff/proofs"), (Roles.Staff, "/staff/price-notices"), (Roles.Staff, "/staff/funnel?by=Field"), (null, "/price-notices"), (null, "/open-licences"), (null, "/lists/keys"), (Roles.Staff, "/staff/lists/keys"), (Roles.EnterpriseMember, "/account/data?part=Account"),
        (Roles.EnterpriseMember, "/contracts/proof/{id}"),
        (Roles.Staff, "/staff/experts"), (Roles.Staff, "/staff/registers/experts"), (Roles.Staff, "/staff/indicators/returns"), (Roles.Staff, "/staff/indicators/claims"), (Roles.Staff, "/staff/indicators/departments"), (Roles.Staff, "/staff/registers/trainings"), (Roles.Staff, "/staff/lists/rounds"), (Roles.Staff, "/staff/lists/rounds/new"), (Roles.EnterpriseMember, "/experts"), (null, "/map"), (null, "/reports"), (Roles.Staff, "/staff/reports"),
        (null, "/plan/5-2"), (Roles.Staff, "/staff/indicators/desk"), (Roles.Staff, "/staff/indicators/5-2/rows"), (Roles.Staff, "/staff/indicators/5-2/definition"), (Roles.Staff, "/staff/registers/secondments"), (Roles.Staff, "/staff/registers/events"),
        (Roles.Administrator, "/admin"),
    ];

    public static TheoryData<string, int> Views => [.. from language in new[] { "zh-CN", "en" } from width in new[] { 1280, 390 } select (language, width)];

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_second_diagnosis_is_without_violations_before_and_after_the_promise(string language, int width)
    {
        Assert.SkipWhen(app.Browser is null, $"No browser at {BrowserApplication.Chromium}.");
        var expert = await app.IdOfAsync(app.Emails[Roles.Researcher]);
        var id = await app.WithDbAsync(async db =>
        {
            foreach (var standing in await db.Triages.Where(t => t.NeedId == app.NeedId && t.EndedAt == null).ToListAsync()) standing.End(app.Clock.Now);
            var triage = new Triage(app.NeedId, TriageDecision.SecondDiagnosis, "请看难在哪一步（示例）", expert, app.BrokerId, app.Clock.Now);
            db.Triages.Add(triage);
            await db.SaveChangesAsync();
            return triage.Id;
        });
        var page = await app.OpenAsync(Roles.Researcher, width, language);
        var address = $"/experts/diagnoses/{id}";
        await page.GotoAsync(app.Address + address);
        await LookAsync(page, address + " asked", $"diagnosis-asked-{language}-{width}");
        // By keyboard alone: the promise is ticked and sent.
        await page.FocusAsync("#Agreed");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[name=Opinion]");
        await page.ClickAsync("form[data-form=answer] button");
        await page.WaitForSelectorAsync(".errors");
        await LookAsync(page, address + " accepted", $"diagnosis-accepted-{language}-{width}");
        await page.GotoAsync(app.Address + "/experts");
        await LookAsync(page, "/experts", $"diagnoses-{language}-{width}");
        await page.Context.CloseAsync();
        var broker = await app.OpenAsync(Roles.Broker, width, language);
        await broker.GotoAsync(app.Address + "/desk/triage");
        await broker.ClickAsync("details summary");
        await LookAsync(broker, "/desk/triage", $"triage-{language}-{width}");
        await broker.Context.CloseAsync();
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_department_reports_by_keyboard_and_no_step_has_violations(string language, int width)
    {
        Assert.SkipWhen(app.Browser is null, $"No browser at {BrowserApplication.Chromium}.");
        var (writer, checker) = (await app.IdOfAsync(app.Emails[Roles.RecommendingOffice]), await app.IdOfAsync(app.Emails[Roles.Researcher]));
        await app.WithDbAsync(async db =>
        {
            foreach (var person in new[] { writer, checker })
                if (!await db.DepartmentMembers.AnyAsync(m => m.UserId == person)) db.DepartmentMembers.Add(new DepartmentMember(person, "省工信厅", person, app.Clock.Now));
            await db.SaveChangesAsync();
        });
        var page = await app.OpenAsync(Roles.RecommendingOffice, width, language);
        await page.GotoAsync(app.Address + "/reporting");
        await LookAsync(page, "/reporting", $"reporting-{language}-{width}");
        await page.FocusAsync("tr[data-period] form button");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("form[data-form=return]");
        var address = new Uri(page.Url).AbsolutePath;
        await page.FillAsync("[name='Lines[3-1].Value']", "九十");
        await page.FillAsync("[name=Contracts]", "3-1 2026220000000001");
        await page.SetInputFilesAsync("#document", new FilePayload { Name = "统计月报（示例）.pdf", MimeType = "application/pdf", Buffer = Files.Pdf() });
        await page.FocusAsync("form[data-form=return] .actions [formaction*=Hand]");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".errors");
        await LookAsync(page, address + " wrong", $"return-wrong-{language}-{width}");
        await page.FillAsync("[name='Lines[3-1].Value']", "90");
        await page.FillAsync("[name='Lines[3-1].Source']", "统计月报（示例）");
        await page.FocusAsync("form[data-form=return] .actions [formaction*=Hand]");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-form=back]");
        await LookAsync(page, address + " handed", $"return-handed-{language}-{width}");
        await page.Context.CloseAsync();
        var other = await app.OpenAsync(Roles.Researcher, width, language);
        await other.GotoAsync(app.Address + address);
        await LookAsync(other, address + " to check", $"return-check-{language}-{width}");
        await other.FocusAsync("form[data-form=act] button");
        await other.Keyboard.PressAsync("Enter");
        await other.WaitForSelectorAsync("form[data-form=act]", new() { State = WaitForSelectorState.Detached });
        await other.Context.CloseAsync();
        var staff = await app.OpenAsync(Roles.Staff, width, language);
        await staff.GotoAsync(app.Address + address);
        await LookAsync(staff, address + " to confirm", $"return-confirm-{language}-{width}");
        await staff.FocusAsync("form[data-form=act] button");
        await staff.Keyboard.PressAsync("Enter");
        await staff.WaitForSelectorAsync("form[data-form=act]", new() { State = WaitForSelectorState.Detached });
        await staff.GotoAsync(app.Address + "/staff/indicators/returns");
        await LookAsync(staff, "/staff/indicators/returns", $"returns-{language}-{width}");
        await staff.GotoAsync(app.Address + "/staff/indicators/departments");
        await LookAsync(staff, "/staff/indicators/departments", $"departments-{language}-{width}");
        await staff.Context.CloseAsync();
        Assert.Equal(ReturnState.Confirmed, await app.WithDbAsync(db => db.DepartmentReturns.OrderByDescending(r => r.Id).Select(r => r.State).FirstAsync()));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_report_is_without_violations_for_staff_and_for_its_committee(string language, int width)
    {
        Assert.SkipWhen(app.Browser is null, $"No browser at {BrowserApplication.Chromium}.");
        await app.RunJobAsync<DraftForesight>(job => job.RunAsync(CancellationToken.None));
        var expert = await app.IdOfAsync(app.Emails[Roles.Researcher]);
        var id = await app.WithDbAsync(async db =>
        {
            var report = await db.ForesightReports.OrderBy(r => r.Id).FirstAsync();
            if (!report.Committee.Contains(expert)) report.Seat(expert);
            await db.SaveChangesAsync();
            return report.Id;
        });
        foreach (var (role, address) in new[] { (Roles.Researcher, $"/experts/reports/{id}"), (Roles.Staff, $"/staff/reports/{id}") })
        {
            var page = await app.OpenAsync(role, width, language);
            await page.GotoAsync(app.Address + address);
            Assert.NotNull(await page.QuerySelectorAsync("form[data-form=sections]"));
            await LookAsync(page, address, $"report-{role}-{language}-{width}");
            await page.Context.CloseAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_match_with_near_terms_is_without_violations(string language, int width)
    {
        Assert.SkipWhen(app.Browser is null, $"No browser at {BrowserApplication.Chromium}.");
        var id = await app.WithDbAsync(async db =>
        {
            var match = await db.Matches.Where(m => m.CurrentGrade == null && m.Rank != null).OrderBy(m => m.Id).FirstAsync();
            SentenceEvidence[] close = [new(1, "需要能在线分辨零点三毫米裂纹的装置，且部件的耐磨寿命不下降", [new(3, 2)], 2, "该方法在线识别零点二毫米的瑕疵，磨耗与基材相当", [new(3, 2)], 0.8)];
            match.Rate(match.Score, match.Probability, match.RankerVersion, match.FeaturesJson, JsonSerializer.Serialize(Matchmaking.Web.Listings.MatchViews.Reasons(match)! with { Sentences = close }, Revision.Json), app.Clock.Now);
            await db.SaveChangesAsync();
            return match.Id;
        });
        var page = await app.OpenAsync(Roles.Broker, width, language);

        await page.GotoAsync($"{app.Address}/desk?match={id}");

        Assert.Equal(["分辨", "耐磨", "识别", "磨耗"], await page.Locator(".quote mark.near").AllInnerTextsAsync());
        Assert.Equal(language == "zh-CN" ? "意思相近 分辨与识别、耐磨与磨耗" : "Near in meaning 分辨 and 识别, 耐磨 and 磨耗", await page.InnerTextAsync(".pair__near"));
        Assert.Equal(await page.EvaluateAsync<int>("() => document.documentElement.clientWidth"), await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        await LookAsync(page, "/desk near terms", $"near-{language}-{width}");
        await page.Context.CloseAsync();
    }

    private static async Task LookAsync(IPage page, string address, string picture)
    {
        await PictureAsync(page, picture);
        Assert.Empty(await Accessible.ViolationsAsync(page, address));
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("MATCHMAKING_TEST_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Every_main_page_is_without_violations(string language, int width)
    {
        var found = new List<string>();
        foreach (var group in Pages.GroupBy(p => p.Role))
        {
            var page = await app.OpenAsync(group.Key, width, language);
            foreach (var (_, path) in group)
            {
                var address = path.Replace("{number}", app.NeedNumber, StringComparison.Ordinal).Replace("{id}", $"{app.NeedId}", StringComparison.Ordinal)
                    .Replace("{case}", $"{app.CaseId}", StringComparison.Ordinal).Replace("{broker}", $"{app.BrokerId}", StringComparison.Ordinal).Replace("{achievement}", app.OtherNumber, StringComparison.Ordinal);
                var response = await page.GotoAsync(app.Address + address);
                await PictureAsync(page, $"{address.Trim('/').Replace('/', '-').Split('?')[0]}-{group.Key}-{language}-{width}");
                if (response!.Status != 200) found.Add($"{address}: {response.Status}");
                found.AddRange(await Accessible.ViolationsAsync(page, address));
            }
            await page.Context.CloseAsync();
        }
        Assert.Empty(found);
    }
}
