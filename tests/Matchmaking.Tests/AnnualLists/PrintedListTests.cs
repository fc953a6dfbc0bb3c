using System.IO.Compression;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Listings;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.AnnualLists;

/// <summary>A published list as a document that a word processor opens.</summary>
public sealed class PrintedListTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_is_valid_has_real_headings_and_is_the_same_to_the_byte_in_either_language()
    {
        var need = await app.PublishNeedAsync(content: app.ListableNeed("打印出来的需求（示例）") with { Field = TechnologyField.NewEnergy });
        var list = await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, 2026, need);
        using var client = app.CreateClient();
        var bytes = await client.GetByteArrayAsync("/lists/2026/key-technology-needs/download.docx", Cancel);
        using var english = app.CreateClient();
        english.DefaultRequestHeaders.Add("Accept-Language", "en");
        Assert.Equal(bytes, await english.GetByteArrayAsync("/lists/2026/key-technology-needs/download.docx", Cancel));

        using var document = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document, Cancel).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        var body = document.MainDocumentPart!.Document!.Body!;
        var headings = body.Descendants<DocumentFormat.OpenXml.Wordprocessing.Paragraph>().Where(p => p.ParagraphProperties?.ParagraphStyleId?.Val?.Value is "Heading1" or "Heading2").Select(p => p.InnerText).ToList();
        Assert.Contains("摘要", headings);
        Assert.Contains("Abstract", headings);
        Assert.Contains("1. 打印出来的需求（示例）", headings);
        Assert.Contains(list.ContentHash!, body.InnerText, StringComparison.Ordinal);
        Assert.Contains(list.OfficialNumber!, body.InnerText, StringComparison.Ordinal);
        Assert.Contains("entries, ", body.InnerText, StringComparison.Ordinal);
        Assert.Null(document.PackageProperties.Creator);

        if (!Programs.Have("soffice") || !Programs.Have("pdftotext")) return;
        // LibreOffice and a PDF reader, neither of which is ours, see the same words.
        var folder = Directory.CreateDirectory(Path.Combine(app.Folder, "print")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "list.docx"), bytes, Cancel);
        var (made, said) = await Programs.RunAsync("soffice", "--headless", $"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir", folder, Path.Combine(folder, "list.docx"));
        Assert.True(made == 0 && File.Exists(Path.Combine(folder, "list.pdf")), said);
        var (read, words) = await Programs.RunAsync("pdftotext", "-layout", Path.Combine(folder, "list.pdf"), "-");
        Assert.True(read == 0, words);
        Assert.Contains("打印出来的需求（示例）", words, StringComparison.Ordinal);
        Assert.Contains("页", words, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(Path.Combine(folder, "table.xlsx"), await client.GetByteArrayAsync("/lists/2026/key-technology-needs/download.xlsx", Cancel), Cancel);
        (made, said) = await Programs.RunAsync("soffice", "--headless", $"-env:UserInstallation=file://{folder}/profile", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", folder, Path.Combine(folder, "table.xlsx"));
        Assert.True(made == 0, said);
        Assert.Contains("打印出来的需求（示例）", await File.ReadAllTextAsync(Path.Combine(folder, "table.csv"), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_part_of_the_package_carries_the_day_of_publication_and_no_other()
    {
        var list = await app.PublishListAsync(AnnualListKind.QualityAchievements, 2025, await app.PublishAchievementAsync());
        using var client = app.CreateClient();
        await using var zip = new ZipArchive(new MemoryStream(await client.GetByteArrayAsync($"/lists/2025/quality-achievements/download.docx?edition={list.Edition}", Cancel)));
        Assert.Single(zip.Entries.Select(e => e.LastWriteTime.Date).Distinct());
    }
}
