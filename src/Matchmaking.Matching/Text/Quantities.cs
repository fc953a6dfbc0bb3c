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

    [GeneratedRegex(@"\G(?:显著|逐渐|逐步|进一步|最终|大幅|直接)?(?:降低|降|下降|减少|减小|缩短|压缩|提高|提升|上升|升高|升|增加|增长|增大|增|扩大|延长|拓宽|下调|上调|压缩|改善|提)(?:到|至|为)(?:(?:19|20)\d\d年(?:\d{1,2}月)?的?|[\u4e00-\u9fff]{1,6}的)?")]
    private static partial Regex LeadsOn();

    [GeneratedRegex(@"\G\s*(?:以上|及以上|以下|及以下|以内|之内|左右|上下|内(?![部径外壁腔衬存层置容核陷涵因能阻燃耗置]))")]
    private static partial Regex Behind();

    // 600ppm多, 一倍多, 1年多; but 3种多功能 is no more than three.
    [GeneratedRegex(@"\G[多余](?![功元种样数边维层孔级重次相通路晶用模谱尺能])")]
    private static partial Regex MoreBehind();

    // 第14、21、28天
    [GeneratedRegex(@"\G(?:[、,，和与及~](?:第)?\d{1,3}(?!\d|\.\d))+")]
    private static partial Regex Ordinals();

    private static readonly string[] Hardness = ["HRC", "HRB", "HRA", "HBW", "HB", "HV"];

    public static IReadOnlyList<FoundQuantity> Find(string text)
    {
        if (string.IsNullOrEmpty(text)) return [];
        var source = Fold(text);
        var figures = Recognise(source);
        QuantityNames.Name(source, figures);
        var found = new List<FoundQuantity>(figures.Count);
        foreach (var figure in figures)
        {
            if (figure.Unit.Length == 0 && !QuantityNames.MayLackUnit(figure)) continue;
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
                _ => c,
            });
        }
        return result.ToString();
    }

    private static List<Figure> Recognise(string source)
    {
        var standards = new Queue<Match>(Standard().Matches(source));
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
            Share(source, figure, waiting, figures);
        }
        return figures;
    }

    /// <summary>1200×600×30 mm and 25、50 和 75 ℃: the unit of the last holds for those before it.</summary>
    private static void Share(string source, Figure figure, List<Figure> waiting, List<Figure> figures)
    {
        if (waiting.Count > 0)
        {
            var between = source[waiting[^1].End..figure.Start].Trim();
            var joined = between is "×" or "x" or "*" or "、" or "," or "，" or "和" or "与" or "或" or "及" or "/" || LeadsOn().Match(between) is { Success: true } match && match.Length == between.Length;
            if (joined && figure.Unit.Length > 0)
            {
                foreach (var earlier in waiting) earlier.Unit = figure.Unit;
            }
            if (!joined || figure.Unit.Length > 0) waiting.Clear();
        }
        if (figure.Unit.Length == 0 && figure.Comparison is Comparison.Eq && !AtLineStart(source, figure.Start)) waiting.Add(figure);
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
        if (before is '/' or ':') return char.IsAsciiLetterOrDigit(two);
        return false;
    }

    /// <summary>The end of a code, with letters and further groups: 345B, 2026-220100-00012, 2.4-D.</summary>
    private static int PassCode(string source, int at)
    {
        while (at < source.Length && (char.IsAsciiLetterOrDigit(source[at]) || source[at] is '-' or '–' or '.' or '/' or ':' && at + 1 < source.Length && QuantityNumbers.IsDigit(source[at + 1]))) at++;
        return at;
    }

    /// <summary>A figure while it is being read.</summary>
    internal sealed class Figure
    {
        public required int Start { get; init; }
        public required int End { get; init; }
        public required decimal Value { get; init; }
        public decimal? High { get; init; }
        public string Unit { get; set; } = "";
        public Comparison Comparison { get; set; }
        /// <summary>达到 stands before it: a target or a result, as the sentence says.</summary>
        public bool Reaches { get; init; }
        public string Name { get; set; } = "";
        /// <summary>万 or 亿 stands with the number: an amount even without a unit (预算150万).</summary>
        public bool Large { get; init; }
        /// <summary>An equals sign stands before the number.</summary>
        public bool Equated { get; init; }
        public QuantityRole Role { get; set; }
        /// <summary>The second entry of A±B.</summary>
        public Figure? Tolerance { get; private set; }

        /// <summary>Null when the number is a date, a ratio, an article or a bare number in a word.</summary>
        public static Figure? Read(string source, int at, ReadNumber number, bool percent)
        {
            var numberStart = at;
            var negative = at > 0 && source[at - 1] is '-' or '−' or '–' && (at < 2 || !char.IsAsciiLetterOrDigit(source[at - 2]));
            if (negative) numberStart--;
            else if (at > 0 && source[at - 1] == '+') numberStart--;
            var value = number.Value;
            decimal? high = null, tolerance = null;
            var highMagnitude = 1m;
            var end = number.End;
            var isOne = value == 1 && number.Magnitude == 1;
            var marks = QuantityMarks.Before(source, numberStart);
            var unit = percent ? ("%", end) : QuantityUnits.Read(source, end, number.Chinese, isOne, QuantityNames.EndsInNoun(source, marks.Start), marks.Comparison is not null);

            var next = unit?.End ?? end;
            if (QuantityMarks.Plus(source, next) is { } plus && QuantityNumbers.Read(source, plus) is { } spread)
            {
                tolerance = spread.Value;
                end = spread.End;
                unit = ReadUnit(source, end, percent, false) ?? unit;
            }
            else if (QuantityMarks.To(source, next) is { } to && QuantityNumbers.Read(source, to.At) is { } other)
            {
                highMagnitude = other.Magnitude;
                var otherUnit = ReadUnit(source, other.End, percent, other.Chinese);
                var minus = to.Negative ? -1 : 1;
                if (otherUnit is null && unit is null)
                {
                    if (number.Magnitude == 1 && other.Magnitude > 1 && number.Plain <= other.Plain) value = number.Plain * other.Magnitude;
                    end = other.End;
                    high = minus * other.Value;
                }
                else if (otherUnit is not null && (unit is null || Units.Normal(unit.Value.Unit) == Units.Normal(otherUnit.Value.Unit)))
                {
                    // 20~200亿: the magnitude of the second end is meant for both; 5000~1万 has its own.
                    if (number.Magnitude == 1 && other.Magnitude > 1 && number.Plain <= other.Plain) value = number.Plain * other.Magnitude;
                    high = minus * other.Value;
                    end = other.End;
                    unit = otherUnit;
                }
            }
            if (negative) value = -value;
            if (high is { } top) (value, high) = (Math.Min(value, top), Math.Max(value, top));

            var hardness = unit is null ? PrefixUnit(source, numberStart, Hardness) : null;
            if (unit is { } read)
            {
                end = read.End;
                if (IsDate(value, high, read.Unit)) return null;
                // 500MPa级
                if (end < source.Length && source[end] == '级' && !QuantityUnits.IsCount(read.Unit)) end++;
            }
            else if (hardness is not null) numberStart = hardness.Value.Start;
            else if (number.Chinese || !EndsCleanly(source, end) && (Math.Max(number.Magnitude, highMagnitude) < 10_000 || char.IsAsciiLetterOrDigit(source[end]))) return null;

            var text = unit?.Unit ?? hardness?.Unit ?? "";
            var before = QuantityMarks.Before(source, numberStart);
            // 近三年 is a stretch of the calendar, not an amount.
            if (before.Approximate && text is "年" or "个月" && source[before.Start] == '近' && (end >= source.Length || source[end] != '的')) return null;
            // 这17个品种 and 菌等8种 count what was named before.
            if (QuantityUnits.IsCount(text) && before.Start > 0 && source[before.Start - 1] is '这' or '该' or '此' or '等' or '另') return null;
            var start = before.Start;
            if (QuantityMarks.Rate(source, start) is { } rate && text.Length > 0 && !text.Contains('/', StringComparison.Ordinal)) (text, start) = (text + "/" + rate.Below, before.Start);
            var more = number.More;
            if (unit is not null && MoreBehind().Match(source, end) is { Success: true } surplus)
            {
                more = true;
                end += surplus.Length;
            }
            var after = Behind().Match(source, end);
            if (after.Success) end += after.Length;
            var comparison = high is not null ? Comparison.Range : before.PlusMinus ? Comparison.PlusMinus : QuantityMarks.Decide(before, after.Value.Trim(), more);
            var figure = new Figure { Start = start, End = end, Value = value, High = high, Unit = text, Comparison = comparison, Reaches = before.Reaches, Large = Math.Max(number.Magnitude, highMagnitude) >= 10_000, Equated = IsEquated(source, numberStart) };
            if (tolerance is { } spreads) figure.Tolerance = new Figure { Start = start, End = end, Value = spreads, Unit = text, Comparison = Comparison.PlusMinus };
            return figure;
        }

        public static (string Unit, int Start)? PrefixUnit(string source, int at, string[] units)
        {
            var end = at;
            while (end > 0 && source[end - 1] == ' ' && at - end < 1) end--;
            foreach (var unit in units)
            {
                var start = end - unit.Length;
                if (start >= 0 && string.CompareOrdinal(source, start, unit, 0, unit.Length) == 0 && (start == 0 || !char.IsAsciiLetterOrDigit(source[start - 1]))) return (unit, start);
            }
            return null;
        }

        private static (string Unit, int End)? ReadUnit(string source, int at, bool percent, bool chinese) =>
            percent ? ("%", at) : QuantityUnits.Read(source, at, chinese, false);

        private static bool IsDate(decimal value, decimal? high, string unit) => unit is "年" && (Math.Abs(value) is >= 1900 and <= 2100 || high is >= 1900 and <= 2100);

        private static bool IsEquated(string source, int at)
        {
            while (at > 0 && source[at - 1] == ' ') at--;
            return at > 0 && source[at - 1] == '=';
        }

        /// <summary>A number without a unit stands free: before a mark, a space, or 以上 and the like.</summary>
        private static bool EndsCleanly(string source, int at)
        {
            if (at >= source.Length) return true;
            // (2~3):1 is a ratio.
            if (at + 1 < source.Length && source[at] == ')' && source[at + 1] is ':' or '/') return false;
            if (source[at] is '/' or ':' or '.' && at + 1 < source.Length && char.IsAsciiLetterOrDigit(source[at + 1])) return false;
            return source[at] is ' ' or ',' or '.' or ';' or ')' or '!' or '?' or '。' or '、' or '，' or '；' or '）' or '\n' or '\r' or '×' or 'x' or '*' or '和' or '与' or '或' or '及' or '的' || Behind().IsMatch(source, at) || LeadsOn().IsMatch(source, at);
        }
    }
}
