using System.Globalization;

namespace Matchmaking.Matching.Text;

/// <summary>A number as it stands in a text: its value without the magnitude, the magnitude (万, 亿 …), and where it ends.</summary>
/// <param name="More">多 or 余 stands with it: somewhat above the value.</param>
/// <param name="Chinese">Written in Chinese numerals.</param>
internal readonly record struct ReadNumber(decimal Plain, decimal Magnitude, bool More, bool Chinese, int End)
{
    public decimal Value => Plain * Magnitude;
}

/// <summary>Reads numbers: 1,200 · 1 400 · 0.05 · 1×10⁵ · 1×1016 (a lost superscript) · 20万 · 3000余 · 一千余万.</summary>
internal static class QuantityNumbers
{
    private const int LongestDigits = 21;
    private const decimal Largest = 1e24m;
    private const string Numerals = "零一二三四五六七八九";
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    public static bool IsDigit(char c) => c is >= '0' and <= '9';

    public static bool IsNumeral(char c) => c is '两' or '〇' or '十' or '百' or '千' or '万' or '亿' || Numerals.Contains(c, StringComparison.Ordinal);

    /// <summary>Whether a single Chinese digit stands before a place.</summary>
    public static bool IsSmall(string source, int end) => end > 0 && IsNumeral(source[end - 1]) && !"十百千万亿".Contains(source[end - 1], StringComparison.Ordinal) && (end == 1 || !IsNumeral(source[end - 2]));

    /// <summary>The end of a run of digits and points, so that a run that is no number is passed at once.</summary>
    public static int EndOfRun(string source, int at)
    {
        while (at < source.Length && (IsDigit(source[at]) || source[at] == '.' && at + 1 < source.Length && IsDigit(source[at + 1]))) at++;
        return at;
    }

    public static ReadNumber? Read(string source, int at) => at >= source.Length ? null : IsDigit(source[at]) ? Arabic(source, at) : IsNumeral(source[at]) ? Chinese(source, at) : null;

    private static ReadNumber? Arabic(string source, int start)
    {
        var at = Digits(source, start);
        var grouped = InList(source, start, at) ? int.MaxValue : at;
        // Groups of three behind a comma or a space belong to one number: 1,200 and 1 400.
        while (grouped < int.MaxValue && (at - start <= 3 || grouped > start + 3))
        {
            if (grouped + 3 >= source.Length || source[grouped] is not (',' or ' ') || Digits(source, grouped + 1) != grouped + 4) break;
            grouped += 4;
            at = grouped;
        }
        if (at + 1 < source.Length && source[at] == '.' && IsDigit(source[at + 1])) at = Digits(source, at + 1);
        // 0.241 8: journals group the decimals by three as well.
        if (at - start > 4 && source[at - 4] == '.' && at + 1 < source.Length && source[at] == ' ' && Digits(source, at + 1) is var group && group > at + 1 && group <= at + 4
            && (group >= source.Length || !char.IsAsciiLetterOrDigit(source[group]) && source[group] is not ('.' or '~' or '-'))) at = group;
        // 3.2.1 is a heading, not a number.
        if (at + 1 < source.Length && source[at] == '.' && IsDigit(source[at + 1])) return null;
        var written = source[start..at].Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (written.Length > LongestDigits || !decimal.TryParse(written, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return null;

        if (written == "10" && LostPower(source, at) is { } lost) (value, at) = lost;
        else if (Power(source, at, written) is { } power)
        {
            value = power.Bare ? power.Factor : value * power.Factor;
            at = power.End;
        }
        var more = Skip(source, ref at, '多', '余');
        var magnitude = 1m;
        if (at + 1 < source.Length && source[at] == ' ' && source[at + 1] is '万' or '亿') at++;
        while (at < source.Length && Magnitude(source, at) is > 1 and var next && magnitude * next <= 1e12m)
        {
            magnitude *= next;
            at++;
        }
        more |= magnitude > 1 && Skip(source, ref at, '多', '余');
        return value > Largest / magnitude ? null : new ReadNumber(value, magnitude, more, false, at);
    }

    /// <summary>292,330,428 nm: groups that only rise are a list, for an amount of money would have to do so by chance.</summary>
    private static bool InList(string source, int start, int end)
    {
        if (end - start != 3 || source[start] == '0') return false;
        if (start > 3 && source[start - 1] == ',' && IsDigit(source[start - 2]) && IsDigit(source[start - 3]) && IsDigit(source[start - 4])) return true;
        var groups = 1;
        var last = source.AsSpan(start, 3);
        for (var at = end; at + 3 < source.Length && source[at] == ',' && Digits(source, at + 1) == at + 4; at += 4)
        {
            var next = source.AsSpan(at + 1, 3);
            if (next.SequenceCompareTo(last) <= 0) return false;
            last = next;
            groups++;
        }
        return groups > 2;
    }

    /// <summary>10-7 mm: a range would rise, so this is 10⁻⁷ without its superscript.</summary>
    private static (decimal Value, int End)? LostPower(string source, int at)
    {
        if (at + 2 >= source.Length || source[at] is not ('-' or '−') || source[at + 1] is not (>= '3' and <= '9') || IsDigit(source[at + 2]) || source[at + 2] is '.' or '-') return null;
        var value = 1m;
        for (var i = '0'; i < source[at + 1]; i++) value /= 10;
        var behind = QuantityUnits.Read(source, at + 2, false, false);
        return source[at + 2] == '~' || behind is not null && !QuantityUnits.IsCount(behind.Value.Unit) && behind.Value.Unit[0] < 0x2E80 ? (value, at + 2) : null;
    }

    /// <summary>×10⁵, ×10^5, ×105 with a lost superscript, or a bare 10⁵.</summary>
    private static (decimal Factor, bool Bare, int End)? Power(string source, int at, string written)
    {
        if (written == "10" && Exponent(source, at, lost: false) is { } bare) return (bare.Factor, true, bare.End);
        var p = at;
        while (p < source.Length && source[p] == ' ') p++;
        if (p >= source.Length || source[p] is not ('×' or '*' or 'x' or '·')) return null;
        p++;
        while (p < source.Length && source[p] == ' ') p++;
        if (p + 2 >= source.Length || source[p] != '1' || source[p + 1] != '0') return null;
        // Without the superscript 3×1050 mm may be a size; only a one-digit factor is taken for a power.
        var oneDigit = written.Split('.')[0].Length == 1;
        if (Exponent(source, p + 2, lost: oneDigit || written.Contains('.', StringComparison.Ordinal)) is { } exponent
            // 3253.3×108 m3 is a power as well, 12.5×105 mm a size.
            && (oneDigit || exponent.Marked || QuantityUnits.Read(source, exponent.End, false, false) is { } measured && Units.Common(0, "mm", 0, measured.Unit) is null)) return (exponent.Factor, false, exponent.End);
        // 5×10 cfu/g lost its exponent; 3×10 mm is a size.
        return QuantityUnits.Read(source, p + 2, false, false) is { } unit && Units.Common(0, "mm", 0, unit.Unit) is null ? (10, false, p + 2) : null;
    }

    private static (decimal Factor, int End, bool Marked)? Exponent(string source, int at, bool lost)
    {
        var p = at;
        // 10~(-6) of abstract databases, 10^(-6)
        if (p + 1 < source.Length && source[p] is '~' or '^' && source[p + 1] is '(' or '{') return Bracketed(source, p + 2);
        if (p < source.Length && source[p] == '^') (lost, p) = (false, p + 1);
        else if (p < source.Length && (source[p] == '⁻' || Superscripts.Contains(source[p], StringComparison.Ordinal))) lost = false;
        else if (!lost) return null;
        var negative = p < source.Length && source[p] is '⁻' or '-' or '−';
        if (negative) p++;
        var first = p;
        var exponent = 0;
        while (p < source.Length && p - first < 3)
        {
            var digit = IsDigit(source[p]) ? source[p] - '0' : Superscripts.IndexOf(source[p], StringComparison.Ordinal);
            if (digit < 0 || (lost && p == first && digit == 0)) break;
            exponent = exponent * 10 + digit;
            p++;
        }
        if (p == first || exponent > 20 || (lost && p - first > 2)) return null;
        var factor = 1m;
        for (var i = 0; i < exponent; i++) factor *= 10;
        return (negative ? 1 / factor : factor, p, !lost);
    }

    private static (decimal Factor, int End, bool Marked)? Bracketed(string source, int at)
    {
        var close = at;
        while (close < source.Length && close - at < 4 && source[close] is not (')' or '}')) close++;
        return close < source.Length && source[close] is ')' or '}' && Exponent(source[..close], at, lost: true) is { } exponent && exponent.End == close ? (exponent.Factor, close + 1, true) : null;
    }

    private static ReadNumber? Chinese(string source, int start)
    {
        var at = start;
        decimal total = 0, section = 0, digit = 0;
        var more = false;
        for (; at < source.Length; at++)
        {
            var c = source[at];
            if (c is '余' or '多')
            {
                if (more || at == start) break;
                more = true;
                continue;
            }
            if (!IsNumeral(c)) break;
            if (c is '两') digit = 2;
            else if (c is '〇') digit = 0;
            else if (Numerals.IndexOf(c, StringComparison.Ordinal) is >= 0 and var d) digit = d;
            // 千瓦 and 万元 begin a unit only after a number; 百帕 is rare enough to leave.
            else if (c is '千' && Magnitude(source, at) == 1) break;
            else if (c is '万' or '亿')
            {
                var scale = c == '万' ? 1e4m : 1e8m;
                total = (total + section + digit == 0 ? 1 : total + section + digit) * scale;
                if (total > 1e16m) return null;
                section = digit = 0;
            }
            else
            {
                section += (digit == 0 ? 1 : digit) * (c switch { '十' => 10, '百' => 100, _ => 1000 });
                digit = 0;
            }
            if (at - start > 12) return null;
        }
        return at == start ? null : new ReadNumber(total + section + digit, 1, more, true, at);
    }

    private static decimal Magnitude(string source, int at)
    {
        var unit = at + 1 < source.Length && "克瓦伏米帕赫卡焦牛安".Contains(source[at + 1], StringComparison.Ordinal);
        return source[at] switch { '百' when !unit => 100, '千' when !unit => 1_000, '万' => 10_000, '亿' => 100_000_000, _ => 1 };
    }

    private static bool Skip(string source, ref int at, char one, char other)
    {
        if (at >= source.Length || (source[at] != one && source[at] != other)) return false;
        at++;
        return true;
    }

    private static int Digits(string source, int at)
    {
        while (at < source.Length && IsDigit(source[at])) at++;
        return at;
    }
}
