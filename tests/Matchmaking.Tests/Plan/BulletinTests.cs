using System.Net;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Tests.Support;
using Matchmaking.Web.Plan;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Plan;

/// <summary>The quarter's bulletin shows what held on its last day and how it changed.</summary>
public sealed class BulletinTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_quarter_that_has_ended_is_printed_with_its_values_and_changes()
    {
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
    public void Quarters_end_on_their_last_day()
    {
        Assert.Equal(new DateOnly(2026, 6, 30), BulletinPrint.LastDay("2026-2"));
        Assert.Equal(["2024-3", "2024-2", "2024-1"], BulletinPrint.Ended(new DateOnly(2024, 12, 31)));
        Assert.Equal("2024-4", BulletinPrint.Ended(new DateOnly(2025, 1, 1))[0]);
    }
}
