using System.Net;
using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Matching.Plan.Returns;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Plan;

/// <summary>Departments report: written by one, checked by another, confirmed by staff, corrected by another return.</summary>
public sealed class ReturnsTests : IAsyncLifetime
{
    private const string Science = "省科技厅", Industry = "省工信厅";
    private readonly MatchmakingApplication app = new();
    private HttpClient writer = null!, checker = null!, staff = null!, stranger = null!;
    private string writerMail = "", checkerMail = "", strangerMail = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        app.MoveTo(new DateOnly(2026, 10, 10));
        staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        (writerMail, checkerMail) = (await app.AddUserAsync(Roles.RecommendingOffice), await app.AddUserAsync(Roles.RecommendingOffice));
        strangerMail = await app.AddUserAsync(Roles.RecommendingOffice);
        foreach (var (mail, department) in new[] { (writerMail, Science), (checkerMail, Science), (strangerMail, Industry) })
            Assert.Equal(HttpStatusCode.Redirect, (await staff.PostFormAsync("/staff/indicators/departments", new() { ["Department"] = department, ["Email"] = mail }, "form[data-form=add]")).StatusCode);
        (writer, checker, stranger) = (await app.CreateClientForAsync(writerMail), await app.CreateClientForAsync(checkerMail), await app.CreateClientForAsync(strangerMail));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in new[] { writer, checker, staff, stranger }) client.Dispose();
        await app.DisposeAsync();
    }

    private async Task<string> StartAsync()
    {
        var started = await writer.PostFormAsync("/reporting", new() { ["period"] = "2026-3" }, "tr[data-period='2026-3'] form");
        Assert.Equal(HttpStatusCode.Redirect, started.StatusCode);
        return started.Headers.Location!.OriginalString;
    }

    private static Task<HttpResponseMessage> WriteAsync(HttpClient client, string address, Dictionary<string, string> fields, string handler = "Save") => client.PostFormAsync(address, fields, "form[data-form=return]", handler);

    private static Task<HttpResponseMessage> ActAsync(HttpClient client, string address, string handler) => client.PostFormAsync(address, [], "form[data-form=act]", handler);

    private async Task<string> ConfirmedAsync(Dictionary<string, string> fields)
    {
        var address = await StartAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await WriteAsync(writer, address, fields, "Hand")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await ActAsync(checker, address, "Check")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await ActAsync(staff, address, "Confirm")).StatusCode);
        return address;
    }

    private Task<DepartmentReturn> ReadAsync(string address)
    {
        var id = int.Parse(address.AsSpan("/reporting/".Length), System.Globalization.CultureInfo.InvariantCulture);
        return app.WithDbAsync(db => db.DepartmentReturns.AsNoTracking().SingleAsync(r => r.Id == id, Cancel));
    }

    private static Dictionary<string, string> Value(string code, string value, string source = "三季度统计月报（示例）") => new() { [$"Lines[{code}].Value"] = value, [$"Lines[{code}].Source"] = source };

    [Fact]
    public async Task A_return_is_written_checked_by_another_confirmed_by_staff_and_then_counts()
    {
        Assert.Contains("/reporting", (await writer.GetPageAsync("/account")).QuerySelectorAll("main a").Select(a => a.GetAttribute("href")));
        var address = await StartAsync();
        Assert.Equal(address, (await checker.GetPageAsync("/reporting")).QuerySelector("tr[data-period='2026-3'] a")!.GetAttribute("href"));
        foreach (var (outsider, page) in new[] { (stranger, address), (stranger, address + "?handler=Excel")})
            Assert.Equal(HttpStatusCode.NotFound, (await outsider.GetAsync(page, Cancel)).StatusCode);
        using var broker = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Broker));
        Assert.Contains("没有为任何部门填报", (await broker.GetPageAsync("/reporting")).MainText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await broker.GetAsync(address, Cancel)).StatusCode);

        var bare = await WriteAsync(writer, address, Value("1-1", "4,120", source: ""), "Hand");
        Assert.Contains("还要写来源文件", (await bare.PageAsync()).Errors(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await WriteAsync(writer, address, Value("1-1", "4,120"), "Hand")).StatusCode);
        Assert.False(await app.WithDbAsync(db => db.IndicatorReports.AnyAsync(Cancel)));
        // Four eyes: neither by a page nor by force.
        Assert.Null((await writer.GetPageAsync(address)).QuerySelector("form[data-form=act]"));
        Assert.Contains("不能审核自己", (await (await writer.PostFormAsync(address, [], "form[data-form=back]", "Check")).PageAsync()).Errors(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.PostFormAsync(address, new() { ["Version"] = $"{(await ReadAsync(address)).Version}" }, "form", "Check")).StatusCode);

        var silent = await checker.PostFormAsync(address, new() { ["Reason"] = " " }, "form[data-form=back]", "SendBack");
        Assert.Contains("请写明原因", (await silent.PageAsync()).Errors(), StringComparison.Ordinal);
        await checker.PostFormAsync(address, new() { ["Reason"] = "请附月报页码" }, "form[data-form=back]", "SendBack");
        Assert.Contains("请附月报页码", (await writer.GetPageAsync(address)).MainText(), StringComparison.Ordinal);
        await WriteAsync(writer, address, Value("1-1", "4125"), "Hand");
        Assert.Equal(HttpStatusCode.Redirect, (await ActAsync(checker, address, "Check")).StatusCode);
        Assert.Contains(address, (await staff.GetPageAsync("/staff/indicators/returns?state=Checked")).QuerySelectorAll("tr[data-return] a").Select(a => a.GetAttribute("href")));
        Assert.Equal(HttpStatusCode.NotFound, (await checker.PostFormAsync(address, new() { ["Version"] = $"{(await ReadAsync(address)).Version}" }, "form", "Confirm")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await ActAsync(staff, address, "Confirm")).StatusCode);

        var report = await app.WithDbAsync(db => db.IndicatorReports.AsNoTracking().SingleAsync(Cancel));
        Assert.Equal(("1-1", 4_125m, new DateOnly(2026, 9, 30), (await ReadAsync(address)).Id), (report.Code, report.Value, report.AsOf, report.ReturnId));
        Assert.Contains("4,125", (await (await app.CreateClientForAsync(null)).GetPageAsync("/plan/1-1")).MainText(), StringComparison.Ordinal);
        Assert.Empty(await app.WithServiceAsync<VerifyFigures, IReadOnlyList<WrongFigure>>(v => v.RunAsync(Cancel)));
        var told = await app.WithDbAsync(db => db.Notices.Where(n => n.Kind == NoticeKind.PlanReturn && n.Link == address).Select(n => n.Arguments).ToListAsync(Cancel));
        foreach (var code in new[] { "@Returnhand", "@Returnsendback", "@Returncheck", "@Returnconfirm" }) Assert.Contains(told, t => t[2] == code);

        // Confirmed: no way to write it, and the database refuses too.
        Assert.Contains("已经不在这一步", (await (await writer.PostFormAsync(address, new() { ["Version"] = $"{(await ReadAsync(address)).Version}", ["Lines[1-1].Value"] = "1" }, "form", "Save")).PageAsync()).Errors(), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => app.WithDbAsync(db => db.DepartmentReturns.ExecuteUpdateAsync(set => set.SetProperty(r => r.SentBackReason, "x"), Cancel)));
        Assert.Contains("never changes", refused.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => app.WithDbAsync(db => db.DepartmentReturns.ExecuteDeleteAsync(Cancel)));
    }

    [Fact]
    public async Task A_correction_is_another_return_that_replaces_the_value_and_says_why()
    {
        var first = await ConfirmedAsync(Value("1-1", "4000"));
        Assert.Contains("请写明原因", (await (await writer.PostFormAsync(first, new() { ["Reason"] = "" }, "form[data-form=correct]", "Correct")).PageAsync()).Errors(), StringComparison.Ordinal);
        var second = (await writer.PostFormAsync(first, new() { ["Reason"] = "漏报一个市（示例）" }, "form[data-form=correct]", "Correct")).Headers.Location!.OriginalString;
        Assert.NotEqual(first, second);
        // A colleague's second click leads to the same one.
        Assert.Equal(second, (await checker.PostFormAsync(first, new() { ["Reason"] = "也要更正" }, "form[data-form=correct]", "Correct") is { StatusCode: HttpStatusCode.Redirect } again ? again.Headers.Location!.OriginalString : second));
        Assert.Equal("4000", (await writer.GetPageAsync(second)).Value("Lines[1-1].Value"));
        await WriteAsync(writer, second, Value("1-1", "4050"), "Hand");
        await ActAsync(checker, second, "Check");
        await ActAsync(staff, second, "Confirm");
        Assert.Equal(4_050m, (await app.WithServiceAsync<ReadPlan, IReadOnlyList<IndicatorStanding>>(read => read.AllAsync(ProvinceTime.DayOf(app.Clock.Now), Cancel))).Single(s => s.Indicator.Code == "1-1").Value);
        Assert.Contains("漏报一个市（示例）", (await staff.GetPageAsync(second)).MainText(), StringComparison.Ordinal);
        Assert.Equal(ReturnState.Confirmed, (await ReadAsync(first)).State);
    }

    [Fact]
    public async Task A_share_is_counted_from_its_parts_and_doubtful_values_are_asked_about()
    {
        var address = await StartAsync();
        foreach (var (numerator, denominator, says) in new[] { ("30", "0", "分母不能是0"), ("30", "", "还要填分母"), ("50", "40", "分子不能大于分母"), ("三十", "40", "数值写成了“三十”") })
        {
            var wrong = await (await WriteAsync(writer, address, new() { ["Lines[17-1].Numerator"] = numerator, ["Lines[17-1].Denominator"] = denominator, ["Lines[17-1].Source"] = "立项清单（示例）" })).PageAsync();
            Assert.Contains(says, wrong.Errors(), StringComparison.Ordinal);
            Assert.Equal(numerator, wrong.Value("Lines[17-1].Numerator"));
        }
        // 万 for 亿: asked about, then taken when that very value is ticked.
        var asked = await (await WriteAsync(writer, address, Value("1-1", "41250000"))).PageAsync();
        Assert.Contains("请确认单位", asked.Errors(), StringComparison.Ordinal);
        var tick = asked.QuerySelector("[name='Lines[1-1].Confirm']")!.GetAttribute("value")!;
        Assert.Equal("41250000", tick);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await WriteAsync(writer, address, new(Value("1-1", "51250000")) { ["Lines[1-1].Confirm"] = tick })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await WriteAsync(writer, address, new(Value("1-1", "41250000")) { ["Lines[1-1].Confirm"] = tick })).StatusCode);

        // Once taken it is not asked about again, neither on the page nor in a table.
        Assert.Equal(HttpStatusCode.Redirect, (await WriteAsync(writer, address, new() { ["Lines[1-1].Note"] = "核对过" })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(address, "表.xlsx", await writer.GetByteArrayAsync(address + "?handler=Excel", Cancel))).StatusCode);

        await WriteAsync(writer, address, new(Value("1-1", "4100")) { ["Lines[17-1].Numerator"] = "30", ["Lines[17-1].Denominator"] = "40", ["Lines[17-1].Source"] = "立项清单（示例）" }, "Hand");
        await ActAsync(checker, address, "Check");
        await ActAsync(staff, address, "Confirm");
        var report = await app.WithDbAsync(db => db.IndicatorReports.AsNoTracking().SingleAsync(r => r.Code == "17-1", Cancel));
        Assert.Equal((75m, 30m, 40m), (report.Value, report.Numerator, report.Denominator));
        Assert.Contains("30 / 40", (await (await app.CreateClientForAsync(null)).GetPageAsync("/plan/17-1")).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_windows_the_second_is_told_and_keeps_what_it_typed()
    {
        var address = await StartAsync();
        var page = await writer.GetPageAsync(address);
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form[data-form=return]")!;
        Assert.Equal(HttpStatusCode.Redirect, (await writer.SendFormAsync(form, address, Value("1-1", "4100"), "Save")).StatusCode);
        var late = await writer.SendFormAsync(form, address, Value("1-1", "4200"), "Save");
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var shown = await late.PageAsync();
        Assert.Equal("4200", shown.Value("Lines[1-1].Value"));
        Assert.Equal(4_100m, (await ReadAsync(address)).Line("1-1")!.Value);
        Assert.Equal(HttpStatusCode.Redirect, (await writer.SendFormAsync((AngleSharp.Html.Dom.IHtmlFormElement)shown.QuerySelector("form[data-form=return]")!, address, [], "Save")).StatusCode);
        Assert.Equal(4_200m, (await ReadAsync(address)).Line("1-1")!.Value);
    }

    [Fact]
    public async Task The_form_goes_out_as_a_table_and_comes_back_whole_or_not_at_all()
    {
        var address = await StartAsync();
        await WriteAsync(writer, address, new(Value("1-1", "4100")) { ["Contracts"] = "5-1 2026220000000001 120" });
        var table = await writer.GetByteArrayAsync(address + "?handler=Excel", Cancel);
        var grid = SheetFile.Read("表.xlsx", new MemoryStream(table))[0];
        Assert.Equal(PlanDepartments.LedBy(Science).Select(i => i.Code), grid.Rows.Skip(1).Select(r => r[0].Text));
        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(address, "表.xlsx", table)).StatusCode);
        var same = await ReadAsync(address);
        Assert.Equal((4_100m, "2026220000000001", 120m), (same.Line("1-1")!.Value, Assert.Single(same.Claims).Number, same.Claims[0].Amount));

        var filled = XlsxWriter.Write(
        [
            new OutSheet("指标", [new(8)], [["编号", "期末值", "分子", "分母", "来源文件"], ["1-1", 4200m, null, null, "月报（示例）"], ["3-1", 5m, null, null, "月报（示例）"], ["17-1", null, 5m, 0m, ""]]),
            new OutSheet("合同", [new(8)], [["指标编号", "合同登记编号", "金额（万元）"], ["5-1", "2026220000000002", "很多"], ["9-9", "2026220000000003", null]]),
        ]);
        var faults = await (await UploadAsync(address, "表.xlsx", filled)).PageAsync();
        Assert.Equal(["指标 A3", "指标 D4", "合同 C2", "合同 A3"], faults.QuerySelectorAll("[data-cell]").Select(f => f.GetAttribute("data-cell")));
        Assert.Equal(4_100m, (await ReadAsync(address)).Line("1-1")!.Value);
        // A number on two rows: nobody knows which is meant.
        var twice = await (await UploadAsync(address, "表.csv", System.Text.Encoding.UTF8.GetBytes("编号,期末值,来源文件\n1-2,16000,月报（示例）\n1-2,17000,月报（示例）\n"))).PageAsync();
        var second = Assert.Single(twice.QuerySelectorAll("[data-cell]"));
        Assert.Equal("指标 A3", second.GetAttribute("data-cell"));
        Assert.Contains("指标1-2写了两行", second.TextContent, StringComparison.Ordinal);
        Assert.Null((await ReadAsync(address)).Line("1-2")?.Value);
        foreach (var (name, content) in new[] { ("表.xlsx", "no workbook"), ("表.csv", "a,b\n1,2\n"), ("表.txt", "x") })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await UploadAsync(address, name, System.Text.Encoding.UTF8.GetBytes(content))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(address, "表.csv", System.Text.Encoding.UTF8.GetBytes("编号,期末值,来源文件\n1-2,16000,月报（示例）\n"))).StatusCode);
        var both = await ReadAsync(address);
        Assert.Equal((4_100m, 16_000m, 1), (both.Line("1-1")!.Value, both.Line("1-2")!.Value, both.Claims.Count));
    }

    [Fact]
    public async Task Source_documents_lie_beside_a_return_for_its_department_and_staff_and_stay_with_it()
    {
        var address = await StartAsync();
        // A wrong number does not cost the chosen file, nor a wrong file the typed number.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SaveWithAsync(address, "月报（示例）.pdf", Files.Pdf(), Value("1-1", "很多"))).StatusCode);
        var wrong = await SaveWithAsync(address, "月报.exe", Files.Pdf(), Value("1-1", "4100"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var shown = await wrong.PageAsync();
        Assert.Contains("不是可以上传的种类", shown.QuerySelector("#document-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("4100", shown.Value("Lines[1-1].Value"));
        Assert.Equal(HttpStatusCode.Redirect, (await SaveWithAsync(address, "月报（示例）.pdf", Files.Pdf(), [])).StatusCode);
        var kept = Assert.Single((await ReadAsync(address)).Documents);
        Assert.Equal(("月报（示例）.pdf", "application/pdf"), (kept.FileName, kept.ContentType));
        var file = (await checker.GetPageAsync(address)).QuerySelector("[data-document] a")!.GetAttribute("href")!;
        foreach (var reader in new[] { writer, checker, staff }) Assert.Equal(Files.Pdf(), await reader.GetByteArrayAsync(file, Cancel));
        foreach (var outsider in new[] { stranger, await app.CreateClientForAsync(await app.AddUserAsync(Roles.Broker)) }) Assert.Equal(HttpStatusCode.NotFound, (await outsider.GetAsync(file, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await (await app.CreateClientForAsync(null)).GetAsync(file, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await writer.GetAsync(address + "?handler=Document&file=x", Cancel)).StatusCode);

        // The same file once more changes nothing, and is no act.
        await SaveWithAsync(address, "又一次.pdf", Files.Pdf(), []);
        for (var i = 1; i < ReturnDocument.Most; i++) await SaveWithAsync(address, $"{i}.pdf", Files.Pdf(200 + i), []);
        Assert.Contains("已有10个附件", (await (await SaveWithAsync(address, "11.pdf", Files.Pdf(300), [])).PageAsync()).MainText(), StringComparison.Ordinal);
        // As many files in the folder as the return has: what was refused or there already left none.
        Assert.Equal(ReturnDocument.Most, StoredCount());
        Assert.Equal(ReturnDocument.Most, await app.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Action == "return.document", Cancel)));
        await WriteAsync(writer, address, new(Value("1-1", "4100")) { ["Remove[]"] = string.Join('\n', (await ReadAsync(address)).Documents.Skip(1).Select(d => d.Sha256)) }, "Hand");
        Assert.Equal((kept, 1), (Assert.Single((await ReadAsync(address)).Documents), StoredCount()));
        await ActAsync(checker, address, "Check");
        await ActAsync(staff, address, "Confirm");
        Assert.Null((await writer.GetPageAsync(address)).QuerySelector("[name=Remove], #document"));

        // A correction begins with it; what the correction takes away, the first return keeps.
        var second = (await writer.PostFormAsync(address, new() { ["Reason"] = "漏报（示例）" }, "form[data-form=correct]", "Correct")).Headers.Location!.OriginalString;
        Assert.Equal(kept, Assert.Single((await ReadAsync(second)).Documents));
        await WriteAsync(writer, second, new() { ["Remove"] = kept.Sha256 });
        Assert.Empty((await ReadAsync(second)).Documents);
        Assert.Equal(Files.Pdf(), await staff.GetByteArrayAsync(file, Cancel));
    }

    private int StoredCount() => Directory.EnumerateFiles(Path.Combine(app.Folder, "attachments")).Count();

    private async Task<HttpResponseMessage> SaveWithAsync(string address, string name, byte[] content, Dictionary<string, string> fields)
    {
        var page = await writer.GetPageAsync(address);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "document", name } };
        foreach (var hidden in new[] { "__RequestVerificationToken", "Version" }) form.Add(new StringContent(page.QuerySelector($"form[data-form=return] [name={hidden}]")!.GetAttribute("value")!), hidden);
        foreach (var (field, value) in fields) form.Add(new StringContent(value), field);
        return await writer.PostAsync($"{address}?handler=Save", form, Cancel);
    }

    [Fact]
    public async Task A_contract_that_the_platform_counts_or_another_department_names_is_flagged_to_both()
    {
        await app.RegisterAsync(PlanContracts.Content(100m), (await app.PublishAchievementAsync()).Id);
        await app.RunAsync<CountIndicators>((job, token) => job.RunAsync(token));
        var number = await app.WithDbAsync(db => db.IndicatorLines.Where(l => l.Code == "5-1").Select(l => l.Number).SingleAsync(Cancel));
        var shared = PlanIndicators.All.First(i => i.Departments is [Science, Industry, ..]).Code;
        var mine = await ConfirmedAsync(new(Value("1-1", "4000")) { ["Contracts"] = $"5-1 {number} 100\n{shared} 2026220000009999" });
        Assert.Equal([number], (await writer.GetPageAsync(mine)).QuerySelectorAll("[data-conflict]").Select(c => c.GetAttribute("data-conflict")));

        var started = await stranger.PostFormAsync("/reporting", new() { ["period"] = "2026-3" }, "tr[data-period='2026-3'] form");
        var theirs = started.Headers.Location!.OriginalString;
        await WriteAsync(stranger, theirs, new(Value("3-1", "90")) { ["Contracts"] = $"{shared} 2026220000009999" });
        var seen = await stranger.GetPageAsync(theirs);
        Assert.Equal("2026220000009999", Assert.Single(seen.QuerySelectorAll("[data-conflict]")).GetAttribute("data-conflict"));
        Assert.Contains("牵头部门优先", seen.MainText(), StringComparison.Ordinal);
        Assert.DoesNotContain(number, seen.MainText(), StringComparison.Ordinal);
        await WriteAsync(stranger, theirs, [], "Hand");
        var all = await staff.GetPageAsync("/staff/indicators/claims");
        Assert.Equal(new[] { "2026220000009999", number }.Order(StringComparer.Ordinal), all.QuerySelectorAll("[data-conflict]").Select(c => c.GetAttribute("data-conflict")));
    }

    [Fact]
    public async Task Departments_are_reminded_once_and_again_after_two_weeks_and_months_are_offered_to_who_reports_them()
    {
        Task<List<string>> ToldAsync(string to) => app.WithDbAsync(db => db.Notices.Where(n => n.Kind == NoticeKind.PlanReturn && db.Users.Any(u => u.Id == n.UserId && u.Email == to)).OrderBy(n => n.Id).Select(n => n.Link).ToListAsync(Cancel));
        async Task RemindAsync(DateOnly day)
        {
            app.MoveTo(day);
            for (var i = 0; i < 2; i++) await app.RunJobAsync<RemindReports>(job => job.RunAsync(Cancel));
        }
        await RemindAsync(new DateOnly(2026, 10, 20));
        // The quarter before is long over by then.
        Assert.Equal(["/reporting#2026-2-again"], await ToldAsync(writerMail));
        await RemindAsync(new DateOnly(2026, 10, 21));
        await RemindAsync(new DateOnly(2026, 11, 3));
        Assert.Equal(["/reporting#2026-2-again", "/reporting#2026-3", "/reporting#2026-3-again"], await ToldAsync(checkerMail));
        // After so long everybody signs in anew.
        (staff, writer, stranger) = (await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff)), await app.CreateClientForAsync(writerMail), await app.CreateClientForAsync(strangerMail));
        Assert.Contains("逾期未提交2个部门", (await staff.GetPageAsync("/staff/indicators/returns")).MainText(), StringComparison.Ordinal);

        Assert.Equal("2026-3", (await writer.GetPageAsync("/reporting")).QuerySelector("tr[data-period]")!.GetAttribute("data-period"));
        await staff.PostFormAsync("/staff/indicators/departments", [], $"tr[data-department='{Science}'] form[action*=Period]");
        Assert.Equal("2026-10", (await writer.GetPageAsync("/reporting")).QuerySelector("tr[data-period]")!.GetAttribute("data-period"));
        Assert.Equal("2026-3", (await stranger.GetPageAsync("/reporting")).QuerySelector("tr[data-period]")!.GetAttribute("data-period"));

        await staff.PostFormAsync("/staff/indicators/departments", new() { ["person"] = $"{await app.WithDbAsync(db => db.Users.Where(u => u.Email == writerMail).Select(u => u.Id).SingleAsync(Cancel))}" }, "form[action*=Remove]");
        Assert.Contains("没有为任何部门填报", (await writer.GetPageAsync("/reporting")).MainText(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> UploadAsync(string address, string name, byte[] content)
    {
        var page = await writer.GetPageAsync(address);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("#return-upload [name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent(page.QuerySelector("#return-upload [name=Version]")!.GetAttribute("value")!), "Version" },
            { new ByteArrayContent(content), "upload", name },
        };
        return await writer.PostAsync($"{address}?handler=Upload", form, Cancel);
    }
}
