using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Matchmaking.Matching.Importing.Sheets;

/// <param name="Width">In characters.</param>
/// <param name="Choices">Name of a range of the workbook with the allowed texts; null for none.</param>
/// <param name="Several">Several choices may be written, so that other text than one choice is let through.</param>
/// <param name="Prompt">Shown beside the cell that is being filled.</param>
public sealed record OutColumn(double Width, string? Choices = null, bool Several = false, string? Prompt = null, string? Title = null);

/// <summary>A sheet to write. The first row is the head and stays in view.</summary>
/// <param name="Rows">Text, or <see cref="decimal"/> and <see cref="int"/> for numbers; null for nothing.</param>
public sealed record OutSheet(string Name, IReadOnlyList<OutColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, bool Hidden = false);

/// <summary>
/// Writes a workbook. Text is stored as text and can never become a formula. Choices come from a range that has a name, because a list inside a
/// rule ends at 255 characters.
/// </summary>
public static partial class XlsxWriter
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>Rows below the head that have drop-downs.</summary>
    private const int RuledRows = 3_000;

    // What a reader would take for an escape is escaped itself.
    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex Escape();

    /// <param name="ranges">Name → sheet and column (from 0) and number of rows, from the first row on.</param>
    public static byte[] Write(IReadOnlyList<OutSheet> sheets, IReadOnlyDictionary<string, (string Sheet, int Column, int Rows)>? ranges = null)
    {
        using var stream = new MemoryStream();
        using (var package = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(package, "[Content_Types].xml", xml => ContentTypes(xml, sheets.Count));
            Part(package, "_rels/.rels", xml => RelationsTo(xml, [("rId1", "officeDocument", "xl/workbook.xml")]));
            Part(package, "xl/workbook.xml", xml => WorkbookPart(xml, sheets, ranges));
            Part(package, "xl/_rels/workbook.xml.rels", xml => RelationsTo(xml,
                [.. sheets.Select((_, i) => ($"rId{i + 1}", "worksheet", $"worksheets/sheet{i + 1}.xml")), ($"rId{sheets.Count + 1}", "styles", "styles.xml")]));
            Part(package, "xl/styles.xml", Styles);
            for (var i = 0; i < sheets.Count; i++)
            {
                var sheet = sheets[i];
                Part(package, $"xl/worksheets/sheet{i + 1}.xml", xml => SheetPart(xml, sheet));
            }
        }
        return stream.ToArray();
    }

    private static void Part(ZipArchive package, string name, Action<XmlWriter> write)
    {
        var entry = package.CreateEntry(name, CompressionLevel.Optimal);
        // A fixed time, so that the same content makes the same bytes.
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var stream = entry.Open();
        // What XML cannot hold was cleaned away when it was typed; what is left of it is dropped by the check of each text.
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
        xml.WriteStartDocument(true);
        write(xml);
    }

    private static void ContentTypes(XmlWriter xml, int sheets)
    {
        const string Office = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        xml.WriteStartElement("Types", "http://schemas.openxmlformats.org/package/2006/content-types");
        void Default(string extension, string type) => Element(xml, "Default", ("Extension", extension), ("ContentType", type));
        void Override(string part, string type) => Element(xml, "Override", ("PartName", part), ("ContentType", Office + type + "+xml"));
        Default("rels", "application/vnd.openxmlformats-package.relationships+xml");
        Default("xml", "application/xml");
        Override("/xl/workbook.xml", "sheet.main");
        Override("/xl/styles.xml", "styles");
        for (var i = 1; i <= sheets; i++) Override($"/xl/worksheets/sheet{i}.xml", "worksheet");
        xml.WriteEndElement();
    }

    private static void RelationsTo(XmlWriter xml, IEnumerable<(string Id, string Type, string Target)> targets)
    {
        xml.WriteStartElement("Relationships", PackageRelations);
        foreach (var (id, type, target) in targets) Element(xml, "Relationship", ("Id", id), ("Type", $"{Relations}/{type}"), ("Target", target));
        xml.WriteEndElement();
    }

    private static void WorkbookPart(XmlWriter xml, IReadOnlyList<OutSheet> sheets, IReadOnlyDictionary<string, (string Sheet, int Column, int Rows)>? ranges)
    {
        xml.WriteStartElement("workbook", Main);
        xml.WriteStartElement("sheets");
        for (var i = 0; i < sheets.Count; i++)
        {
            xml.WriteStartElement("sheet");
            xml.WriteAttributeString("name", sheets[i].Name);
            xml.WriteAttributeString("sheetId", Number(i + 1));
            if (sheets[i].Hidden) xml.WriteAttributeString("state", "hidden");
            xml.WriteAttributeString("r", "id", Relations, $"rId{i + 1}");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        if (ranges is { Count: > 0 })
        {
            xml.WriteStartElement("definedNames");
            foreach (var (name, range) in ranges.OrderBy(r => r.Key, StringComparer.Ordinal))
            {
                var column = CellAddress.Column(range.Column);
                xml.WriteStartElement("definedName");
                xml.WriteAttributeString("name", name);
                xml.WriteString($"'{range.Sheet}'!${column}$1:${column}${range.Rows}");
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Styles(XmlWriter xml) => xml.WriteRaw($"""
        <styleSheet xmlns="{Main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF5"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top"/></xf></cellXfs></styleSheet>
        """);

    private static void SheetPart(XmlWriter xml, OutSheet sheet)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteStartElement("sheetViews");
        xml.WriteStartElement("sheetView");
        xml.WriteAttributeString("workbookViewId", "0");
        Element(xml, "pane", ("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen"));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("cols");
        for (var i = 0; i < sheet.Columns.Count; i++)
        {
            // Cells of text even where nothing is written yet, so that a code keeps its leading zero.
            Element(xml, "col", ("min", Number(i + 1)), ("max", Number(i + 1)), ("width", sheet.Columns[i].Width.ToString(CultureInfo.InvariantCulture)), ("style", "2"), ("customWidth", "1"));
        }
        xml.WriteEndElement();
        xml.WriteStartElement("sheetData");
        for (var r = 0; r < sheet.Rows.Count; r++)
        {
            xml.WriteStartElement("row");
            xml.WriteAttributeString("r", Number(r + 1));
            for (var c = 0; c < sheet.Rows[r].Count; c++) WriteCell(xml, CellAddress.Of(r + 1, c), sheet.Rows[r][c], r == 0);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        Rules(xml, sheet.Columns);
        xml.WriteEndElement();
    }

    private static void WriteCell(XmlWriter xml, string address, object? value, bool head)
    {
        if (value is null or "") return;
        xml.WriteStartElement("c");
        xml.WriteAttributeString("r", address);
        xml.WriteAttributeString("s", head ? "1" : value is string ? "2" : "3");
        if (value is string text)
        {
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteStartElement("is");
            xml.WriteStartElement("t");
            xml.WriteAttributeString("xml", "space", null, "preserve");
            xml.WriteString(Escape().Replace(Valid(text), "_x005F_"));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        else
        {
            xml.WriteElementString("v", Convert.ToString(value, CultureInfo.InvariantCulture));
        }
        xml.WriteEndElement();
    }

    private static void Rules(XmlWriter xml, IReadOnlyList<OutColumn> columns)
    {
        var ruled = columns.Select((column, i) => (column, i)).Where(c => c.column.Choices is not null || c.column.Prompt is not null).ToList();
        if (ruled.Count == 0) return;
        xml.WriteStartElement("dataValidations");
        xml.WriteAttributeString("count", Number(ruled.Count));
        foreach (var (column, i) in ruled)
        {
            xml.WriteStartElement("dataValidation");
            if (column.Choices is not null) xml.WriteAttributeString("type", "list");
            xml.WriteAttributeString("allowBlank", "1");
            if (column.Prompt is not null) xml.WriteAttributeString("showInputMessage", "1");
            if (column.Choices is not null && !column.Several) xml.WriteAttributeString("showErrorMessage", "1");
            if (column.Title is not null) xml.WriteAttributeString("promptTitle", Cut(column.Title, 32));
            if (column.Prompt is not null) xml.WriteAttributeString("prompt", Cut(column.Prompt, 255));
            xml.WriteAttributeString("sqref", $"{CellAddress.Of(2, i)}:{CellAddress.Of(RuledRows + 1, i)}");
            if (column.Choices is not null) xml.WriteElementString("formula1", column.Choices);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes) xml.WriteAttributeString(attribute, value);
        xml.WriteEndElement();
    }

    private static string Valid(string text) =>
        text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.Where((c, i) => XmlConvert.IsXmlChar(c) || IsPair(text, i)));

    private static bool IsPair(string text, int i) =>
        (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) || (char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]));

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
