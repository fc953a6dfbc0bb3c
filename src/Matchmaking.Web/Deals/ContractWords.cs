using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Deals;

/// <summary>Contracts in the reader's words: names of codes, problems at their fields, choices of forms.</summary>
public sealed class ContractWords(IStringLocalizer<DealsText> text, Formatting format)
{
    public string Code(Enum code) => text[$"{code.GetType().Name}.{code}"];

    public string Name<T>(T? code) where T : struct, Enum => code is { } value ? text[$"{typeof(T).Name}.{value}"] : format.Unstated;

    public string Names<T>(IEnumerable<T> codes) where T : struct, Enum => format.List(codes.Select(code => Name<T>(code)));

    /// <summary>A kind of contract by its stored name.</summary>
    public string Mode(string kind) => text["ContractKind." + kind];

    public IEnumerable<FieldChoice> Choices<T>() where T : struct, Enum => Enum.GetValues<T>().Select(value => new FieldChoice(value.ToString(), Name<T>(value)));

    /// <summary>Sub-kinds with their kind before them, because all stand in one list.</summary>
    public IEnumerable<FieldChoice> SubKinds => ContractKinds.SubKinds.SelectMany(pair => pair.Value.Select(sub => new FieldChoice(sub.ToString(), text["SubKind.Of", Name<ContractKind>(pair.Key), Name<ContractSubKind>(sub)])));

    public IEnumerable<FieldChoice> Natures => ContractKinds.Natures.Select(code => new FieldChoice(code, Nature(code)));

    public string Nature(string code) => code.Length == 0 ? format.Unstated : $"{code} {text["Nature." + code]}";

    /// <summary>The province's names for its own codes, the code itself for others.</summary>
    public string Region(string code) => code == ContractRules.Abroad ? text["Region.Abroad"] : code.Length == 0 ? format.Unstated : CodeLists.Regions.Contains(code) ? format.Region(code) : code;

    public StatusView Status(ContractState state) => new(
        state switch { ContractState.Registered => StatusKind.Good, ContractState.Signed => StatusKind.Warn, ContractState.Submitted => StatusKind.Live, ContractState.Cancelled => StatusKind.Bad, _ => StatusKind.None },
        Name<ContractState>(state));

    public string Money(decimal? amount) => amount is { } value ? format.Money(value) : format.Unstated;

    /// <summary>What an open licence costs: an amount once or yearly, or a share of sales.</summary>
    public string LicenceFee(OpenLicenceFee fee, decimal amount) => text[$"LicenceFee.{fee}", fee == OpenLicenceFee.Royalty ? format.Number(amount) : format.Money(amount)];

    public string Of(Problem problem) => text["Problem." + problem.Code, [Label(problem.Field), .. problem.Arguments.Select(Printed)]];

    /// <summary>Name of a field; of a row's part with the row's number.</summary>
    public string Label(string field)
    {
        if (field.IndexOf('[', StringComparison.Ordinal) is var open and >= 0)
        {
            var close = field.IndexOf(']', open);
            return text["Label.Row", text["Label." + field[..open]], int.Parse(field.AsSpan(open + 1, close - open - 1), System.Globalization.CultureInfo.InvariantCulture) + 1, text["Label." + field[..open] + field[(close + 1)..]]];
        }
        return text["Label." + field];
    }

    /// <param name="prefix">Of the form's fields: <c>Input.</c> on the form, nothing on the page of acts.</param>
    public void AddTo(ModelStateDictionary state, IEnumerable<Problem> problems, string prefix)
    {
        foreach (var problem in problems) state.AddModelError(prefix + problem.Field, Of(problem));
    }

    private object Printed(object? argument) => argument switch
    {
        DateOnly day => format.Date(day),
        decimal number => format.Number(number),
        int number => format.Number(number),
        _ => argument ?? "",
    };
}
