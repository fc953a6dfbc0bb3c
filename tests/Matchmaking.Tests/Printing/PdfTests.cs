using System.Text;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Listings;
using Matchmaking.Tests.AnnualLists;
using Matchmaking.Tests.Support;
using Matchmaking.Web.Printing;
using SkiaSharp;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Outline;
using UglyToad.PdfPig.Tokens;

namespace Matchmaking.Tests.Printing;

/// <summary>Documents as PDF, read by programs that are not ours.</summary>
public sealed class PdfTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static readonly DateTimeOffset Dated = new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static PrintedDocument Document(params PrintedBlock[] blocks) => new("试印文件（示例）", "示例〔2026〕1号", Dated, "目录", blocks);

    private static string Words(PdfDocument pdf) => string.Concat(pdf.GetPages().Select(p => p.Text));

    [Fact]
    public async Task A_list_is_one_file_to_the_byte_with_text_bookmarks_language_and_no_person()
    {
        var need = await app.PublishNeedAsync(content: app.ListableNeed("印成PDF的需求（示例）") with { Field = TechnologyField.NewEnergy });
        var list = await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, 2026, need);
        using var client = app.CreateClient();
        using var answer = await client.GetAsync("/lists/2026/key-technology-needs/download.pdf", Cancel);
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);
        using var english = app.CreateClient();
        english.DefaultRequestHeaders.Add("Accept-Language", "en");
        Assert.Equal(bytes, await english.GetByteArrayAsync("/lists/2026/key-technology-needs/download.pdf", Cancel));

        using var pdf = PdfDocument.Open(bytes);
        var words = Words(pdf);
        Assert.Contains("印成PDF的需求（示例）", words, StringComparison.Ordinal);
        Assert.Contains(list.ContentHash!, words, StringComparison.Ordinal);
        Assert.Contains(list.OfficialNumber!, words, StringComparison.Ordinal);
        Assert.Contains($"第 1 页 共 {pdf.NumberOfPages} 页", words, StringComparison.Ordinal);
        Assert.Null(pdf.Information.Author);
        Assert.StartsWith("关键核心技术需求清单", pdf.Information.Title, StringComparison.Ordinal);
        Assert.Equal("zh-CN", pdf.Structure.Catalog.CatalogDictionary.TryGet(NameToken.Create("Lang"), out StringToken language) ? language.Data : null);
        Assert.True(pdf.TryGetBookmarks(out var bookmarks));
        Assert.Equal(["摘要", "Abstract", "总表", "各条目", "核验"], bookmarks.Roots.Select(r => r.Title));
        var entry = Assert.Single(bookmarks.Roots.Single(r => r.Title == "各条目").Children);
        Assert.Equal("1. 印成PDF的需求（示例）", entry.Title);

        Assert.Contains("/lists/2026/key-technology-needs/download.pdf", await client.GetStringAsync("/lists/2026/key-technology-needs", Cancel), StringComparison.Ordinal);
        if (!Programs.Have("pdftotext") || !Programs.Have("pdffonts")) return;
        var file = Path.Combine(app.Folder, "list.pdf");
        await File.WriteAllBytesAsync(file, bytes, Cancel);
        var (read, said) = await Programs.RunAsync("pdftotext", "-layout", file, "-");
        Assert.True(read == 0, said);
        Assert.Contains("印成PDF的需求（示例）", said, StringComparison.Ordinal);
        Assert.Contains("循环寿命", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Error", said, StringComparison.Ordinal);
        if (Programs.Have("pdfinfo"))
        {
            var (_, about) = await Programs.RunAsync("pdfinfo", file);
            Assert.Matches(@"Tagged: +yes", about);
            var (_, tree) = await Programs.RunAsync("pdfinfo", "-struct-text", file);
            // In reading order: the title, a heading, what stands in a cell beside its name.
            Assert.Matches("(?s)Document.*H1.*\"关键核心技术需求清单.*TOC.*TOCI.*Link.*H2.*\"摘要\".*H3.*\"1\\. 印成PDF的需求（示例）\".*TR.*TH.*\"编号\".*TD", tree);
        }
        var (listed, fonts) = await Programs.RunAsync("pdffonts", file);
        Assert.True(listed == 0, fonts);
        // Every font is embedded, cut down, and knows which characters it shows.
        Assert.All(fonts.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2), f => Assert.Matches(@"CID TrueType +Identity-H +yes yes yes", f));
    }

    [Fact]
    public void Contents_name_the_page_on_which_each_heading_stands_and_bookmarks_lead_there()
    {
        var blocks = Enumerable.Range(1, 30).SelectMany(i => new PrintedBlock[] { new PrintedHeading(i % 3 == 1 ? 1 : 2, $"第{i}节"), new PrintedParagraph(string.Concat(Enumerable.Repeat("正文写得很长，以便占满几行。", 40))) });
        var document = Document([.. blocks]);
        using var pdf = PdfDocument.Open(PdfWriter.Write(document));
        var layout = PdfLayout.Of(document);
        Assert.True(pdf.NumberOfPages > 10);
        Assert.Equal(30, layout.Headings.Count);
        foreach (var heading in layout.Headings) Assert.Contains(heading.Text + "正文", pdf.GetPage(heading.Page).Text, StringComparison.Ordinal);
        var contents = pdf.GetPage(1).Text;
        foreach (var heading in layout.Headings.Take(5)) Assert.Contains($"{heading.Text}{heading.Page}", contents, StringComparison.Ordinal);
        Assert.True(pdf.TryGetBookmarks(out var bookmarks));
        var flat = bookmarks.GetNodes().OfType<DocumentBookmarkNode>().ToDictionary(b => b.Title, b => b.PageNumber);
        Assert.Equal(layout.Headings.ToDictionary(h => h.Text, h => h.Page), flat);
        Assert.Equal(10, bookmarks.Roots.Count);
    }

    [Fact]
    public void Every_word_belongs_to_an_element_or_is_marked_as_none_of_the_text()
    {
        PrintedBlock[] blocks =
        [
            new PrintedHeading(1, "一级标题喆"), new PrintedParagraph("Words in English.", "en"), new PrintedFacts([("名称", "值喆值")]), new PrintedHeading(2, "二级标题"),
            new PrintedTable(["列一", "列二"], [50, 50], [.. Enumerable.Range(1, 80).Select(i => (IReadOnlyList<string>)[$"行{i}", "内容"])]),
        ];
        using var pdf = PdfDocument.Open(PdfWriter.Write(Document(blocks)));
        var marked = pdf.GetPages().SelectMany(p => p.GetMarkedContents()).ToList();
        string Of(string role) => string.Concat(marked.Where(m => m.Tag == role).SelectMany(m => m.Letters).Select(l => l.Value));
        Assert.Equal("试印文件（示例）", Of("H1"));
        Assert.Equal("目录一级标题喆", Of("H2"));
        Assert.Equal("名称列一列二", Of("TH"));
        Assert.Contains("值喆值行1内容行2内容", Of("TD"), StringComparison.Ordinal);
        Assert.Contains("Words in English.", Of("P"), StringComparison.Ordinal);
        // Repeated heads, page numbers and running heads are no part of the text.
        Assert.Contains("列一列二", Of("Artifact"), StringComparison.Ordinal);
        Assert.Contains("第 1 页 共", Of("Artifact"), StringComparison.Ordinal);
        Assert.Empty(marked.Select(m => m.Tag).Except(["H1", "H2", "H3", "P", "Link", "TH", "TD", "Artifact"]));
        Assert.Equal(pdf.GetPages().Sum(p => p.Letters.Count), marked.Sum(m => m.Letters.Count));
        // Neither text nor a line or area stands outside of a mark, nor does a mark stand in another.
        foreach (var page in pdf.GetPages())
        {
            var depth = 0;
            foreach (var operation in page.Operations)
            {
                depth += operation.Operator switch { "BMC" or "BDC" => 1, "EMC" => -1, _ => 0 };
                if (operation.Operator is "BT" or "re" or "f") Assert.Equal(1, depth);
            }
            Assert.Equal(0, depth);
        }
        Assert.True(pdf.GetPages().Sum(p => p.Operations.Count(o => o.Operator == "re")) > 300);
        var tree = Encoding.Latin1.GetString(PdfWriter.Write(Document(blocks)));
        Assert.Contains("/S /P /P ", tree, StringComparison.Ordinal);
        Assert.Contains("/Lang (en)", tree, StringComparison.Ordinal);
        Assert.Contains("/Scope /Row", tree, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_link_of_the_contents_belongs_to_its_line_and_says_where_it_leads()
    {
        var bytes = PdfWriter.Write(Document([.. Enumerable.Range(1, 60).Select(i => new PrintedHeading(1, $"第{i}节"))]));
        using var pdf = PdfDocument.Open(bytes);
        var links = pdf.GetPages().SelectMany(p => p.GetAnnotations()).ToList();
        Assert.Equal(Enumerable.Range(1, 60).Select(i => $"第{i}节"), links.Select(l => l.Content));
        DictionaryToken At(IToken reference) => (DictionaryToken)pdf.Structure.GetObject(((IndirectReferenceToken)reference).Data).Data;
        var numbers = ((ArrayToken)At(At(pdf.Structure.Catalog.CatalogDictionary.Data["StructTreeRoot"]).Data["ParentTree"]).Data["Nums"]).Data;
        foreach (var link in links)
        {
            // From the annotation by its key to the element, which is a link in a line of the contents and names the annotation's page.
            var key = ((NumericToken)link.AnnotationDictionary.Data["StructParent"]).Int;
            var at = Enumerable.Range(0, numbers.Count / 2).Single(i => numbers[2 * i] is NumericToken number && number.Int == key);
            var element = At(numbers[(2 * at) + 1]);
            Assert.Equal("Link", ((NameToken)element.Data["S"]).Data);
            Assert.Equal("TOCI", ((NameToken)At(element.Data["P"]).Data["S"]).Data);
            var named = ((ArrayToken)element.Data["K"]).Data.OfType<DictionaryToken>().Single(d => d.Data["Type"] is NameToken { Data: "OBJR" });
            Assert.Equal(key, ((NumericToken)At(named.Data["Obj"]).Data["StructParent"]).Int);
        }
        Assert.Contains("/DisplayDocTitle true", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_over_pages_repeats_its_head_and_loses_no_cell_even_one_higher_than_a_page()
    {
        var rows = Enumerable.Range(1, 90).Select(i => (IReadOnlyList<string>)[$"行{i}：", i == 45 ? string.Concat(Enumerable.Range(1, 900).Select(n => $"长{n}、")) : "短"]).ToList();
        using var pdf = PdfDocument.Open(PdfWriter.Write(Document(new PrintedTable(["表头甲", "表头乙"], [30, 70], rows))));
        Assert.True(pdf.NumberOfPages >= 4);
        Assert.All(pdf.GetPages(), p => Assert.Contains("表头甲表头乙", p.Text, StringComparison.Ordinal));
        var words = Words(pdf);
        for (var i = 1; i <= 90; i++) Assert.Contains($"行{i}：", words, StringComparison.Ordinal);
        // Without what stands above and below each page, the long cell reads on over its lines.
        var cell = string.Concat(pdf.GetPages().Select(p => p.Text.Split("表头甲表头乙")[1].Split("试印文件")[0].Split("第 ")[0]));
        Assert.Contains(string.Concat(Enumerable.Range(1, 900).Select(n => $"长{n}、")), cell, StringComparison.Ordinal);
        Assert.All(pdf.GetPages(), p => Assert.All(p.Letters, l => Assert.InRange(l.StartBaseLine.Y, 20, 830)));
        Assert.All(pdf.GetPages(), p => Assert.All(p.Letters, l => Assert.InRange(l.EndBaseLine.X, 0, PdfLayout.Width - 55)));
    }

    [Fact]
    public void Characters_come_from_the_font_that_has_them_and_one_that_none_has_is_a_square()
    {
        var fonts = PrintFonts.Shared;
        Assert.Equal([0, 1, 0], fonts.Glyphs("中喆中", bold: false).Select(g => g.Font));
        Assert.Equal([2, 1], fonts.Glyphs("中喆", bold: true).Select(g => g.Font));
        var square = Assert.Single(fonts.Glyphs("□", bold: false));
        Assert.Equal(square, Assert.Single(fonts.Glyphs("😀", bold: false)));
        Assert.Empty(fonts.Glyphs("\u0007", bold: false));
        Assert.Equal(3f, fonts.Width("三个字", bold: false), 3);

        using var pdf = PdfDocument.Open(PdfWriter.Write(Document(new PrintedHeading(1, "喆与堃😀"), new PrintedParagraph("喆、堃、犇 W/(m·K) ≥ 5.5 GPa ½ μm"))));
        Assert.Contains("喆、堃、犇 W/(m·K) ≥ 5.5 GPa", Words(pdf), StringComparison.Ordinal);
        Assert.Contains("喆与堃□", Words(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_font_keeps_what_is_used_and_drops_the_other_outlines()
    {
        var whole = PrintFonts.Shared.Bytes(0);
        var used = PrintFonts.Shared.Glyphs("吉林", bold: false).Select(g => g.Glyph).ToHashSet();
        var cut = TrueTypeSubset.Of(whole, used);
        Assert.True(cut.Length < whole.Length / 4);
        using var before = new SKFont(PrintFonts.Open(whole), 1000);
        using var after = new SKFont(PrintFonts.Open(cut), 1000);
        Assert.Equal(before.Typeface.GlyphCount, after.Typeface.GlyphCount);
        foreach (var glyph in used)
        {
            using var one = before.GetGlyphPath(glyph);
            using var other = after.GetGlyphPath(glyph);
            Assert.Equal(one!.ToSvgPathData(), other!.ToSvgPathData());
        }
        using var dropped = after.GetGlyphPath(after.GetGlyph('省'));
        Assert.True(dropped is null || dropped.IsEmpty);
        Assert.Equal(before.MeasureText("省"), after.MeasureText("省"));
    }

    [Theory]
    [InlineData("一二三四五六七", 5, "一二三四五|六七")]
    [InlineData("一二三四五，六七", 5, "一二三四|五，六七")]
    [InlineData("一二三四（五六）七", 5, "一二三四|（五六）七")]
    [InlineData("一二三四5.5", 5, "一二三四|5.5")]
    [InlineData("ab cd ef", 5, "ab cd|ef")]
    [InlineData("abcdefghijkl", 5, "abcde|fghij|kl")]
    [InlineData("一\n\n二", 5, "一||二")]
    [InlineData("", 5, "")]
    [InlineData("一二三四五 六", 5, "一二三四五|六")]
    public void Lines_break_where_Chinese_typography_lets_them(string text, float room, string lines) =>
        Assert.Equal(lines, string.Join('|', LineBreaks.Of(text, room, t => t.EnumerateRunes().Count())));
}
