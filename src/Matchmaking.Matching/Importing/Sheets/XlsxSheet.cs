using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Matchmaking.Matching.Importing.Sheets;

/// <summary>
/// Reads the sheets of a workbook part by part with a forward-only reader. A file has passed <see cref="FileGate"/> before. Element names are
/// taken without their namespace, so that both the transitional and the strict form are read.
/// </summary>
public static partial class XlsxSheet
{
    private const int MaxMerges = 20_000;
    private const int NamedFormulas = 5;

    // Formats 14–22 and 45–47 are dates everywhere, 27–36 and 50–58 in East Asian versions.
    private static bool IsDateFormat(int id) => id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);

    /// <summary>All sheets that are not hidden.</summary>
    /// <exception cref="FileRefusedException">Broken, formulas, too many rows or columns.</exception>
    public static IReadOnlyList<Grid> Read(Stream content)
    {
        try
        {
            using var package = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            return new Workbook(package).Sheets();
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or IOException or NotSupportedException or OverflowException or FormatException)
        {
            throw new FileRefusedException("FileBroken");
        }
    }

    internal static FileRefusedException Formulas(IReadOnlyList<string> addresses) =>
        new("Formulas", string.Join(", ", addresses.Take(NamedFormulas)) + (addresses.Count > NamedFormulas ? " …" : ""), addresses.Count);

    // Excel writes characters that XML cannot hold as _x000D_.
    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escaped();

    internal static string Unescape(string text) =>
        text.Contains("_x", StringComparison.Ordinal) ? Escaped().Replace(text, m => ((char)int.Parse(m.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()) : text;

    [GeneratedRegex(@"""[^""]*""|\[[^\]]*\]|\\.")]
    private static partial Regex FormatLiterals();

    private sealed class Workbook(ZipArchive package)
    {
        private readonly Dictionary<string, ZipArchiveEntry> parts = package.Entries.GroupBy(e => e.FullName.Replace('\\', '/'), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);

        private List<string> strings = [];
        private HashSet<int> dateStyles = [];
        private bool epoch1904;

        public List<Grid> Sheets()
        {
            var main = Relations("").FirstOrDefault(r => r.Type.EndsWith("/officeDocument", StringComparison.Ordinal)).Target ?? "xl/workbook.xml";
            var relations = Relations(main);
            var sheets = new List<(string Name, string Path)>();
            using (var reader = Open(main) ?? throw new FileRefusedException("FileContent"))
            {
                while (reader.Read())
                {
                    if (reader.NodeType != XmlNodeType.Element) continue;
                    if (reader.LocalName == "workbookPr") epoch1904 = reader.GetAttribute("date1904") is "1" or "true";
                    if (reader.LocalName != "sheet" || reader.GetAttribute("state") is "hidden" or "veryHidden") continue;
                    var id = Enumerable.Range(0, reader.AttributeCount).Select(i => { reader.MoveToAttribute(i); return (reader.LocalName, reader.Prefix, reader.Value); }).First(a => a is { LocalName: "id", Prefix.Length: > 0 }).Value;
                    reader.MoveToElement();
                    var target = relations.FirstOrDefault(r => r.Id == id);
                    if (target.Target is not null && target.Type.EndsWith("/worksheet", StringComparison.Ordinal)) sheets.Add((reader.GetAttribute("name") ?? "", target.Target));
                }
            }
            strings = SharedStrings(relations.FirstOrDefault(r => r.Type.EndsWith("/sharedStrings", StringComparison.Ordinal)).Target);
            dateStyles = DateStyles(relations.FirstOrDefault(r => r.Type.EndsWith("/styles", StringComparison.Ordinal)).Target);
            var formulas = new List<string>();
            var grids = sheets.ConvertAll(s => Sheet(s.Name, s.Path, formulas, sheets.Count > 1));
            return formulas.Count > 0 ? throw Formulas(formulas) : grids;
        }

        private XmlReader? Open(string path) => parts.TryGetValue(path, out var part) ? XmlReader.Create(part.Open(), Settings) : null;

        private static readonly XmlReaderSettings Settings = Closing();

        private static XmlReaderSettings Closing()
        {
            var settings = FileGate.SafeXml();
            settings.CloseInput = true;
            return settings;
        }

        private List<(string Id, string Type, string? Target)> Relations(string path)
        {
            var slash = path.LastIndexOf('/');
            var folder = path[..(slash + 1)];
            var found = new List<(string, string, string?)>();
            using var reader = Open($"{folder}_rels/{path[(slash + 1)..]}.rels");
            while (reader?.Read() == true)
            {
                if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "Relationship" || reader.GetAttribute("Target") is not { } target) continue;
                found.Add((reader.GetAttribute("Id") ?? "", reader.GetAttribute("Type") ?? "", target.StartsWith('/') ? target[1..] : folder + target));
            }
            return found;
        }

        private List<string> SharedStrings(string? path)
        {
            var found = new List<string>();
            using var reader = path is null ? null : Open(path);
            while (reader?.Read() == true)
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "si" }) found.Add(RichText(reader));
            }
            return found;
        }

        /// <summary>The text of runs, without the readings that East Asian versions keep beside them.</summary>
        private static string RichText(XmlReader reader)
        {
            if (reader.IsEmptyElement) return "";
            var depth = reader.Depth;
            var text = new StringBuilder();
            while (reader.Read() && reader.Depth > depth)
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "rPh" })
                {
                    reader.Skip();
                    // Skip stands on what follows, which the loop would pass over.
                    if (reader.Depth <= depth) break;
                }
                if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) text.Append(reader.Value);
            }
            return Unescape(text.ToString());
        }

        private HashSet<int> DateStyles(string? path)
        {
            var styles = new HashSet<int>();
            var dates = new HashSet<int>();
            using var reader = path is null ? null : Open(path);
            bool inCells = false;
            for (var index = 0; reader?.Read() == true;)
            {
                if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "cellXfs") inCells = false;
                if (reader.NodeType != XmlNodeType.Element) continue;
                if (reader.LocalName == "cellXfs") inCells = true;
                if (reader.LocalName == "numFmt" && int.TryParse(reader.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var id)
                    && FormatLiterals().Replace(reader.GetAttribute("formatCode") ?? "", "") is var code && code.Any("yYdD年日".Contains)) dates.Add(id);
                if (!inCells || reader.LocalName != "xf") continue;
                if (int.TryParse(reader.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var used) && (IsDateFormat(used) || dates.Contains(used))) styles.Add(index);
                index++;
            }
            return styles;
        }

        private Grid Sheet(string name, string path, List<string> formulas, bool several)
        {
            var rows = new List<GridRow>();
            var merges = new List<MergedRange>();
            using var reader = Open(path) ?? throw new FileRefusedException("FileBroken");
            var rowNumber = 0;
            var column = -1;
            Dictionary<int, Cell>? cells = null;
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element) continue;
                switch (reader.LocalName)
                {
                    case "row":
                        rowNumber = int.TryParse(reader.GetAttribute("r"), CultureInfo.InvariantCulture, out var r) ? r : rowNumber + 1;
                        column = -1;
                        cells = null;
                        break;
                    case "c":
                        column = CellAddress.Parse(reader.GetAttribute("r")) is { } at ? at.Column : column + 1;
                        var cell = ReadCell(reader, out var formula);
                        if (formula) formulas.Add((several ? name + "!" : "") + CellAddress.Of(rowNumber, column));
                        if (cell.IsBlank) break;
                        if (column >= Grid.MaxColumns) throw new FileRefusedException("TooManyColumns", Grid.MaxColumns);
                        if (cells is null)
                        {
                            if (rows.Count >= Grid.MaxRows) throw new FileRefusedException("TooManyRows", Grid.MaxRows);
                            rows.Add(new GridRow(rowNumber, cells = []));
                        }
                        cells[column] = cell;
                        break;
                    case "mergeCell" when Merge(reader.GetAttribute("ref")) is { } merge && merges.Count < MaxMerges:
                        merges.Add(merge);
                        break;
                }
            }
            return new Grid(name, rows, merges);
        }

        private Cell ReadCell(XmlReader reader, out bool formula)
        {
            formula = false;
            var type = reader.GetAttribute("t");
            var style = int.TryParse(reader.GetAttribute("s"), CultureInfo.InvariantCulture, out var s) ? s : 0;
            if (reader.IsEmptyElement) return Cell.Blank;
            var depth = reader.Depth;
            string? value = null;
            while (reader.Read() && reader.Depth > depth)
            {
                if (reader.NodeType != XmlNodeType.Element) continue;
                if (reader.LocalName == "f") formula = true;
                if (reader.LocalName == "is") value = RichText(reader);
                else if (reader.LocalName == "v" && !reader.IsEmptyElement && reader.Read() && reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) value = reader.Value;
            }
            if (value is null) return Cell.Blank;
            return type switch
            {
                "s" => int.TryParse(value, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < strings.Count ? new Cell(strings[index]) : throw new FileRefusedException("FileBroken"),
                "inlineStr" => new Cell(value),
                "str" => new Cell(Unescape(value)),
                "b" => new Cell(value == "1" ? "TRUE" : "FALSE"),
                "e" => new Cell(value, CellKind.Error),
                "d" => new Cell(value.Length >= 10 ? value[..10] : value),
                _ => NumberCell(value, style),
            };
        }

        private Cell NumberCell(string text, int style)
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var stored) || !double.IsFinite(stored)) return new Cell(text);
            if (Math.Abs(stored) > 1e27) return new Cell(text);
            // 15 digits are what a spreadsheet shows; the rest is the binary form of 0.1.
            var number = decimal.Parse(stored.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
            if (dateStyles.Contains(style) && SerialDay.Of(number, epoch1904) is { } day) return new Cell(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), CellKind.Date, number);
            return new Cell(number.ToString("0.############################", CultureInfo.InvariantCulture), CellKind.Number, number);
        }

        private static MergedRange? Merge(string? reference)
        {
            var parts = reference?.Split(':');
            return parts is [var from, var to] && CellAddress.Parse(from) is { } a && CellAddress.Parse(to) is { } b && b.Row >= a.Row && b.Column >= a.Column
                ? new MergedRange(a.Row, a.Column, b.Row, b.Column) : null;
        }
    }
}

/// <summary>Days as spreadsheets count them.</summary>
public static class SerialDay
{
    // The first workbooks took 1900 for a leap year; from March 1900 on the count from 1899-12-30 is right.
    private static readonly DateOnly Epoch1900 = new(1899, 12, 30);
    private static readonly DateOnly Epoch1904 = new(1904, 1, 1);

    /// <summary>The day of a serial number, its time of day dropped; null outside 1970–2100, where no date of a listing lies.</summary>
    public static DateOnly? Of(decimal serial, bool epoch1904 = false)
    {
        var days = decimal.Truncate(serial);
        if (days is < 20_000 or > 80_000) return null;
        var day = (epoch1904 ? Epoch1904 : Epoch1900).AddDays((int)days);
        return day.Year is >= 1970 and <= 2100 ? day : null;
    }
}
