using System.Text.RegularExpressions;

namespace Matchmaking.Matching.Text;

public static partial class Quantities
{
    private static readonly string[] Hardness = ["HRC", "HRB", "HRA", "HBW", "HB", "HV"];

    [GeneratedRegex(@"\G\s*(?:以上|及以上|以下|及以下|以内|之内|左右|上下|内(?![部径外壁腔衬存层置容核陷涵因能阻燃耗置]))")]
    private static partial Regex Behind();

    // 600ppm多, 一倍多, 1年多; but 3种多功能 is no more than three.
    [GeneratedRegex(@"\G[多余](?![功元种样数边维层孔级重次相通路晶用模谱尺能光波源参角向项组头点变])")]
    private static partial Regex MoreBehind();

    // 0.4≤x≤0.9, 180≤HB<240
    [GeneratedRegex(@"\G\s*[<≤≦⩽]\s*(?<name>[A-Za-zα-ωΔ\u4e00-\u9fff/·]{1,12})\s*[<≤≦⩽]\s*(?=\d)", RegexOptions.ExplicitCapture)]
    private static partial Regex Bounds();

    [GeneratedRegex(@"\G\((?:公元)?前?\d{1,4}年?\)")]
    private static partial Regex GregorianBehind();

    [GeneratedRegex(@"\G(?:的)?(?:情况|条件|附近)")]
    private static partial Regex Situation();

    [GeneratedRegex(@"pH(?:值|为|至|到|在|约|调节|调整|控制|调|=|\s)*$")]
    private static partial Regex Acidity();

    /// <summary>A figure while it is being read.</summary>
    internal sealed class Figure
    {
        public required int Start { get; init; }
        public required int End { get; init; }
        public required decimal Value { get; init; }
        public decimal? High { get; init; }
        public string Unit { get; set; } = "";
        public Comparison Comparison { get; set; }
        /// <summary>A comparison word stands before the number, or only behind it.</summary>
        public bool MarkedBefore { get; init; }
        public bool MarkedBehind { get; init; }
        /// <summary>达到 stands before it: a target or a result, as the sentence says.</summary>
        public bool Reaches { get; init; }
        public string Name { get; set; } = "";
        /// <summary>The name that stands inside the figure: x of 0.4≤x≤0.9.</summary>
        public string Inside { get; init; } = "";
        /// <summary>万 or 亿 stands with the number: an amount even without a unit (预算150万).</summary>
        public bool Large { get; init; }
        /// <summary>为 or 达 stands between the name and the number.</summary>
        public bool Linked { get; init; }
        /// <summary>pH stands before the number.</summary>
        public bool IsAcidity { get; init; }
        /// <summary>An equals sign stands before the number.</summary>
        public bool Equated { get; init; }
        /// <summary>The figure whose name this one goes on with: a list without units is taken or left as a whole.</summary>
        public Figure? GoesOnWith { get; set; }
        /// <summary>Decided for one after the other, so that those after it can go by it.</summary>
        public bool IsTaken { get; set; }
        public QuantityRole Role { get; set; }
        /// <summary>The second entry of A±B.</summary>
        public Figure? Tolerance { get; private set; }

        /// <summary>Null when the number is a date, a ratio, an article or a bare number in a word.</summary>
        public static Figure? Read(string source, int at, ReadNumber number, bool percent)
        {
            if (Bounded(source, at, number) is { } bounded) return bounded;
            var (numberStart, negative) = Sign(source, at);
            var amount = Amount.Read(source, numberStart, at, number, percent);
            // 乙腈-0.4%磷酸: two liquids with a dash between them.
            if (negative && amount is { Unit: "%", High: null } && amount.End < source.Length && source[amount.End] is >= '\u4e00' and <= '\u9fff' && numberStart > 0 && source[numberStart - 1] is >= '\u4e00' and <= '\u9fff' && !"为是达到至在于约率".Contains(source[numberStart - 1], StringComparison.Ordinal)) (numberStart, negative) = (at, false);
            var value = negative ? -amount.Value : amount.Value;
            var high = amount.High;
            if (high is { } top) (value, high) = (Math.Min(value, top), Math.Max(value, top));

            var end = amount.End;
            var text = "";
            if (amount.Unit is { } unit)
            {
                if (IsDate(source, at, value, high, unit, end, number.Chinese)) return null;
                // 500MPa级
                if (end < source.Length && source[end] == '级' && !QuantityUnits.IsCount(unit)) end++;
                text = unit;
            }
            else if (PrefixUnit(source, numberStart, Hardness) is { } hardness) (text, numberStart) = hardness;
            else if (number.Chinese || !EndsCleanly(source, end) && !Acidity().IsMatch(source[Math.Max(0, numberStart - 12)..numberStart])
                && (amount.Magnitude < 10_000 || char.IsAsciiLetterOrDigit(source[end]))) return null;

            var before = QuantityMarks.Before(source, numberStart);
            if (IsNoAmount(source, number, text, before, end)) return null;
            var start = before.Start;
            if (QuantityMarks.Rate(source, start) is { } rate && text.Length > 0 && !text.Contains('/', StringComparison.Ordinal)) (text, start) = (text + "/" + rate.Below, before.Start);
            else if (QuantityMarks.FarRate(source, start) is { } per && IsDelivered(text)) text += "/" + per;
            var more = number.More;
            if (amount.Unit is not null && MoreBehind().Match(source, end) is { Success: true } surplus)
            {
                more = true;
                end += surplus.Length;
            }
            var after = Behind().Match(source, end);
            if (after.Success) end += after.Length;
            var comparison = high is not null ? Comparison.Range : before.PlusMinus ? Comparison.PlusMinus : QuantityMarks.Decide(before, after.Value.Trim(), more);
            if (comparison == Comparison.Eq && QuantityMarks.AtLeast(source, start)) comparison = Comparison.Ge;
            var marked = before.Comparison is not null || before.Approximate;
            var figure = new Figure
            {
                Start = start, End = end, Value = value, High = high, Unit = text, Comparison = comparison, MarkedBefore = marked && high is null, MarkedBehind = !marked && after.Success && high is null,
                Reaches = before.Reaches, Linked = QuantityNames.IsLinked(source, start), IsAcidity = text.Length == 0 && Acidity().IsMatch(source[Math.Max(0, start - 12)..start]), Large = amount.Magnitude >= 10_000, Equated = IsEquated(source, numberStart),
            };
            if (amount.Tolerance is { } spread) figure.Tolerance = new Figure { Start = start, End = end, Value = spread, Unit = text, Comparison = Comparison.PlusMinus };
            return figure;
        }

        /// <summary>0.4≤x≤0.9: a range whose name stands inside it.</summary>
        private static Figure? Bounded(string source, int at, ReadNumber number)
        {
            if (number.Chinese) return null;
            var lower = QuantityUnits.Read(source, number.End, false, false);
            if (Bounds().Match(source, lower?.End ?? number.End) is not { Success: true } bounds || QuantityNumbers.Read(source, bounds.Index + bounds.Length) is not { } upper) return null;
            var (start, negative) = Sign(source, at);
            var value = negative ? -number.Value : number.Value;
            var name = bounds.Groups["name"].Value;
            var isUnit = Hardness.Contains(name);
            var unit = QuantityUnits.Read(source, upper.End, false, false) ?? lower;
            if (upper.Value < value) return null;
            return new Figure
            {
                Start = start, End = Math.Max(upper.End, unit?.End ?? 0), Value = value, High = upper.Value, Comparison = Comparison.Range,
                Unit = isUnit ? name : unit?.Unit ?? "", Inside = isUnit ? "" : name,
            };
        }

        /// <summary>Where a number begins together with its sign; a dash behind another number or its unit is none (38℃-20 W).</summary>
        private static (int Start, bool Negative) Sign(string source, int at)
        {
            if (at == 0) return (at, false);
            var two = at > 1 ? source[at - 2] : ' ';
            if (source[at - 1] == '+') return (at - 1, false);
            // 增长率为—0.06%: a long dash only behind a word that leads to a number; 精炼—280 mm方坯 joins two steps.
            var isSign = source[at - 1] is '-' or '−' or '–' ? !char.IsAsciiLetterOrDigit(two) && two is not ('-' or '%' or '℃' or '°') && !BehindUnit(source, at - 1)
                : source[at - 1] == '—' && "为是达到至在于约".Contains(two, StringComparison.Ordinal);
            return isSign ? (at - 1, true) : (at, false);
        }

        /// <summary>What is spent or made in a time: money, mass, volume, energy, pieces; not a temperature or a share.</summary>
        private static bool IsDelivered(string unit) =>
            QuantityUnits.IsCount(unit) && unit is not "级" and not "度" || ((string[])["元", "t", "L", "kWh"]).Any(u => Units.Common(0, u, 0, unit) is not null);

        public static bool BehindUnit(string source, int end)
        {
            for (var p = end - 1; p > 0 && p >= end - 4; p--)
                if (QuantityNumbers.IsDigit(source[p])) return QuantityUnits.Read(source, p + 1, false, false) is { } unit && unit.End == end;
            return false;
        }

        /// <summary>What has the form of an amount and is none: a stretch of the calendar, what was counted before, an ordinal.</summary>
        private static bool IsNoAmount(string source, ReadNumber number, string unit, MarksBefore before, int end)
        {
            // 近三年 is a stretch of the calendar, not an amount.
            if (before.Approximate && unit is "年" or "个月" && source[before.Start] == '近' && (end >= source.Length || source[end] != '的')) return true;
            // 未来两年 as well
            if (unit is "年" or "个月" or "a" && QuantityMarks.IsCalendar(source, before.Start)) return true;
            if (before.Start == 0) return false;
            var last = source[before.Start - 1];
            // 这一天, 某一年
            // 千万级 is a size of numbers.
            if (number.Chinese && unit == "级" && number.Value >= 100) return true;
            if (number is { Chinese: true, Value: 1 } && last is '这' or '那' or '该' or '某' or '哪') return true;
            // 上午10时35分
            if (unit is "分" && last == '时' && before.Start > 1 && QuantityNumbers.IsDigit(source[before.Start - 2])) return true;
            if (!QuantityUnits.IsCount(unit)) return false;
            // 上述12个品种, 其他25种
            if (QuantityMarks.PointsBack(source, before.Start)) return true;
            // 这17个品种 and 菌等8种 count what was named before; 前100幅 are the first hundred.
            return last is '这' or '该' or '此' or '等' or '另' || last == '前' && (before.Start == 1 || !"目之以提当先".Contains(source[before.Start - 2], StringComparison.Ordinal));
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

        /// <summary>2018年, also 1712年派往 but not 过去的1500年间; 千年古镇 is just an old one.</summary>
        private static bool IsDate(string source, int at, decimal value, decimal? high, string unit, int end, bool chinese)
        {
            if (unit is "届") return value is >= 1900 and <= 2100;
            if (unit is not "年") return false;
            // 贞元八年(792)
            if (chinese) return source[at] is '百' or '千' or '万' || GregorianBehind().IsMatch(source, end);
            // (前506年)
            if (at > 1 && source[at - 1] == '前' && source[at - 2] is '(' or '元') return true;
            if (Math.Abs(value) is >= 1900 and <= 2100 || high is >= 1900 and <= 2100) return true;
            return value is >= 1000 and < 1900 && high is null or <= 2100 && decimal.IsInteger(value) && !(end < source.Length && "间来前后的以左之历".Contains(source[end], StringComparison.Ordinal))
                && !(at > 0 && "的约近过超达于有".Contains(source[at - 1], StringComparison.Ordinal));
        }

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
            if (source[at] == '时' && (at + 1 >= source.Length || source[at + 1] != '间')) return true;
            // 在马赫数2.0情况下
            if (Situation().IsMatch(source, at)) return true;
            return source[at] is ' ' or ',' or '.' or ';' or ')' or '!' or '?' or '。' or '、' or '，' or '；' or '）' or '\n' or '\r' or '×' or 'x' or '*' or '和' or '与' or '或' or '及' or '的' || Behind().IsMatch(source, at) || LeadsOn().IsMatch(source, at);
        }
    }
}
