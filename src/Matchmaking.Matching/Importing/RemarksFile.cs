using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Importing;

/// <summary>The rows that were not taken, as they stood in the file, each with what is wrong. Corrected, the same file can be uploaded again.</summary>
public static class RemarksFile
{
    public static byte[] Write(CheckedTable table, ListingKind kind, ImportWords words)
    {
        var columns = table.Table.Head.Columns.Where(c => c.Field != ImportField.Remark).ToList();
        var rows = new List<IReadOnlyList<object?>> { (List<object?>)[.. columns.Select(Heading), words.Heading(ImportField.Remark, kind)] };
        foreach (var row in table.Rows.Where(r => r.State is ImportRowState.Bad or ImportRowState.Asked))
            rows.Add([.. columns.Select(object? (c) => row.Row.Source[c.Column].Text), Text(row, kind, words)]);
        var widths = columns.ConvertAll(_ => new OutColumn(18));
        return XlsxWriter.Write([new OutSheet(words.Text("Sheet.Remarks"), [.. widths, new OutColumn(60)], rows)]);
    }

    public static string Text(CheckedRow row, ListingKind kind, ImportWords words) =>
        string.Join('\n', row.Remarks.Where(r => r.Mark != CellMark.Note).Select(r => $"{r.Address} {words.Problem(r.Problem, kind)}"));

    // Both levels in one, and the unit where the heading had none: the line above the table that stated it is not carried along.
    private static object? Heading(SheetColumn column)
    {
        var text = column.Upper.Length > 0 ? $"{column.Upper}{column.Heading}" : column.Heading;
        return column.Unit switch
        {
            MoneyUnit.Yuan when !text.Contains('元', StringComparison.Ordinal) => text + "（元）",
            MoneyUnit.HundredMillion when !text.Contains('元', StringComparison.Ordinal) => text + "（亿元）",
            _ => text,
        };
    }
}
