using System.Text.RegularExpressions;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Importing;

/// <summary>In what a column's amounts are written; Auto: as the heading says, else 万元.</summary>
public enum MoneyUnit { Auto, Yuan, TenThousand, HundredMillion }

/// <param name="Column">From 0.</param>
/// <param name="Upper">Heading of the group; empty when there is none.</param>
/// <param name="Heading">The column's own heading as it stands there.</param>
/// <param name="Field">What it is taken for.</param>
/// <param name="Unit">The unit of money that the heading, or a line above the head, states.</param>
public sealed record SheetColumn(int Column, string Upper, string Heading, ImportField Field, MoneyUnit Unit)
{
    /// <summary>How the choice for this heading is remembered.</summary>
    public string Key => ColumnNames.Key(Upper + Heading) is var key && key.Length > MaxKey ? key[..MaxKey] : key;

    public const int MaxKey = 100;

    public string Label => Upper.Length > 0 && Upper != Heading ? $"{Upper} / {Heading}" : Heading;
}

/// <summary>The head of a table, found under titles and notes, of one level or two.</summary>
/// <param name="LastRow">Number of the head's last row; data follow.</param>
public sealed partial record SheetHead(Grid Grid, int FirstRow, int LastRow, IReadOnlyList<SheetColumn> Columns)
{
    private const int SearchedRows = 20;
    private const int FewestColumns = 2;

    [GeneratedRegex(@"万元|亿元|千元|人民币元|元")]
    private static partial Regex UnitWord();

    [GeneratedRegex(@"单位\s*[:：]?\s*[(（]?\s*(万元|亿元|元)")]
    private static partial Regex UnitLine();

    /// <summary>The sheet and head that fit best; null when no sheet has two columns that are known.</summary>
    /// <param name="remembered">Choices that people of this organisation made for headings before, by <see cref="SheetColumn.Key"/>.</param>
    public static SheetHead? Find(IReadOnlyList<Grid> sheets, ListingKind kind, IReadOnlyDictionary<string, ImportField> remembered)
    {
        SheetHead? best = null;
        var bestScore = 0;
        foreach (var sheet in sheets)
        {
            for (var i = 0; i < Math.Min(SearchedRows, sheet.Rows.Count); i++)
            {
                foreach (var levels in (int[])[1, 2])
                {
                    if (i + levels > sheet.Rows.Count || Read(sheet, i, levels, kind, remembered) is not { } head) continue;
                    // The title is what a record cannot be without; a second level must bring something.
                    var score = (head.Columns.Count(c => c.Field != ImportField.None) * 4) + (head.Columns.Any(c => c.Field == ImportField.Title) ? 6 : 0) - (levels - 1);
                    if (head.Columns.Count(c => c.Field != ImportField.None) < FewestColumns || score <= bestScore) continue;
                    (best, bestScore) = (head, score);
                }
            }
        }
        return best;
    }

    /// <summary>The same head with other choices, as a person made them; a column that is not named stays as it is.</summary>
    public SheetHead With(IReadOnlyDictionary<int, ImportField> chosen) =>
        this with { Columns = [.. Columns.Select(c => chosen.TryGetValue(c.Column, out var field) ? c with { Field = field } : c)] };

    private static SheetHead? Read(Grid sheet, int index, int levels, ListingKind kind, IReadOnlyDictionary<string, ImportField> remembered)
    {
        var top = sheet.Rows[index];
        var bottom = sheet.Rows[index + levels - 1];
        // A title over the whole table is no head.
        if (top.Cells.Count < FewestColumns && levels == 1) return null;
        if (levels == 2 && (bottom.Number != top.Number + 1 || bottom.Cells.Count < FewestColumns)) return null;
        var last = Math.Max(top.Cells.Keys.Max(), bottom.Cells.Keys.Max());
        var above = MoneyUnit.Auto;
        foreach (var cell in sheet.Rows.Take(index).SelectMany(r => r.Cells.Values))
        {
            if (UnitLine().Match(CellText.Fold(cell.Text)) is { Success: true } unit) above = UnitOf(unit.Groups[1].Value);
        }
        var columns = new List<SheetColumn>();
        var matches = new List<HeadingMatch>();
        var group = "";
        for (var column = 0; column <= last; column++)
        {
            var upper = CellText.Fold(top[column].Text);
            var lower = levels == 1 ? upper : CellText.Fold(bottom[column].Text);
            if (levels == 2)
            {
                if (upper.Length > 0) group = upper;
                // Reaches down over both rows, or the group's heading stands over the columns to its left.
                (upper, lower) = lower.Length == 0 ? ("", upper) : (upper.Length > 0 || IsUnder(sheet, top.Number, column) ? group : "", lower);
            }
            else
            {
                upper = "";
            }
            if (lower.Length == 0) continue;
            var (field, match) = ColumnNames.Find(upper, lower, kind);
            var read = new SheetColumn(column, upper, lower, field, MoneyUnit.Auto);
            if (remembered.TryGetValue(read.Key, out var chosen)) (read, match) = (read with { Field = chosen }, HeadingMatch.Sure);
            if (read.Field.IsMoney()) read = read with { Unit = UnitWord().Match(upper + lower) is { Success: true } word ? UnitOf(word.Value) : above };
            columns.Add(read);
            matches.Add(match);
        }
        return new SheetHead(sheet, top.Number, bottom.Number, OneEach(columns, matches));
    }

    /// <summary>Where the spreadsheet merged the cells of the group's heading, or left them empty beside it as separated values do.</summary>
    private static bool IsUnder(Grid sheet, int row, int column)
    {
        var merge = sheet.Merges.FirstOrDefault(m => m.FirstRow <= row && m.LastRow >= row && m.FirstColumn <= column && m.LastColumn >= column);
        return merge != default || sheet.Merges.Count == 0;
    }

    private static List<SheetColumn> OneEach(List<SheetColumn> columns, List<HeadingMatch> matches)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Field.MayRepeat()) continue;
            var rivals = Enumerable.Range(0, columns.Count).Where(j => columns[j].Field == columns[i].Field).ToList();
            var kept = rivals.OrderByDescending(j => matches[j]).ThenBy(j => j).First();
            foreach (var j in rivals.Where(j => j != kept)) columns[j] = columns[j] with { Field = ImportField.None };
        }
        return columns;
    }

    private static MoneyUnit UnitOf(string word) => word switch
    {
        "万元" => MoneyUnit.TenThousand,
        "亿元" => MoneyUnit.HundredMillion,
        "元" or "人民币元" => MoneyUnit.Yuan,
        _ => MoneyUnit.Auto,
    };
}
