using System.Text.RegularExpressions;

namespace Matchmaking.Matching.Text;

/// <summary>Rules about what is asked: by when, for how much, how many things at once, a problem or something to buy.</summary>
internal static partial class LintWording
{
    [GeneratedRegex(@"(?:20\d\d|[明今本后次])年[^。；;，,\n]{0,12}?(?:之前|以前|前|底|末|内|完成|交付|投用|投产|验收)|(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})个?[月年周天]之?[内前][^。；;，,\n]{0,4}?(?:完成|交付|解决|出|投|见效|实现|验收|上线|落地|提供|建成|改好|结题)|(?:合作|研发|项目|开发|交付|完成|建设)?(?:周期|工期|期限)[^。；;，,\n]{0,6}\d|最迟|截止|不晚于|赶在", RegexOptions.CultureInvariant)]
    internal static partial Regex ByWhen();

    [GeneratedRegex(@"(?<![每吨亩件][^。；;，,\n]{0,6})(?:预算|经费|投入|出资|资金|费用|报酬|奖金|价格|总价|投资)[^。；;，,\n]{0,10}?(?:\d[\d.,]{0,12}\s?(?:万|亿)|[一二两三四五六七八九十百]{1,4}[万亿]|面议|另议|商议|协商|商定|待定|不限)|(?:面议|另议)", RegexOptions.CultureInvariant)]
    private static partial Regex ForHowMuch();

    [GeneratedRegex(@"(?:需求|难题|课题)\s?(?:[二三四五]|[2-9])\s?[：:、，,.．]|(?:[两二三四五六2-6]|多|几)(?:个|项|大|种)(?:方面的?)?(?:主要|不同的?|独立的?)?(?:技术)?需求", RegexOptions.CultureInvariant)]
    private static partial Regex Counted();

    [GeneratedRegex(@"(?<=^|[。；;！!？?\n，,])(?:另外|另|此外|同时|还有|再者|另有)[，,]?(?:我(?:公司|厂|社|场|院|们|单位)|企业|公司|本单位)?(?:(?:也|还|又|并)?(?:希望|需要|急需|想|拟|需)?(?:寻求|寻找|征集|求购)|(?:也|还|又)(?:希望|需要|急需|想|拟|需)(?:解决|研发|研究|开发|引进|攻克))[^。；;，,\n]{2,40}", RegexOptions.CultureInvariant)]
    private static partial Regex OneMore();

    [GeneratedRegex(@"(?<=^|[。；;：:，\n])\s?(?:[(（]?[1-9]\s?[)）.、．，:：]|[一二三四五]是|第[一二三四五][项个]?[，,、:：]|[①-⑨])\s?(?:我(?:公司|厂|们))?(?:寻求|寻找|征集|求购|(?:希望|需要|急需|需)(?:寻求|寻找|解决|开发|研发|研究|攻克))[^。；;，,\n]{2,40}", RegexOptions.CultureInvariant)]
    private static partial Regex Item();

    [GeneratedRegex(@"(?<!曾|考虑过|已|年|来)(?:采购|购买|购置|求购|订购|引进)(?![了过])(?:[^。；;，,\n]{0,24}?[一二两三四五六七八九十几\d]{1,3}[台套条部批座][^。；;，,\n]{0,16}|[^。；;，,\n]{0,24}?(?:设备|机床|机器人|系统|软件|仪器|工作站|生产线))|(?<=^|[。；;，,\n]|希望|需要|想|拟|计划|打算|准备)(?:开发|建设|搭建|做|上|建立|定制|部署)[一两][个套款][^。；;，,\n]{0,12}?(?:系统|平台|小程序|APP|软件|网站)|(?:必须|只能|要求|指定)(?:采用|使用|用)[^。；;，,\n]{1,16}?(?:技术|方法|算法|工艺|模型)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Solution();

    [GeneratedRegex("问题|难题|难点|瓶颈|不足|偏[大高低小差硬软厚薄慢]|过[大高低长慢快热重]|超标|不均|不良|不一致|不能|无法|难以|困难|缺陷|漏检|泄漏|渗漏|漏油|开裂|裂纹|断裂|磨损|腐蚀|脱落|剥离|失效|失败|误差[^不小低]|误检|误判|波动|漂移|返修|返工|报废|废品|投诉|损失|浪费|下降|衰减|停线|停机|差错|积压|不通|残留|毛刺去不净|滞后|频繁|导致|造成|不稳|起泡|变形|异响|气孔|堵塞|响应慢|速度慢|结垢|沉降|模糊", RegexOptions.CultureInvariant)]
    private static partial Regex Trouble();

    /// <summary>Findings of several needs and of a named solution come once for a draft: a second place says nothing new.</summary>
    public static void Check(LintDraft draft, IReadOnlyList<LintText> texts, List<LintFinding> found)
    {
        var read = texts.Where(t => !t.Field.StartsWith(nameof(LintDraft.Keywords), StringComparison.Ordinal)).ToList();
        if (!draft.HasDeadline && !read.Exists(t => ByWhen().IsMatch(t.Folded))) found.Add(new LintFinding(LintRule.NoDeadline, "Deadline", 0, 0, []));
        if (!draft.HasBudget && !read.Exists(t => ForHowMuch().IsMatch(t.Folded))) found.Add(new LintFinding(LintRule.NoBudget, "Money", 0, 0, []));
        // The description shows it best; the title last.
        var said = read.Where(t => t.Field != nameof(LintDraft.WorkDone)).Reverse().ToList();
        if (said.SelectMany(Several).FirstOrDefault() is { } second) found.Add(second);
        if (read.Exists(t => Trouble().IsMatch(t.Folded))) return;
        if (said.SelectMany(text => Solution().Matches(text.Folded).Select(match => text.Finding(LintRule.SolutionNamed, match.Index, match.Length))).FirstOrDefault() is { } solution) found.Add(solution);
    }

    private static IEnumerable<LintFinding> Several(LintText text) =>
        Counted().Matches(text.Folded).Concat(OneMore().Matches(text.Folded))
            // The first item is a need like any other; from the second on it is one too many.
            .Concat(Item().Matches(text.Folded).Skip(1))
            .OrderBy(match => match.Index).Select(match => text.Finding(LintRule.SeveralNeeds, match.Index, match.Length));
}
