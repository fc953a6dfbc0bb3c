using System.Text.RegularExpressions;

namespace Matchmaking.Matching.Text;

/// <summary>
/// What leads to a person or a firm. Phones, mail and chat addresses are found in every text, because contacts are shown only after both sides
/// consented; names and brands only in anonymous ones.
/// </summary>
internal static partial class LintLeaks
{
    private const string Surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢岳齐梅庄辛管祝左涂谷祁舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵";

    // A surname and the character behind it that are everyday words: 高度, 金属, 方案 …
    private static readonly HashSet<string> NoNames =
    [
        .. ("高度 高级 高效 高温 高压 高性 高强 高校 高频 高速 高等 马上 马达 成本 成果 成品 成分 成型 成熟 成立 方案 方面 方法 方式 方向 方便 金属 金额 黄金 周期 周边 周围 白色 石油 石墨 常规 常温 常见 常用 安全 安排 安装 江苏 江西 陈旧 严格 严重 严寒 钱款 " +
            "余量 余热 温度 温差 温控 于是 于此 程度 程序 任务 任何 万元 万吨 万次 水平 路线 路径 康复 易于 易燃 文件 文字 文献 项目 向前 施工 施加 关键 关于 关系 包装 包括 包含 单位 单机 单件 单次 位于 位置 位移 管理 管道 管路 查询 曲线 曲率 曲面 游离 阳极 阳光 " +
            "林业 林场 田间 杨木 叶片 叶轮 雷达 雷电 汤料 牛奶 牛肉 梅花 谷物 谷氨 甘油 植物 植保 席位 宁可 包材 单价 单独 景观 毛坯 毛利 毛刺 石灰 石材 江水 龙头 万能 段落 史料 孔径 孔隙 金融 安徽 武汉 洪水 温和 季度 季节 章节 申请 申报 毕业 焦炭 焦化 庄园 祝贺 左右 " +
            "涂层 涂料 涂装 童装 费用 盛装 凌晨 卫生 卫星 司机 司法 夏季 夏天 秦岭 何种 何时 许可 许多 曾经 曾获 苏打 丁苯 丁二 范围 康养 薄膜 薄板 薄壁 桂皮 柏油 顾问 顾客 倪辉 齐全 左侧 欧洲 欧盟 隋代 项下 韩国 张力 张紧 张拉 张贴 于一 于本 " +
            "任职 任意 任一 应急 应用 尤其 易损 段内 常务 常驻 常州 高工").Split(' '),
    ];

    [GeneratedRegex(@"(?<![\d.])1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)|(?<![\d.])(?:0\d{2,3}[- ]|\(0\d{2,3}\)[ ]?)\d{7,8}(?:\s?(?:转|-)\s?\d{1,5})?(?!\d)|(?:电话|手机号?|热线|拨打)[：:]?\s?\d{7,8}(?!\d)|(?:微信号?|QQ号?|wechat|vx)[：:\s]{0,2}(?<id>[A-Za-z0-9][A-Za-z0-9_-]{4,20})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Phones();

    [GeneratedRegex(@"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}", RegexOptions.CultureInvariant)]
    private static partial Regex Mails();

    [GeneratedRegex("(?:[" + Surnames + @"][\u4e00-\u9fff]{0,2})(?:总经理|副总经理|经理(?!论)|主任|工程师|老师|教授|先生|女士|厂长|总工|部长|师傅|博士|院长)", RegexOptions.CultureInvariant)]
    private static partial Regex NameAndTitle();

    [GeneratedRegex("(?<title>联系人|负责人|总经理|经理(?!论)|主任|厂长|总工|工程师)(?<mark>[：:为是]?)\\s?(?<name>[" + Surnames + @"][\u4e00-\u9fff]{1,2})", RegexOptions.CultureInvariant)]
    private static partial Regex TitleAndName();

    [GeneratedRegex(@"(?:有限责任公司|股份有限公司|有限公司|股份公司|集团公司|集团)", RegexOptions.CultureInvariant)]
    private static partial Regex FirmEnding();

    // Where a firm's name cannot go on to the left.
    [GeneratedRegex(@"我们|我厂|我公司|本公司|本厂|我司|[^\u4e00-\u9fff()]|[是为在由与和及的等了]|位于|来自|针对|目前|单位有|甲方|乙方|提升|进一步", RegexOptions.CultureInvariant)]
    private static partial Regex BeforeFirm();

    [GeneratedRegex("[“\"「『][^”\"」』\n]{1,12}[”\"」』](?:牌|品牌|商标)", RegexOptions.CultureInvariant)]
    private static partial Regex Marked();

    public static void Check(LintDraft draft, IReadOnlyList<LintText> texts, List<LintFinding> found)
    {
        foreach (var text in texts)
        {
            foreach (Match match in Phones().Matches(text.Folded))
            {
                var place = match.Groups["id"] is { Success: true } id ? (id.Index, id.Length) : (match.Index, match.Length);
                found.Add(text.Finding(LintRule.Phone, place.Index, place.Length));
            }
            foreach (Match match in Mails().Matches(text.Folded)) found.Add(text.Finding(LintRule.Mail, match.Index, match.Length));
            if (!draft.Anonymous) continue;
            Persons(text, found);
            Firms(text, draft.OwnerNames, found);
            foreach (Match match in Marked().Matches(text.Folded)) found.Add(text.Finding(LintRule.Brand, match.Index, match.Length));
        }
    }

    private static void Persons(LintText text, List<LintFinding> found)
    {
        foreach (Match match in NameAndTitle().Matches(text.Folded))
        {
            // The title itself may begin with what looks like a surname (车间主任, 高级工程师).
            if (!NoNames.Contains(match.Value[..2])) found.Add(text.Finding(LintRule.PersonName, match.Index, match.Length));
        }
        foreach (Match match in TitleAndName().Matches(text.Folded))
        {
            var name = match.Groups["name"];
            if (NoNames.Contains(name.Value[..2])) continue;
            // Without a colon only where a name ends or acts: 负责人周文斌。 负责人孙立军带队
            var end = name.Index + name.Length;
            var ends = end >= text.Folded.Length || !char.IsLetter(text.Folded[end]) || "带了联负说介提将主已是向为担亲".Contains(text.Folded[end], StringComparison.Ordinal);
            if (match.Groups["mark"].Length > 0 || ends) found.Add(text.Finding(LintRule.PersonName, name.Index, name.Length));
        }
    }

    private static void Firms(LintText text, IReadOnlyList<string> ownerNames, List<LintFinding> found)
    {
        foreach (var owner in ownerNames.Select(NeedLinter.Fold).Where(name => name.Length >= 3))
        {
            for (var at = text.Folded.IndexOf(owner, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.Folded.IndexOf(owner, at + owner.Length, StringComparison.OrdinalIgnoreCase))
                found.Add(text.Finding(LintRule.OrganizationName, at, owner.Length));
        }
        foreach (Match ending in FirmEnding().Matches(text.Folded))
        {
            var from = Math.Max(0, ending.Index - 16);
            var before = text.Folded[from..ending.Index];
            var start = from + (BeforeFirm().Matches(before) is { Count: > 0 } cuts ? cuts[^1].Index + cuts[^1].Length : 0);
            var name = text.Folded[start..ending.Index].TrimStart('(', '（');
            start = ending.Index - name.Length;
            // 12家化工有限公司, 某化工有限公司 and 化工集团 name nobody.
            if (name.Length < 4 || name.Contains('某', StringComparison.Ordinal) || name[0] is '家' or '各' or '多' or '该') continue;
            found.Add(text.Finding(LintRule.OrganizationName, start, ending.Index + ending.Length - start));
        }
    }
}
