namespace Matchmaking.Matching.Text;

/// <summary>What the texts of needs that found a partner measure.</summary>
/// <param name="Median">Half of them have more concrete words.</param>
/// <param name="Low">Below it a text says less than a tenth of what half of them say.</param>
/// <param name="Count">How many texts were measured.</param>
public sealed record VaguenessScale(int Median, int Low, int Count)
{
    /// <summary>Fewer texts than these say nothing; <see cref="Shipped"/> is used instead.</summary>
    public const int Enough = 20;

    /// <summary>Measured on the needs of <c>samples/</c> that have an achievement graded 4; see docs/measurements.md.</summary>
    public static VaguenessScale Shipped { get; } = new(158, 15, 45);

    /// <summary>The scale of these measures, in any order.</summary>
    public static VaguenessScale Of(IReadOnlyCollection<int> measures)
    {
        if (measures.Count < Enough) return Shipped;
        var median = measures.Order().ElementAt(measures.Count / 2);
        return new VaguenessScale(median, median / 10, measures.Count);
    }
}

/// <summary>
/// How much a text says that not every text says: distinct pairs of Chinese characters and distinct other words, after words that stand in
/// any listing (技术, 提高, 质量 …) are taken out; every figure counts for <see cref="OfFigure"/>.
/// </summary>
public static class Specificity
{
    private const int OfFigure = 3;

    // Longer words before the shorter ones they contain.
    private static readonly string[] Generic =
    [
        "高等院校", "科研院所", "科研单位", "科研机构", "数字化", "智能化", "信息化", "自动化", "现代化", "产业化", "规模化", "国际先进", "国内先进", "国内领先", "先进水平", "国家标准", "行业标准",
        "竞争力", "附加值", "产业链", "生产线", "经济效益", "社会效益", "市场前景", "转型升级", "提质增效", "节能降耗", "技术需求", "技术难题", "技术人才", "解决方案", "合作方式", "研发能力", "管理水平", "知识产权",
        "我公司", "本公司", "公司", "企业", "单位", "我厂", "客户", "用户", "市场", "行业", "产业", "产品", "生产", "制造", "加工", "工艺", "技术", "设备", "系统", "方法", "方案", "材料", "过程", "流程", "环节",
        "质量", "成本", "效率", "性能", "水平", "能力", "效益", "指标", "要求", "需求", "需要", "希望", "寻求", "寻找", "急需", "期望", "目标", "能够", "实现", "解决", "达到", "满足", "提高", "提升", "降低", "减少", "增加", "改善", "改进",
        "优化", "升级", "改造", "创新", "开发", "研发", "研究", "引进", "应用", "推广", "合作", "高校", "专家", "团队", "人才", "指导", "支持", "服务", "共同", "开展", "进行", "通过", "利用", "采用", "使用", "具有", "存在", "目前", "现有",
        "问题", "难题", "难点", "瓶颈", "困难", "方面", "一定", "一些", "一种", "进一步", "更好", "较好", "较高", "较低", "较大", "先进", "成熟", "可靠", "稳定", "有效", "良好", "相关", "主要", "重要", "关键", "核心", "新型", "环保", "节能", "绿色",
        "联系我们", "联系", "欢迎", "洽谈", "缺乏", "不足", "老化", "延长", "对", "使", "和", "与", "及", "的", "了", "在", "为", "等", "是", "有", "将", "并", "或", "我", "请",
    ];

    /// <summary>Title, summary, description and work done together; 0 for an empty draft.</summary>
    public static int Measure(LintDraft draft) => Measure(string.Join('\n', draft.Title, draft.Summary, draft.Description, draft.WorkDone), draft.Quantities.Count);

    /// <param name="rows">Rows of figures beside the text.</param>
    public static int Measure(string text, int rows)
    {
        var rest = ChineseTokenizer.Normalize(text);
        foreach (var word in Generic) rest = rest.Replace(word, "\n", StringComparison.Ordinal);
        var words = ChineseTokenizer.Bigrams(rest).Where(word => !ChineseTokenizer.IsLoneCharacter(word)).ToHashSet(StringComparer.Ordinal);
        return words.Count + OfFigure * (Quantities.Find(text).Count + rows);
    }
}
