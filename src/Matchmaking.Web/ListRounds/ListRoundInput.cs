using System.Globalization;
using System.Text;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.ListRounds;

/// <summary>A round's plan as typed. Everything is text, so that what cannot be read comes back as it was.</summary>
public sealed class ListRoundInput
{
    public const int QuotaLines = 6;
    public string? Kind { get; set; }
    public string? Year { get; set; }
    public string? Text { get; set; }
    public Dictionary<string, string?> Dates { get; set; } = [];
    public string? Blind { get; set; }
    public string? Places { get; set; }
    public string? ExpertsPerEntry { get; set; }
    public string? LeastScores { get; set; }
    public string? AnswerDays { get; set; }
    public Dictionary<string, string?> Weights { get; set; } = [];
    public List<QuotaInput> Quotas { get; set; } = [];

    public sealed class QuotaInput
    {
        /// <summary>Field, Region or Horizon, then a colon and a code or an asterisk.</summary>
        public string? Part { get; set; }
        public string? Least { get; set; }
        public string? Most { get; set; }
    }

    public static ListRoundInput Of(ListRoundRules rules, string text) => new()
    {
        Text = text, Blind = rules.IsBlind ? "true" : "false", Places = Typed(rules.Places), ExpertsPerEntry = Typed(rules.ExpertsPerEntry), LeastScores = Typed(rules.LeastScores), AnswerDays = Typed(rules.AnswerDays),
        Weights = rules.Criteria.ToDictionary(c => c.Code, c => (string?)c.Weight.ToString("0.##", CultureInfo.InvariantCulture)),
        Quotas = [.. rules.Quotas.Select(q => new QuotaInput { Part = $"{q.Dimension}:{q.Value ?? "*"}", Least = q.Least is { } least ? Typed(least) : null, Most = q.Most is { } most ? Typed(most) : null })],
    };

    /// <summary>Every line and weight that the form shows.</summary>
    public void Fill()
    {
        while (Quotas.Count < QuotaLines) Quotas.Add(new QuotaInput());
        foreach (var code in Enum.GetValues<AnnualListKind>().SelectMany(ListRoundRules.CriteriaOf)) Weights.TryAdd(code, "");
        foreach (var date in Enum.GetNames<RoundDate>()) Dates.TryAdd(date, "");
    }

    /// <summary>The rules, or null with the complaints at their fields.</summary>
    public ListRoundRules? ReadRules(AnnualListKind kind, ModelStateDictionary state, IStringLocalizer<RoundsText> text, RoundsWords words)
    {
        int Number(string field, string? typed)
        {
            if (TryNumber(typed, out var number)) return number;
            state.AddModelError("Input." + field, string.IsNullOrWhiteSpace(typed) ? text["Number.Missing"] : text["Number.NotOne", Shown(typed)]);
            return 0;
        }

        var before = state.ErrorCount;
        var quotas = new List<ListQuota>();
        for (var i = 0; i < Quotas.Count; i++)
        {
            var line = Quotas[i];
            if (string.IsNullOrWhiteSpace(line.Part) && string.IsNullOrWhiteSpace(line.Least) && string.IsNullOrWhiteSpace(line.Most)) continue;
            var parts = (line.Part ?? "").Split(':');
            if (parts.Length != 2 || !Enum.TryParse<QuotaDimension>(parts[0], out var dimension) || !Enum.IsDefined(dimension) || (parts[1] != "*" && !CodesOf(dimension).Contains(parts[1])))
            {
                state.AddModelError($"Input.Quotas[{i}].Part", text["Quota.PartMissing"]);
                continue;
            }
            quotas.Add(new ListQuota(dimension, parts[1] == "*" ? null : parts[1],
                string.IsNullOrWhiteSpace(line.Least) ? null : Number($"Quotas[{i}].Least", line.Least), string.IsNullOrWhiteSpace(line.Most) ? null : Number($"Quotas[{i}].Most", line.Most)));
        }
        var criteria = new List<ListCriterion>();
        foreach (var code in ListRoundRules.CriteriaOf(kind))
        {
            if (decimal.TryParse(Weights.GetValueOrDefault(code)?.Trim().Normalize(NormalizationForm.FormKC), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)) criteria.Add(new ListCriterion(code, weight));
            else state.AddModelError($"Input.Weights[{code}]", text["Number.NotOne", Shown(Weights.GetValueOrDefault(code) ?? "")]);
        }
        var rules = new ListRoundRules
        {
            IsBlind = Blind != "false", Places = Number(nameof(Places), Places), ExpertsPerEntry = Number(nameof(ExpertsPerEntry), ExpertsPerEntry),
            LeastScores = Number(nameof(LeastScores), LeastScores), AnswerDays = Number(nameof(AnswerDays), AnswerDays), Criteria = criteria, Quotas = quotas,
        };
        if (state.ErrorCount > before) return null;
        foreach (var problem in rules.Check(kind))
        {
            var field = problem.Field switch { nameof(Quotas) => "Quotas[0].Part", nameof(ListRoundRules.Criteria) => $"Weights[{ListRoundRules.CriteriaOf(kind)[0]}]", var name => name };
            state.AddModelError("Input." + field, words.Problem(problem.Code, problem.Arguments));
        }
        return state.ErrorCount > before ? null : rules;
    }

    /// <summary>The days, or null with the complaints at their fields.</summary>
    public RoundCalendar? ReadCalendar(DateOnly today, ModelStateDictionary state, IStringLocalizer<RoundsText> text, RoundsWords words)
    {
        var before = state.ErrorCount;
        DateOnly Day(RoundDate date)
        {
            var typed = Dates.GetValueOrDefault(date.ToString());
            if (TryDay(typed, out var day)) return day;
            state.AddModelError($"Input.Dates[{date}]", string.IsNullOrWhiteSpace(typed) ? text["Day.Missing"] : text["Day.NotOne", Shown(typed)]);
            return default;
        }

        var calendar = new RoundCalendar(Day(RoundDate.CollectFrom), Day(RoundDate.CollectUntil), Day(RoundDate.ScoreUntil), Day(RoundDate.ReviewUntil), Day(RoundDate.NoticeUntil), Day(RoundDate.PublishOn));
        if (state.ErrorCount > before) return null;
        if (calendar.Check() is { } wrong) state.AddModelError($"Input.Dates[{wrong.Date}]", words.Problem(wrong.Code, wrong.Arguments));
        if (calendar.CollectUntil < today) state.AddModelError($"Input.Dates[{RoundDate.CollectUntil}]", words.Problem("DatePast", [calendar.CollectUntil]));
        return state.ErrorCount > before ? null : calendar;
    }

    public static IEnumerable<string> CodesOf(QuotaDimension dimension) => dimension switch
    {
        QuotaDimension.Field => Enum.GetNames<TechnologyField>(),
        QuotaDimension.Region => CodeLists.Regions,
        _ => Enum.GetNames<Horizon>(),
    };

    public static bool TryDay(string? typed, out DateOnly day) =>
        DateOnly.TryParseExact(typed?.Trim(), ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    public static bool TryNumber(string? typed, out int number) => int.TryParse(typed?.Trim().Normalize(NormalizationForm.FormKC), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>What was typed, no longer than a message can hold.</summary>
    public static string Shown(string typed) => typed.Length > 40 ? typed[..40] + "…" : typed;

    private static string Typed(int number) => number.ToString(CultureInfo.InvariantCulture);
}
