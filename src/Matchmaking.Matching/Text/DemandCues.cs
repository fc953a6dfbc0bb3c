using System.Text.RegularExpressions;

namespace Matchmaking.Matching.Text;

/// <summary>Words that say whether what follows in the sentence is asked for or told as a fact; the last one before a figure counts.</summary>
internal static partial class DemandCues
{
    // 需 and 需要 behind a subject say how much something takes: 检测需5到7天, 后期需要放慢流速.
    [GeneratedRegex(
        @"(?<asks>要求|希望|目标|(?<=^|[。；;：:，,、\n])\s?(?:我(?:们|公司|厂|社))?需要|需(?=[将把在使达能]|满足|保证)|(?<![反响效对供感适])应(?![用力变急答激])|(?<!必)须|(?<!模)拟|期望|力争|预期|亟|想要|(?:考核|技术|主要|具体)指标)"
        + @"|现有|现用|目前|当前|现在|原有|实测|已有|曾|年产(?=[\d约近一二三四五六七八九十])|存栏|只有|仅有|成立|员工|注册资本|每年|最高达|测得|达到了|结果表明",
        RegexOptions.CultureInvariant)]
    private static partial Regex Cues();

    /// <summary>In the order of the text.</summary>
    public static IReadOnlyList<(int Index, bool Asks)> Find(string sentence) => [.. Cues().Matches(sentence).Select(m => (m.Index, m.Groups["asks"].Success))];
}
