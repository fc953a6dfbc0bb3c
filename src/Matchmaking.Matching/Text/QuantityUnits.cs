using System.Text.RegularExpressions;

namespace Matchmaking.Matching.Text;

/// <summary>
/// Reads the unit behind a number: one of the known words and signs, or several joined by / and · with powers:
/// g/cm³, W/(m·K), r/min, 元/吨, W·m⁻¹·K⁻¹.
/// </summary>
internal static partial class QuantityUnits
{
    private static readonly HashSet<string> Latin = new(
        ("m mm cm dm km nm μm µm um pm g kg mg μg µg ug ng t kt Mt L l mL ml μL µL uL s ms μs µs us ns h hr min d mol mmol μmol umol kmol Pa kPa MPa GPa hPa bar mbar atm torr psi " +
         "N kN mN MN Nm J kJ MJ GJ cal kcal eV keV MeV W mW kW MW GW Wh kWh MWh GWh Ah mAh V mV kV mA μA kA A K F μF nF pF mH μH Hz kHz MHz GHz THz rpm r rad mrad μrad urad dB dBm lm lx cd " +
         "ppm ppb bit kb Mb GB TB MB KB bps kbps Mbps Gbps fps FPS px dpi mu CFU U IU Da kDa dtex den tex TOPS Gy mGy Sv Oe Gs mT cP cSt mmHg dL RIU hm vol wt phr μ λ v w S mS μS µS mSv kGy Mbit Gbit Ma dBz T nmol pmol fmol pixel pixels yr bp kbp kVA MVA VA var kvar cN kgf sccm Bq kBq MBq PFU mD TEU C a nL HRC HRB HRA HB HV").Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> AnyCase = Latin.Where(u => u.Length > 1).Select(u => u.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);

    // Only behind a stroke: t/a, mol/l.
    private static readonly HashSet<string> Below = new(["a", "y", "K", "A", "pcs", "cycle", "cell", "cells"], StringComparer.Ordinal);

    private static readonly string[] Signs = ["cmH2O", "mmH2O", "°Bé", "°CA", "Å", "wt.%", "vol.%", "wt%", "vol%", "mol%", "at%", "dB(A)", "mΩ", "kΩ", "MΩ", "Ω", "%", "‰", "℃", "℉", "°C", "°F", "°", "′", "″", "㎡", "㎜", "㎝", "㎞", "㎏", "㎎", "㎥"];

    private static readonly string[] Chinese = Longest(
        "平方公里 平方米 平方厘米 立方米 立方厘米 千瓦时 摄氏度 个百分点 百分点 个数量级 数量级 个对数值 个对数 个工作日 个小时 小时 分钟 毫秒 微秒 秒 个月 个周期 天 周 年 公斤 千克 毫克 微克 克 吨 斤 " +
        "毫米 厘米 微米 纳米 千米 公里 米 毫升 升 亩 公顷 美元 元 倍 次 度 级 台套 台 套 条 件 只 个 颗 层 份 项 户 家 人次 人 名 种 株 头 兆瓦 千瓦 瓦 千伏 伏 兆帕 吉帕 千帕 帕 赫兹 兆赫 千赫 " +
        "分贝 转 目 像素 轴 通道 路 帧 行 点 丝束 " +
        "例次 例 篇 栋 幢 座 间 所 组 辆 艘 架 根 支 枚 片 块 张 粒 袋 瓶 箱 盒 桶 口 位 处 代 岁 人民币 欧元 港元 日元 标准箱 羽份 头份 立方 把 课时 学时 工时 机位 工位 车位 床位 牛米 牛 马力 千焦 兆焦 欧姆 毫安时 安时 毫安 英寸 平米 海里 字节 班次 批次 人份 月龄 周龄 日龄 起 批 尾 羽 棵 册 款 幅 笔 匝 场次 分 成 届 科 属 对");

    // A word that only begins like a unit.
    private static readonly string[] NoUnit =
    [
        "年代", "年级", "年生", "年龄", "元件", "元素", "倍体", "元化", "元合金", "元系", "升至", "升到", "升级", "升温", "升高", "升压", "目标", "目前", "周期", "周边", "周围", "周年", "种植", "份额",
        "只需", "只能", "只有", "倍率", "倍频", "层次", "条件", "个人", "点云", "点位", "行业", "行程", "路径", "路线", "人工", "人员", "家用", "家族", "级联", "次元", "次级", "度量", "名称", "项目", "米粉", "轴承", "轴向",
        "人民", "天然", "套筒", "台阶", "件套", "头部", "克隆", "克服", "秒杀", "转化", "转移", "转型", "转子", "转速", "种类", "个方面", "个问题", "个阶段", "个步骤", "个环节", "个部分", "项技术", "项关键", "个方向", "个目标", "个因素", "个重要", "个关键", "个主要", "个基本", "个难题", "个层面", "个维度", "种方法", "种情况", "种方式", "种模式", "种形式", "种类型", "种算法", "种不同", "点一", "户外",
        "例如", "座椅", "座标", "间距", "间隔", "间接", "间隙", "所以", "所有", "所需", "所示", "组成", "组分", "组合", "组织", "组件", "架构", "根据", "根系", "支持", "支撑", "支链", "支路", "片区", "片层", "块状", "张力", "张拉",
        "粒径", "粒度", "粒子", "箱体", "箱式", "口径", "口感", "位置", "位移", "位于", "位点", "处理", "处于", "代表", "代码", "代谢", "代理", "代替", "代次", "牛奶", "牛肉", "辆车", "艘船", "瓶颈", "袋式", "桶装", "盒式",
        "起始", "起来", "起重", "起爆", "起到", "起源", "起步", "批准", "批量", "批发", "幅度", "幅值", "幅面", "幅宽", "幅员", "款式", "组装", "组间", "届时", "所产", "所得", "所用", "所述", "所提", "所建", "所在", "所属", "所含", "所获", "所设", "所选", "所制", "笔记", "羽毛",
        "分别", "分布", "分析", "分子", "分级", "分辨", "分散", "分离", "分类", "分组", "分为", "分成", "分解", "分支", "分段", "分之", "分量", "分层", "分配", "分享", "分制", "分法", "分区", "分点", "分期", "分项", "分部",
    ];

    private static readonly string[] Counts = ["例次", "例", "篇", "栋", "幢", "座", "间", "所", "组", "辆", "艘", "架", "根", "支", "枚", "片", "块", "张", "粒", "袋", "瓶", "箱", "盒", "桶", "口", "位", "处", "代", "标准箱", "人份", "羽份", "头份", "把", "批次", "起", "批", "尾", "羽", "棵", "册", "款", "幅", "笔", "场次", "台套", "台", "套", "条", "件", "只", "个", "颗", "层", "份", "项", "户", "家", "人次", "人", "名", "种", "株", "头", "次", "级", "度", "路", "轴", "点", "行", "目", "帧", "转", "通道", "像素", "丝束", "届", "科", "属", "对"];

    // After these a Chinese numeral counts; others are articles and ordinals as often as figures.
    private static readonly string[] CountsOfNumerals = ["台套", "台", "套", "条", "人", "户", "人次"];

    // In words of another kind even at the end of a clause: 设备一级, 进行一次.
    private static readonly string[] NeverAlone = ["级", "度", "次", "层", "点", "位", "处", "代", "行", "家", "种", "组", "路", "轴", "人", "面", "分", "款", "起", "批", "幅", "笔", "届", "科", "属", "对"];

    // Only as the lower part: 元/班.
    private static readonly string[] BelowChinese = Longest("小时 分钟 分 秒 天 日 月 年 季 周 人 次 班 班次 炉 罐 批 台 套 件 条 只 个 株 头 亩 公顷 吨 公斤 千克 克 斤 米 公里 平方米 平方厘米 立方米 立方厘米 升 毫升 户 家 位 块 片 平米 度 头份 羽份 瓶 箱 袋 盒 辆 座 间 栋 人次 h d");

    /// <summary>The unit at a place, as printed but with folded width and plain powers; null when there is none.</summary>
    /// <param name="numeral">The number was written in Chinese numerals.</param>
    /// <param name="behindNoun">A noun stands before the number: what ends a clause behind one is a count (孵化室两间), not an article.</param>
    /// <param name="compared">A comparison stands before the number: 至少两个.</param>
    public static (string Unit, int End)? Read(string source, int at, bool numeral, bool isOne, bool behindNoun = false, bool compared = false)
    {
        var start = at;
        while (start < source.Length && start - at < 2 && source[start] == ' ') start++;
        var spaced = start > at;
        if (start >= source.Length) return null;
        if (Atom(source, start) is not { } end) return null;
        var first = source[start..end];
        if (numeral && Counts.Contains(first) && (isOne || !CountsOfNumerals.Contains(first))
            && !(behindNoun && EndsClause(source, end) && !NeverAlone.Contains(first)) && !(compared && !isOne)) return null;
        // 十分 is an adverb.
        if (numeral && first == "分") return null;
        // 三元 and 二元 are systems of so many elements.
        if (numeral && first == "元" && QuantityNumbers.IsSmall(source, at)) return null;
        // 1种 is an article as 一种 is.
        if (isOne && first == "种") return null;
        if (!Plausible(source, start, end, first, spaced)) return null;

        var latin = first[0] < 0x2E80;
        end = PowerEnd(source, end, first, joined: false);
        if (Substance(source, end) is { } substance) end = substance;
        while (Joined(source, end) is { } next) end = next;
        // 10 mg/L2-氯苯酚: the digit is the substance's.
        var locant = end + 1 < source.Length && end > start + first.Length && QuantityNumbers.IsDigit(source[end]) && source[end + 1] is '-' or ',';
        if (latin && !locant && end < source.Length && (char.IsAsciiLetterOrDigit(source[end]) || source[end] == '_') && source[end - 1] < 0x80 && char.IsAsciiLetterOrDigit(source[end - 1])) return null;
        // 转 and 点 and 行 and 丝束 say something only in a rate or as a whole.
        if (end - start == first.Length && (first is "转" or "点" or "行" or "丝束" or "wt" or "vol" or "RIU")) return null;
        return (Fold(source[start..end]), end);
    }

    // 0.97 mg KOH/g: so much of a substance in so much.
    [GeneratedRegex(@"\G ?[A-Z][A-Za-z]{1,5}\d?(?=/[a-zμ(L])")]
    private static partial Regex Formula();

    private static int? Substance(string source, int at) => at > 0 && source[at - 1] is 'g' or 'l' or 'L' && Formula().Match(source, at) is { Success: true } found ? found.Index + found.Length : null;

    private static bool EndsClause(string source, int at) => at >= source.Length || "。；，、,;.（）()\n\r ".Contains(source[at], StringComparison.Ordinal);

    /// <summary>A word that may stand behind 每: 每小时, 每亩.</summary>
    public static IReadOnlyList<string> Denominators => BelowChinese;

    public static bool IsCount(string unit) => Counts.Contains(unit);

    private static int? Atom(string source, int at)
    {
        // 4′位羟基
        if (source[at] is '′' or '″' && at + 1 < source.Length && source[at + 1] is '位' or '-' or '端') return null;
        foreach (var sign in Signs) if (Starts(source, at, sign)) return at + sign.Length;
        if (IsLatin(source[at]))
        {
            var end = at;
            while (end < source.Length && IsLatin(source[end])) end++;
            var word = source[at..end];
            // μ g/ml
            if (word is "μ" or "µ" && end + 1 < source.Length && source[end] == ' ' && source[end + 1] is 'g' or 'm' or 'L' or 'l' or 's' or 'A' && (end + 2 >= source.Length || !char.IsAsciiLetter(source[end + 2]) || source[end + 2] is 'o')) return end + 2;
            return Latin.Contains(word) || AnyCase.Contains(word.ToLowerInvariant()) ? end : null;
        }
        if (Starts(source, at, "人民币")) return at + 3;
        foreach (var no in NoUnit) if (Starts(source, at, no)) return null;
        foreach (var unit in Chinese)
        {
            if (!Starts(source, at, unit)) continue;
            // 六成以上, 7科9属; but 3成型机, 2对A的影响
            return unit is not ("成" or "科" or "属" or "对") || at + 1 >= source.Length || "。；，、,;.）()的以左多余到至~ \n\r".Contains(source[at + 1], StringComparison.Ordinal)
                || unit is "科" or "属" && QuantityNumbers.IsDigit(source[at + 1]) ? at + unit.Length : null;
        }
        // 60.7齿/cm2, 40株/m2: whatever is counted, a stroke and a unit behind it make a unit of it.
        for (var end = at; end < source.Length && end < at + 3 && source[end] is >= '\u4e00' and <= '\u9fff'; end++)
            if (end + 1 < source.Length && source[end + 1] == '/' && Joined(source, end + 1) is not null) return end + 1;
        return null;
    }

    /// <summary>A unit that begins with its stroke: 10⁹/L.</summary>
    public static (string Unit, int End)? ReadPer(string source, int at) =>
        at + 1 < source.Length && source[at] == '/' && !QuantityNumbers.IsDigit(source[at + 1]) && Joined(source, at) is { } end && (end >= source.Length || !char.IsAsciiLetterOrDigit(source[end])) ? (Fold(source[at..end]), end) : null;

    /// <summary>Letters that are a unit only in company: 316L不锈钢 and 48K丝束 are names of materials.</summary>
    private static bool Plausible(string source, int start, int end, string unit, bool spaced)
    {
        if (unit.Length != 1 || !char.IsAsciiLetter(unit[0])) return true;
        var rest = source.AsSpan(end);
        foreach (var material in (string[])["不锈钢", "钢", "型", "号", "系", "铝", "合金", "打印", "丝", "大丝", "小丝", "级", "类"])
            if (rest.StartsWith(material, StringComparison.Ordinal)) return false;
        var before = source.AsSpan(Math.Max(0, start - 16), Math.Min(16, start));
        return unit switch
        {
            "K" => spaced || Joined(source, end) is not null,
            // 1C充放电; 3 a as journals write years.
            "C" => rest.Length > 0 && rest[0] is '充' or '放' or '倍' or '循',
            "a" => spaced && (rest.Length == 0 || !char.IsAsciiLetterOrDigit(rest[0]) && rest[0] is not (')' or '-' or '/')),
            "A" => spaced || before.Contains("电流", StringComparison.Ordinal) || Joined(source, end) is not null,
            "r" or "U" or "F" or "S" => Joined(source, end) is not null,
            _ => true,
        };
    }

    /// <summary>The end of "/min", "·K", "/(m·K)", "/10min" after a place; null when none follows.</summary>
    private static int? Joined(string source, int at)
    {
        // μmol m-2 s-1: a space joins what has a power below one.
        if (at + 2 < source.Length && source[at] == ' ' && IsLatin(source[at + 1]) && Lower(source, at + 1) is { } spaced && source[spaced - 1] is >= '1' and <= '4' && source[spaced - 2] is '-' or '−') return spaced;
        if (at + 1 >= source.Length || source[at] is not ('/' or '·' or '⋅' or '•' or '*')) return null;
        var p = at + 1;
        if (source[at] == '/' && source[p] == '(')
        {
            p++;
            if (Lower(source, p) is not { } inner) return null;
            p = inner;
            while (p + 1 < source.Length && source[p] is '·' or '⋅' or '•' or '*' && Lower(source, p + 1 + (source[p + 1] == ' ' ? 1 : 0)) is { } more) p = more;
            return p < source.Length && source[p] == ')' ? p + 1 : null;
        }
        if (source[at] == '/')
        {
            if (source[p] == ' ') p++;
            // mg/100 g, kg/667m2
            var digits = p;
            while (digits < source.Length && digits - p < 4 && QuantityNumbers.IsDigit(source[digits])) digits++;
            if (digits > p && (digits - p < 4 || Starts(source, p, "1000"))) return Lower(source, digits + (digits < source.Length && source[digits] == ' ' ? 1 : 0));
        }
        return Lower(source, p);
    }

    private static int? Lower(string source, int at)
    {
        if (at >= source.Length) return null;
        if (IsLatin(source[at]))
        {
            var end = at;
            while (end < source.Length && IsLatin(source[end])) end++;
            var word = source[at..end];
            if (!Latin.Contains(word) && !Below.Contains(word) && !AnyCase.Contains(word.ToLowerInvariant())) return null;
            // cm2·V -1·s -1
            var apart = end < source.Length && source[end] == ' ' && source[at - 1] is '·' or '⋅' or '•' ? PowerEnd(source, end + 1, word, joined: true) : 0;
            return apart > end + 1 ? apart : PowerEnd(source, end, word, joined: true);
        }
        foreach (var sign in Signs) if (Starts(source, at, sign)) return PowerEnd(source, at + sign.Length, sign, joined: true);
        foreach (var unit in BelowChinese) if (Starts(source, at, unit)) return at + unit.Length;
        return null;
    }

    /// <summary>After a power: ², ^2, a plain 2 or 3 behind a length, ⁻¹, and -1 in a product.</summary>
    private static int PowerEnd(string source, int at, string atom, bool joined)
    {
        if (at >= source.Length) return at;
        if (source[at] is '²' or '³' or '¹') return at + 1;
        if (source[at] == '⁻' && at + 1 < source.Length && source[at + 1] is '¹' or '²' or '³') return at + 2;
        if (source[at] == '^' && at + 1 < source.Length && source[at + 1] is '2' or '3') return at + 2;
        var alone = at + 1 >= source.Length || !QuantityNumbers.IsDigit(source[at + 1]) && source[at + 1] != '.';
        if (source[at] is '2' or '3' && alone && (atom.EndsWith('m') || atom == "s")) return at + 1;
        if (joined && source[at] is '-' or '−' && at + 1 < source.Length && source[at + 1] is >= '1' and <= '4'
            && (at + 2 >= source.Length || !char.IsAsciiLetterOrDigit(source[at + 2]) && source[at + 2] != '.')) return at + 2;
        // 0.03 h-1 and 3400 cm-1; but 2 cm-3 cm is a range.
        if (!joined && char.IsAsciiLetter(atom[^1]) && source[at] == '-' && at + 1 < source.Length && source[at + 1] is >= '1' and <= '3' && EndsClause(source, at + 2)
            && !(at + 3 < source.Length && source[at + 2] == ' ' && IsLatin(source[at + 3]))) return at + 2;
        return at;
    }

    private static string Fold(string unit)
    {
        var result = new System.Text.StringBuilder(unit.Length);
        foreach (var c in unit)
        {
            result.Append(c switch
            {
                '²' => "2", '³' => "3", '¹' => "1", '⁻' or '−' => "-", '㎡' => "m2", '㎥' => "m3", '㎜' => "mm", '㎝' => "cm", '㎞' => "km", '㎏' => "kg", '㎎' => "mg", '⋅' or '•' => "·", '^' or ' ' => "", _ => c.ToString(),
            });
        }
        return result.ToString();
    }

    private static string[] Longest(string words) => [.. words.Split(' ').OrderByDescending(w => w.Length)];

    private static bool IsLatin(char c) => char.IsAsciiLetter(c) || c is 'μ' or 'µ';

    private static bool Starts(string source, int at, string word) => at <= source.Length && source.AsSpan(at).StartsWith(word, StringComparison.Ordinal);
}
