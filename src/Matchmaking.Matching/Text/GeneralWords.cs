namespace Matchmaking.Matching.Text;

/// <summary>Words that stand in texts of every subject and so tell nothing of one; read off what unlike descriptions of the samples share.</summary>
internal static class GeneralWords
{
    /// <summary>Characters that begin or end hardly any term.</summary>
    private static readonly char[] Particles = [.. "的了与及或于被其该此但仍也"];

    /// <summary>Taken off the ends of a stretch: what is done or said of a thing, not the thing.</summary>
    private static readonly HashSet<string> AtEnds = Set("""
        要求 需要 需求 希望 期望 可以 能够 不能 无法 必须 采用 使用 利用 试用 用于 通过 进行 实现 提供 提出 得到 获得 达到 超过 满足 符合 具有 存在 基于 针对 关于 对于 由于 因此 同时 并且 以及
        目前 现有 现在 已有 已经 原有 以上 以下 以内 以外 之间 之后 之前 其中 其他 我们 公司 企业 单位 客户 用户 表明 说明 显示 明显 显著 主要 重要 较高 较低 较大 较小 较好 提高 降低 增加 减少 下降 上升
        保持 维持 不足 不超 低于 高于 大于 小于 少于 不低 不高 不大 不小 不少 左右 一种 一定 一个 两个 三个 个月 多个 每年 每天 以来 相关 不同 各种 多种 比较 相比 相当 没有 未见 尚未 仍需 只能 多数 少量 大量
        """);

    /// <summary>Left out when nothing else is shared: 材料 alone, not 复合材料.</summary>
    private static readonly HashSet<string> Alone = Set("""
        研究 研制 开发 设计 制备 建立 形成 开展 完成 实施 应用 产品 项目 技术 方法 方案 问题 情况 条件 影响 作用 效果 结果 方面 部分 数量 水平 能力 生产 试验 实验 验证 测得 测量 分析 处理 解决 控制 优化 改进 改善
        系统 装置 设备 材料 结构 性能 质量 参数 指标 范围 过程 工艺 环境 时间 期间 小时 平均 最大 最小 最高 最低 总量 变化 改变 有效 正常 稳定 连续 直接 自动 适用 适合 全部 整个 目标 计划 近年 一步 进一 步验 下一
        百分 百分点 个百分点 升到 降到 差不 化后 机上 一次 单台 吨级
        """);

    /// <summary>The stretch without particles and general words at its ends; empty when nothing else is left.</summary>
    public static string Trim(string stretch)
    {
        var rest = stretch;
        for (var before = ""; before != rest;)
        {
            before = rest;
            rest = rest.Trim(Particles);
            if (rest.Length >= 3 && rest[0] == '和') rest = rest[1..];
            if (rest.Length >= 2 && AtEnds.Contains(rest[..2])) rest = rest[2..];
            if (rest.Length >= 2 && AtEnds.Contains(rest[^2..])) rest = rest[..^2];
        }
        return Alone.Contains(rest) ? "" : rest;
    }

    private static HashSet<string> Set(string words) => [.. words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
}
