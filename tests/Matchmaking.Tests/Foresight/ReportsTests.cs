using System.Net;
using System.Text;
using Matchmaking.Jobs;
using Matchmaking.Matching.Foresight;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.AnnualLists.Rounds;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Foresight;

/// <summary>The report from the job's draft over three signatures to a publication that nobody can change, and the public map.</summary>
public sealed class ReportsTests : IAsyncLifetime
{
    private const string Hidden = "无名之主材料（示例）";
    private readonly MatchmakingApplication app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        var firm = await app.AddOrganizationAsync(name: Hidden);
        for (var i = 0; i < 3; i++) await app.PublishNeedAsync(firm, app.NeedContent($"没有人答的需求{i}") with { Disclosure = Disclosure.Anonymous, Horizon = i == 0 ? Horizon.Long : Horizon.Near, Quantities = [new("充电时间", Matching.Text.Comparison.Le, 5, null, "min")] });
        await app.PublishAchievementAsync(content: app.AchievementContent("别的领域的成果") with { Field = TechnologyField.Agriculture, Industry = "A01" });
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_map_shows_where_needs_wait_and_opens_to_them()
    {
        var reader = await app.CreateClientForAsync(null);
        var map = await reader.GetPageAsync("/map");
        var cell = Assert.Single(map.QuerySelectorAll(".heat--map td a"));
        Assert.Equal("3项没有应答，共3项 / 3", cell.TextContent);
        Assert.Equal("1项没有应答，共1项 / 1", Assert.Single((await reader.GetPageAsync("/map?horizon=Long")).QuerySelectorAll(".heat--map td a")).TextContent);
        Assert.Contains("3项需求，3项没有应答", map.MainText(), StringComparison.Ordinal);

        var opened = await reader.GetPageAsync(cell.GetAttribute("href")!);
        Assert.Equal(3, opened.QuerySelectorAll("section[aria-labelledby=needs] li a").Length);
        Assert.Contains("没有应答", opened.MainText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Hidden, map.DocumentElement.OuterHtml + opened.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/map/Z99/NewEnergy", Cancel)).StatusCode);

        // What is withdrawn is no longer opened, though the map is ten minutes old.
        var gone = await app.WithDbAsync(db => db.Needs.OrderBy(n => n.Id).FirstAsync(Cancel));
        await app.WithDbAsync(async db =>
        {
            (await db.Needs.SingleAsync(n => n.Id == gone.Id, Cancel)).Withdraw(1, app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });
        Assert.DoesNotContain(gone.Number!, (await reader.GetPageAsync(cell.GetAttribute("href")!)).MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_drafts_once_people_write_and_three_of_them_publish_what_anybody_can_verify()
    {
        await app.RunJobAsync<DraftForesight>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<DraftForesight>(job => job.RunAsync(Cancel));
        var draft = await app.WithDbAsync(db => db.ForesightReports.AsNoTracking().SingleAsync(Cancel));
        Assert.Equal((2026, ForesightReport.AllFields, 1), (draft.Year, draft.Scope, draft.Version));
        var reader = await app.CreateClientForAsync(null);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/reports/2026/all", Cancel)).StatusCode);

        var address = $"/staff/reports/{draft.Id}";
        var people = new List<HttpClient>();
        for (var i = 0; i < 3; i++) people.Add(await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff)));
        Assert.Contains("都写好以后才能签字", (await (await people[0].PostFormAsync(address, [], "form[data-form=sign]")).PageAsync()).Errors(), StringComparison.Ordinal);
        await WriteAsync(people[0], address, "近期攻关低温快充");
        await people[0].PostFormAsync(address, [], "form[data-form=sign]");
        Assert.Contains("您已经签过字", (await (await people[0].PostFormAsync(address, [], "form[data-form=sign]")).PageAsync()).Errors(), StringComparison.Ordinal);
        // A change after a signature asks for it anew.
        await WriteAsync(people[1], address, "近期攻关低温快充和析锂");
        Assert.Empty((await app.WithDbAsync(db => db.ForesightReports.AsNoTracking().SingleAsync(Cancel))).Signs);
        var compared = await people[0].GetPageAsync(address + "?compare=1");
        Assert.Equal("近期攻关低温快充", compared.QuerySelector("del")!.TextContent);
        foreach (var one in people) await one.PostFormAsync(address, [], "form[data-form=sign]");

        var report = await app.WithDbAsync(db => db.ForesightReports.AsNoTracking().SingleAsync(Cancel));
        Assert.Equal((ForesightState.Published, "吉科前瞻〔2026〕1号"), (report.State, report.OfficialNumber));
        var page = (await reader.GetPageAsync("/reports/2026/all")).MainText();
        Assert.Contains("近期攻关低温快充和析锂", page, StringComparison.Ordinal);
        Assert.Contains("公开的技术需求3项，其中0项有应答（0%）", page, StringComparison.Ordinal);
        Assert.Contains("吉科前瞻〔2026〕1号", (await reader.GetPageAsync("/reports")).MainText(), StringComparison.Ordinal);
        using (var printed = DocumentFormat.OpenXml.Packaging.WordprocessingDocument.Open(new MemoryStream(await reader.GetByteArrayAsync("/reports/2026/all/download.docx", Cancel)), isEditable: false))
        {
            Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(printed, Cancel).Select(e => e.Description));
            var words = printed.MainDocumentPart!.Document!.Body!.InnerText;
            Assert.Contains("近期攻关低温快充和析锂", words, StringComparison.Ordinal);
            Assert.Contains("On 2026-", words, StringComparison.Ordinal);
            Assert.DoesNotContain("无名之主", words, StringComparison.Ordinal);
        }
        using (var pdf = UglyToad.PdfPig.PdfDocument.Open(await reader.GetByteArrayAsync("/reports/2026/all/download.pdf", Cancel)))
        {
            var words = string.Concat(pdf.GetPages().Select(p => p.Text));
            Assert.Contains("近期攻关低温快充和析锂", words, StringComparison.Ordinal);
            Assert.DoesNotContain("无名之主", words, StringComparison.Ordinal);
        }
        foreach (var format in new[] { "json", "csv", "sig" })
            Assert.DoesNotContain("无名之主", Encoding.UTF8.GetString(await reader.GetByteArrayAsync($"/reports/2026/all/download.{format}", Cancel)), StringComparison.Ordinal);
        Assert.Empty(await app.WithServiceAsync<VerifyReports, IReadOnlyList<string>>(v => v.RunAsync(Cancel)));
        await VerifyOutsideAsync(reader);
        Assert.Contains("不再改动", (await (await people[0].SendFormAsync((AngleSharp.Html.Dom.IHtmlFormElement)compared.QuerySelector("form[data-form=sections]")!, address, new() { ["Version"] = $"{report.Version}" }, "Save")).PageAsync()).Errors(), StringComparison.Ordinal);

        // A year's correction is the next edition and says what and why; the first stays.
        var correction = (await people[0].PostFormAsync(address, new() { ["Reason"] = "中期方向有误（示例）" }, "form[data-form=correct]")).Headers.Location!.OriginalString;
        await WriteAsync(people[0], correction, "近期攻关低温快充，更正");
        foreach (var one in people) await one.PostFormAsync(correction, [], "form[data-form=sign]");
        Assert.Contains("中期方向有误", (await reader.GetPageAsync("/reports/2026/all")).MainText(), StringComparison.Ordinal);
        Assert.Contains("这不是最新的版本", (await reader.GetPageAsync("/reports/2026/all?edition=1")).MainText(), StringComparison.Ordinal);
        await app.RunJobAsync<DraftForesight>(job => job.RunAsync(Cancel));
        Assert.Equal(2, await app.WithDbAsync(db => db.ForesightReports.CountAsync(Cancel)));
    }

    [Fact]
    public async Task Staff_ask_experts_who_write_the_draft_and_nobody_else_opens_it()
    {
        await app.RunJobAsync<DraftForesight>(job => job.RunAsync(Cancel));
        var id = await app.WithDbAsync(db => db.ForesightReports.Select(r => r.Id).SingleAsync(Cancel));
        var (asked, other) = (await app.AddExpertAsync(firm: true), await app.AddExpertAsync());
        using var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        using var expert = await app.CreateClientForAsync(asked);
        using var stranger = await app.CreateClientForAsync(other);
        var (mine, own) = ($"/experts/reports/{id}", $"/staff/reports/{id}");
        Assert.Equal(HttpStatusCode.NotFound, (await expert.GetAsync(mine, Cancel)).StatusCode);
        var number = await app.WithDbAsync(db => db.Experts.Where(e => e.User.Email == asked).Select(e => e.Id).SingleAsync(Cancel));
        var form = new Dictionary<string, string> { ["expert"] = $"{number}" };
        Assert.Equal(HttpStatusCode.Redirect, (await staff.PostFormAsync(own, form, "form[data-form=seat]")).StatusCode);
        Assert.Contains("已在委员会里", (await (await staff.PostFormAsync(own, form, "form[data-form=seat]")).PageAsync()).Errors(), StringComparison.Ordinal);
        Assert.Equal(1, await app.WithDbAsync(db => db.Notices.CountAsync(n => n.Link == mine && n.Kind == Matching.Notices.NoticeKind.ReportCommittee, Cancel)));
        Assert.Contains(mine, (await expert.GetPageAsync("/inbox")).QuerySelectorAll("a").Select(a => a.GetAttribute("href")).Concat((await expert.GetPageAsync("/experts")).QuerySelectorAll("a").Select(a => a.GetAttribute("href"))));

        // Two windows: the second is told, and what it typed stays.
        var page = await expert.GetPageAsync(mine);
        var first = (AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form[data-form=sections]")!;
        Assert.Equal(HttpStatusCode.Redirect, (await expert.SendFormAsync(first, mine, new() { ["Texts[Near]"] = "专家写的近期方向" })).StatusCode);
        var late = await expert.SendFormAsync(first, mine, new() { ["Texts[Near]"] = "另一窗口写的" });
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("另一窗口写的", await late.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var report = await app.WithDbAsync(db => db.ForesightReports.AsNoTracking().Include(r => r.Revisions).SingleAsync(Cancel));
        Assert.Equal("专家写的近期方向", report.TextOf(ForesightSectionKey.Near));
        Assert.Equal(await app.WithDbAsync(db => db.Users.Where(u => u.Email == asked).Select(u => u.Id).SingleAsync(Cancel)), Assert.Single(report.Revisions).ById);

        // No signature from here, no page for others, none after he was taken off.
        Assert.Empty((await expert.GetPageAsync(mine)).QuerySelectorAll("form[data-form=sign], form[data-form=recount], form[data-form=seat]"));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(mine, Cancel)).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await expert.GetAsync(own, Cancel)).StatusCode);
        await staff.PostFormAsync(own, [], "form[data-form=unseat]");
        Assert.Equal(HttpStatusCode.NotFound, (await expert.GetAsync(mine, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await expert.SendFormAsync(first, mine, new() { ["Texts[Near]"] = "撤出以后" })).StatusCode);
    }

    [Fact]
    public async Task The_database_refuses_to_change_a_published_report_and_a_change_by_force_is_found()
    {
        var id = await PublishedAsync();
        string[] attempts =
        [
            $"UPDATE \"ForesightReports\" SET \"FrozenJson\" = 'x' WHERE \"Id\" = {id}", $"UPDATE \"ForesightReports\" SET \"State\" = 'Draft' WHERE \"Id\" = {id}", $"DELETE FROM \"ForesightReports\" WHERE \"Id\" = {id}",
            $"UPDATE \"ForesightRevisions\" SET \"Sections\" = '[]' WHERE \"ReportId\" = {id}", $"DELETE FROM \"ForesightRevisions\" WHERE \"ReportId\" = {id}",
            $"INSERT INTO \"ForesightRevisions\" (\"ReportId\", \"Number\", \"Sections\", \"ById\", \"At\") SELECT \"ReportId\", 99, '[]', 1, \"At\" FROM \"ForesightRevisions\" WHERE \"ReportId\" = {id}",
        ];
        if (!app.OnPostgres) attempts = [.. attempts, $"INSERT OR REPLACE INTO \"ForesightReports\" SELECT * FROM \"ForesightReports\" WHERE \"Id\" = {id}"];
        foreach (var attempt in attempts)
        {
            // Braces would be places of parameters.
            var refused = await Record.ExceptionAsync(() => app.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(attempt, Cancel)));
            Assert.True(refused?.Message.Contains("never changes", StringComparison.Ordinal) == true, $"{attempt}: {refused?.Message ?? "done"}");
        }
        await app.RunJobAsync<VerifyLists>(job => job.RunAsync(Cancel));
        await app.WithDbAsync(db => app.OnPostgres ? db.Database.ExecuteSqlRawAsync("DROP TRIGGER \"published_ForesightReports_UPDATE\" ON \"ForesightReports\"", Cancel) : db.Database.ExecuteSqlRawAsync("DROP TRIGGER \"published_ForesightReports_UPDATE\"", Cancel));
        await app.WithDbAsync(db => db.ForesightReports.Where(r => r.Id == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.FiguresJson, r => r.FiguresJson.Replace("\"needs\":3", "\"needs\":4")), Cancel));
        Assert.Equal(["foresight-2026-all"], await app.WithServiceAsync<VerifyReports, IReadOnlyList<string>>(v => v.RunAsync(Cancel)));
        await Assert.ThrowsAsync<PublishedListChangedException>(() => app.RunJobAsync<VerifyLists>(job => job.RunAsync(Cancel)));
    }

    [Fact]
    public async Task Two_who_sign_at_once_leave_one_signature_and_the_other_is_told()
    {
        await app.RunJobAsync<DraftForesight>(job => job.RunAsync(Cancel));
        var id = await app.WithDbAsync(db => db.ForesightReports.Select(r => r.Id).SingleAsync(Cancel));
        var (one, other) = (await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff)), await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff)));
        await WriteAsync(one, $"/staff/reports/{id}", "近期");
        var (first, second) = (await one.GetPageAsync($"/staff/reports/{id}"), await other.GetPageAsync($"/staff/reports/{id}"));
        AngleSharp.Html.Dom.IHtmlFormElement Form(AngleSharp.Html.Dom.IHtmlDocument page) => (AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form[data-form=sign]")!;

        var answers = await Task.WhenAll(one.SendFormAsync(Form(first), $"/staff/reports/{id}", [], "Sign"), other.SendFormAsync(Form(second), $"/staff/reports/{id}", [], "Sign"));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Conflict], answers.Select(a => a.StatusCode).Order());
        Assert.Single((await app.WithDbAsync(db => db.ForesightReports.AsNoTracking().SingleAsync(Cancel))).Signs);
    }

    [Fact]
    public async Task Staff_take_proposals_along_and_are_told_what_a_draft_lacks()
    {
        var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        // Of what was not searched for yet nothing is said.
        Assert.DoesNotContain("充电时间", Encoding.UTF8.GetString(await staff.GetByteArrayAsync("/staff/reports/proposals.csv", Cancel)), StringComparison.Ordinal);
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        await app.RunJobAsync<FindMatches>(job => job.RunAsync(Cancel));
        var csv = Encoding.UTF8.GetString(await staff.GetByteArrayAsync("/staff/reports/proposals.csv", Cancel));
        Assert.Contains("充电时间", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("无名之主", csv, StringComparison.Ordinal);
        Assert.Equal((byte)'P', (await staff.GetByteArrayAsync("/staff/reports/proposals.xlsx", Cancel))[0]);
        var refused = await (await staff.PostFormAsync("/staff/reports", new() { ["Year"] = "2099", ["Scope"] = "Alchemy" }, "form[data-form=new]")).PageAsync();
        Assert.Contains("年度是2024至2026之间", refused.Errors(), StringComparison.Ordinal);
        Assert.Contains("请选择领域", refused.Errors(), StringComparison.Ordinal);
        Assert.Equal("2099", refused.QuerySelector("[name=Year]")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.PostFormAsync("/staff/reports", new() { ["Year"] = "2026", ["Scope"] = "NewEnergy" }, "form[data-form=new]")).StatusCode);
    }

    private static async Task WriteAsync(HttpClient staff, string address, string near) =>
        Assert.Equal(HttpStatusCode.Redirect, (await staff.PostFormAsync(address, new() { ["Texts[Near]"] = near, ["Texts[Mid]"] = "中期布局（示例）", ["Texts[Long]"] = "远期跟踪（示例）" }, "form[data-form=sections]")).StatusCode);

    private async Task<int> PublishedAsync()
    {
        await app.RunJobAsync<DraftForesight>(job => job.RunAsync(Cancel));
        var id = await app.WithDbAsync(db => db.ForesightReports.Select(r => r.Id).SingleAsync(Cancel));
        for (var i = 0; i < 3; i++)
        {
            var one = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
            if (i == 0) await WriteAsync(one, $"/staff/reports/{id}", "近期");
            await one.PostFormAsync($"/staff/reports/{id}", [], "form[data-form=sign]");
        }
        Assert.Equal(ForesightState.Published, await app.WithDbAsync(db => db.ForesightReports.Select(r => r.State).SingleAsync(Cancel)));
        return id;
    }

    /// <summary>By the public script, which uses none of our code.</summary>
    private async Task VerifyOutsideAsync(HttpClient reader)
    {
        if (!Programs.Have("python3") || !Programs.Have("openssl")) return;
        var folder = Directory.CreateDirectory(Path.Combine(app.Folder, "verify")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "report.json"), await reader.GetByteArrayAsync("/reports/2026/all/download.json", Cancel), Cancel);
        await File.WriteAllBytesAsync(Path.Combine(folder, "report.sig"), await reader.GetByteArrayAsync("/reports/2026/all/download.sig", Cancel), Cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), await app.WithDbAsync(db => db.ListSigningKeys.Select(k => k.PublicPem).SingleAsync(Cancel)), Cancel);
        var hash = await app.WithDbAsync(db => db.ForesightReports.Select(r => r.ContentHash).SingleAsync(Cancel));
        var (status, said) = await Programs.RunAsync("python3", Repository.Path("tools", "verify-list.py"), Path.Combine(folder, "report.json"), "--hash", hash!, "--signature", Path.Combine(folder, "report.sig"), "--key", Path.Combine(folder, "key.pem"));
        Assert.True(status == 0, said);
    }
}
