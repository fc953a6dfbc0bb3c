using System.Globalization;
using SkiaSharp;

namespace Matchmaking.Web.Printing;

/// <summary>Where everything of a printed document stands on which page. Lengths are points (1/72 inch).</summary>
internal sealed class PdfLayout
{
    /// <summary>A4.</summary>
    public const float Width = 595.28f, Height = 841.89f;

    private const float Side = 62, Top = 66, Bottom = Height - 64, Room = Width - (2 * Side);
    private const float TextSize = 10.5f, TextLeading = 17, CellSize = 9, CellLeading = 13.5f, SmallSize = 8.5f, PaddingX = 4, PaddingY = 3, Thin = 0.5f;
    private const byte LineGrey = 150, HeadGrey = 232;

    /// <summary>Sizes of headings, and the space before them, by level.</summary>
    private static readonly (float Size, float Before)[] HeadingSizes = [(15, 16), (12, 12)];

    private readonly List<List<PdfPiece>> _pages = [];
    private readonly List<PdfHeading> _headings = [];
    private readonly PdfElement _root = new("Document");
    private float _y;

    private PdfLayout() { }

    /// <summary>What the document is made of, in reading order.</summary>
    public PdfElement Root => _root;

    public IReadOnlyList<IReadOnlyList<PdfPiece>> Pages => _pages;

    public IReadOnlyList<PdfHeading> Headings => _headings;

    public static PdfLayout Of(PrintedDocument document)
    {
        var layout = new PdfLayout();
        layout.AddPage();
        layout.Centred(document.Title, 20, bold: true, "H1");
        layout.Centred(document.Number, 12, bold: false, "P");
        var contents = layout.LeaveContents(document);
        foreach (var block in document.Blocks) layout.Add(block);
        layout.FillContents(contents);
        layout.NumberPages(document);
        return layout;
    }

    private void Add(PrintedBlock block)
    {
        switch (block)
        {
            case PrintedHeading heading: AddHeading(heading); break;
            case PrintedParagraph paragraph: AddParagraph(paragraph); break;
            case PrintedFacts facts: AddTable(null, [26, 74], [.. facts.Facts.Select(f => (IReadOnlyList<string>)[f.Name, f.Value])]); break;
            case PrintedTable table: AddTable(table.Head, table.Widths, table.Rows); break;
        }
    }

    private void AddPage()
    {
        _pages.Add([]);
        _y = Top;
    }

    /// <summary>A new page unless there is room for so much.</summary>
    private void Need(float height)
    {
        if (_y + height > Bottom) AddPage();
    }

    private void Put(PdfPiece piece) => _pages[^1].Add(piece);

    private void Put(string text, float x, float size, float leading, bool bold, PdfElement? element)
    {
        if (text.Length > 0) Put(new PdfWords(x, Baseline(_y, size, leading), size, bold, text, element));
        _y += leading;
    }

    /// <summary>A line's text stands in the middle of its height; 0.88 is the ascent of the fonts' Chinese characters in ems, whose full height is one.</summary>
    private static float Baseline(float top, float size, float leading) => top + ((leading - size) / 2) + (0.88f * size);

    private static IReadOnlyList<string> Lines(string text, float room, float size, bool bold) => LineBreaks.Of(text, room / size, t => PrintFonts.Shared.Width(t, bold));

    private void Centred(string text, float size, bool bold, string role)
    {
        var element = _root.Add(new PdfElement(role));
        foreach (var line in Lines(text, Room, size, bold)) Put(line, Side + ((Room - (PrintFonts.Shared.Width(line, bold) * size)) / 2), size, size * 1.7f, bold, element);
        _y += size / 2;
    }

    private void AddHeading(PrintedHeading heading)
    {
        var (size, before) = HeadingSizes[heading.Level - 1];
        var lines = Lines(heading.Text, Room, size, bold: true);
        // A heading stays with what follows it.
        Need(before + (lines.Count * size * 1.5f) + (3 * TextLeading));
        if (_y > Top) _y += before;
        var name = "h" + (_headings.Count + 1).ToString(CultureInfo.InvariantCulture);
        _headings.Add(new PdfHeading(heading.Level, heading.Text, name, _pages.Count));
        Put(new PdfTarget(_y, name));
        // The title of the document is the first level.
        var element = _root.Add(new PdfElement(heading.Level == 1 ? "H2" : "H3"));
        foreach (var line in lines) Put(line, Side, size, size * 1.5f, bold: true, element);
        _y += 4;
    }

    private void AddParagraph(PrintedParagraph paragraph)
    {
        var english = paragraph.Language == "en";
        var element = _root.Add(new PdfElement("P", english ? "en" : null));
        foreach (var line in Lines(english ? Narrow(paragraph.Text) : paragraph.Text, Room, TextSize, bold: false))
        {
            Need(TextLeading);
            Put(line, Side, TextSize, TextLeading, bold: false, element);
        }
        _y += 6;
    }

    /// <summary>The fonts' typographic quotation marks are as wide as Chinese characters; in English the plain ones stand in for them.</summary>
    private static string Narrow(string text) => text.Replace('’', '\'').Replace('‘', '\'').Replace('“', '"').Replace('”', '"');

    private void AddTable(IReadOnlyList<string>? head, IReadOnlyList<int> shares, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        float[] widths = [.. shares.Select(s => Room * s / shares.Sum())];
        var table = _root.Add(new PdfElement("Table"));
        var headRow = head is null ? null : Cells(head, widths, bold: true);
        // The head is never alone at the foot of a page.
        Need((headRow is null ? 0 : HeightOf(headRow)) + CellLeading + (2 * PaddingY));
        if (headRow is not null) AddRow(Tagged(headRow, table, _ => new PdfElement("TH")), widths, isHead: true);
        foreach (var row in rows)
        {
            // Names of facts head their rows.
            var cells = Tagged(Cells(row, widths, bold: false), table, place => head is null && place == 0 ? new PdfElement("TH") { IsRowHead = true } : new PdfElement("TD"));
            while (_y + HeightOf(cells) > Bottom)
            {
                var fresh = Top + (headRow is null ? 0 : HeightOf(headRow));
                // Higher than a page: what fits stays here, the rest goes on overleaf.
                if (fresh + HeightOf(cells) > Bottom && (int)((Bottom - _y - (2 * PaddingY)) / CellLeading) is > 0 and var fitting)
                {
                    AddRow([.. cells.Select(c => c with { Lines = [.. c.Lines.Take(fitting)] })], widths, isHead: false);
                    cells = [.. cells.Select(c => c with { Lines = [.. c.Lines.Skip(fitting)] })];
                }
                AddPage();
                if (headRow is not null) AddRow(headRow, widths, isHead: true);
            }
            AddRow(cells, widths, isHead: false);
        }
        _y += 8;
    }

    /// <param name="Element">Null in a head that is repeated.</param>
    private sealed record Cell(IReadOnlyList<string> Lines, bool Bold, PdfElement? Element);

    private static Cell[] Tagged(Cell[] cells, PdfElement table, Func<int, PdfElement> element)
    {
        var row = table.Add(new PdfElement("TR"));
        return [.. cells.Select((c, place) => c with { Element = row.Add(element(place)) })];
    }

    private static Cell[] Cells(IReadOnlyList<string> texts, float[] widths, bool bold) =>
        [.. texts.Select((t, i) => new Cell(Lines(t, widths[i] - (2 * PaddingX), CellSize, bold), bold, null))];

    private static float HeightOf(IEnumerable<Cell> cells) => (cells.Max(c => c.Lines.Count) * CellLeading) + (2 * PaddingY);

    private void AddRow(IReadOnlyList<Cell> cells, float[] widths, bool isHead)
    {
        var (top, height) = (_y, HeightOf(cells));
        if (isHead) Put(new PdfFill(SKRect.Create(Side, top, Room, height), HeadGrey));
        var x = Side;
        for (var i = 0; i < cells.Count; i++)
        {
            _y = top + PaddingY;
            foreach (var line in cells[i].Lines) Put(line, x + PaddingX, CellSize, CellLeading, cells[i].Bold, cells[i].Element);
            Put(new PdfFill(SKRect.Create(x, top, Thin, height), LineGrey));
            x += widths[i];
        }
        Put(new PdfFill(SKRect.Create(x, top, Thin, height), LineGrey));
        Put(new PdfFill(SKRect.Create(Side, top, Room, Thin), LineGrey));
        Put(new PdfFill(SKRect.Create(Side, top + height, Room + Thin, Thin), LineGrey));
        _y = top + height;
    }

    /// <param name="At">Place among the pieces of the page where the line belongs.</param>
    private sealed record ContentsLine(int Page, int At, float Top, int Level, PdfElement Element);

    /// <summary>Room for the contents: a line a heading, so that it is known before the pages are.</summary>
    private List<ContentsLine> LeaveContents(PrintedDocument document)
    {
        Put(document.ContentsTitle, Side, HeadingSizes[0].Size, HeadingSizes[0].Size * 1.8f, bold: true, _root.Add(new PdfElement("H2")));
        var contents = _root.Add(new PdfElement("TOC"));
        var lines = new List<ContentsLine>();
        foreach (var heading in document.Blocks.OfType<PrintedHeading>())
        {
            Need(TextLeading);
            lines.Add(new ContentsLine(_pages.Count, _pages[^1].Count, _y, heading.Level, contents.Add(new PdfElement("TOCI"))));
            _y += TextLeading;
        }
        _y += TextLeading;
        return lines;
    }

    private void FillContents(List<ContentsLine> lines)
    {
        const float NumberRoom = 30, Indent = 16;
        // From the last on, so that the places of those before stay.
        foreach (var (line, heading) in lines.Zip(_headings).Reverse())
        {
            var page = new List<PdfPiece>();
            var x = Side + ((line.Level - 1) * Indent);
            var number = heading.Page.ToString(CultureInfo.InvariantCulture);
            var text = Shortened(heading.Text, Width - Side - NumberRoom - x);
            var baseline = Baseline(line.Top, TextSize, TextLeading);
            var link = line.Element.Add(new PdfElement("Link"));
            page.Add(new PdfWords(x, baseline, TextSize, Bold: false, text, link));
            page.Add(new PdfWords(Width - Side - (PrintFonts.Shared.Width(number, bold: false) * TextSize), baseline, TextSize, Bold: false, number, link));
            var from = x + (PrintFonts.Shared.Width(text, bold: false) * TextSize) + 6;
            if (Width - Side - NumberRoom > from) page.Add(new PdfFill(new SKRect(from, baseline, Width - Side - NumberRoom, baseline + Thin), 200));
            page.Add(new PdfLink(new SKRect(x, line.Top, Width - Side, line.Top + TextLeading), heading.Name, heading.Text, link));
            _pages[line.Page - 1].InsertRange(line.At, page);
        }
    }

    private static string Shortened(string text, float room)
    {
        var lines = Lines(text, room, TextSize, bold: false);
        return lines.Count <= 1 ? text : Lines(text, room - TextSize, TextSize, bold: false)[0] + "…";
    }

    private void NumberPages(PrintedDocument document)
    {
        for (var i = 0; i < _pages.Count; i++)
        {
            var foot = string.Create(CultureInfo.InvariantCulture, $"第 {i + 1} 页 共 {_pages.Count} 页");
            _pages[i].Add(new PdfWords((Width - (PrintFonts.Shared.Width(foot, bold: false) * SmallSize)) / 2, Height - 34, SmallSize, Bold: false, foot, null));
            if (i > 0) _pages[i].Add(new PdfWords(Side, 42, SmallSize, Bold: false, Shortened($"{document.Title}  {document.Number}", Room * TextSize / SmallSize), null));
        }
    }
}
