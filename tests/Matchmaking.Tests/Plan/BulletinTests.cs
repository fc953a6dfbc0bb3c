using System.Net;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Matchmaking.Jobs;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Plan;

/// <summary>The quarter's bulletin shows what held on its last day and how it changed.</summary>
public sealed class BulletinTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_quarter_that_has_ended_is_printed_with_its_values_and_changes()
    {
        app.MoveTo(new DateOnly(2026, 11, 24));
        var email = await app.AddUserAsync(Roles.Staff);
        await app.WithDbAsync(async db =>
        {
            var by = await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(Cancel);
            foreach (var (day, value) in new[] { (new DateOnly(2026, 6, 30), 4_000m), (new DateOnly(2026, 9, 30), 4_120m), (new DateOnly(2026, 10, 31), 4_999m) })
                db.IndicatorReports.Add(new IndicatorReport(PlanIndicators.Find("1-1")!, day, value, "季报（示例）", by, Guid.NewGuid(), app.Clock.Now));
            await db.SaveChangesAsync(Cancel);
        });
        using var client = app.CreateClient();
        using var document = WordprocessingDocument.Open(new MemoryStream(await client.GetByteArrayAsync("/plan/bulletin-2026-3.docx", Cancel)), isEditable: false);

        Assert.Empty(new OpenXmlValidator().Validate(document, Cancel).Select(e => e.Description));
        var row = document.MainDocumentPart!.Document!.Body!.Descendants<TableRow>().Select(r => r.Elements<TableCell>().Select(c => c.InnerText).ToList()).Single(r => r[0] == "1-1");
        Assert.Equal(("4,120", "+120", "部门报送"), (row[2], row[4], row[6]));
        Assert.Equal(42, document.MainDocumentPart.Document.Body!.Descendants<TableRow>().Count(r => PlanIndicators.Find(r.Elements<TableCell>().First().InnerText) is not null));
        Assert.Contains("/plan/bulletin-2026-3.docx", (await client.GetPageAsync("/plan")).QuerySelectorAll("main a").Select(a => a.GetAttribute("href")));
        foreach (var none in new[] { "2026-4", "2026-5", "2023-4", "x" }) Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/plan/bulletin-{none}.docx", Cancel)).StatusCode);
    }

    [Fact]
    public async Task When_the_term_for_reports_is_over_the_bulletin_is_issued_once_and_never_changes()
    {
        app.MoveTo(new DateOnly(2026, 7, 15));
        await app.AddUserAsync(Roles.Staff);
        await IssueAsync();
        Assert.False(await app.WithDbAsync(db => db.PlanBulletins.AnyAsync(b => b.Quarter == "2026-2", Cancel)));
        await app.WithDbAsync(db => ReportAsync(db, "1-2", new DateOnly(2026, 6, 30), 15_000));
        app.MoveTo(new DateOnly(2026, 7, 21));
        await Task.WhenAll(IssueAsync(), IssueAsync());
        await IssueAsync();
        var bulletin = await app.WithDbAsync(db => db.PlanBulletins.AsNoTracking().SingleAsync(b => b.Quarter == "2026-2", Cancel));
        Assert.True(bulletin.Holds());
        Assert.Equal((1, null), (bulletin.Edition, bulletin.IssuedById));

        // A late report is in the next edition, not in the one that stands.
        await app.WithDbAsync(db => ReportAsync(db, "1-2", new DateOnly(2026, 6, 30), 16_000));
        using var client = app.CreateClient();
        var json = await client.GetStringAsync("/plan/bulletin-2026-2.json", Cancel);
        Assert.Equal(bulletin.ContentHash, ListDocument.HashOf(json));
        Assert.Equal(15_000m, BulletinDocument.Parse(json).Lines.Single(l => l.Code == "1-2").Value);
        Assert.Equal("15,000", await ValueAsync(client, "/plan/bulletin-2026-2.docx", "1-2"));
        var page = await client.GetPageAsync("/plan");
        Assert.Contains("/plan/bulletin-2026-2.pdf", page.QuerySelectorAll("[data-quarter='2026-2'] a").Select(a => a.GetAttribute("href")));

        using var staff = await app.CreateClientForAsync(await app.AddUserAsync(Roles.Staff));
        const string Desk = "/staff/indicators/desk";
        Assert.Contains("请写明更正原因", (await (await staff.PostFormAsync(Desk, new() { ["Quarter"] = "2026-2", ["Reason"] = " " })).PageAsync()).MainText(), StringComparison.Ordinal);
        var corrected = await staff.PostFormAsync(Desk, new() { ["Quarter"] = "2026-2", ["Reason"] = "省科技厅补报（示例）" });
        Assert.Equal(HttpStatusCode.Redirect, corrected.StatusCode);
        Assert.Equal("16,000", await ValueAsync(client, "/plan/bulletin-2026-2.docx", "1-2"));
        Assert.Equal("15,000", await ValueAsync(client, "/plan/bulletin-2026-2.docx?edition=1", "1-2"));
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(await client.GetByteArrayAsync("/plan/bulletin-2026-2.pdf", Cancel));
        var words = string.Concat(pdf.GetPages().Select(p => p.Text));
        Assert.Contains("省科技厅补报（示例）", words, StringComparison.Ordinal);
        Assert.Contains("第2版", words, StringComparison.Ordinal);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => app.WithDbAsync(db => db.PlanBulletins.Where(b => b.Id == bulletin.Id).ExecuteUpdateAsync(set => set.SetProperty(b => b.FrozenJson, "{}"), Cancel)));
        Assert.Contains("never changes", refused.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => app.WithDbAsync(db => db.PlanBulletins.Where(b => b.Id == bulletin.Id).ExecuteDeleteAsync(Cancel)));
    }

    [Fact]
    public async Task Quarters_that_passed_while_nothing_ran_are_issued_late_but_none_from_before_the_platform()
    {
        await using var late = new MatchmakingApplication();
        await late.InitializeAsync();
        async Task<string[]> IssuedByAsync(DateOnly day)
        {
            late.MoveTo(day);
            await late.RunAsync<IssueBulletins>((job, token) => job.RunAsync(token));
            return await late.WithDbAsync(db => db.PlanBulletins.OrderBy(b => b.Id).Select(b => b.Quarter).ToArrayAsync(Cancel));
        }
        Assert.Equal(["2025-3"], await IssuedByAsync(new DateOnly(2026, 1, 20)));
        Assert.Equal(["2025-3", "2025-4", "2026-1", "2026-2"], await IssuedByAsync(new DateOnly(2026, 10, 20)));
        Assert.Equal(new DateOnly(2026, 10, 20), (await late.WithDbAsync(db => db.PlanBulletins.AsNoTracking().SingleAsync(b => b.Quarter == "2026-1", Cancel))).Document.KnownOn);
        // The plan's last quarter too, when its year is long over; and no quarter after it.
        Assert.Equal(["2026-3", "2026-4"], (await IssuedByAsync(new DateOnly(2027, 6, 1)))[4..]);
    }

    private Task IssueAsync() => app.RunAsync<IssueBulletins>((job, token) => job.RunAsync(token));

    private async Task ReportAsync(MatchmakingDbContext db, string code, DateOnly day, decimal value)
    {
        var by = await db.Users.OrderBy(u => u.Id).Select(u => u.Id).FirstAsync(Cancel);
        db.Report(new IndicatorReport(PlanIndicators.Find(code)!, day, value, "季报（示例）", by, Guid.NewGuid(), app.Clock.Now));
        await db.SaveChangesAsync(Cancel);
    }

    private static async Task<string> ValueAsync(HttpClient client, string address, string code)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(await client.GetByteArrayAsync(address, Cancel)), isEditable: false);
        return document.MainDocumentPart!.Document!.Body!.Descendants<TableRow>().Select(r => r.Elements<TableCell>().Select(c => c.InnerText).ToList()).Single(r => r[0] == code)[2];
    }

    [Fact]
    public void Quarters_end_on_their_last_day()
    {
        Assert.Equal(new DateOnly(2026, 6, 30), Quarters.LastDay("2026-2"));
        Assert.Equal(["2024-3", "2024-2", "2024-1"], Quarters.Ended(new DateOnly(2024, 12, 31)));
        Assert.Equal("2024-4", Quarters.Ended(new DateOnly(2025, 1, 1))[0]);
    }
}
