using System.Text.RegularExpressions;

namespace Matchmaking.Matching.Text;

/// <summary>The words and signs before a number that say how it is meant.</summary>
/// <param name="Start">Where the first of them begins, or the number when there is none.</param>
/// <param name="Soft">超 and its like yield to 约 (约超 50 家 is about 50).</param>
internal readonly record struct MarksBefore(int Start, Comparison? Comparison, bool Soft, bool Approximate, bool PlusMinus, bool Reaches);

/// <summary>Reads comparison words, ranges and tolerances around a number.</summary>
internal static partial class QuantityMarks
{
    // Longest first: 大于等于 before 大于.
    private static readonly (string Word, Comparison Comparison)[] Words =
    [
        ("大于或等于", Comparison.Ge), ("小于或等于", Comparison.Le), ("大于等于", Comparison.Ge), ("小于等于", Comparison.Le), ("至少", Comparison.Ge), ("最低", Comparison.Ge), ("最少", Comparison.Ge),
        ("至多", Comparison.Le), ("最多", Comparison.Le), ("最高", Comparison.Le), ("最大", Comparison.Le), (">=", Comparison.Ge), ("<=", Comparison.Le), ("≥", Comparison.Ge), ("≧", Comparison.Ge), ("⩾", Comparison.Ge),
        ("≤", Comparison.Le), ("≦", Comparison.Le), ("⩽", Comparison.Le), (">", Comparison.Gt), ("<", Comparison.Lt), ("大于", Comparison.Gt), ("高于", Comparison.Gt), ("多于", Comparison.Gt), ("长于", Comparison.Gt),
        ("超过", Comparison.Gt), ("超出", Comparison.Gt), ("突破", Comparison.Gt), ("超", Comparison.Gt), ("逾", Comparison.Gt), ("小于", Comparison.Lt), ("低于", Comparison.Lt), ("少于", Comparison.Lt), ("短于", Comparison.Lt),
        ("不到", Comparison.Lt), ("不足", Comparison.Lt),
    ];

    private const int FarReach = 40;

    private static readonly string[] About = ["大约", "大概", "接近", "将近", "约", "近", "≈", "~"];
    private static readonly string[] No = ["不得", "不应", "不能", "不会", "不宜", "不可", "没有", "不", "未"];
    private static readonly string[] Reach = ["可达到", "达到了", "达到", "可达", "达"];
    private static readonly string[] Fillers = ["了", "为", "到", "至", "在", "等于", "=", "于"];
    // Between a mark and its number: 至少提高20%, 至少需要2天, 最大可达到80%.
    private static readonly string[] Between = ["可达到", "达到", "可达", "可降低", "可提高", "可增加", "可减少", "可缩短", "可节约", "降到", "降至", "升到", "升至", "需要", "提高", "降低", "减少", "增加", "缩短", "节约", "达", "需", "低", "高", "有", "用"];
    private static readonly string[] RateVerbs = ["可处理", "处理", "生产", "可生产", "加工", "消耗", "采集", "检测", "输出", "产", "可", "能", "最多", "投加", "施用", "装", "收"];

    public static MarksBefore Before(string source, int at)
    {
        var start = at;
        Comparison? comparison = null;
        bool soft = false, about = false, plusMinus = false;
        for (var round = 0; round < 3; round++)
        {
            var p = Spaces(source, start);
            var filled = p;
            foreach (var filler in Fillers)
            {
                if (!Ends(source, p, filler)) continue;
                filled = Spaces(source, p - filler.Length);
                break;
            }
            if (Ends(source, p, "±") || Ends(source, p, "+/-"))
            {
                plusMinus = true;
                start = p - (Ends(source, p, "±") ? 1 : 3);
            }
            else if (Mark(source, p) is { } near && (comparison is null || near.About)) Take(near);
            else if (filled < p && Mark(source, filled) is { } far && (comparison is null || far.About)) Take(far);
            else if (comparison is null && round == 0 && (FarMark(source, p) ?? FarMark(source, filled)) is { } behind) Take(behind);
            else break;
        }
        var end = Spaces(source, start);
        var reaches = comparison is null && Reach.Any(word => Ends(source, end, word));
        return new MarksBefore(start, comparison, soft, about, plusMinus, reaches);

        void Take((int Start, Comparison? Comparison, bool Soft, bool About) mark)
        {
            start = mark.Start;
            if (mark.About) about = true;
            else (comparison, soft) = (mark.Comparison, mark.Soft);
        }
    }

    public static Comparison Decide(MarksBefore before, string after, bool more)
    {
        if (before.Approximate && (before.Comparison is null || before.Soft)) return Comparison.Approx;
        if (before.Comparison is { } said) return said;
        if (after is "左右" or "上下") return Comparison.Approx;
        if (more) return Comparison.Gt;
        return after switch { "以上" or "及以上" => Comparison.Ge, "" => Comparison.Eq, _ => Comparison.Le };
    }

    /// <summary>至少 earlier in the clause: 存储的能量至少是普通电池的2倍.</summary>
    public static bool AtLeast(string source, int at)
    {
        for (var p = at - 1; p > 1 && p > at - FarReach; p--)
        {
            if (source[p] is '，' or ',' or '。' or ';' or '；' or '、' or '：' or ':' or '(' or ')' or '\n' || QuantityNumbers.IsDigit(source[p])) return false;
            if (source[p] == '是' && Ends(source, p, "至少")) return true;
        }
        return false;
    }

    /// <summary>上述12个, 其他25种: counted before.</summary>
    public static bool PointsBack(string source, int at) => Ends(source, at, "述") && at > 1 && source[at - 2] is '上' or '所' or '前' or '下' || Ends(source, at, "其它") || Ends(source, at, "其他");

    /// <summary>未来两年, 今后3～5年: a stretch of the calendar.</summary>
    public static bool IsCalendar(string source, int at) => Calendar().IsMatch(source[Math.Max(0, at - 12)..at]);

    [GeneratedRegex(@"(?:未来|今后|最近)(?:\d{1,3} ?[~—–至到-] ?)?$")]
    private static partial Regex Calendar();

    /// <summary>Where the number behind a range sign begins: ~ – — - 至 到.</summary>
    public static (int At, bool Negative)? To(string source, int at)
    {
        var p = Skip(source, at);
        if (p >= source.Length || source[p] is not ('~' or '—' or '–' or '-' or '−' or '至' or '到')) return null;
        for (var i = 0; i < 2 && source[p] is '—' or '-' && p + 1 < source.Length && source[p + 1] == source[p]; i++) p++;
        p = Skip(source, p + 1);
        var negative = p < source.Length && source[p] is '-' or '−' or '–';
        // φ0.25~φ0.45 and -4°~+4°
        if (negative || p < source.Length && source[p] is '+' or 'φ' or 'Φ' or '±') p++;
        return p < source.Length && QuantityNumbers.IsDigit(source[p]) ? (p, negative) : null;
    }

    /// <summary>Where the number behind 和 begins: 介于约90°和约180°之间.</summary>
    public static int? And(string source, int at)
    {
        var p = Skip(source, at);
        if (p >= source.Length || source[p] is not ('和' or '与')) return null;
        p = Skip(source, p + 1);
        if (p < source.Length && source[p] == '约') p++;
        return p < source.Length && QuantityNumbers.IsDigit(source[p]) ? p : null;
    }

    /// <summary>每年药物在50万元: a time at the head of the clause that the amount is per.</summary>
    public static string? FarRate(string source, int at)
    {
        var found = PerTime().Match(source[Math.Max(0, at - 14)..at]);
        return found.Success ? found.Groups[1].Value : null;
    }

    [GeneratedRegex(@"每(年|月|天|日|周|季|小时|分钟|秒|亩|公顷)[^，。；,;、：:()每\d]{1,10}$")]
    private static partial Regex PerTime();

    /// <summary>Where the number behind ± begins.</summary>
    public static int? Plus(string source, int at)
    {
        var p = Skip(source, at);
        if (p >= source.Length || source[p] != '±') return null;
        p = Skip(source, p + 1);
        return p < source.Length && QuantityNumbers.IsDigit(source[p]) ? p : null;
    }

    /// <summary>每小时处理 before a number: what the rate is per, and where 每 stands.</summary>
    public static (string Below, int Start)? Rate(string source, int at)
    {
        var p = Spaces(source, at);
        foreach (var verb in RateVerbs)
        {
            if (!Ends(source, p, verb)) continue;
            p = Spaces(source, p - verb.Length);
            break;
        }
        foreach (var below in QuantityUnits.Denominators)
            if (Ends(source, p, below) && p - below.Length > 0 && source[p - below.Length - 1] == '每') return (below, p - below.Length - 1);
        // Another verb of two characters: 每秒移动1.5 mm.
        p = Math.Max(0, p - 2);
        foreach (var below in QuantityUnits.Denominators)
            if (Ends(source, p, below) && p - below.Length > 0 && source[p - below.Length - 1] == '每') return (below, p - below.Length - 1);
        return null;
    }

    private static (int Start, Comparison? Comparison, bool Soft, bool About)? Mark(string source, int end)
    {
        foreach (var (word, comparison) in Words)
        {
            if (!Ends(source, end, word)) continue;
            var start = end - word.Length;
            // <曲海>7篇 closes a title.
            if (word == ">" && start > 0 && source.LastIndexOf('<', start - 1, Math.Min(start, FarReach)) is >= 0 and var open && open + 1 < start && source[open + 1] is >= '\u4e00' and <= '\u9fff') return null;
            if (comparison is Comparison.Gt or Comparison.Lt && char.IsLetter(word[0]) && word is not ("不到" or "不足"))
            {
                foreach (var no in No)
                    if (Ends(source, start, no)) return (start - no.Length, comparison == Comparison.Gt ? Comparison.Le : Comparison.Ge, false, false);
            }
            return (start, comparison, word is "超" or "超过" or "逾", false);
        }
        foreach (var word in About)
        {
            if (!Ends(source, end, word)) continue;
            var start = end - word.Length;
            if (word == "约" && start > 0 && source[start - 1] is '节' or '合' or '制' or '契') return null;
            if (word == "近" && start > 0 && source[start - 1] is '附' or '最' or '邻' or '靠') return null;
            if (word == "~" && start > 0 && (char.IsAsciiLetterOrDigit(source[start - 1]) || source[start - 1] is '%' or '℃')) return null;
            return (start, null, false, true);
        }
        return null;
    }

    /// <summary>至少, 最大 and the like before a verb of <see cref="Between"/>.</summary>
    private static (int Start, Comparison? Comparison, bool Soft, bool About)? FarMark(string source, int at)
    {
        foreach (var verb in Between)
        {
            if (!Ends(source, at, verb)) continue;
            var mark = Mark(source, Spaces(source, at - verb.Length));
            return mark is { Comparison: Comparison.Ge or Comparison.Le } found && found.Start + 2 <= source.Length && source[found.Start] is '至' or '最' ? mark : null;
        }
        return null;
    }

    private static bool Ends(string source, int end, string word) => end >= word.Length && string.CompareOrdinal(source, end - word.Length, word, 0, word.Length) == 0;

    private static int Spaces(string source, int at)
    {
        while (at > 0 && source[at - 1] == ' ') at--;
        return at;
    }

    private static int Skip(string source, int at)
    {
        while (at < source.Length && source[at] == ' ') at++;
        return at;
    }
}
