using System.Text.RegularExpressions;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Importing;

/// <summary>How sure a heading names a field; a sure one takes the field from a likely one.</summary>
public enum HeadingMatch { No, Likely, Sure }

/// <summary>From headings to fields: the templates' headings in both languages and the usual names of <c>column-names.tsv</c>.</summary>
public static partial class ColumnNames
{
    private const int ShortestPart = 3;
    private static readonly Dictionary<ListingKind, Dictionary<string, ImportField>> Names = new()
    {
        [ListingKind.Need] = Build(ListingKind.Need), [ListingKind.Achievement] = Build(ListingKind.Achievement),
    };

    [GeneratedRegex(@"[(（【\[][^)）】\]]*[)）】\]]")]
    private static partial Regex Notes();

    [GeneratedRegex(@"[\s*＊:：、,，.。;；/|_()（）【】\[\]“”""'-]+")]
    private static partial Regex Marks();

    // 1. or （二） or 三、 before the words.
    [GeneratedRegex(@"^\s*[*＊]*\s*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．]\s*)(?=\D)")]
    private static partial Regex Numbering();

    [GeneratedRegex(@"(?<=[一-鿿])\d{1,2}(?=$|[一-鿿])")]
    private static partial Regex InnerNumber();

    /// <summary>A heading as it is remembered and compared: folded, without marks, numbering and blanks.</summary>
    public static string Key(string heading) => Marks().Replace(Numbering().Replace(CellText.Fold(heading), ""), "").ToLowerInvariant();

    /// <param name="upper">Heading of the group above; empty when the head has one level or the cell reaches down.</param>
    /// <param name="lower">The column's own heading.</param>
    public static (ImportField Field, HeadingMatch Match) Find(string upper, string lower, ListingKind kind)
    {
        var names = Names[kind];
        foreach (var text in new[] { upper.Length > 0 ? upper + lower : "", lower })
        {
            foreach (var form in Forms(text))
            {
                if (names.TryGetValue(form, out var field)) return (field, HeadingMatch.Sure);
            }
        }
        // 拟解决的技术难题名称及说明: the longest usual name in it says most.
        foreach (var form in Forms(lower))
        {
            var part = names.Keys.Where(n => n.Length >= ShortestPart && form.Length <= 30 && form.Contains(n, StringComparison.Ordinal)).MaxBy(n => n.Length);
            if (part is not null) return (names[part], HeadingMatch.Likely);
        }
        return (ImportField.None, HeadingMatch.No);
    }

    /// <summary>The heading whole, without notes in brackets, and without the number of a repeated one (指标1名称).</summary>
    private static IEnumerable<string> Forms(string text)
    {
        if (text.Length == 0) yield break;
        var whole = Key(text);
        if (whole.Length > 0) yield return whole;
        var bare = Key(Notes().Replace(CellText.Fold(text), ""));
        if (bare.Length > 0 && bare != whole) yield return bare;
        var unnumbered = InnerNumber().Replace(bare, "");
        if (unnumbered.Length > 0 && unnumbered != bare) yield return unnumbered;
    }

    private static Dictionary<string, ImportField> Build(ListingKind kind)
    {
        var names = new Dictionary<string, ImportField>(StringComparer.Ordinal);
        foreach (var words in ImportWords.All)
        {
            foreach (var field in Enum.GetValues<ImportField>().Where(f => f != ImportField.None && f.Fits(kind)))
            {
                names.TryAdd(Key(words.Heading(field, kind)), field);
                names.TryAdd(Key(Notes().Replace(words.Heading(field, kind), "")), field);
            }
        }
        foreach (var line in ImportWords.Lines("column-names.tsv"))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var parts = line.Split('\t');
            if (parts[1] != "*" && parts[1] != kind.ToString()) continue;
            foreach (var name in parts[2].Split('|')) names.TryAdd(Key(name), Enum.Parse<ImportField>(parts[0]));
        }
        return names;
    }
}
