using System.Text.RegularExpressions;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Importing;

/// <summary>How a person wants a table to be read.</summary>
/// <param name="Unit">The unit of amounts that state none themselves; Auto as the heading says.</param>
/// <param name="MoneyIsRight">Amounts that look mistaken are meant so.</param>
/// <param name="Today">For what reaches without an end.</param>
public sealed record ReadingOptions(ListingKind Kind, MoneyUnit Unit, bool MoneyIsRight, DateOnly Today);

/// <summary>Goes through the lines under the head and tells rows from what stands around them.</summary>
public static partial class TableReader
{
    private const int FewCells = 2;

    [GeneratedRegex(@"^(?:注|备注|说明|填表说明|填报说明|填表人|填报人|制表人?|审核人?|单位负责人|负责人|联系人|联系电话|填报单位|填报日期|填表日期|日期|单位[（(]盖章[)）]|盖章|合计|总计|小计|共计|note|notes|total)\s*(?:[:：(（\d]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex NoteWord();

    public static ReadTable Read(SheetHead head, ReadingOptions options, CancellationToken cancellationToken = default)
    {
        var reader = new RowReader(head, options);
        var covered = Covering(head);
        var titles = head.Columns.Where(c => c.Field == ImportField.Title).Select(c => c.Column).ToList();
        var serials = head.Columns.Where(c => c.Field == ImportField.SerialNumber).Select(c => c.Column).ToHashSet();
        var mapped = head.Columns.Select(c => c.Column).ToHashSet();
        var rows = new List<ReadRow>();
        var skipped = 0;
        foreach (var line in head.Grid.Rows.Where(r => r.Number > head.LastRow))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = Filled(line, covered);
            var cells = row.Cells.Where(c => mapped.Contains(c.Key) && !serials.Contains(c.Key)).ToList();
            if (IsNoRow(row, line, cells, titles, head)) skipped++;
            else rows.Add(reader.Read(row));
        }
        return new ReadTable(head, rows, skipped);
    }

    private static bool IsNoRow(GridRow row, GridRow line, List<KeyValuePair<int, Cell>> cells, List<int> titles, SheetHead head)
    {
        if (cells.Count == 0) return true;
        // The head repeated at the top of a printed page.
        if (cells.Count >= 3 && cells.All(c => head.Columns.Any(h => h.Column == c.Key && h.Heading == CellText.Fold(c.Value.Text)))) return true;
        var first = CellText.Fold(line.Cells.OrderBy(c => c.Key).First().Value.Text);
        if (first is "例" or "示例" or "样例" or "填写示例" or "example") return true;
        // A line written across the table.
        var across = head.Grid.Merges.Any(m => m.FirstRow <= row.Number && m.LastRow >= row.Number && m.LastColumn - m.FirstColumn + 1 > head.Columns.Count / 2);
        if (across) return true;
        return (line.Cells.Count == 1 || (line.Cells.Count <= FewCells && titles.TrueForAll(t => row[t].IsBlank || NoteWord().IsMatch(CellText.Fold(row[t].Text))))) && NoteWord().IsMatch(first);
    }

    /// <summary>Cells that a merge over several rows covers have the value of its first cell: one organisation's name beside all its needs.</summary>
    private static Dictionary<(int Row, int Column), Cell> Covering(SheetHead head)
    {
        var covered = new Dictionary<(int, int), Cell>();
        var byNumber = head.Grid.Rows.ToDictionary(r => r.Number);
        foreach (var merge in head.Grid.Merges.Where(m => m.FirstRow > head.LastRow && m.LastRow > m.FirstRow && m.LastColumn == m.FirstColumn))
        {
            if (!byNumber.TryGetValue(merge.FirstRow, out var first) || first[merge.FirstColumn] is not { IsBlank: false } value) continue;
            for (var row = merge.FirstRow + 1; row <= merge.LastRow && byNumber.ContainsKey(row); row++) covered[(row, merge.FirstColumn)] = value;
        }
        return covered;
    }

    private static GridRow Filled(GridRow line, Dictionary<(int Row, int Column), Cell> covered)
    {
        if (covered.Count == 0) return line;
        var more = covered.Where(c => c.Key.Row == line.Number && line[c.Key.Column].IsBlank).ToList();
        if (more.Count == 0) return line;
        var cells = new Dictionary<int, Cell>(line.Cells);
        foreach (var ((_, column), cell) in more) cells[column] = cell;
        return line with { Cells = cells };
    }
}
