using System.Diagnostics;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Importing;

/// <summary>Files that a real spreadsheet program wrote, and our files opened and saved by it; skipped where the program is not installed.</summary>
public sealed class LibreOfficeTests
{
    private static readonly ReadingOptions Options = new(ListingKind.Need, MoneyUnit.Auto, false, new DateOnly(2026, 11, 24));

    private static string? Program => new[] { "/usr/bin/soffice", "/usr/bin/libreoffice" }.FirstOrDefault(File.Exists);

    /// <summary>Opens the file and saves it in the other format.</summary>
    private static async Task<byte[]> ConvertAsync(string name, byte[] content, string to)
    {
        Assert.SkipWhen(Program is null, "LibreOffice (libreoffice-calc-nogui) is not installed.");
        var folder = Directory.CreateTempSubdirectory("matchmaking-office-").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), content, TestContext.Current.CancellationToken);
            var start = new ProcessStartInfo(Program!) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in new[] { $"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to, "--outdir", Path.Combine(folder, "out"), Path.Combine(folder, name) }) start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            var written = Directory.Exists(Path.Combine(folder, "out")) ? Directory.GetFiles(Path.Combine(folder, "out")) : [];
            Assert.True(written.Length == 1, $"{await output} {errors}");
            return await File.ReadAllBytesAsync(written[0], TestContext.Current.CancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ReadTable Read(string name, byte[] content) =>
        TableReader.Read(SheetHead.Find(SheetFile.Read(name, new MemoryStream(content)), ListingKind.Need, new Dictionary<string, ImportField>())!, Options, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_summary_table_that_it_saved_as_xlsx_is_read_as_the_first()
    {
        var first = Read("a.xlsx", ReadingTablesTests.Summary());
        var saved = Read("b.xlsx", await ConvertAsync("a.xlsx", ReadingTablesTests.Summary(), "xlsx"));

        Assert.Equal(first.Head.Columns.Select(c => (c.Column, c.Field)), saved.Head.Columns.Select(c => (c.Column, c.Field)));
        Assert.Equal(first.Skipped, saved.Skipped);
        Assert.Equal(first.Rows.Select(Facts), saved.Rows.Select(Facts));
    }

    [Fact]
    public async Task Separated_values_that_it_wrote_are_read()
    {
        var table = Read("a.csv", await ConvertAsync("a.xlsx", Tables.Xlsx([["需求名称", "意向投入（万元）", "完成期限"], ["低温，\"快充\"", 120.5, new DateOnly(2027, 3, 1)]]), "csv:Text - txt - csv (StarCalc):44,34,76"));

        var row = Assert.Single(table.Rows);
        Assert.Equal(("低温，\"快充\"", 120.5m, new DateOnly(2027, 3, 1)), (row.Content.Title, row.Content.Money, ((NeedContent)row.Content).Deadline!.Value));
    }

    [Fact]
    public async Task Our_template_keeps_its_drop_downs_and_an_export_its_records_when_it_saves_them()
    {
        var template = await ConvertAsync("t.xlsx", TemplateFile.Write(ListingKind.Need, ImportWords.Of("zh-CN")), "xlsx");
        using var document = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(new MemoryStream(template), false);
        var lists = document.WorkbookPart!.WorksheetParts.SelectMany(p => p.Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.DataValidation>()).Count(v => v.Type?.Value == DocumentFormat.OpenXml.Spreadsheet.DataValidationValues.List);
        Assert.Equal(11, lists);

        var listing = new ExportedListing(
            new NeedContent { Title = "=低温_x0041_", Description = "一行\n二行", Region = "220100", Industry = "C28", Money = 12.5m, ValidUntil = new DateOnly(2027, 6, 30), Quantities = [new("强度", Matching.Text.Comparison.Ge, 5.5m, null, "GPa")], Keywords = ["甲", "乙"] },
            new Contact("联系人甲（示例）", "0431-00000000", ""), "91220100MA0TQ001X2", "示例甲公司", "007", null, ListingState.Draft);
        var export = ListingSheet.Xlsx([listing], ListingKind.Need, ImportWords.Of("zh-CN"));
        Assert.Equal(Facts(Read("a.xlsx", export).Rows.Single()), Facts(Read("b.xlsx", await ConvertAsync("e.xlsx", export, "xlsx")).Rows.Single()));
    }

    private static string Facts(ReadRow row) => string.Join(" | ",
        row.Number, row.CreditCode, row.OrganizationName, row.ExternalNumber, row.Contact, string.Join(',', row.Content.Keywords), string.Join(',', row.Content.Quantities),
        row.Content with { Keywords = [], Quantities = [], Cooperation = [] }, string.Join(',', row.Remarks.Select(r => $"{r.Address} {r.Problem.Code}")));
}
