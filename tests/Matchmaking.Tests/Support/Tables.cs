using System.Globalization;
using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Matchmaking.Tests.Support;

/// <summary>A formula with the value that a spreadsheet would keep beside it.</summary>
public sealed record Formula(string Text, string Cached);

/// <summary>Workbooks made with another library than the one that reads them.</summary>
public static class Tables
{
    /// <summary>Text, numbers, <see cref="DateOnly"/> as dates of the spreadsheet, <see cref="Formula"/>; null for nothing. Merges such as A1:C1.</summary>
    public static byte[] Xlsx(IReadOnlyList<object?[]> rows, params string[] merges) => Xlsx([("Sheet1", rows)], merges);

    public static byte[] Xlsx(IReadOnlyList<(string Name, IReadOnlyList<object?[]> Rows)> sheets, params string[] merges)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.Workbook = new Workbook(new Sheets());
            var styles = workbook.AddNewPart<WorkbookStylesPart>();
            styles.Stylesheet = new Stylesheet(
                new NumberingFormats(new NumberingFormat { NumberFormatId = 170, FormatCode = "yyyy\"年\"m\"月\"d\"日\"" }),
                new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()), new CellStyleFormats(new CellFormat()),
                new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 170, ApplyNumberFormat = true }));
            var shared = workbook.AddNewPart<SharedStringTablePart>();
            shared.SharedStringTable = new SharedStringTable();
            for (var i = 0; i < sheets.Count; i++)
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                var data = new SheetData();
                for (var r = 0; r < sheets[i].Rows.Count; r++)
                {
                    var row = new Row { RowIndex = (uint)(r + 1) };
                    for (var c = 0; c < sheets[i].Rows[r].Length; c++)
                    {
                        if (sheets[i].Rows[r][c] is { } value) row.Append(CellOf(value, $"{Letters(c)}{r + 1}", shared.SharedStringTable));
                    }
                    data.Append(row);
                }
                part.Worksheet = new Worksheet(data);
                if (merges.Length > 0 && i == 0) part.Worksheet.Append(new MergeCells(merges.Select(m => new MergeCell { Reference = m })));
                workbook.Workbook.Sheets!.Append(new Sheet { Name = sheets[i].Name, SheetId = (uint)(i + 1), Id = workbook.GetIdOfPart(part) });
            }
        }
        return stream.ToArray();
    }

    /// <summary>The same package with one more part, or with a part changed.</summary>
    public static byte[] WithPart(byte[] package, string name, string content)
    {
        using var stream = new MemoryStream();
        stream.Write(package);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(name)?.Delete();
            using var part = zip.CreateEntry(name).Open();
            part.Write(Encoding.UTF8.GetBytes(content));
        }
        return stream.ToArray();
    }

    public static string Part(byte[] package, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(package));
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static Cell CellOf(object value, string address, SharedStringTable shared)
    {
        switch (value)
        {
            case string text:
                shared.Append(new SharedStringItem(new DocumentFormat.OpenXml.Spreadsheet.Text(text) { Space = SpaceProcessingModeValues.Preserve }));
                return new Cell { CellReference = address, DataType = CellValues.SharedString, CellValue = new CellValue(shared.Count() - 1) };
            case DateOnly day:
                return new Cell { CellReference = address, StyleIndex = 1, CellValue = new CellValue(day.ToDateTime(TimeOnly.MinValue).ToOADate().ToString(CultureInfo.InvariantCulture)) };
            case Formula formula:
                return new Cell { CellReference = address, CellFormula = new CellFormula(formula.Text), CellValue = new CellValue(formula.Cached) };
            default:
                return new Cell { CellReference = address, CellValue = new CellValue(Convert.ToString(value, CultureInfo.InvariantCulture)!) };
        }
    }

    private static string Letters(int column) => column < 26 ? $"{(char)('A' + column)}" : $"{(char)('A' + (column / 26) - 1)}{(char)('A' + (column % 26))}";
}
