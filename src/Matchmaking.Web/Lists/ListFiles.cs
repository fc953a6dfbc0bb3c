using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;

namespace Matchmaking.Web.Lists;

/// <summary>A published list as a table to download. Made from the frozen document only, so nothing can be in it that is not on the list.</summary>
public sealed class ListFiles(IStringLocalizer<ListsText> text, Formatting format)
{
    public const string ExcelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>UTF-8 with a mark, so that spreadsheets read Chinese; cells that a spreadsheet would take for a formula are escaped.</summary>
    public byte[] Csv(ListDocument document)
    {
        var columns = Columns(document);
        return CsvText.Write([.. columns.Select(c => c.Heading)], document.Entries.Select(e => columns.Select(c => c.Value(e)).ToArray()));
    }

    public byte[] Excel(ListDocument document)
    {
        var columns = Columns(document);
        using var stream = new MemoryStream();
        // Text cells are never formulas in this format, so nothing needs escaping.
        stream.SaveAs(document.Entries.Select(e => columns.ToDictionary(c => c.Heading, object (c) => c.Value(e))), sheetName: document.Serial);
        return stream.ToArray();
    }

    private List<(string Heading, Func<ListDocumentEntry, string> Value)> Columns(ListDocument document)
    {
        var needs = document.Kind == AnnualListKind.KeyTechnologyNeeds;
        var columns = new List<(string, Func<ListDocumentEntry, string>)>
        {
            (text["Column.Position"], e => e.Position.ToString(CultureInfo.InvariantCulture)),
            (text["Column.Number"], e => e.Number),
            (text["Column.Revision"], e => e.Revision.ToString(CultureInfo.InvariantCulture)),
            (text["Column.Title"], e => e.Title),
            (text["Column.Summary"], e => e.Summary),
            (text["Column.Quantities"], e => Quantities(e)),
            (text["Column.Field"], e => format.Field(e.Field)),
            (text["Column.Industry"], e => format.Industry(e.Industry)),
            (text["Column.Region"], e => format.Region(e.Region)),
            (text["Column.Owner"], e => e.OwnerName ?? text["Anonymous"]),
            (text[needs ? "Column.Horizon" : "Column.Stage"], e => Band(document.Kind, e)),
            (text[needs ? "Column.LeastTrl" : "Column.Trl"], e => format.Trl(e.Maturity)),
            (text[needs ? "Column.Budget" : "Column.Price"], e => format.Money(e.Money)),
            (text["Column.Modes"], e => format.Modes(e.Cooperation)),
        };
        if (needs) columns.Add((text["Column.Deadline"], e => e.Deadline is { } day ? format.Date(day) : format.Unstated));
        return columns;
    }

    public string Quantities(ListDocumentEntry entry) => string.Join(text["Separator"], entry.Quantities.Select(q => q.Name + format.Quantity(q)));

    public string Band(AnnualListKind kind, ListDocumentEntry entry) =>
        entry.Band is { } band ? format.Name(kind == AnnualListKind.KeyTechnologyNeeds ? "Horizon" : "Stage", band) : format.Unstated;
}

/// <summary>Tables as CSV for spreadsheets.</summary>
public static class CsvText
{
    public static byte[] Write(string[] headings, IEnumerable<string[]> rows)
    {
        using var stream = new MemoryStream();
        // This encoding writes the mark that tells spreadsheets of UTF-8.
        using (var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n", ShouldQuote = ShouldQuote }))
        {
            WriteRow(csv, headings);
            foreach (var row in rows) WriteRow(csv, row);
        }
        return stream.ToArray();
    }

    // With a line end of its own the library quotes a cell for that one only; a lone line feed or return in a cell would end the row.
    private static bool ShouldQuote(ShouldQuoteArgs cell) => ConfigurationFunctions.ShouldQuote(cell) || cell.Field.AsSpan().ContainsAny('\r', '\n');

    private static void WriteRow(CsvWriter csv, string[] cells)
    {
        foreach (var cell in cells) csv.WriteField(cell);
        csv.NextRecord();
    }
}
