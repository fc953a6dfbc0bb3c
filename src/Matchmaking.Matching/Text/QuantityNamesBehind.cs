using System.Text.RegularExpressions;

namespace Matchmaking.Matching.Text;

/// <summary>Names that stand behind their figure: 1000万元研发经费, 三个月的学习, 15 m是最佳空间粒度, 在0.5 MPa压力下.</summary>
internal static partial class QuantityNames
{
    // What a noun phrase ends at: a mark, or a word that only begins something else. Where the character also begins or ends nouns, those are excepted.
    private const string Stop = "$|[^\\u4e00-\\u9fffA-Za-z·\\- ]|的|和|与|及|在(?![读职岗研役])|为|是|用[于来]|进行|随机|规定|分别|连接|相连|具有|拥有|存在|采用|使用|利用(?!率)|获得|得到|发生|出现|配制|作为|进入|开展|发现|显示|表现|有(?![机效限色源])|需求|要求|条件|被|将|把|由|从|(?<!平)均|都|就|而|且|并|也|即|需|(?<![供反响效对感])应(?![用力变急])|认(?=为)|目前|等|参加|参与|完成|达|以(?![太上下内外])|时(?![间长效延])|(?<![性功])能(?![量力源耗效级])|可(?![靠溶燃饮见视控调变编再])|"
        + "(?<![使应专通利公民商军车医费作])用(?![水电户药量地途料])|中(?![试心频压学药医国小型])|内(?![径部存外腔壁科镜燃])|上(?![限升部颌肢皮游])|下(?![限降部游颌肢])|后(?![处端期续循])|(?<!相)对(?![比象流])|作(?![业用物站])|来(?!源)|较|比(?![例表重率])|至|到(?!位)|以上|以下|不[低小少高大多超得]|[大小高低]于|超过";

    // What follows these is a sentence about the figure, not its name.
    private const string NoBegin = "(?!附近|vs|[一二两三四五六七八九十]年|人民币|范围|根据|按|因(?![子素])|通过|采用|随机|组(?![织成分件合装])|处(?!理)|测定|实现|之间|之内|之外|延长|改善|扩大|改造|上升|压缩|的|和|与|及|在(?![读职岗研役])|才|又|却|时(?!间)|下(?![限颌肢游])|以(?!太)|并|可(?![靠溶燃饮见视控调变编再])|能(?![量力源耗效])|为|是|用(?![水电户药量地途料])|进行|由|从|被|将|对(?![比象流])|后(?![处端续循])|前(?![列端])|中(?![试心频学药医国小型])|内(?![径部存外科镜燃])|上(?![限颌肢皮])|左右|作(?![业用物])|来(?!源)|参加|参与|完成|等|则|即|均|都|也|需|而|且|其|每|至|到|比|较|不(?![同锈饱良])|无(?![机缝线人菌毒纺烟])|有(?![机效限色])|这|该|级|多(?![光波源层孔级元相功通晶轴])|余|达|占|经|已|仅|所(?!述)|就|提高|提升|降低|下降|增加|减少|缩短|升|降|富集|反应)";

    [GeneratedRegex(@"\G(?:(?<=[A-Za-z0-9%℃]) |\([^()]{1,20}\))?" + NoBegin + @"((?:[\u4e00-\u9fffA-Za-z·\- ]|(?<=[A-Za-z])_?\d){2,18}?)(?=" + Stop + ")")]
    private static partial Regex Directly();

    [GeneratedRegex(@"\G(?:\([^()]{1,20}\)\S{0,12}?)?[长宽高厚深多]?(?:左右|以上|以下|以内|之间)?的((?:[\u4e00-\u9fffA-Za-z·\- ]|(?<=[A-Za-z])\d){2,18}?)(?=" + Stop + ")")]
    private static partial Regex Possessed();

    [GeneratedRegex(@"\G(?:是|为|作为)([^。；;，,、（）()]{2,30}?)(?=$|[。；;，,、.（）()])")]
    private static partial Regex Predicate();

    [GeneratedRegex(@"\G ?(?![下时内处中])([A-Za-z]{0,8}[\u4e00-\u9fff]{2,6}?)(?=下|条件|时|处(?!理))")]
    private static partial Regex Under();

    [GeneratedRegex(@"(?<!控制|保持|维持|稳定|限定|调整|集中|分布|设定|度|率|量|值|差|比|数|力|性|径|期|间|本|压|温|速|散|存)在$")]
    private static partial Regex In();

    [GeneratedRegex(@"\G ?(?:下|时|处|内|条件|[\u4e00-\u9fff]{2,4}(?:下|条件))|\G ?(?![。；，、之以左之上]|等)[\u4e00-\u9fffA-Za-z]")]
    private static partial Regex InsideSentence();

    [GeneratedRegex(@"^(?:预期|技术|主要|项目|考核|经济|性能|研究|总体|具体)*(?:目标|指标|参数|内容|要求|需求|结果|方法|结论|目的)?$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"在[^，。；]{2,30}?方面")]
    private static partial Regex InRespects();

    [GeneratedRegex(@"(?:有|含|设|取|用|经|过|需|为|是|占|达|到|至|在|从|由|对|与|及|和|或|把|将|使|各|共|仅|获|满足|组成|分为|的|投入|投资|新增|采用|使用|选用|选取|通过|经过|配备|配置|购置|一[种套台条个座]|按|给|予|融合|生成|引进|提供|支持|形成|建成|建立|建设|新建|研制|研发|开发|完成|申请|申报|授权|获得|取得|发表|包括|包含|设置|安装|制定|培养|培训|带动|处理|收治|收集|实现|得到|添加|加入|提高|提升|降低|减少|增加|缩短|节约|节省|相当于|低于|高于|超过|试制|采集|接受|覆盖|[，。；：、,;:(（“”\s=])$")]
    private static partial Regex NoNoun();

    [GeneratedRegex(@"费用?$|资金|收入|补[助贴]|产值|投资|利润|设备|税$")]
    private static partial Regex Money();

    [GeneratedRegex(@"[率度量力值压温径]$|时间|寿命|周期|成本|规模|产能|间隔|距离|间距")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"[率度量力值压温]$|时间$|寿命$|成本$")]
    private static partial Regex Measured();

    /// <summary>Whether the words before a place end in a noun, not in a verb, a preposition or a mark.</summary>
    public static bool EndsInNoun(string source, int at)
    {
        while (at > 0 && source[at - 1] == ' ') at--;
        return at > 0 && char.IsLetter(source[at - 1]) && !NoNoun().IsMatch(source[Math.Max(0, at - 4)..at]);
    }

    /// <summary>The noun phrase directly behind a figure or behind its 的; empty when there is none.</summary>
    private static string Behind(string source, int end, string unit)
    {
        if (end >= source.Length) return "";
        var found = Directly().Match(source, end);
        var direct = found.Success;
        if (!found.Success) found = Possessed().Match(source, end);
        if (!found.Success) found = Predicate().Match(source, end);
        if (!found.Success) return "";
        var name = found.Groups[1].Value.Trim();
        // 1个灵敏的还原峰: the noun stands last.
        // 4个玉米自交系的发芽率: what is counted stands first when it is more than an adjective.
        // 500 MW机组的规程: so does what is measured.
        if ((QuantityUnits.IsCount(unit) || direct) && !Adjective().IsMatch(name)) return name;
        if (!"长宽高厚深".Contains(source[found.Index], StringComparison.Ordinal) && found.Index + found.Length < source.Length && source[found.Index + found.Length] == '的' && Possessed().Match(source, found.Index + found.Length) is { Success: true } last) name = last.Groups[1].Value.Trim();
        var of = name.LastIndexOf('的');
        if (of >= 0 && of < name.Length - 1) name = name[(of + 1)..];
        return name.Any(char.IsLetter) ? name : "";
    }

    [GeneratedRegex(@"^(?:灵敏|不同|典型|主要|重要|新型?|独立|常见|完整|有效|稳定|明显|优良|成熟|大型|小型|相同|各异|先进|高端|关键|专业|[较更最很].*|高.{1,2}|一次性.*)$")]
    private static partial Regex Adjective();

    /// <summary>Whether the noun behind a figure names it rather than the words before it do.</summary>
    private static bool BelongsTo(string source, Quantities.Figure figure, string behind)
    {
        var span = IsSpan(figure.Unit);
        // 2年内 begins what the sentence says; what stands behind 投入1000万元 is its purpose unless it is an amount of money itself.
        if (span && source[figure.End - 1] == '内' || figure.Equated || figure.Role == QuantityRole.Former && figure.Name.Length > 0) return false;
        // 数据库中13个品系: a measure word is followed by what it counts, unless a verb begins there.
        if (QuantityUnits.IsCount(figure.Unit) && char.IsLetter(source[figure.End]) && !VerbFirst().IsMatch(behind)) return true;
        if (figure.Unit == "元" && figure.Name.Length > 0) return Money().IsMatch(behind);
        if (figure.Name.Length > 0 && Linked().IsMatch(source[Math.Max(0, figure.Start - 8)..figure.Start])) return false;
        return figure.Name.Length == 0 || !EndsInNoun(source, figure.Start) || span && source[figure.End] == '的' && !Attribute().IsMatch(figure.Name) || Attribute().IsMatch(behind) && !Attribute().IsMatch(figure.Name);
    }

    [GeneratedRegex(@"^(?:接受|服用|出现|发生|死亡|未|行|给予|予|失访|随访|组成|位于|平均|分布|安装|治疗|存活|痊愈|好转|口服|静脉|合并|伴|以上|符合|撤离|因|集中|应用|表达|检测|阳性|阴性|随机|家属)")]
    private static partial Regex VerbFirst();

    /// <summary>28d抗压强度不低于60 MPa, 45℃循环1200周: a time or a temperature before the subject of the next figure names nothing.</summary>
    private static bool IsCircumstance(string source, Quantities.Figure figure, Quantities.Figure next, string behind) =>
        figure.Comparison is Comparison.Eq or Comparison.Range && (IsSpan(figure.Unit) || figure.Unit is "℃" or "°C" or "周龄" or "日龄" or "月龄" or "岁" || Attribute().IsMatch(behind) && source[figure.End] != '的')
        && char.IsLetter(source[figure.End]) && next.Start > figure.End && next.Start - figure.End <= behind.Length + 8 && !Border().IsMatch(source[figure.End..next.Start]) && !Attribute().IsMatch(figure.Name);

    /// <summary>循环性能：25℃ 循环1000周: a temperature on the way to the next figure, behind something that has none.</summary>
    private static bool IsTemperatureOnTheWay(string source, Quantities.Figure figure, Quantities.Figure next) =>
        figure is { Unit: "℃" or "°C", Comparison: Comparison.Eq } && figure.Name.EndsWith('能') && next.Start > figure.End && next.Start - figure.End <= 16 && !Border().IsMatch(source[figure.End..next.Start]);

    private static bool IsSpan(string unit) => Units.Common(0, "年", 0, unit) is not null;

    /// <summary>在1200～1600℃无相变, 在1天内即降解, 3天后: a condition of what the sentence says, not what it measures.</summary>
    private static bool IsCondition(string source, Quantities.Figure figure)
    {
        var before = source[Math.Max(0, figure.Start - 4)..figure.Start].TrimEnd();
        return IsSpan(figure.Unit) && before.EndsWith('在') && source[figure.End - 1] == '内' || In().IsMatch(before) && InsideSentence().IsMatch(source, figure.End);
    }
}
