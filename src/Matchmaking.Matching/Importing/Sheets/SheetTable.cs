namespace Matchmaking.Matching.Importing.Sheets;

/// <param name="Headings">The heading of the template first, then others that are understood.</param>
public sealed record SheetColumn<TField>(TField Field, bool Required, IReadOnlyList<string> Headings) where TField : struct, Enum;

/// <summary>A row under a head that was found, read by the names of its columns.</summary>
public sealed record SheetRow<TField>(GridRow Row, IReadOnlyDictionary<TField, int> Columns) where TField : struct, Enum
{
    public int Number => Row.Number;

    /// <summary>What stands in a column; blank where the table has none.</summary>
    public Cell this[TField field] => Columns.TryGetValue(field, out var column) ? Row[column] : Cell.Blank;

    /// <summary>As B7; the row's first cell where the table has no such column.</summary>
    public string AddressOf(TField field) => CellAddress.Of(Number, Columns.GetValueOrDefault(field, Columns.Values.Min()));
}

/// <summary>Small tables with known columns: found under titles and notes, read row by row; and the empty one to fill in.</summary>
public static class SheetTable
{
    private const int SearchedRows = 20;

    /// <exception cref="FileRefusedException">With the reason; NoHead where no row names all required columns.</exception>
    public static IReadOnlyList<SheetRow<TField>> Read<TField>(IReadOnlyList<SheetColumn<TField>> columns, string fileName, Stream content) where TField : struct, Enum
    {
        foreach (var grid in SheetFile.Read(fileName, content))
            foreach (var head in grid.Rows.Take(SearchedRows))
                if (ColumnsOf(columns, head) is { } found)
                    return [.. grid.Rows.Where(r => r.Number > head.Number && r.Cells.Values.Any(c => !c.IsBlank)).Select(r => new SheetRow<TField>(r, found))];
        throw new FileRefusedException("NoHead");
    }

    public static byte[] Template<TField>(IReadOnlyList<SheetColumn<TField>> columns, string sheetName) where TField : struct, Enum =>
        XlsxWriter.Write([new OutSheet(sheetName, [.. columns.Select(_ => new OutColumn(24))], [[.. columns.Select(object? (c) => c.Headings[0])]])]);

    /// <summary>Column of each field, when all that are required are there.</summary>
    private static Dictionary<TField, int>? ColumnsOf<TField>(IReadOnlyList<SheetColumn<TField>> columns, GridRow head) where TField : struct, Enum
    {
        var found = new Dictionary<TField, int>();
        foreach (var (column, cell) in head.Cells.OrderBy(c => c.Key))
        {
            var heading = CellText.Narrow(cell.Text);
            if (columns.FirstOrDefault(c => c.Headings.Any(h => string.Equals(CellText.Narrow(h), heading, StringComparison.OrdinalIgnoreCase))) is { } known) found.TryAdd(known.Field, column);
        }
        return columns.All(c => !c.Required || found.ContainsKey(c.Field)) ? found : null;
    }
}
