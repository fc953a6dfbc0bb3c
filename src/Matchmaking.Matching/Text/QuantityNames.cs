using System.Text.RegularExpressions;

namespace Matchmaking.Matching.Text;

/// <summary>Finds what a figure measures: the noun phrase before it, the one after 的, or the one it shares with its neighbours.</summary>
internal static partial class QuantityNames
{
    private const int Reach = 30;
    private const int SentenceReach = 120;

    [GeneratedRegex(@"(?<=[\u4e00-\u9fff）)])\.|[。；;，,、()（）:：！？!?""“”\n\r]|其中|以及|并且|同时|分别|而且", RegexOptions.RightToLeft)]
    private static partial Regex Border();

    // Behind these the subject begins.
    [GeneratedRegex(@"情况下|条件下|过程中|要求|希望|需要|能够|能将|实现|具有|具备|保证|确保|满足|使得|采用|提供|包括|现有|目前|可将|达到|拟将|须将|测得|测出|得到|制得|获得|[且将把]|使(?!用)|后(?![处端续期道桥])|时(?![间效长刻延])", RegexOptions.RightToLeft)]
    private static partial Regex Lead();

    // A single character may be the end of a noun (反应, 性能, 电压, 压降), hence what must not stand before it.
    [GeneratedRegex(@"(?:(?:[从由到至于在自]|截至|截止)?(?:19|20)\d\d年(?:\d{1,2}月)?(?:底|末|初)?|经过|通过|具有|拥有|具备|建有|设有|约占|(?<!地)占(?!地|比)|长度?达|高达|多达|控制|稳定|维持|保持|延长|拓宽|下调|上调|提高|提升|降低|下降|(?<!压)降|缩短|增加|增长|(?<!倍)增|减少|减小|压缩|上升|升高|(?<!温)升|节约|节省|改善|需要|要求|希望|应当|(?<![反响效对供感适])应|(?<!军)需|(?<!必)须|可以|可|已经|已|现有|目前|使|将|(?<!自)由|从|在|为|至|到|达到|可达|(?<![马雷])达|能够|(?<![性电储功动势热节智产氢太阳机效])能|仍|只|必须|附近|(?<!平)均|各|其|的|了|是|φ|Φ|有|(?<![节合])约|每|一次|单次|做|实现|不|仅|(?<![规准])则|也|还|\s|=)+$")]
    private static partial Regex Tail();

    [GeneratedRegex(@"^(?:\d{1,4}年(?:\d{1,2}月)?(?:\d{1,2}日)?[至到~—-]?|[①-⑳•●◆.—-]|的|在|和|与|及|而|其|该|此|但|则|当|对于|整体|由|从|经(?![济营验典纬])|最终|约|且|并|[一二两三四五六七八九十]+[台条套个种块根]|\s)+")]
    private static partial Regex Head();

    [GeneratedRegex(@"^(?:时|下|内|后|前|以上|以下|左右|级)+(?![间效长料径阻部端])")]
    private static partial Regex HeadBehindFigure();

    [GeneratedRegex(@"(?:降低|下降|下调|上调|延长|减少|减小|缩短|压缩|提高|提升|上升|升高|增加|增长|增大|节约|节省|(?<!压)降|(?<!倍)增)(?:了|约|近|超过|超|幅度|比例|达到|达|可达|为|\s)*$")]
    private static partial Regex Changes();

    [GeneratedRegex(@"降幅|增幅|升幅|涨幅|提高率|提升率|增长率|下降率|降低率|节约率|节省率|减少率|缩短率|(?:降低|下降|提高|提升|减少|增加|缩短|节约)(?:幅度|比例|率)?$")]
    private static partial Regex NamesChange();

    [GeneratedRegex(@"(?:误差|粗糙度|偏差|温差|公差|损失|损耗|能耗|电耗|煤耗|水耗|成本|时间|周期|波动|离散系数|噪声|泄漏|孔隙率|缺陷|含水率|残留|不良率|次品率|缺陷率|废品率|磨损|延迟|延时|功耗|尺寸偏差|挠度|变形|精度|厚度|自重|重量|排放|浓度|检出限|漏率|漏检率|误检率|故障率)[^，。；]{0,3}$")]
    private static partial Regex SmallerIsBetter();

    [GeneratedRegex(@"要求|希望|目标|需要|需(?!求)|(?<![反响效对供感适])应|须|(?<!模)拟|期望|力争|计划|预期|亟|(?:考核|技术|主要|具体)指标")]
    private static partial Regex Asks();

    [GeneratedRegex(@"已|实测|现有|目前|测得|达到了|结果表明|经检测|原有")]
    private static partial Regex Reports();

    [GeneratedRegex(@"(?:比|率|系数|指数|值|因子|因数|倍数|数|度|pH|Ra|Rz)$")]
    private static partial Regex BareName();

    [GeneratedRegex(@"^(?:[PpNnTtFZz]|[χXx][2²](?:值)?|R2)$")]
    private static partial Regex Statistic();

    [GeneratedRegex(@"^(?:[×x*、，,和与或及(（/]|vs\.?|[，,;；(（、和]?(?:更|最)?(?:优选|优选为|优选地为|局部|占|约占|其中|高的?|低的?))$")]
    private static partial Regex Shares();

    public static void Name(string source, List<Quantities.Figure> figures)
    {
        var border = 0;
        for (var i = 0; i < figures.Count; i++)
        {
            var figure = figures[i];
            var previous = i > 0 ? figures[i - 1] : null;
            if (previous is not null && previous.Start == figure.Start)
            {
                figure.Name = previous.Name;
                continue;
            }
            var behind = Behind(source, figure.End, figure.Unit);
            var between = previous is null || previous.End > figure.Start ? null : source[previous.End..figure.Start].Trim();
            if (previous is not null && between is not null && (previous.Role == QuantityRole.Former && between.Length <= 14 || previous.Name.Length > 0 && Shares().IsMatch(between) && (between is not ("," or "，") || previous.Unit == figure.Unit)))
                figure.Name = Respectively(source, figures, i) ?? previous.Name;
            else if (IsCondition(source, figure))
                figure.Name = Under().Match(source, figure.End) is { Success: true } under ? under.Groups[1].Value : "";
            else if (Respectively(source, figures, i) is { } own)
                figure.Name = own;
            else
            {
                figure.Name = Before(source, figure, border, previous);
                if (behind.Length > 0 && i + 1 < figures.Count && IsCircumstance(source, figure, figures[i + 1], behind)) figure.Name = "";
                else if (behind.Length > 0 && BelongsTo(source, figure, behind)) figure.Name = behind;
            }
            // A name for the ones before: 3mm、12 mm长的聚丙烯纤维.
            for (var j = i - 1; figure.Name.Length > 0 && j >= 0 && figures[j].Name.Length == 0 && Shares().IsMatch(source[Math.Min(figures[j].End, figures[j + 1].Start)..figures[j + 1].Start].Trim()); j--) figures[j].Name = figure.Name;
            if (figure.Role == QuantityRole.Level && (Changes().IsMatch(source[Math.Max(border, figure.Start - 12)..figure.Start]) || NamesChange().IsMatch(figure.Name))) figure.Role = QuantityRole.Change;
            border = Math.Max(border, figure.End);
        }
    }

    /// <summary>Whether a name by itself says that a change is measured: 电耗降幅.</summary>
    public static bool IsChange(string name) => NamesChange().IsMatch(name);

    /// <summary>Letters directly before a number that name a figure instead of making a code of it: pH7, Ra0.8.</summary>
    public static bool IsPlainName(string source, int at) => at >= 2 && source[(at - 2)..at] is "pH" or "Ra" or "Rz" && (at == 2 || !char.IsAsciiLetterOrDigit(source[at - 3]));

    /// <summary>A figure without a unit is an amount with 万 or 亿, or has a name of a bare number and a comparison or decimals, or stands behind “x =”.</summary>
    public static bool MayLackUnit(Quantities.Figure figure) =>
        figure.Large ? figure.Name.Length > 0 || figure.Comparison is not Comparison.Eq
        : BareName().IsMatch(figure.Name) && figure.Name.Length > 1
            ? figure.Name.StartsWith("pH", StringComparison.Ordinal) || figure.Name is "Ra" or "Rz" || figure.Comparison is not Comparison.Eq || figure.Value.Scale > 0
            : figure.Equated && (figure.Value.Scale > 0 || figure.High is not null) && figure.Name.Length > 0 && !Statistic().IsMatch(figure.Name);

    /// <summary>What 达到 means: in a requirement at least (at most, where smaller is better), in a report simply equal.</summary>
    public static Comparison Reached(string source, Quantities.Figure figure)
    {
        var sentence = Sentence(source, figure.Start);
        if (!Asks().IsMatch(sentence) || Reports().IsMatch(sentence)) return Comparison.Eq;
        return SmallerIsBetter().IsMatch(figure.Name) ? Comparison.Le : Comparison.Ge;
    }

    private static string Before(string source, Quantities.Figure figure, int border, Quantities.Figure? previous)
    {
        var end = figure.Start;
        if (QuantityMarks.Rate(source, end) is { } rate) end = rate.Start;
        for (var round = 0; round < 2; round++)
        {
            var from = Math.Max(border, end - Reach);
            if (from >= end) return "";
            var piece = source[from..end];
            var found = Border().Match(piece);
            var cut = found.Success ? found.Index + found.Length : 0;
            var name = Clean(piece[cut..], cut == 0 && from == border && border > 0);
            if (name.Length > 0 || !found.Success) return name;
            // 膜通量(25℃)为46 L: the name stands before the brackets.
            if (found.Value is ")" or "）" && source.LastIndexOfAny(['(', '（'], from + found.Index, Math.Min(Reach, from + found.Index)) is > 0 and var open)
            {
                // 72%(ELISA)和79%: one more of the same.
                if (previous is not null && source.AsSpan(0, open).TrimEnd().Length == previous.End) return previous.Name;
                end = open;
                border = Math.Max(0, open - Reach);
                continue;
            }
            // 拉伸强度：5.5 GPa and 拉伸强度（≥5.5 GPa）
            if (found.Value is not (":" or "：" or "(" or "（") || piece[cut..].Trim().Length > 2) return "";
            end = from + found.Index;
        }
        return "";
    }

    private static string Clean(string piece, bool behindFigure)
    {
        var name = Tail().Replace(piece.Trim(), "");
        if (behindFigure) name = HeadBehindFigure().Replace(name, "");
        var lead = Lead().Match(name);
        if (lead.Success && lead.Index + lead.Length < name.Length - 1) name = name[(lead.Index + lead.Length)..];
        name = Tail().Replace(Head().Replace(name, ""), "").Trim();
        // 隔热层占总厚度的50%: the part is what is measured.
        var share = name.IndexOf('占', StringComparison.Ordinal);
        if (share >= 2 && !name[share..].StartsWith("占地", StringComparison.Ordinal) && !name[share..].StartsWith("占比", StringComparison.Ordinal)) name = name[..share];
        if (Heading().IsMatch(name)) return "";
        var of = name.LastIndexOf('的');
        if (of >= 0 && of < name.Length - 1) name = name[(of + 1)..];
        // A half of a character, an emoji or a mark alone is no name.
        return name.Any(char.IsLetter) ? new string([.. name.Where(c => !char.IsSurrogate(c) && !char.IsControl(c) && c < '\uFFFE')]).Trim() : "";
    }

    /// <summary>强度和模量分别为5.8 GPa和300 GPa: the names in the order of the figures.</summary>
    private static string? Respectively(string source, List<Quantities.Figure> figures, int index)
    {
        var figure = figures[index];
        var begin = figure.Start - Sentence(source, figure.Start).Length;
        var at = figure.Start > begin ? source.LastIndexOf("分别", figure.Start - 1, figure.Start - begin, StringComparison.Ordinal) : -1;
        if (at < 0) return null;
        var place = 0;
        for (var i = index - 1; i >= 0 && figures[i].Start > at; i--)
        {
            if (figures[i].Start == figures[i + 1].Start) continue;
            place++;
            if (figures[i].End > figures[i + 1].Start || !Shares().IsMatch(source[figures[i].End..figures[i + 1].Start].Trim())) return null;
        }
        // 在A、B和C方面能量利用率分别: one name for all.
        var list = InRespects().Replace(source[begin..at], "").TrimEnd(' ', ',', '，', '、');
        var cut = list.LastIndexOfAny(['，', ',', '：', ':']);
        string[] names = [.. list[(cut + 1)..].Split(["、", "以及", "和", "与", "及"], StringSplitOptions.RemoveEmptyEntries).Select(n => Clean(n, false)).Where(n => n.Length > 0)];
        return names.Length > 1 && place < names.Length ? names[place] : names.Length == 1 ? names[0] : null;
    }

    private static string Sentence(string source, int end)
    {
        var from = Math.Max(0, end - SentenceReach);
        var mark = end > from ? source.LastIndexOfAny(['。', '；', ';', '\n', '！', '？'], end - 1, end - from) : -1;
        return source[(mark >= 0 ? mark + 1 : from)..end];
    }
}
