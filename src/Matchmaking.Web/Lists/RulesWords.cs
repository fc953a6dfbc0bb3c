using Matchmaking.Matching.AnnualLists;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Lists;

/// <summary>Rules and reasons of a list in words.</summary>
public static class RulesWords
{
    public static IEnumerable<string> RulesOf(this IStringLocalizer<ListsText> text, AnnualListKind kind, AnnualListRules rules)
    {
        yield return text["Rule.Published"];
        yield return text["Rule.Quantities", rules.MinQuantities];
        if (kind == AnnualListKind.KeyTechnologyNeeds && rules.NeedsDeadline) yield return text["Rule.Deadline"];
        if (kind == AnnualListKind.QualityAchievements && rules.LeastTrl is { } trl) yield return text["Rule.Trl", trl];
        if (rules.MinGrade is { } grade) yield return text["Rule.Grade", grade];
        yield return text["Rule.Share", rules.FieldSharePercent, rules.FieldCap];
        yield return text["Rule.Size", rules.Size];
        yield return text["Rule.Order"];
    }

    public static string ReasonOf(this IStringLocalizer<ListsText> text, ProposalReason reason) => text["Reason." + reason.Code, reason.Number ?? 0];

    /// <summary>Why an entry was taken off: a code of the platform's own, otherwise what somebody wrote.</summary>
    public static string DroppedFor(this IStringLocalizer<ListsText> text, AnnualListEntry entry) =>
        entry.ById is null && text["Dropped." + entry.Reason] is { ResourceNotFound: false } own ? own.Value : text.RemarkOf(entry.Reason);

    /// <summary>A reason as written; of an entry that an objection took off the words with the objection's number.</summary>
    public static string RemarkOf(this IStringLocalizer<ListsText> text, string? remark) =>
        remark?.StartsWith(AnnualList.UpheldPrefix, StringComparison.Ordinal) == true ? text["Dropped.Upheld", remark[AnnualList.UpheldPrefix.Length..]] : remark ?? "";
}
