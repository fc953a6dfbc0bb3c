using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Plan.Registers;

/// <summary>A row of an uploaded table: an entry, or what is wrong in which cell.</summary>
/// <param name="Cells">As they stand in the file, in the order of the register's columns.</param>
public sealed record RegisterRow(int Number, RegisterValues? Values, IReadOnlyList<(string Address, Problem Problem)> Problems, IReadOnlyList<string> Cells);

/// <summary>Tables of a register: found under titles and notes, read row by row; and the empty one to fill in.</summary>
public static class RegisterSheet
{
    private const int SearchedRows = 20;

    /// <exception cref="FileRefusedException">With the reason; nothing of the file was used.</exception>
    public static IReadOnlyList<RegisterRow> Read(RegisterKind kind, string fileName, Stream content, DateOnly today)
    {
        foreach (var grid in SheetFile.Read(fileName, content))
            foreach (var head in grid.Rows.Take(SearchedRows))
                if (ColumnsOf(kind, head) is { } columns)
                    return [.. grid.Rows.Where(r => r.Number > head.Number && r.Cells.Values.Any(c => !c.IsBlank)).Select(r => ReadRow(kind, r, columns, today))];
        throw new FileRefusedException("NoHead");
    }

    public static byte[] Template(RegisterKind kind, string sheetName)
    {
        var columns = RegisterColumns.Of(kind);
        return XlsxWriter.Write([new OutSheet(sheetName, [.. columns.Select(_ => new OutColumn(24))], [[.. columns.Select(object? (c) => c.Headings[0])]])]);
    }

    /// <summary>Column of each field, when all that are required are there.</summary>
    private static Dictionary<RegisterField, int>? ColumnsOf(RegisterKind kind, GridRow head)
    {
        var found = new Dictionary<RegisterField, int>();
        foreach (var (column, cell) in head.Cells.OrderBy(c => c.Key))
        {
            var heading = CellText.Narrow(cell.Text);
            var field = RegisterColumns.Of(kind).FirstOrDefault(c => c.Headings.Any(h => string.Equals(CellText.Narrow(h), heading, StringComparison.OrdinalIgnoreCase)))?.Field;
            if (field is { } known) found.TryAdd(known, column);
        }
        return RegisterColumns.Of(kind).All(c => !c.Required || found.ContainsKey(c.Field)) ? found : null;
    }

    private static RegisterRow ReadRow(RegisterKind kind, GridRow row, Dictionary<RegisterField, int> columns, DateOnly today)
    {
        Cell CellOf(RegisterField field) => columns.TryGetValue(field, out var column) ? row[column] : Cell.Blank;
        var (values, problems) = RegisterColumns.Read(kind, CellOf, today);
        return new RegisterRow(row.Number, values, [.. problems.Select(p => (CellAddress.Of(row.Number, columns[Enum.Parse<RegisterField>(p.Field)]), p))],
            [.. RegisterColumns.Of(kind).Select(c => CellOf(c.Field).Text)]);
    }
}
