using System.Globalization;
using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Cases;
using Matchmaking.Tests.Collecting;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using MiniExcelLibs;

namespace Matchmaking.Tests.Browser;

/// <summary>
/// The whole course of one need in a browser with six sign-ins: the administrator makes the office's account, the firm hands in a workbook, the office passes it on, staff
/// publish, the broker grades and introduces, the professor and the firm answer and consent, they meet, a contract is signed and registered, the need is solved by proof.
/// </summary>
public sealed class FromTableToSolvedTests(BrowserApplication app) : IClassFixture<BrowserApplication>
{
    private const string Title = "寒区动力电池零下三十度快充";
    private readonly List<(IPage Page, string Email)> signedIn = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_need_from_the_workbook_to_the_accepted_proof_in_Chinese()
    {
        Assert.SkipWhen(app.Browser is null, $"No browser at {BrowserApplication.Chromium}.");
        var office = await app.AddOrganizationAsync(OrganizationKind.Office, name: "示例市科学技术局（示例）");
        var firmOrganization = await app.AddOrganizationAsync(name: "示例寒区电池有限公司（示例）");
        var university = await app.AddOrganizationAsync(OrganizationKind.University, name: "示例极寒大学（示例）");
        var achievement = await app.PublishAchievementAsync(university, app.AchievementContent("零下三十度脉冲自加热快充方法") with { Cooperation = [CooperationMode.Licence] });
        var staff = await SignInAsync(app.Emails[Roles.Staff]);
        await StaffPlaceTheFirmWithItsOfficeAsync(staff, firmOrganization, office);
        await TheAdministratorMakesTheOfficesAccountAsync(office);

        var firmEmail = await app.AddUserAsync(Roles.EnterpriseMember, firmOrganization);
        var firm = await SignInAsync(firmEmail);
        var needId = await TheFirmHandsInItsWorkbookAsync(firm, firmOrganization);
        await TheOfficePassesItOnAsync(needId);
        await PressAsync(staff, $"/staff/review/{needId}", "publish");
        await ExpectAsync(staff, "已发布");

        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<FindMatches>(job => job.RunAsync(Cancel));
        var broker = await SignInAsync(app.Emails[Roles.Broker]);
        var caseId = await TheBrokerGradesAndIntroducesAsync(broker, needId, achievement.Id);

        var professor = await SignInAsync(await app.AddUserAsync(Roles.Researcher, university), 390);
        await SaysYesAsync(professor, caseId, nameof(CooperationMode.Licence), "十人的课题组（示例）");
        Assert.Equal(0, await professor.Locator("form[action*=Contact]").CountAsync());
        await SaysYesAsync(firm, caseId, nameof(CooperationMode.Licence), "电池企业（示例）");
        await professor.ReloadAsync();
        await professor.ClickAsync("form[action*=Contact] button");
        await ExpectAsync(professor, "示例寒区电池有限公司（示例）");
        await Accessible.AssertAsync(professor, "case with the opened contact, 390");

        await TheyMeetAsync(broker, firm, professor, caseId);
        await AdvanceAsync(broker, caseId, CaseAct.Negotiate);
        var contractId = await TheBrokerRegistersTheContractAsync(broker, caseId);
        await ExpectAsync(broker, "已登记");
        await firm.GotoAsync($"{app.Address}/contracts/{contractId}");
        await ExpectAsync(firm, "2026220100054321");

        await TheFirmProvesItAsync(firm, needId, contractId);
        await staff.GotoAsync(app.Address + "/staff/proofs");
        await Accessible.AssertAsync(staff, "proofs");
        await staff.Locator("article", new() { HasText = Title }).Locator("button[value=accept]").FollowAsync();

        var need = await app.WithDbAsync(db => db.Needs.SingleAsync(n => n.Id == needId, Cancel));
        Assert.Equal(ListingState.Solved, need.State);
        Assert.Equal(CaseStage.Registered, await app.StageAsync(caseId));
        var reader = await app.OpenAsync(null, 390);
        await reader.GotoAsync($"{app.Address}/needs/{need.Number}");
        await ExpectAsync(reader, "已解决");
        await firm.GotoAsync($"{app.Address}/my");
        await ExpectAsync(firm, "已解决");
        // What was done stands in the audit log under the record it was done to, and the chain is whole.
        await app.RunJobAsync<SealAudit>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<VerifyAudit>(job => job.RunAsync(Cancel));
        var matchId = await app.WithDbAsync(db => db.Cases.Where(c => c.Id == caseId).Select(c => c.MatchId).SingleAsync(Cancel));
        string[] subjects = [$"need:{needId}", $"match:{matchId}", $"case:{caseId}", $"contract:{contractId}"];
        var acts = await app.WithDbAsync(db => db.AuditEntries.Where(a => subjects.Contains(a.Subject)).Select(a => a.Action).Distinct().ToListAsync(Cancel));
        string[] expected = ["listing.submit", "listing.forward", "listing.publish", "match.grade", "case.propose", "case.push", "case.interested", "case.consent", "contact.read", "meeting.report", "contract.sign", "contract.register", "proof.accept"];
        Assert.Equal([], expected.Except(acts));
    }

    /// <summary>Titles and names of this story are English, so that every Chinese character on the pages would be a word of the platform left untranslated.</summary>
    [Fact]
    public async Task An_introduction_up_to_the_signed_contract_in_English_leaves_no_Chinese_word()
    {
        Assert.SkipWhen(app.Browser is null, $"No browser at {BrowserApplication.Chromium}.");
        var firmOrganization = await app.AddOrganizationAsync(name: "Sample Cold Batteries Ltd (sample)");
        var university = await app.AddOrganizationAsync(OrganizationKind.University, name: "Sample Polar University (sample)");
        var need = await app.PublishNeedAsync(firmOrganization, English(app.NeedContent()));
        var achievement = await app.PublishAchievementAsync(university, English(app.AchievementContent()));
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<FindMatches>(job => job.RunAsync(Cancel));

        var broker = await SignInAsync(app.Emails[Roles.Broker], language: "en");
        var caseId = await TheBrokerGradesAndIntroducesAsync(broker, need.Id, achievement.Id, "Same cell, same cold", english: true);
        var firm = await SignInAsync(await app.AddUserAsync(Roles.EnterpriseMember, firmOrganization), language: "en");
        var professor = await SignInAsync(await app.AddUserAsync(Roles.Researcher, university), 390, "en");
        await SaysYesAsync(professor, caseId, nameof(CooperationMode.Licence), "A group of ten (sample)", english: true);
        await SaysYesAsync(firm, caseId, nameof(CooperationMode.Licence), "A maker of batteries (sample)", english: true);
        await firm.ReloadAsync();
        await firm.ClickAsync("form[action*=Contact] button");
        await ExpectAsync(firm, "Sample Polar University (sample)");
        foreach (var page in new[] { "/my", "/my/cases", "/inbox", $"/my/needs/{need.Id}/matches", $"/my/needs/{need.Id}/readings", $"/needs/{need.Number}", $"/my/cases/{caseId}" }) await NoChineseAsync(firm, page);

        await TheyMeetAsync(broker, firm, professor, caseId, "online");
        await AdvanceAsync(broker, caseId, CaseAct.Negotiate);
        var contractId = await TheBrokerRegistersTheContractAsync(broker, caseId, "Licence of pulse heating (sample)");
        foreach (var page in new[] { $"/desk/cases/{caseId}", "/desk/cases", "/contracts", $"/contracts/{contractId}" }) await NoChineseAsync(broker, page, otherRecords: page is "/desk/cases" or "/contracts");
        foreach (var page in new[] { $"/my/cases/{caseId}", $"/contracts/{contractId}", "/calendar" }) await NoChineseAsync(professor, page);
        Assert.Equal(ContractState.Registered, await app.WithDbAsync(db => db.Contracts.Where(c => c.Id == contractId).Select(c => c.State).SingleAsync(Cancel)));
    }

    private static NeedContent English(NeedContent content) => content with
    {
        Title = "Fast charging of traction batteries at minus thirty degrees", Summary = "No lithium plating at minus thirty degrees.",
        Description = "Cells plate lithium when they are charged fast in the cold. Charging shall take at most 40 min at minus thirty degrees.", Keywords = ["lithium battery"], WorkDone = "Heating films were tried.",
        Quantities = [new("charging time", Matching.Text.Comparison.Le, 40, null, "min")], Cooperation = [CooperationMode.Licence],
    };

    private static AchievementContent English(AchievementContent content) => content with
    {
        Title = "Pulse heating of traction batteries in extreme cold", Summary = "Pulses of current heat the cell from inside; no lithium plating.",
        Description = "Pulses of current heat the battery from inside. A prototype at minus thirty degrees has a charging time of 35 min.", Keywords = ["pulse heating"],
        Quantities = [new("charging time", Matching.Text.Comparison.Eq, 35, null, "min")],
    };

    private async Task StaffPlaceTheFirmWithItsOfficeAsync(IPage staff, Organization firm, Organization office)
    {
        await staff.GotoAsync($"{app.Address}/staff/offices?q={Uri.EscapeDataString(firm.Name)}");
        var row = staff.Locator("tr", new() { HasText = firm.Name });
        await row.Locator("select").SelectOptionAsync($"{office.Id}");
        await row.Locator("button").ClickAsync();
        await staff.WaitForSelectorAsync("[role=status]");
    }

    private async Task TheAdministratorMakesTheOfficesAccountAsync(Organization office)
    {
        var admin = await app.OpenAsync(Roles.Administrator);
        await admin.GotoAsync(app.Address + "/admin");
        await admin.FillAsync("[name='Input.DisplayName']", "归口人员（示例）");
        await admin.FillAsync("[name='Input.Email']", "office-story@test.invalid");
        await admin.SelectOptionAsync("[name='Input.Role']", Roles.RecommendingOffice);
        await admin.FillAsync("[name='Input.CreditCode']", office.CreditCode);
        await admin.FillAsync("[name='Input.Password']", MatchmakingApplication.Password);
        await admin.ClickAsync("form[action*=Add] .actions button");
        await admin.WaitForSelectorAsync("[role=status]");
        await Accessible.AssertAsync(admin, "admin");
        await admin.Context.CloseAsync();
    }

    /// <summary>The ministries' shape of table, written by a spreadsheet library that the platform does not read with.</summary>
    private async Task<int> TheFirmHandsInItsWorkbookAsync(IPage firm, Organization owner)
    {
        using var file = new MemoryStream();
        var rows = new[]
        {
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["序号"] = 1, ["需求名称"] = Title, ["一句话说明"] = "在零下三十度快充时抑制析锂。", ["需求描述"] = "现有电池在低温快充时析锂，循环寿命下降。希望在零下三十度充电时间不超过40 min。",
                ["已有工作基础"] = "已试过预热膜。", ["需求类别"] = "技术研发", ["技术领域"] = "新能源与高效节能", ["所属行业"] = "C38", ["所在地区"] = "长春市", ["关键词"] = "锂电池、低温",
                ["主要技术指标"] = "充电时间≤40min", ["期望成熟度"] = 6, ["需求期限"] = "近期", ["完成期限"] = "2027年8月31日", ["意向投入（万元）"] = "１２０", ["合作方式"] = "许可",
                ["有效期至"] = "2027/6/30", ["联系人"] = "联系人甲（示例）", ["联系电话"] = "0431-00000000", ["联系邮箱"] = "story@test.invalid", ["公开方式"] = "公开单位名称",
            },
            new(StringComparer.Ordinal) { ["序号"] = 2, ["完成期限"] = "去年", ["联系人"] = "联系人乙（示例）" },
        };
        foreach (var heading in rows[0].Keys) rows[1].TryAdd(heading, "");
        await file.SaveAsAsync(rows, cancellationToken: Cancel);
        await firm.GotoAsync(app.Address + "/my/import");
        await firm.SetInputFilesAsync("#upload", new FilePayload { Name = "需求汇总表.xlsx", MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Buffer = file.ToArray() });
        await firm.ClickAsync("#upload-form button");
        await firm.WaitForSelectorAsync(".rows");
        Assert.Equal(1, await firm.Locator(".rows .chip--bad").CountAsync());
        await firm.CheckAsync("[name=submits]");
        await firm.FollowAsync("form[action*=Import] button");
        var import = await app.WithDbAsync(db => db.Imports.OrderByDescending(i => i.Id).FirstAsync(i => i.OrganizationId == owner.Id, Cancel));
        await app.RunJobAsync<ImportTable>(job => job.RunAsync(import.Id, Cancel));
        await firm.ReloadAsync();
        await ExpectAsync(firm, "需求汇总表.xlsx");
        var need = await app.WithDbAsync(db => db.Needs.SingleAsync(n => n.OrganizationId == owner.Id, Cancel));
        Assert.Equal((Title, ListingState.AwaitingOffice, 120m), (need.Title, need.State, need.Money));
        return need.Id;
    }

    private async Task TheOfficePassesItOnAsync(int needId)
    {
        var desk = await SignInAsync("office-story@test.invalid");
        await desk.GotoAsync(app.Address + "/office");
        await desk.ClickAsync($"a[href='/office/{needId}']");
        foreach (var tick in await desk.Locator("#checks input").AllAsync()) await tick.CheckAsync();
        await desk.FillAsync("#opinion", "情况属实，同意推荐。");
        await Accessible.AssertAsync(desk, "office item");
        await desk.ClickAsync("button[value=forward]");
        await desk.WaitForSelectorAsync("[role=status]");
        Assert.Equal(ListingState.Submitted, await app.StateAsync(needId));
    }

    private async Task<int> TheBrokerGradesAndIntroducesAsync(IPage broker, int needId, int achievementId, string reason = "对象与指标都一致", bool english = false)
    {
        var match = await app.WithDbAsync(db => db.Matches.SingleAsync(m => m.NeedId == needId && m.AchievementId == achievementId, Cancel));
        await broker.GotoAsync($"{app.Address}/desk?match={match.Id}");
        if (english) await NoChineseAsync(broker, null, ".case");
        await broker.Keyboard.PressAsync("4");
        await broker.FillAsync("#reason", reason);
        await broker.PressAsync("#reason", "Enter");
        await broker.ClickAsync("form[action*=Propose] button");
        await broker.ForAddressAsync(url => url.Contains("/desk/cases/", StringComparison.Ordinal));
        var id = int.Parse(new Uri(broker.Url).Segments[3], CultureInfo.InvariantCulture);
        await broker.GotoAsync($"{app.Address}/desk/cases/push?ids={id}");
        if (english) await NoChineseAsync(broker, null);
        await broker.FollowAsync("main form button");
        Assert.Equal(CaseStage.Pushed, await app.StageAsync(id));
        return id;
    }

    private async Task SaysYesAsync(IPage page, int caseId, string mode, string about, bool english = false)
    {
        await page.GotoAsync($"{app.Address}/my/cases/{caseId}");
        if (english) await NoChineseAsync(page, null);
        await page.ClickAsync(".answer summary >> nth=0");
        await page.CheckAsync($"[name='Input.Cooperation'][value={mode}]");
        await page.FillAsync("#Input_AboutUs", about);
        await page.ClickAsync("form[action*=Interested] button");
        await page.CheckAsync("[name='Input.Purpose'][value=Cooperation]");
        await page.CheckAsync("#Input_Agree");
        await page.ClickAsync("form[action*=Consent] button");
        await page.WaitForSelectorAsync("[role=status]");
    }

    private async Task TheyMeetAsync(IPage broker, IPage firm, IPage professor, int caseId, string place = "示例楼三层（示例）")
    {
        var day = ProvinceTime.DayOf(app.Clock.Now).AddDays(2);
        await broker.GotoAsync($"{app.Address}/desk/cases/{caseId}");
        await broker.ClickAsync("section:has(#meetings) details.acts > summary");
        await broker.FillAsync("#Input_Times_0_", $"{day:yyyy-MM-dd}T14:30");
        await broker.FillAsync("#Input_Times_1_", $"{day.AddDays(1):yyyy-MM-dd}T09:00");
        await broker.FillAsync("[name='Input.Minutes']", "60");
        await broker.FillAsync("[name='Input.Place']", place);
        await broker.ClickAsync("form[action*='handler=Meeting'] button");
        await broker.WaitForSelectorAsync("[role=status]");
        foreach (var side in new[] { firm, professor })
        {
            await side.GotoAsync($"{app.Address}/my/cases/{caseId}");
            await side.CheckAsync("form[action*='handler=Choose'] input[type=checkbox] >> nth=1");
            await side.ClickAsync("form[action*='handler=Choose'] button");
            await side.WaitForSelectorAsync("[role=status]");
        }
        // Four days later everybody signs in anew: a session lasts a working day.
        app.Clock.Advance(TimeSpan.FromDays(4));
        foreach (var (page, email) in signedIn) await app.SignInAsync(page, email);
        await broker.GotoAsync($"{app.Address}/desk/cases/{caseId}");
        await broker.CheckAsync("form[action*='handler=Outcome'] [name=held][value=true]");
        await broker.FillAsync("[name='Input.Outcome']", "会面（示例）: OK");
        await broker.ClickAsync("form[action*='handler=Outcome'] button");
        await broker.WaitForSelectorAsync("[role=status]");
        Assert.Equal(CaseStage.Met, await app.StageAsync(caseId));
    }

    private async Task AdvanceAsync(IPage broker, int caseId, CaseAct act)
    {
        await broker.GotoAsync($"{app.Address}/desk/cases/{caseId}");
        await broker.ClickAsync($"form[action*='handler=Advance'] button[value={act}]");
        await broker.WaitForSelectorAsync("[role=status]");
    }

    private async Task<int> TheBrokerRegistersTheContractAsync(IPage broker, int caseId, string title = "脉冲自加热专利许可（示例）")
    {
        var today = ProvinceTime.DayOf(app.Clock.Now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await broker.GotoAsync($"{app.Address}/contracts/new?case={caseId}");
        await broker.FillAsync("[name='Input.Title']", title);
        foreach (var (name, value) in new[] { ("TotalAmount", "120"), ("TechnologyAmount", "100"), ("SignedOn", today), ("ValidFrom", today), ("ValidUntil", "2029-12-31"), ("ExpectedInput", "300"), ("ExpectedOutput", "2000") })
            await broker.FillAsync($"[name='Input.{name}']", value);
        await broker.CheckAsync("[name='Input.Differences'][value=Equipment]");
        await broker.CheckAsync("[name='Input.Payment'][value=LumpSum]");
        await broker.CheckAsync("[name='Input.Ownership'][value=Seller]");
        await broker.SelectOptionAsync("[name='Input.Goal']", "Industry");
        await broker.SelectOptionAsync("[name='Input.Source']", "None");
        await broker.SelectOptionAsync("[name='Input.Parties[0].Nature']", "150");
        await broker.ClickAsync("main form.form .actions button");
        await broker.ForAddressAsync(url => System.Text.RegularExpressions.Regex.IsMatch(url, "/contracts/[0-9]+$"));
        var id = int.Parse(new Uri(broker.Url).Segments[2], CultureInfo.InvariantCulture);
        await SendAsync(broker, "Sign", []);
        await SendAsync(broker, "Submit", new() { ["On"] = today });
        // Numbers of registrations are the platform's own affair only in their form; here each story has its own.
        await SendAsync(broker, "Register", new() { ["Number"] = title.Length > 20 ? "2026220100054322" : "2026220100054321", ["On"] = today });
        Assert.Equal(CaseStage.Registered, await app.StageAsync(caseId));
        return id;
    }

    private async Task TheFirmProvesItAsync(IPage firm, int needId, int contractId)
    {
        await firm.GotoAsync($"{app.Address}/contracts/proof/{needId}");
        await firm.CheckAsync($"[name='Input.ProofKind'][value={ProofKind.RegisteredContract}]");
        await firm.SelectOptionAsync("[name='Input.Contract']", $"{contractId}");
        await firm.FillAsync("[name='Input.Text']", "许可的方法已在产线验证（示例）。");
        await Accessible.AssertAsync(firm, "proof");
        await firm.FollowAsync("main form.form .actions button");
    }

    private static async Task SendAsync(IPage page, string handler, Dictionary<string, string> fields)
    {
        foreach (var (name, value) in fields) await page.FillAsync($"form[action*='handler={handler}'] [name='Input.{name}']", value);
        await page.FollowAsync($"form[action*='handler={handler}'] button");
        Assert.Equal("", string.Join("; ", await page.Locator(".errors").AllInnerTextsAsync()));
    }

    private async Task PressAsync(IPage page, string address, string act)
    {
        await page.GotoAsync(app.Address + address);
        await page.FollowAsync($"main button[name=act][value={act}]");
    }

    private async Task<IPage> SignInAsync(string email, int width = 1280, string language = "zh-CN")
    {
        var page = await app.OpenForAsync(email, width, language);
        signedIn.Add((page, email));
        return page;
    }

    private static Task ExpectAsync(IPage page, string words) => Assertions.Expect(page.Locator("main")).ToContainTextAsync(words);

    /// <summary>No Chinese character in what a reader sees of the page but names of sample records and people, which are not the platform's words.</summary>
    private async Task NoChineseAsync(IPage page, string? address, string within = "main", bool otherRecords = false)
    {
        if (address is not null) Assert.Equal(200, (await page.GotoAsync(app.Address + address))!.Status);
        var text = await page.InnerTextAsync(within);
        foreach (var own in new[] { "会面（示例）", "试验用户（示例）", "联系人甲（示例）" }) text = text.Replace(own, "", StringComparison.Ordinal);
        var lines = text.Split('\n').Where(line => line.Any(c => c is >= '\u4e00' and <= '\u9fff')).ToList();
        if (otherRecords) lines = [.. lines.Where(line => !line.Contains('（', StringComparison.Ordinal) && line.Length < 12)];
        Assert.True(lines.Count == 0, $"{address ?? page.Url}: {string.Join(" | ", lines)}");
    }
}
