using System.Globalization;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Lists;

/// <summary>The rules of a list as typed. Everything is text, so that what cannot be read comes back as it was.</summary>
public sealed class RulesInput
{
    public string? Size { get; set; }
    public string? MinQuantities { get; set; }
    public string? FieldSharePercent { get; set; }
    public string? LeastTrl { get; set; }
    public string? MinGrade { get; set; }
    public string? NeedsDeadline { get; set; }
    public string? NoticeDays { get; set; }

    public static RulesInput Of(AnnualListRules rules, int noticeDays) => new()
    {
        Size = Text(rules.Size),
        MinQuantities = Text(rules.MinQuantities),
        FieldSharePercent = Text(rules.FieldSharePercent),
        LeastTrl = Text(rules.LeastTrl),
        MinGrade = Text(rules.MinGrade),
        NeedsDeadline = rules.NeedsDeadline ? "true" : "false",
        NoticeDays = Text(noticeDays),
    };

    /// <summary>The rules, or null with the complaints at their fields.</summary>
    public (AnnualListRules Rules, int NoticeDays)? Read(ModelStateDictionary state, IStringLocalizer<ListsText> text, string prefix)
    {
        int Number(string name, string? typed)
        {
            if (TryNumber(typed, out var number)) return number;
            state.AddModelError(prefix + name, string.IsNullOrWhiteSpace(typed) ? text["Number.Missing"] : text["Number.NotOne", Shown(typed)]);
            return 0;
        }

        var errors = state.ErrorCount;
        var rules = new AnnualListRules
        {
            Size = Number(nameof(Size), Size),
            MinQuantities = Number(nameof(MinQuantities), MinQuantities),
            FieldSharePercent = Number(nameof(FieldSharePercent), FieldSharePercent),
            LeastTrl = string.IsNullOrWhiteSpace(LeastTrl) ? null : Number(nameof(LeastTrl), LeastTrl),
            MinGrade = string.IsNullOrWhiteSpace(MinGrade) ? null : Number(nameof(MinGrade), MinGrade),
            NeedsDeadline = NeedsDeadline == "true",
        };
        var days = Number(nameof(NoticeDays), NoticeDays);
        if (state.ErrorCount > errors) return null;
        foreach (var problem in rules.Check()) state.AddModelError(prefix + problem.Field, text["Refused." + problem.Code, problem.Arguments]);
        if (days is < AnnualList.ShortestNoticeDays or > AnnualList.LongestNoticeDays)
            state.AddModelError(prefix + nameof(NoticeDays), text["Refused.NoticeLength", days, AnnualList.ShortestNoticeDays, AnnualList.LongestNoticeDays]);
        return state.ErrorCount > errors ? null : (rules, days);
    }

    internal static bool TryNumber(string? typed, out int number) =>
        int.TryParse(typed?.Trim().Normalize(System.Text.NormalizationForm.FormKC), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    /// <summary>At most so much of what was typed is quoted back.</summary>
    internal static string Shown(string typed) => typed.Length > 40 ? typed[..40] + "…" : typed;

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
