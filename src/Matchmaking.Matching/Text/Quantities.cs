using System.Text;
using System.Text.RegularExpressions;

namespace Matchmaking.Matching.Text;

/// <summary>What a figure says of its subject: a level, the amount of a change (降低20%), or the level before a change (由8 ℃降至3 ℃).</summary>
public enum QuantityRole { Level, Change, Former }

/// <summary>A quantity and where it stands in the text: comparison words, number and unit, without its name.</summary>
public sealed record FoundQuantity(Quantity Quantity, int Start, int Length, QuantityRole Role = QuantityRole.Level);

/// <summary>
/// Finds technical figures in running text in three steps: recognise numbers that are no codes, read magnitude, range, unit and comparison,
/// then name what is measured. Model numbers, standards, dates, ordinals, ratios and numbers without a unit are not figures; what is doubtful is left out.
/// Any string is legal; the time is linear in its length.
/// </summary>
public static partial class Quantities
{
    [GeneratedRegex(@"\d{1,3}°\s?\d{1,2}[′'](?:\s?[\d.]+[″""])?\s?[NSEW]?|(?<![A-Za-z])(?:GB|GJB|JB|JJG|JJF|HJ|HG|QB|NB|DB|YB|YY|SY|DL|TB|JT|JTG|CJ|CJJ|JGJ|LY|NY|SC|SL|MH|FZ|SN|YS|WS|EN|ISO|IEC|IEEE|ASTM|ASME|DIN|JIS|ANSI|API|UL|RFC|ZL|CN|No\.|№)\d{0,2}(?:\s?/\s?[A-Z]{1,2})?[\s:\-]{0,2}[A-Z]?\d[\d.\-–—:/X ]*(?<=[\dX])(?![A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Standard();

    [GeneratedRegex(@"\G(?:显著|逐渐|逐步|进一步|最终|大幅|直接)?(?:降低|降|下降|减少|减小|缩短|压缩|提高|提升|上升|升高|升|增加|增长|增大|增|扩大|延长|拓宽|下调|上调|压缩|改善|提|移|移动|转|调|变化?|缩减|扩展|恢复)(?:到|至|为|成)(?:(?:19|20)\d\d年(?:\d{1,2}月)?的?|[\u4e00-\u9fff]{1,6}的)?")]
    private static partial Regex LeadsOn();

    // 第14、21、28天
    [GeneratedRegex(@"\G(?:[、,，和与及~](?:第)?\d{1,3}(?!\d|\.\d))+")]
    private static partial Regex Ordinals();

    public static IReadOnlyList<FoundQuantity> Find(string text)
    {
        if (string.IsNullOrEmpty(text)) return [];
        var source = Fold(text);
        var figures = Recognise(source);
        QuantityNames.Name(source, figures);
        var found = new List<FoundQuantity>(figures.Count);
        foreach (var figure in figures)
        {
            figure.IsTaken = figure.Unit.Length > 0 || QuantityNames.MayLackUnit(figure);
            if (!figure.IsTaken) continue;
            var comparison = figure.Comparison == Comparison.Eq && figure.Reaches ? QuantityNames.Reached(source, figure) : figure.Comparison;
            found.Add(new FoundQuantity(new Quantity(figure.Name, comparison, figure.Value, figure.High, figure.Unit), figure.Start, figure.End - figure.Start, figure.Role));
        }
        return found;
    }

    /// <summary>Width folded and spaces made plain, one character for one, so that places in the text stay.</summary>
    private static string Fold(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            result.Append(c switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
                '\u00A0' or '\u2002' or '\u2003' or '\u2009' or '\u202F' or '\u3000' or '\t' => ' ',
                '∼' or '〜' => '~',
                '\u2010' or '\u2011' => '-',
                '\u00BA' or '˚' => '°',
                'Ф' or '∅' or 'Ø' => 'φ',
                // 1∶20万 is a ratio.
                '\u2236' => ':',
                _ => c,
            });
        }
        return result.ToString();
    }

    private static List<Figure> Recognise(string source)
    {
        var standards = new Queue<Match>(Standard().Matches(source));
        var drawing = new Lazy<bool>(() => DrawingNumeral().Count(source) > 1);
        var figures = new List<Figure>();
        var waiting = new List<Figure>();
        for (var at = 0; at < source.Length;)
        {
            while (standards.Count > 0 && standards.Peek().Index + standards.Peek().Length <= at) standards.Dequeue();
            if (standards.Count > 0 && standards.Peek().Index <= at)
            {
                at = standards.Peek().Index + standards.Peek().Length;
                continue;
            }
            var percent = string.CompareOrdinal(source, at, "百分之", 0, 3) == 0;
            if (!percent && !QuantityNumbers.IsDigit(source[at]) && !QuantityNumbers.IsNumeral(source[at]))
            {
                at++;
                continue;
            }
            var start = percent ? at + 3 : at;
            if (QuantityNumbers.Read(source, start) is not { } number)
            {
                at = Math.Max(at + 1, QuantityNumbers.EndOfRun(source, start));
                continue;
            }
            if (IsCode(source, at, number.Chinese) || Figure.Read(source, at, number, percent) is not { } figure)
            {
                at = PassCode(source, number.End);
                if (start > 0 && source[start - 1] == '第' && Ordinals().Match(source, at) is { Success: true } more) at += more.Length;
                continue;
            }
            at = figure.End;
            if (SumsUp(source, figure) || IsDrawingNumeral(source, figure, drawing)) continue;
            Share(source, figure, waiting, figures);
        }
        return figures;
    }

    // 已完成, 达到了, 共, 检测出: what is counted behind these is stated, not merely mentioned.
    [GeneratedRegex(@"(?:有|含|共|计|达|达到|为|了|出|获|得|得到|成|建|立|余|超过|至少|各|新增|包括|包含|涉及|覆盖|研发|研制|开发|培育|选育|引进|推广|生产|支持|[≥>＞])\s*$")]
    private static partial Regex States();

    [GeneratedRegex(@"(?:有|含|共|计|达|达到|了|出|获|得|得到|成|余|超过|至少|新增|研发|研制|开发|培育|选育|引进|推广|生产|[≥>])\s*$")]
    private static partial Regex StatesKinds();

    // 胞苷、尿苷和鸟苷(3种核苷)
    [GeneratedRegex(@"(?<first>[^，,。；;：:、]{2,20})(?:、(?<item>[^，,。；;：:、]{1,20}))*$", RegexOptions.ExplicitCapture | RegexOptions.RightToLeft)]
    private static partial Regex Listed();

    // 箱体(22)的凸部(22g): numerals of a drawing.
    [GeneratedRegex(@"[\u4e00-\u9fff]\(\d{1,3}[a-z]?(?:、\d{1,3}[a-z]?)*\)")]
    private static partial Regex DrawingNumeral();

    [GeneratedRegex(@"\G(?![及和与或等为])[\u4e00-\u9fffA-Za-z]{2}")]
    private static partial Regex GoesOn();

    /// <summary>3种回火温度 says which kinds are meant, and A、B和C3个品种 counts what was named just before: neither states an amount.</summary>
    private static bool SumsUp(string source, Figure figure)
    {
        if (!QuantityUnits.IsCount(figure.Unit) || figure.Comparison != Comparison.Eq || !GoesOn().IsMatch(source, figure.End)) return false;
        var before = source[Math.Max(0, figure.Start - 40)..figure.Start];
        if (figure.Unit is "种") return !StatesKinds().IsMatch(before);
        if (States().IsMatch(before)) return false;
        // 2组均未发生, 比较3组患者: the groups formed before.
        if (figure.Unit is "组") return true;
        return QuantityNames.EndsInNoun(source, figure.Start) && CountsList(before, figure.Value);
    }

    /// <summary>As many things as were listed directly before.</summary>
    private static bool CountsList(string before, decimal count)
    {
        var list = Listed().Match(before);
        var items = list.Success ? list.Groups["item"].Captures.Count + 1 : 1;
        var joined = before[Math.Max(0, before.LastIndexOf('、'))..].IndexOfAny(['和', '与', '及']) > 0;
        return count > 1 && (count == items || joined && count == items + 1);
    }

    /// <summary>(22g) beside other bare numerals in brackets.</summary>
    private static bool IsDrawingNumeral(string source, Figure figure, Lazy<bool> drawing) =>
        figure is { High: null, Unit.Length: 1 } && char.IsAsciiLetterLower(figure.Unit[0]) && figure.Start > 0 && source[figure.Start - 1] is '(' or '、'
        && figure.End < source.Length && source[figure.End] is ')' or '、' && drawing.Value;

    /// <summary>1200×600×30 mm and 25、50 和 75 ℃: the unit of the last holds for those before it, and so does a comparison: 7和9倍左右, 小于6%和8%.</summary>
    private static void Share(string source, Figure figure, List<Figure> waiting, List<Figure> figures)
    {
        if (figures.Count > 0 && figures[^1] is var last && last.Tolerance is null && last.End <= figure.Start && source[last.End..figure.Start].Trim() is "、" or "和" or "与" or "或" or "及" && (last.Unit == figure.Unit || last.Unit.Length == 0))
        {
            if (figure.Comparison == Comparison.Eq && !figure.Reaches && last.MarkedBefore) figure.Comparison = last.Comparison;
            else if (last.Comparison == Comparison.Eq && !last.Reaches && figure.MarkedBehind) last.Comparison = figure.Comparison;
        }
        if (waiting.Count > 0)
        {
            var between = source[waiting[^1].End..figure.Start].Trim(' ', '(', ')');
            var joined = between is "×" or "x" or "*" or "、" or "," or "，" or "和" or "与" or "或" or "及" or "/" || LeadsOn().Match(between) is { Success: true } match && match.Length == between.Length;
            if (joined && figure.Unit.Length > 0)
            {
                foreach (var earlier in waiting)
                {
                    earlier.Unit = figure.Unit;
                    if (earlier.Tolerance is { } spread) spread.Unit = figure.Unit;
                }
            }
            if (!joined || figure.Unit.Length > 0) waiting.Clear();
        }
        if (figure.Unit.Length == 0 && !figure.Equated && (figure.Comparison is Comparison.Eq || figure.MarkedBefore || figure.MarkedBehind) && !AtLineStart(source, figure.Start)) waiting.Add(figure);
        figures.Add(figure);
        if (figure.Tolerance is { } tolerance) figures.Add(tolerance);
        if (LeadsOn().IsMatch(source, figure.End))
        {
            figure.Role = QuantityRole.Former;
            if (figure.Tolerance is { } spread) spread.Role = QuantityRole.Former;
        }
    }

    private static bool AtLineStart(string source, int at) => at == 0 || source[at - 1] is '\n' or '\r';

    /// <summary>Part of a model number, formula, ratio, ordinal or vague count.</summary>
    private static bool IsCode(string source, int at, bool chinese)
    {
        if (at == 0) return false;
        var before = source[at - 1];
        var two = at > 1 ? source[at - 2] : ' ';
        if (chinese) return before is '第' or '数' or '几' or '之' or '.' || (source[at] is '千' or '万' or '百' or '亿' && before is not ' ' && !QuantityNumbers.IsDigit(before) && !"近约超达过到为于少逾".Contains(before, StringComparison.Ordinal));
        if (before is '第' or '_' or '^' or '#' or '@' || before == ' ' && two == '第') return true;
        if (char.IsAsciiLetter(before)) return Figure.PrefixUnit(source, at, Hardness) is null && !QuantityNames.IsPlainName(source, at);
        // A full stop may be a Latin one.
        if (before == '.') return char.IsAsciiLetterOrDigit(two);
        // 化合物4d, 图3a
        if (before is '物' or '体' or '图' or '表' or '式' && QuantityNumbers.EndOfRun(source, at) is var end && end < source.Length && source[end] is >= 'a' and <= 'k' && (end + 1 >= source.Length || !char.IsAsciiLetterOrDigit(source[end + 1]) && source[end + 1] is not ('/' or '·'))) return true;
        if (before is '-' or '–' or '—' or '−') return char.IsAsciiLetterOrDigit(two);
        if (before == '/' && Figure.BehindUnit(source, at - 1)) return false;
        if (before is '/' or ':') return char.IsAsciiLetterOrDigit(two);
        return false;
    }

    /// <summary>The end of a code, with letters and further groups: 345B, 2026-220100-00012, 2.4-D.</summary>
    private static int PassCode(string source, int at)
    {
        while (at < source.Length && (char.IsAsciiLetterOrDigit(source[at]) || source[at] is '-' or '–' or '.' or '/' or ':' && at + 1 < source.Length && QuantityNumbers.IsDigit(source[at + 1]))) at++;
        return at;
    }
}
