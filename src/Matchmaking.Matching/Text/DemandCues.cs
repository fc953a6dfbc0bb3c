using System.Text.RegularExpressions;

namespace Matchmaking.Matching.Text;

/// <summary>
/// Which figures of a need's text it asks for, and which it only tells: how many people died in mines, what the own plant measures today. Words before a figure decide, the last one in its
/// sentence; a list goes on as its heading began (技术指标：1、… 2、…). <see cref="QuantityNames"/> and <see cref="LintFigures"/> have lists like these, each measured for its own question: whether 达到 is
/// a bound, and whether a draft has any target at all, where one word too many costs little.
/// </summary>
internal static partial class DemandCues
{
    private const int LongestVerb = 4;

    // 需 and 需要 behind a subject say how much something takes: 检测需5到7天, 后期需要放慢流速.
    [GeneratedRegex(
        @"(?<asks>要求|希望|目标|(?<=^|[。；;：:，,、\n])\s?(?:我(?:们|公司|厂|社))?需要|需(?=[将把在使达能高低小大]|满足|保证|控制)|(?<![反响效对供感适])应(?![用力变急答激])|(?<!必)须|(?<!模)拟|期望|力争|预期|亟|想要|需求(?=[:：一]|内容)|寻求|(?:考核|技术|主要|具体|性能)(?:性能|技术)?(?:指标|参数))"
        + @"|(?<![较比与])现有|现用|(?<![较比由从])目前|当前|现在|原有|实测|已有|曾|年产(?=[\d约近一二三四五六七八九十])|存栏|只有|仅有|成立|员工|注册资本|每年|最高达|测得|达到了|结果表明|据(?=统计|报道|了解|介绍)|通常|一般|先后|累计|(?<![保储贮])存在|会产生|问题是"
        + @"|(?<ends>[。；;！？!?\n\r]+)\s*(?<item>[(（]?[0-9一二三四五六七八九十]{1,2}\s?[)）.、．，:：]|[①-⑳]|[-•·])?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Cues();

    // 不低于, ≥, 降到: said of what shall be. 超过, 多, 余, 以上: said of what is as well.
    [GeneratedRegex("不[低少小高大超多长]|[≥≤><＞＜≧≦]|至少|至多|最多|以内|之内|以下|达到|[高升降低]到|[高升降低]至|控制在|保持在|稳定在|[能可]实现")]
    private static partial Regex Normative();

    // 30余台, 1700多人: how firms and reports count.
    [GeneratedRegex("[多余近]|超过")]
    private static partial Regex Vague();

    // Of the project or the firm, not of the technology.
    [GeneratedRegex("专利|论文|收录|文章|投资|费用|经费|预算|合同|利税|周期内|项目|人员")]
    private static partial Regex OfTheProject();

    /// <summary>Lower and upper bounds and ranges with a name that the text asks for, in its order; time linear in its length.</summary>
    /// <param name="isKnownDemand">Whether a figure is asked for anyway; its neighbours in the sentence are then taken to be asked for, too.</param>
    /// <param name="strictly">Leaves out what stands in a sentence without any such word.</param>
    public static IEnumerable<FoundQuantity> Find(string text, Func<Quantity, bool> isKnownDemand, bool strictly)
    {
        var cues = Cues().Matches(text);
        var bare = !strictly && cues.All(c => c.Groups["ends"].Success);
        bool? asked = null;
        int sentence = 0, next = 0, behindCue = 0;
        var placed = new List<(FoundQuantity Figure, int Sentence, bool? Asked)>();
        foreach (var figure in Quantities.Find(text))
        {
            for (; next < cues.Count && cues[next].Index < figure.Start; next++)
            {
                var cue = cues[next];
                if (!cue.Groups["ends"].Success)
                {
                    asked = cue.Groups["asks"].Success;
                    behindCue = cue.Index + cue.Length;
                    continue;
                }
                sentence++;
                // 技术指标： or 预期目标 on a line of its own is a heading.
                if (!cue.Groups["item"].Success && text.AsSpan(behindCue, cue.Index - behindCue).Trim("：: ").Length > 0) asked = null;
            }
            placed.Add((figure, sentence, asked));
        }
        var among = placed.Where(p => isKnownDemand(p.Figure.Quantity)).Select(p => p.Sentence).ToHashSet();
        return placed.Where(p => IsBound(p.Figure) && (p.Asked ?? (among.Contains(p.Sentence) || !strictly && IsSaidOfWhatShallBe(text, p.Figure, bare)))).Select(p => p.Figure);
    }

    /// <param name="bare">A text without any telling word, such as a list of figures: every bound of it counts.</param>
    private static bool IsSaidOfWhatShallBe(string text, FoundQuantity figure, bool bare)
    {
        var verb = Math.Max(0, figure.Start - LongestVerb);
        return Normative().IsMatch(text.AsSpan(verb, figure.Start - verb + figure.Length)) || bare && !Vague().IsMatch(text.AsSpan(figure.Start, figure.Length));
    }

    private static bool IsBound(FoundQuantity figure) => figure.Role != QuantityRole.Former && figure.Quantity.Name.Length > 1
        && figure.Quantity.Comparison is Comparison.Ge or Comparison.Le or Comparison.Gt or Comparison.Lt or Comparison.Range && !OfTheProject().IsMatch(figure.Quantity.Name);
}
