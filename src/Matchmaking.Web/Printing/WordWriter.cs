using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Matchmaking.Web.Printing;

/// <summary>A printed document as Open XML. No person's name is in its properties, and equal documents have equal bytes.</summary>
public static class WordWriter
{
    private const int TextWidth = 9070;

    public static byte[] Write(PrintedDocument document)
    {
        using var stream = new MemoryStream();
        using (var package = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            WriteProperties(package, document);
            var main = package.AddNewPart<MainDocumentPart>("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "rDocument");
            main.AddNewPart<StyleDefinitionsPart>("rStyles").Styles = WordStyles.All();
            main.AddNewPart<FooterPart>("rFooter").Footer = new Footer(PageNumbers());
            main.Document = new Document(Body(document));
        }
        return WithFixedTimes(stream, document.Dated);
    }

    /// <summary>Written by hand: the library would name this part by chance.</summary>
    private static void WriteProperties(WordprocessingDocument package, PrintedDocument document)
    {
        XNamespace core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties", dc = "http://purl.org/dc/elements/1.1/", terms = "http://purl.org/dc/terms/", xsi = "http://www.w3.org/2001/XMLSchema-instance";
        XElement Day(string name) => new(terms + name, new XAttribute(xsi + "type", "dcterms:W3CDTF"), document.Dated.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        var properties = new XElement(core + "coreProperties",
            new XAttribute(XNamespace.Xmlns + "cp", core), new XAttribute(XNamespace.Xmlns + "dc", dc), new XAttribute(XNamespace.Xmlns + "dcterms", terms), new XAttribute(XNamespace.Xmlns + "xsi", xsi),
            new XElement(dc + "title", document.Title), new XElement(dc + "identifier", document.Number), new XElement(dc + "language", "zh-CN"), Day("created"), Day("modified"));
        using var target = package.AddNewPart<CoreFilePropertiesPart>("rCore").GetStream(FileMode.Create);
        new XDocument(properties).Save(target, SaveOptions.DisableFormatting);
    }

    private static Body Body(PrintedDocument document)
    {
        var body = new Body(Styled("Title", document.Title), Styled("Subtitle", document.Number));
        var headings = document.Blocks.OfType<PrintedHeading>().ToList();
        body.Append(Styled("ContentsTitle", document.ContentsTitle));
        for (var i = 0; i < headings.Count; i++) body.Append(ContentsLine(headings[i], i, headings.Count));
        var heading = 0;
        foreach (var block in document.Blocks)
        {
            switch (block)
            {
                case PrintedHeading h: body.Append(Marked(h, heading++)); break;
                case PrintedParagraph p: body.Append(new Paragraph(Words(p.Text, p.Language))); break;
                case PrintedFacts f: body.Append(Table([2500, 6570], null, [.. f.Facts.Select(fact => (IReadOnlyList<string>)[fact.Name, fact.Value])]), new Paragraph()); break;
                case PrintedTable t: body.Append(Table([.. t.Widths.Select(w => TextWidth * w / t.Widths.Sum())], t.Head, t.Rows), new Paragraph()); break;
            }
        }
        body.Append(new SectionProperties(
            new FooterReference { Type = HeaderFooterValues.Default, Id = "rFooter" },
            new PageSize { Width = 11906, Height = 16838 },
            new PageMargin { Top = 1418, Bottom = 1418, Left = 1418, Right = 1418, Header = 709, Footer = 709, Gutter = 0 }));
        return body;
    }

    /// <summary>The contents are filled in, so that they stand there also where nobody renews the field.</summary>
    private static Paragraph ContentsLine(PrintedHeading heading, int index, int count)
    {
        var line = new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "TOC" + heading.Level }));
        if (index == 0) line.Append(Field(FieldCharValues.Begin), Code(" TOC \\o \"1-2\" \\h \\z "), Field(FieldCharValues.Separate));
        line.Append(new Hyperlink(Words(heading.Text)) { Anchor = Anchor(index), History = OnOffValue.FromBoolean(true) });
        if (index == count - 1) line.Append(Field(FieldCharValues.End));
        return line;
    }

    private static Paragraph Marked(PrintedHeading heading, int index) => new(
        new ParagraphProperties(new ParagraphStyleId { Val = "Heading" + heading.Level }),
        new BookmarkStart { Id = Invariant(index), Name = Anchor(index) }, Words(heading.Text), new BookmarkEnd { Id = Invariant(index) });

    private static Table Table(IReadOnlyList<int> widths, IReadOnlyList<string>? head, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var table = new Table(
            new TableProperties(
                new TableWidth { Width = Invariant(TextWidth), Type = TableWidthUnitValues.Dxa },
                new TableBorders(Border<TopBorder>(), Border<LeftBorder>(), Border<BottomBorder>(), Border<RightBorder>(), Border<InsideHorizontalBorder>(), Border<InsideVerticalBorder>()),
                new TableLayout { Type = TableLayoutValues.Fixed }),
            new TableGrid(widths.Select(w => new GridColumn { Width = Invariant(w) })));
        if (head is not null) table.Append(Row(widths, head, new TableRowProperties(new CantSplit(), new TableHeader())));
        foreach (var row in rows) table.Append(Row(widths, row, new TableRowProperties(new CantSplit())));
        return table;
    }

    private static TableRow Row(IReadOnlyList<int> widths, IReadOnlyList<string> cells, TableRowProperties properties)
    {
        var row = new TableRow(properties);
        for (var i = 0; i < cells.Count; i++)
            row.Append(new TableCell(new TableCellProperties(new TableCellWidth { Width = Invariant(widths[i]), Type = TableWidthUnitValues.Dxa }), new Paragraph(Words(cells[i]))));
        return row;
    }

    private static Paragraph PageNumbers() => new(
        new ParagraphProperties(new Justification { Val = JustificationValues.Center }),
        Words("第 "), new SimpleField(Words("1")) { Instruction = " PAGE " }, Words(" 页 共 "), new SimpleField(Words("1")) { Instruction = " NUMPAGES " }, Words(" 页"));

    private static Paragraph Styled(string style, string words) => new(new ParagraphProperties(new ParagraphStyleId { Val = style }), Words(words));

    private static Run Words(string words, string? language = null)
    {
        var run = new Run();
        if (language is not null) run.Append(new RunProperties(new Languages { Val = language, EastAsia = "zh-CN" }));
        run.Append(new Text(words) { Space = SpaceProcessingModeValues.Preserve });
        return run;
    }

    private static Run Field(FieldCharValues kind) => new(new FieldChar { FieldCharType = kind });

    private static Run Code(string code) => new(new FieldCode(code) { Space = SpaceProcessingModeValues.Preserve });

    private static string Anchor(int index) => "_Toc" + (1000 + index).ToString(CultureInfo.InvariantCulture);

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static T Border<T>() where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Color = "808080" };

    /// <summary>The package notes the time of its making with every part; the document's own stands there instead.</summary>
    private static byte[] WithFixedTimes(MemoryStream package, DateTimeOffset dated)
    {
        package.Position = 0;
        using var result = new MemoryStream();
        using (var from = new ZipArchive(package, ZipArchiveMode.Read))
        using (var to = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in from.Entries.OrderBy(e => e.FullName != "[Content_Types].xml").ThenBy(e => e.FullName, StringComparer.Ordinal))
            {
                var copy = to.CreateEntry(part.FullName);
                copy.LastWriteTime = dated.ToUniversalTime();
                using var source = part.Open();
                using var target = copy.Open();
                source.CopyTo(target);
            }
        }
        return result.ToArray();
    }
}
