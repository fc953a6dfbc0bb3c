using System.Text.RegularExpressions;

namespace Matchmaking.Matching.Text;

/// <summary>Rules about figures: none that says the target, one without its unit, one that says neither at least nor at most.</summary>
internal static partial class LintFigures
{
    [GeneratedRegex("希望|要求|需要|需在|需将|需把|应|目标|指标|力争|期望|争取|达到|降到|降至|提高到|提升到|控制在|保持在|稳定在|不低于|不高于|不超过|不大于|不小于|不少于|不长于", RegexOptions.CultureInvariant)]
    private static partial Regex Asks();

    [GeneratedRegex("现有|目前|当前|现在|原有|实测|已有|曾|年产|存栏|只有|仅有|成立|员工|注册资本|占地|每年|最高达", RegexOptions.CultureInvariant)]
    private static partial Regex Tells();

    [GeneratedRegex("周期|工期|期限|交付|预算|经费|投入|投资", RegexOptions.CultureInvariant)]
    private static partial Regex OfTheProject();

    // A bound or a goal, a bare number, and an end of the clause: 达到500， or 500以上。
    [GeneratedRegex(@"(?<cue>不低于|不高于|不超过|不大于|不小于|不少于|高于|低于|大于|小于|超过|达到|达|提高到|提升到|提高至|提升至|降低到|降低至|降到|降至|控制在|保持在|稳定在|≥|≤|>=|<=|>|<)[ ]?(?<number>\d{1,9}(?:\.\d{1,6})?)(?<after>以上|以下|以内|之内|左右)?[ ]?(?=[。；;，,、)!?！？\n]|且|并|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();

    [GeneratedRegex(@"(?:不低于|不高于|不超过|不大于|不小于|不少于|高于|低于|大于|小于|超过|达到|提高到|提升到|提高至|提升至|降低到|降低至|降到|降至|控制在|≥|≤|>=|<=|>|<)[ ]?\d", RegexOptions.CultureInvariant)]
    private static partial Regex Bound();

    // What has no unit: names that are ratios, indices, grades and scales by themselves.
    [GeneratedRegex("pH|系数|折射率|介电常数|因子|比值|比例|占比|指数|F1|AUC|mAP|IoU|R2|R²|准确|精确率|召回|概率|置信|PUE|COP|级别|等级|等于|评分|得分|分数|HRC|HRB|HB|HV|HS|SPF|Ra|Rz|ΔE|色差|目数|TRL|IP|信噪|密度|比重|重复性|RSD|水灰比|对数|长径比|料肉比|返料比|压缩比|配比|比[ ]?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Dimensionless();

    // 需要 asks at the beginning of a clause; behind a subject it says how long something takes.
    [GeneratedRegex("(?:希望|要求|^[ ]?需要|目标|指标要求)(?<between>[^。；;，,\n]{0,24})$", RegexOptions.CultureInvariant)]
    private static partial Regex JustAsked();

    [GeneratedRegex("达|到|至|不|高于|低于|以|超|大于|小于|少于|多于|≥|≤|>|<|控制|保持|稳定|提高|提升|降低|缩短|延长|减少|增加|增大|降|升|节|能在|能检|从|由|于|在|按|当|现|每|约|近|±|仅|只|各|将|把|建设|基地|规模|采用", RegexOptions.CultureInvariant)]
    private static partial Regex HasDirection();

    public static void Check(LintDraft draft, IReadOnlyList<LintText> texts, List<LintFinding> found)
    {
        var aimed = draft.Quantities.Count > 0;
        foreach (var text in texts.Where(t => t.Field is nameof(LintDraft.Title) or nameof(LintDraft.Summary) or nameof(LintDraft.Description)))
        {
            var figures = Quantities.Find(text.Folded);
            var taken = figures.SelectMany(f => Enumerable.Range(f.Start, f.Length)).ToHashSet();
            aimed |= figures.Any(figure => IsTarget(text, figure)) || Bound().Matches(text.Folded).Any(bound => IsBareTarget(text, bound, taken));
            WithoutUnit(text, figures, found);
            WithoutDirection(text, figures, found);
        }
        if (!aimed) found.Add(new LintFinding(LintRule.NoQuantity, nameof(LintDraft.Quantities), 0, 0, []));
        for (var i = 0; i < draft.Quantities.Count; i++)
        {
            var row = draft.Quantities[i];
            if (row.Unit.Length == 0 && row.Name.Length > 0 && !Dimensionless().IsMatch(row.Name))
                found.Add(new LintFinding(LintRule.NoUnit, $"{nameof(LintDraft.Quantities)}[{i}].Unit", 0, 0, [row.Name]));
        }
    }

    /// <summary>A figure of the subject that the sentence asks for or bounds, and not one of money or of the project's time.</summary>
    private static bool IsTarget(LintText text, FoundQuantity figure)
    {
        var unit = figure.Quantity.Unit;
        var start = text.SentenceStart(figure.Start);
        var before = text.Folded[start..figure.Start];
        if (unit is "元" or "万元" or "亿元" or "千元" && OfTheProject().IsMatch(before)) return false;
        if (unit is "年" or "个月" or "月" or "天" or "周" && (OfTheProject().IsMatch(before) || LintWording.ByWhen().IsMatch(text.Folded, Math.Max(0, figure.Start - 1)) && LintWording.ByWhen().Match(text.Folded, Math.Max(0, figure.Start - 1)).Index <= figure.Start)) return false;
        var asked = Last(Asks(), before);
        var told = Last(Tells(), before);
        if (asked > told) return true;
        return told < 0 && figure.Quantity.Comparison is Comparison.Ge or Comparison.Le or Comparison.Gt or Comparison.Lt;
    }

    /// <summary>A goal whose number the extractor leaves out, because it has no unit or is written like 1e-6.</summary>
    private static bool IsBareTarget(LintText text, Match bound, HashSet<int> taken)
    {
        var number = bound.Index + bound.Length - 1;
        if (taken.Contains(number)) return false;
        var before = text.Folded[text.SentenceStart(bound.Index)..number];
        var told = Last(Tells(), before);
        return told < 0 || Last(Asks(), before) > told;
    }

    private static int Last(Regex cue, string text) => cue.Matches(text) is { Count: > 0 } all ? all[^1].Index : -1;

    private static void WithoutUnit(LintText text, IReadOnlyList<FoundQuantity> figures, List<LintFinding> found)
    {
        int next = 0, end = 0;
        foreach (Match match in Bare().Matches(text.Folded))
        {
            var number = match.Groups["number"];
            // What stands before the number: the sentence, from the last figure with a unit on.
            while (next < figures.Count && figures[next].Start <= number.Index)
            {
                if (figures[next].Quantity.Unit.Length > 0) end = Math.Max(end, figures[next].Start + figures[next].Length);
                next++;
            }
            if (end > number.Index) continue;
            var from = Math.Min(match.Index, Math.Max(text.SentenceStart(match.Index), end));
            if (Dimensionless().IsMatch(text.Folded[from..match.Index])) continue;
            var mark = match.Groups["after"].Success || match.Groups["cue"].Value is [>= '\u4e00', ..] ? match.Index : number.Index;
            found.Add(text.Finding(LintRule.NoUnit, mark, match.Index + match.Length - mark));
        }
    }

    private static void WithoutDirection(LintText text, IReadOnlyList<FoundQuantity> figures, List<LintFinding> found)
    {
        var follows = -1;
        foreach (var figure in figures)
        {
            var quantity = figure.Quantity;
            var end = figure.Start + figure.Length;
            if (quantity.Comparison != Comparison.Eq || figure.Role != QuantityRole.Level || quantity.Unit.Length == 0 || quantity.Name.Length == 0) continue;
            if (quantity.Unit is "级" or "元" or "万元" or "亿元" || !EndsClause(text.Folded, end)) continue;
            var clause = text.ClauseStart(figure.Start);
            var before = text.Folded[clause..figure.Start];
            // 载重40 kg，续航时间25 min: the second clause goes on as the first began.
            var asked = JustAsked().Match(before) is { Success: true } match ? match.Groups["between"].Value : clause == follows ? before : null;
            if (asked is null || HasDirection().IsMatch(asked)) continue;
            found.Add(text.Finding(LintRule.NoDirection, figure.Start, figure.Length));
            follows = end + 1;
        }
    }

    private static bool EndsClause(string text, int at) => at >= text.Length || "。；;，,、)！!？?\n".Contains(text[at], StringComparison.Ordinal);
}
