using System.Text.RegularExpressions;

namespace Matchmaking.Matching.Text;

/// <summary>Finds what a figure measures: the noun phrase before it, the one after 的, or the one it shares with its neighbours.</summary>
internal static partial class QuantityNames
{
    private const int Reach = 30;
    private const int SentenceReach = 120;

    [GeneratedRegex(@"(?<=[\u4e00-\u9fff）)])\.|[。；;，,、()（）:：！？!?""“”—\[\]\n\r]|(?<=[\u4e00-\u9fff）)%])\+|</?[A-Za-z][^<>]{0,20}>|其中|以及|并且|同时|分别|而且", RegexOptions.RightToLeft)]
    private static partial Regex Border();

    // Behind these the subject begins.
    [GeneratedRegex(@"情况下|条件下|过程中|要求|希望|需要|能够|能将|实现|具有|具备|保证|确保|满足|使得|采用|提供|包括|现有|目前|可将|达到|拟将|须将|测得|测出|得到|制得|获得|分为|分成|发现|表明|显示|认为|对于|关于|相当于|(?<![关对由用处位等低高大小多少基属长短优利介])于|[且将把]|使(?!用)|后(?![处端续期道桥])|时(?![间效长刻延])", RegexOptions.RightToLeft)]
    private static partial Regex Lead();

    // A single character may be the end of a noun (反应, 性能, 电压, 压降), hence what must not stand before it.
    [GeneratedRegex(@"(?:(?:[从由到至于在自]|截至|截止)?(?:19|20)\d\d年(?:\d{1,2}月)?(?:底|末|初)?|经过|通过|具有|拥有|具备|建有|设有|约占|(?<!地)占(?!地|比)|长度?达|高达|多达|控制|稳定|维持|保持|延长|拓宽|下调|上调|提高|提升|降低|下降|(?<!压)降|缩短|增加|增长|(?<!倍)增|减少|减小|压缩|上升|升高|(?<!温)升|节约|节省|改善|需要|要求|希望|应当|(?<![反响效对供感适])应|(?<!军)需|(?<!必)须|可以|可|已经|已|现有|目前|使|将|(?<!自)由|从|在|为|至|到|达到|可达|(?<![马雷表发传抵])达|能够|(?<![性电储功动势热节智产氢太阳机效])能|仍|只|必须|附近|设定为|设置为|设为|应用于|适用于|用于|介于|低至|高至|(?<!平)均|各|(?<![所可难足予加])以|其|的|了|是|φ|Φ|有|(?<![节合])约|每|一次|单次|做|显著|明显|大幅|实现|不|仅|(?<![规准])则|(?<![许众很较更过最])大?多数?|也|还|\s|=)+$")]
    private static partial Regex Tail();

    [GeneratedRegex(@"^(?:\d{1,4}年(?:\d{1,2}月)?(?:\d{1,2}日)?[至到~—-]?|[①-⑳•●◆.—-]|的|在|和|与|及|而|(?:其次|其余|其中)[为是]?|其(?![他它])|该|此|但|则|当|对于|整体|由|从|经(?![济营验典纬])|最终|约|且|并|[一二两三四五六七八九十]+[台条套个种块根]|\s)+")]
    private static partial Regex Head();

    // Heads of a journal's abstract, adverbs, and verbs whose object is what is measured: 结果 测得, 已累计投入, 获得授权.
    // Behind 处理 or 检测 may follow the rest of a noun (处理量, 检测限), so only verbs that hardly begin one are taken, and none before such a rest.
    [GeneratedRegex(@"^(?:(?:目的|方法|结果|结论)(?:\s+|(?=[\u4e00-\u9fff]{3}))|特别是|尤其是|结果表明|表明|显示|如果|若|则|据统计|据(?=[核测报估])|预计|预期|预获|合计|总计|共计|拟(?=[投建购研])|计划|已经|已(?!知)|目前|现有|现(?=[已拥在])|共(?![聚晶价混同振沉轭享性])|甚至|有时|全部|可以|可(?=[实提达节减增降使跨生])|还(?!原)|约|首次|先后|主要|仅|一般|通常|分别|(?:提交|发表|取得|获得|获(?=[得批授省国])|查处|投入|增加|新增|提高|提升|减少|降低|缩短|延长|实现|组建|建成|建有|建设有|设有|拥有|具有|含有|收集|收治|纳入|选取|选择|挑选|获取|随机抽取|抽取|添加|加入|掺入|编码|采用|选用|调查|检出|发现|出现|形成|完成|制定|申报|申请|荣获|控制|试制|掌握|超过)(?!$|[了着]?(?:[量率限值度性器期数者力式点线面]|系数|时间|寿命|精度|效率|面积|压力|温度|速度|成本|周期|能力|比例|距离|范围))[了着]?)+")]
    private static partial Regex LeadingActs();

    // What remains is a verb whose object stands behind the figure (选择150例患者), or only points at something (某600 MW锅炉).
    [GeneratedRegex(@"^(?:通过[^的]*|.*一[种套台条个座]|(?:随机|平均)?分[成为]|第[一二三四五六七八九十\d]+[年次天日周月季期代]|.*连续|甚|其?余|.*(?:某|这|该|另))$|^(?:(?:方法|结果|本文|本研究|我们|我院|公司|我公司|本公司|本单位|笔者|随机|后|中|从而|进而)?(?:取得|获得|组建|编码|选择|选取|抽取|获取|添加|加入|掺入|收集|收治|纳入|查处|筛选出?|分离出?|发现|出现|检出|引进|推广|采集|完成|开展|建成|建设|新建|增加|新增|发表|提交|申请|制定|研制|形成|调查|拥有|含有|共计|共|合计|总计|累计|对|检测|观察|分析|筛查|治疗|测定|随访|监测|设计|基于|提出|建立|构建|利用|研究|考察|比较|生产|融合|除|中|按|以|经|据|向|给|用|每隔|过去))$")]
    private static partial Regex NoName();

    // 氮肥利用率比普通尿素(提高12%): what is compared stands before 比.
    [GeneratedRegex(@"^(.{2,}?)(?:低于|高于|优于|远?比|(?<![比对])较|与.{2,12}相比)(?![重例表率热容能强值电色面价]|$)")]
    private static partial Regex Compared();

    [GeneratedRegex(@"^(?:分别|显著|明显|均)*(?:$|比|(?<![比对])较)(?![例重表率热容能强值电色面价])[^，,]{2,}?(?:(?:提高|降低|增加|减少|增收|节约|增产|减产)([\u4e00-\u9fff]{2,}))?$")]
    private static partial Regex WithoutSubject();

    [GeneratedRegex(@"^\s*(?:分别|平均|约|仅|最高|最终|共|一般|通常)*(?:为|达到?|高达|可达|用[到至]|占|(?:随机)?分[成为]|(?:由|从)(?:(?:19|20)\d\d年(?:\d{1,2}月)?的?)?|[降升增减][低高加少]?[至到])\s*$")]
    private static partial Regex OnlyLinks();

    // 为, 达, 在: the words before say what the figure is of, whatever follows.
    [GeneratedRegex(@"(?:[\u4e00-\u9fffA-Za-z）)])(?:为|是|达|达到|可达|高达|(?<=[降升高加长大低少小短缩展制达升])[到至]|等于|=|在|仅|约|需|只有|不|均|分别)+\s*[(（]?$")]
    private static partial Regex Linked();

    [GeneratedRegex(@"^(.*?[\u4e00-\u9fff]{2})(?:约|仅|则|分别)*(?:(?<![作成行认视因])为|是)(?!原|将|降|提|减|增|缩|[^为是]{0,20}(?:提高|降低|减少|增加|缩短)|[\u4e00-\u9fff]{0,2}$)[^为是，,。；;]{3,20}$")]
    private static partial Regex Multiple();

    /// <summary>Whether 为 or 达 stands directly before a place.</summary>
    public static bool IsLinked(string source, int at) => Linked().IsMatch(source[Math.Max(0, at - 8)..at]);

    [GeneratedRegex(@"^(?:组(?![织成分件合装])|时|下|内|后|前|以上|以下|左右|级)+(?![间效长料径阻部端])")]
    private static partial Regex HeadBehindFigure();

    [GeneratedRegex(@"(?:降低|下降|下调|上调|延长|减少|减小|缩短|压缩|提高|提升|上升|升高|增加|增长|增大|节约|节省|(?<!压)降|(?<!倍)增)(?:了|约|近|超过|超|幅度|比例|达到|达|可达|为|\s)*$")]
    private static partial Regex Changes();

    [GeneratedRegex(@"降幅|增幅|升幅|涨幅|提高率|提升率|增长率|下降率|降低率|节约率|节省率|减少率|缩短率|(?:降低|下降|提高|提升|减少|增加|缩短|节约)(?:幅度|比例|率)?$")]
    private static partial Regex NamesChange();

    [GeneratedRegex(@"(?:误差|粗糙度|偏差|温差|公差|损失|损耗|能耗|电耗|煤耗|水耗|成本|时间|周期|波动|离散系数|噪声|泄漏|孔隙率|缺陷|含水率|残留|不良率|次品率|缺陷率|废品率|磨损|延迟|延时|功耗|尺寸偏差|挠度|变形|精度|厚度|自重|重量|排放|浓度|检出限|漏率|漏检率|误检率|故障率)[^，。；]{0,3}$")]
    private static partial Regex SmallerIsBetter();

    [GeneratedRegex(@"要求|希望|目标|需要|需(?!求)|(?<![反响效对供感适])应(?![用力变急答激])|须|(?<!模)拟|期望|力争|计划|预期|亟|(?:考核|技术|主要|具体)指标")]
    private static partial Regex Asks();

    [GeneratedRegex(@"已|实测|现有|目前|测得|达到了|结果表明|经检测|原有")]
    private static partial Regex Reports();

    [GeneratedRegex(@"(?:比|率|系数|指数|值|因子|因数|倍数|数|度|分子量|得分|评分|总分|成绩|pH|Ra|Rz)$")]
    private static partial Regex BareName();

    [GeneratedRegex(@"(?:^(?:[PpNnTtFZz]|R2)|(?:^|[^A-Za-z])[χXx][2²]值?)$")]
    private static partial Regex Statistic();

    [GeneratedRegex(@"^(?:[×x*、，,和与或及(（/]|vs\.?|[，,;；(（、和]?(?:更|最)?(?:优选|优选为|优选地为|局部|占|约占|其中|高的?|低的?))$")]
    private static partial Regex Shares();

    // A list of which each is named alike: (8.2±0.7)、(9.1±0.6)h; ends in two units: 5 min～10 h.
    [GeneratedRegex(@"^\)?\s*[、,，和与~—–-]\s*\(?$")]
    private static partial Regex Continues();

    // What is done for so long: 作用2.5 h, 扦插后25 d.
    [GeneratedRegex(@"(?:作用|培养|反应|处理|治疗|贮[藏存]|储[藏存]|保[存藏温]|冷藏|冻藏|放置|静置|浸[泡提渍]|加热|干燥|搅拌|发酵|[煅焙]烧|烧结|养护|运行|饲[养喂]|投喂|给药|服[药用]|饥饿|随访|观察|接种|[\u4e00-\u9fff]{2}后)了?$")]
    private static partial Regex Process();

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
            if (figure.Inside.Length > 0)
            {
                figure.Name = figure.Inside;
                border = figure.End;
                continue;
            }
            var behind = Behind(source, figure.End, figure.Unit);
            var between = previous is null || previous.End > figure.Start ? null : source[previous.End..figure.Start].Trim();
            var counted = QuantityUnits.IsCount(figure.Unit) && previous is not null && QuantityUnits.IsCount(previous.Unit);
            // 饰面崩瓷2例、3例修复体脱落: each is followed by its own.
            var ownBehind = counted && behind.Length > 0 && BelongsTo(source, figure, behind);
            // 7科9属, 10种26个品种
            if (counted && between is { Length: 0 })
            {
                figure.Name = ownBehind ? behind : previous!.Name;
                if (ownBehind) previous!.Name = behind;
            }
            else if (previous is not null && between is not null && !ownBehind && previous.Name.Length > 0 && Continues().IsMatch(between) && (figure.Tolerance is not null && previous.Comparison == Comparison.PlusMinus || between.AsSpan().IndexOfAny("~—–-") >= 0 && Units.Common(0, previous.Unit, 0, figure.Unit) is not null))
                figure.Name = previous.Name;
            else if (previous is not null && between is "占" or "约占" && !QuantityUnits.IsCount(previous!.Unit))
                figure.Name = source[previous.Start..previous.End];
            else if (previous is not null && between is not null && !ownBehind && (previous.Role == QuantityRole.Former && between.Length <= 14 || previous.Name.Length > 0 && (between.Length == 0 && figure.MarkedBefore || Shares().IsMatch(between)) && (between is not ("," or "，") || previous.Unit == figure.Unit || InOneBracket(source, previous.Start, figure.Start))))
                figure.Name = Respectively(source, figures, i) ?? previous.Name;
            else if (IsCondition(source, figure))
            {
                // 在4 ℃的缓冲液中 is said of the liquid.
                figure.Name = Under().Match(source, figure.End) is { Success: true } under ? under.Groups[1].Value
                    : !IsSpan(figure.Unit) && Possessed().Match(source, figure.End) is { Success: true } possessed && !Attribute().IsMatch(possessed.Groups[1].Value) ? possessed.Groups[1].Value
                    // 在0.35 μm CMOS工艺上, 在300 mm行距插秧机上; behind 37 ℃ stands what is done at it.
                    : behind.Length > 0 && (char.IsAsciiLetter(behind[0]) || !IsSpan(figure.Unit) && figure.Unit is not "℃" and not "°C") ? behind : "";
            }
            else if (Respectively(source, figures, i) is { } own)
                figure.Name = own;
            else
            {
                figure.Name = Before(source, figure, border, previous);
                if (behind.Length > 0 && i + 1 < figures.Count && IsCircumstance(source, figure, figures[i + 1], behind)) figure.Name = "";
                else if (i + 1 < figures.Count && IsTemperatureOnTheWay(source, figure, figures[i + 1])) figure.Name = "";
                else if (behind.Length > 0 && BelongsTo(source, figure, behind)) figure.Name = behind;
            }
            // The 28 d of 28 d的抗压强度 are no strength.
            if (IsSpan(figure.Unit) && behind.Length > 0 && figure.Name == behind && source[figure.End] == '的' && Measured().IsMatch(behind)) figure.Name = "";
            if (figure.Name.Length == 0 && IsSpan(figure.Unit) && Process().Match(source[Math.Max(border, figure.Start - 6)..figure.Start].TrimEnd()) is { Success: true } process) figure.Name = process.Value;
            // 比对照增加了26.9%: what is compared was named before.
            if (previous is not null && (figure.Unit is "%" or "倍" or "个百分点" || figure.Unit == previous.Unit) && WithoutSubject().Match(figure.Name) is { Success: true } without)
                figure.Name = without.Groups[1].Success ? without.Groups[1].Value : source.AsSpan(previous.End, Math.Max(0, figure.Start - previous.End)).IndexOfAny("。；;\n") < 0 ? previous.Name : "";
            if (figure.IsAcidity && !figure.Name.Contains("pH", StringComparison.Ordinal)) figure.Name = "pH";
            // 散粉后分别为2.5%, 术前有49例: when it was is not what it is.
            if (figure.Name.Length > 0 && figure.Name[^1] is '后' or '前' && !IsSpan(figure.Unit)) figure.Name = "";
            if (figure.Name.Length > 0 && previous is { Unit.Length: 0 } && figure.Unit.Length == 0 && between is "、" or "," or "，" or "和" or "与" or "及") figure.GoesOnWith = previous;
            // 含量低于3%时均匀,高于3%时团聚: a mark without a subject goes on with the last one of its unit.
            if (figure.Name.Length == 0 && previous is not null && (figure.MarkedBefore || figure.Linked) && !IsSpan(figure.Unit) && Carried(source, figures, i) is { } carried) (figure.Name, figure.GoesOnWith) = (carried, previous is { Unit.Length: 0 } ? previous : null);
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
        figure.GoesOnWith is { Unit.Length: 0 } first ? first.IsTaken
        : !Statistic().IsMatch(figure.Name) && StandsAlone(figure);

    private static bool StandsAlone(Quantities.Figure figure) =>
        figure.Large ? figure.Name.Length > 0 || figure.Comparison is not Comparison.Eq
        : figure.Inside.Length > 0 || (BareName().IsMatch(figure.Name) && figure.Name.Length > 1
            ? figure.Name.StartsWith("pH", StringComparison.Ordinal) || figure.Name is "Ra" or "Rz" || figure.Comparison is not Comparison.Eq || figure.Linked || figure.Value.Scale > 0 || figure.Tolerance is not null
            : figure.Name.Length > 1 && (figure.Linked && figure.Value.Scale > 0 || figure.Tolerance is { Value.Scale: > 0 } || figure is { Comparison: Comparison.PlusMinus, Value.Scale: > 0 }) || figure.Equated && (figure.Value.Scale > 0 || figure.High is not null) && figure.Name.Length > 0 && !Statistic().IsMatch(figure.Name));

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
        for (var round = 0; round < 3; round++)
        {
            var from = Math.Max(border, end - Reach);
            if (from >= end) return "";
            var piece = source[from..end];
            // 肌苷含量为虫草的3倍: what is compared stands before 为.
            if (figure.Unit is "倍" or "%" && Multiple().Match(piece) is { Success: true } multiple && Clean(Clause(multiple.Groups[1].Value), false) is { Length: > 1 } compared) return compared;
            var found = Border().Match(piece);
            var cut = found.Success ? found.Index + found.Length : 0;
            var name = Clean(piece[cut..], cut == 0 && from == border && border > 0);
            // …分为观察组和对照组,各56例: of each that was named before.
            if (name.Length == 0 && found.Value is "," or "，" && piece[cut..].Trim() is "各" or "均为" or "均" && Clean(Clause(piece[..found.Index]), false) is { Length: > 1 } each) return each;
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
            // “中科3号”3亿尾
            if (found.Value is "”" or "\"" && piece[cut..].Length == 0 && piece[..found.Index].LastIndexOfAny(['“', '"']) is >= 0 and var quote) return piece[(quote + 1)..found.Index];
            // 曲线下面积最大,为0.841
            if (found.Value is "," or "，" && OnlyLinks().IsMatch(piece[cut..]) && Clean(Clause(piece[..found.Index]), false) is { Length: > 1 } subject) return subject;
            // 拉伸强度：5.5 GPa and 拉伸强度（≥5.5 GPa）
            if (found.Value is not (":" or "：" or "(" or "（" or "[") || piece[cut..].Trim().Length > 4) return "";
            end = from + found.Index;
        }
        return "";
    }

    /// <summary>The name of the nearest figure with the same unit in the same sentence.</summary>
    private static string? Carried(string source, List<Quantities.Figure> figures, int index)
    {
        var figure = figures[index];
        for (var j = index - 1; j >= 0 && j >= index - 4 && figures[j].End <= figure.Start; j--)
        {
            if (source.AsSpan(figures[j].End, figure.Start - figures[j].End).IndexOfAny("。；;\n") >= 0 || figure.Start - figures[j].End > SentenceReach) return null;
            if (figures[j].Unit == figure.Unit && figures[j].Name.Length > 0) return figures[j].Name;
        }
        return null;
    }

    /// <summary>热贮(54 ℃,14 d): conditions in one bracket belong to what stands before it.</summary>
    private static bool InOneBracket(string source, int first, int second)
    {
        for (var at = first - 1; at >= 0 && first - at < Reach; at--)
        {
            if (source[at] is ')' or ']' or '。' or '；' or ';') return false;
            if (source[at] is '(' or '[') return source.IndexOfAny([')', ']'], first, second - first) is var close && (close < 0 || source[at] == '(' && at > 0 && source[at - 1] == '[' && source[close] == ')');
        }
        return false;
    }

    private static string Clean(string piece, bool behindFigure)
    {
        var name = Tail().Replace(piece.Trim(), "");
        if (behindFigure) name = HeadBehindFigure().Replace(name, "");
        if ((Changes().IsMatch(piece) || name.Contains('于')) && Compared().Match(name) is { Success: true } compared)
        {
            // 断交流比断直流时的时间增加: what is measured stands behind 的.
            var rest = name[compared.Groups[1].Length..];
            name = rest.LastIndexOf('的') is > 1 and var possessive && Measured().IsMatch(rest) ? rest[(possessive + 1)..] : compared.Groups[1].Value;
        }
        var lead = Lead().Match(name);
        if (lead.Success && lead.Index + lead.Length < name.Length - 1) name = name[(lead.Index + lead.Length)..];
        name = Tail().Replace(LeadingActs().Replace(Head().Replace(name, ""), ""), "").Trim();
        if (NoName().IsMatch(name)) return "";
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
        if (at < 0 || !LinkedRespectively(source, figures, index, at)) return null;
        var place = 0;
        for (var i = index - 1; i >= 0 && figures[i].Start > at; i--)
        {
            if (figures[i].Start == figures[i + 1].Start) continue;
            place++;
            if (figures[i].End > figures[i + 1].Start || !Shares().IsMatch(source[figures[i].End..figures[i + 1].Start].Trim(' ', '(', ')'))) return null;
        }
        // 在A、B和C方面能量利用率分别: one name for all.
        // The list begins behind whatever figure stands before it.
        for (var i = index - 1; i >= 0 && figures[i].End > begin; i--)
        {
            if (figures[i].End > at) continue;
            begin = figures[i].End;
            break;
        }
        var list = InRespects().Replace(source[begin..at], "").TrimEnd(' ', ',', '，', '、');
        var cut = list.LastIndexOfAny(['，', ',', '：', ':']);
        var items = list[(cut + 1)..].Split(["、", "以及", "和", "与", "及"], StringSplitOptions.RemoveEmptyEntries);
        string[] names = [.. items.Select(n => Clean(n, false)).Where(n => n.Length > 0)];
        // The last of 锌、铁、花色苷的含量 is 花色苷.
        if (names.Length > 1 && place == names.Length - 1 && items[^1].LastIndexOf('的') is > 1 and var owner && Clean(items[^1][..owner], false) is { Length: > 1 } whose) return whose + names[^1];
        return names.Length > 1 && place < names.Length ? names[place] + Measure(names, place, items[^1]) : names.Length == 1 ? names[0] : null;
    }

    /// <summary>分别对100 m高的烟囱 names nothing before it; 分别为, 分别降低 do.</summary>
    private static bool LinkedRespectively(string source, List<Quantities.Figure> figures, int index, int at)
    {
        var first = index;
        while (first > 0 && figures[first - 1].Start > at) first--;
        return LeadsToFigures().IsMatch(source[at..figures[first].Start]);
    }

    [GeneratedRegex(@"^分别(?:(?![对用以按经给将把取于加]|在[\u4e00-\u9fff])[\u4e00-\u9fff]{0,4}|(?>(?:为|是|有|占|了|出|在|约|由|从|至|到|达到?|可达|高达|仅|只有|提高|提升|增加|增长|上升|升高|延长|扩大|降低|下降|减少|减小|缩短|节约|节省|[=:\s(（])*)(?:[比较与][^，。；,;]{1,16})?)[(（:：=\s]*$")]
    private static partial Regex LeadsToFigures();

    /// <summary>甲组、乙组和丙组有效率: what the last name adds to its own subject holds for the others as well. The subjects end alike.</summary>
    private static string Measure(string[] names, int place, string whole)
    {
        if (place == names.Length - 1 || Attribute().IsMatch(names[place])) return "";
        // 甲药和乙药的有效率
        if (whole.LastIndexOf('的') is > 1 and var of && of < whole.Length - 2) return names[^1];
        var last = names[^1].LastIndexOf(names[place][^1]);
        return last >= 0 && last < names[^1].Length - 2 ? names[^1][(last + 1)..].TrimStart('的') : "";
    }

    private static string Clause(string piece)
    {
        var cut = piece.LastIndexOfAny(['，', ',', '。', '；', ';', '：', ':']);
        // A full stop may be a Latin one.
        for (var at = piece.Length - 2; at > cut; at--) if (piece[at] == '.' && !QuantityNumbers.IsDigit(piece[at + 1])) cut = at;
        return piece[(cut + 1)..];
    }

    private static string Sentence(string source, int end)
    {
        var from = Math.Max(0, end - SentenceReach);
        var mark = end > from ? source.LastIndexOfAny(['。', '；', ';', '\n', '！', '？'], end - 1, end - from) : -1;
        return source[(mark >= 0 ? mark + 1 : from)..end];
    }
}
