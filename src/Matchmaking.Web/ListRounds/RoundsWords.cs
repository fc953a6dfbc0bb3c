using System.Globalization;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.ListRounds;

/// <summary>Rounds of the yearly lists in words: phases, days, quotas, outcomes, refusals.</summary>
public sealed class RoundsWords(IStringLocalizer<RoundsText> text, IStringLocalizer<ListsText> lists, Formatting format)
{
    public string Name(ListRound round) => lists["ListOfYear", lists["Kind." + round.Kind].Value, round.Year];

    public StatusView Phase(ListRoundPhase phase) => new(phase switch
    {
        ListRoundPhase.Published => StatusKind.Good,
        ListRoundPhase.Cancelled => StatusKind.None,
        ListRoundPhase.Planned => StatusKind.Neutral,
        _ => StatusKind.Live,
    }, text["Phase." + phase]);

    public string Quota(ListQuota quota)
    {
        var part = quota.Value is null ? text["Quota.Each." + quota.Dimension].Value : Value(quota.Dimension, quota.Value);
        return (quota.Least, quota.Most) switch
        {
            ({ } least, { } most) => text["Quota.Both", part, least, most],
            ({ } least, null) => text["Quota.Least", part, least],
            (_, var most) => text["Quota.Most", part, most ?? 0],
        };
    }

    public string Value(QuotaDimension dimension, string value) => dimension switch
    {
        QuotaDimension.Field => format.Field(value),
        QuotaDimension.Region => format.Region(value),
        _ => format.Name("Horizon", value),
    };

    public string Outcome(EntryResult result) => text["Outcome." + result.Outcome, result.Quota is { } quota ? Quota(quota) : ""];

    public string Refusal(ListRoundRefusedException refused) => text["Refused." + refused.Code, [.. refused.Arguments.Select(Printed)]];

    public string Problem(string code, IReadOnlyList<object?> arguments) => text["Refused." + code, [.. arguments.Select(Printed)]];

    /// <summary>A step's detail: days of a moved date, an expert's number, an objection's serial.</summary>
    public string Detail(ListRoundStep step)
    {
        var parts = (step.Detail ?? "").Split(' ');
        return step.Act == nameof(ListRoundAct.MoveDate) && parts.Length == 3 ? text["Moved", text["Date." + parts[0]].Value, parts[1], parts[2]] : step.Detail ?? "";
    }

    private object Printed(object? argument) => argument switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => format.DateAndTime(at),
        RoundDate date => text["Date." + date].Value,
        ListRoundPhase phase => text["Phase." + phase].Value,
        ListRoundAct act => text["Act." + act].Value,
        decimal number => format.Number(number),
        null => "",
        _ => argument,
    };
}
