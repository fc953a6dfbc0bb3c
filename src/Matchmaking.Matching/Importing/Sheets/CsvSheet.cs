using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Matchmaking.Matching.Importing.Sheets;

/// <summary>Separated values: the encoding and the separator are found in the file, cells that a spreadsheet would run are escaped and unescaped.</summary>
public static class CsvSheet
{
    private static readonly char[] Separators = [',', ';', '\t'];
    private const int Probe = 64 * 1024;

    static CsvSheet() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <exception cref="FileRefusedException">No text, formulas, too many rows or columns.</exception>
    public static Grid Read(Stream content, string name)
    {
        var text = Decode(content);
        if (text.Contains('\0', StringComparison.Ordinal)) throw new FileRefusedException("FileContent");
        using var csv = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = SeparatorOf(text).ToString(), BadDataFound = null, MaxFieldSize = 40_000, IgnoreBlankLines = false, DetectColumnCountChanges = false,
        });
        var rows = new List<GridRow>();
        var formulas = new List<string>();
        try
        {
            for (var number = 1; csv.Read(); number++)
            {
                var cells = new Dictionary<int, Cell>();
                for (var column = 0; column < csv.Count; column++)
                {
                    var value = csv[column];
                    if (string.IsNullOrWhiteSpace(value)) continue;
                    if (column >= Grid.MaxColumns) throw new FileRefusedException("TooManyColumns", Grid.MaxColumns);
                    if (value[0] == '=') formulas.Add(CellAddress.Of(number, column));
                    cells[column] = new Cell(Unescape(value));
                }
                if (cells.Count > 0) rows.Add(new GridRow(number, cells));
                if (rows.Count > Grid.MaxRows) throw new FileRefusedException("TooManyRows", Grid.MaxRows);
            }
        }
        catch (MaxFieldSizeException)
        {
            throw new FileRefusedException("FileBroken");
        }
        if (formulas.Count > 0) throw XlsxSheet.Formulas(formulas);
        return new Grid(name, rows, []);
    }

    /// <summary>UTF-8 with a mark, so that spreadsheets read Chinese.</summary>
    public static byte[] Write(IEnumerable<IReadOnlyList<string>> rows)
    {
        using var stream = new MemoryStream();
        // Rows end with \r\n by default; were it set here, a lone \n inside a cell would not be quoted any more.
        using (var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture)))
        {
            foreach (var row in rows)
            {
                foreach (var cell in row) csv.WriteField(Escape(cell));
                csv.NextRecord();
            }
        }
        return stream.ToArray();
    }

    /// <summary>A quote before what a spreadsheet would take for a formula, and before what already looks so quoted: nothing is lost by it.</summary>
    public static string Escape(string value) => IsDangerous(value) ? "'" + value : value;

    public static string Unescape(string value) => value.Length > 1 && value[0] == '\'' && IsDangerous(value[1..]) ? value[1..] : value;

    private static bool IsDangerous(string value)
    {
        var rest = value.AsSpan().TrimStart('\'');
        return rest.Length > 0 && rest[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠';
    }

    /// <summary>By its mark; else UTF-8 if every byte fits, else GB18030, which is what Chinese spreadsheets write.</summary>
    private static string Decode(Stream content)
    {
        var bytes = new byte[content.Length];
        content.Position = 0;
        content.ReadExactly(bytes);
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) return Encoding.UTF8.GetString(bytes.AsSpan(3));
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes.AsSpan(2));
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2));
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding("GB18030").GetString(bytes);
        }
    }

    /// <summary>The separator that stands outside quotes most often; every separator that people use stands once a column.</summary>
    private static char SeparatorOf(string text)
    {
        var counts = new int[Separators.Length];
        var quoted = false;
        foreach (var c in text.AsSpan(0, Math.Min(Probe, text.Length)))
        {
            if (c == '"') quoted = !quoted;
            else if (!quoted && Array.IndexOf(Separators, c) is >= 0 and var i) counts[i]++;
        }
        return Separators[Array.IndexOf(counts, counts.Max())];
    }
}
