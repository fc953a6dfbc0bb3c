namespace Matchmaking.Matching.Importing.Sheets;

/// <summary>A file that is not read at all. The code names a text in the resource files (<c>Refused.Code</c>); the arguments fill its places.</summary>
public sealed class FileRefusedException(string code, params object[] arguments) : Exception($"The file is refused: {code}.")
{
    public string Code { get; } = code;
    public IReadOnlyList<object> Arguments { get; } = arguments;
}

public enum CellKind { Text, Number, Date, Error }

/// <summary>One cell as people see it.</summary>
/// <param name="Text">Text; of numbers the plain digits with a point, of dates yyyy-MM-dd.</param>
/// <param name="Number">The stored number of numbers and dates (days since the workbook's epoch), otherwise 0.</param>
public readonly record struct Cell(string Text, CellKind Kind = CellKind.Text, decimal Number = 0)
{
    public static Cell Blank { get; } = new("");

    public bool IsBlank => string.IsNullOrWhiteSpace(Text);
}

/// <summary>A row that holds at least one cell.</summary>
/// <param name="Number">As the spreadsheet counts it, from 1.</param>
/// <param name="Cells">By column, from 0.</param>
public sealed record GridRow(int Number, IReadOnlyDictionary<int, Cell> Cells)
{
    public Cell this[int column] => Cells.TryGetValue(column, out var cell) ? cell : Cell.Blank;
}

/// <summary>Merged cells; rows from 1, columns from 0, ends included.</summary>
public readonly record struct MergedRange(int FirstRow, int FirstColumn, int LastRow, int LastColumn);

/// <summary>One sheet, or a whole file of separated values, as it was found; nothing of it is understood yet.</summary>
public sealed record Grid(string Name, IReadOnlyList<GridRow> Rows, IReadOnlyList<MergedRange> Merges)
{
    /// <summary>More rows than any round of collecting has had; a larger file is two files.</summary>
    public const int MaxRows = 5_000;

    public const int MaxColumns = 300;
}

/// <summary>Addresses of cells as spreadsheets write them: column 2, row 17 → C17.</summary>
public static class CellAddress
{
    public static string Of(int row, int column) => $"{Column(column)}{row}";

    public static string Column(int column)
    {
        var letters = "";
        for (var left = column + 1; left > 0; left = (left - 1) / 26) letters = (char)('A' + ((left - 1) % 26)) + letters;
        return letters;
    }

    /// <summary>C17 → (17, 2); null when the text is no address.</summary>
    public static (int Row, int Column)? Parse(ReadOnlySpan<char> text)
    {
        int column = 0, row = 0, at = 0;
        for (; at < text.Length && char.IsAsciiLetter(text[at]) && at < 3; at++) column = (column * 26) + (char.ToUpperInvariant(text[at]) - 'A' + 1);
        if (at == 0 || at == text.Length || text.Length - at > 7) return null;
        for (; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at])) return null;
            row = (row * 10) + (text[at] - '0');
        }
        return row == 0 ? null : (row, column - 1);
    }
}
