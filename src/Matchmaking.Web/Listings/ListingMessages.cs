using System.Globalization;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Listings;

/// <summary>Problems in the reader's words: what stands there, what is wanted, an example.</summary>
public sealed class ListingMessages(IStringLocalizer<ListingsText> text, Formatting format)
{
    /// <param name="rows">The typed rows, so that a figure is called by its name; null outside forms.</param>
    public string Of(Problem problem, ListingKind kind, IReadOnlyList<QuantityInput>? rows = null) =>
        text["Problem." + problem.Code, [Label(problem.Field, kind, rows), .. problem.Arguments.Select(Printed)]];

    /// <summary>Name of a field; of a row's part: “能耗”的数值, or 第3行的数值 when the row has no name yet.</summary>
    public string Label(string field, ListingKind kind, IReadOnlyList<QuantityInput>? rows = null)
    {
        if (field.StartsWith("Quantities[", StringComparison.Ordinal))
        {
            var end = field.IndexOf(']', StringComparison.Ordinal);
            var index = int.Parse(field.AsSpan("Quantities[".Length, end - "Quantities[".Length), CultureInfo.InvariantCulture);
            var part = text["Label.Quantities." + field[(end + 2)..]];
            var name = rows is not null && index < rows.Count ? ListingRules.CleanLine(rows[index].Name) : "";
            return name.Length > 0 ? text["Label.RowNamed", name, part] : text["Label.RowNumber", index + 1, part];
        }
        var own = text[$"Label.{field}.{kind}"];
        return own.ResourceNotFound ? text["Label." + field] : own;
    }

    /// <summary>Puts the problems where form fields and the error summary look for them.</summary>
    public void AddTo(ModelStateDictionary state, IEnumerable<Problem> problems, ListingKind kind, IReadOnlyList<QuantityInput> rows)
    {
        foreach (var problem in problems) state.AddModelError($"{ListingInput.Prefix}.{problem.Field}", Of(problem, kind, rows));
    }

    private object Printed(object? argument) => argument switch
    {
        DateOnly day => format.Date(day),
        decimal number => format.Number(number),
        int number => format.Number(number),
        _ => argument ?? "",
    };
}
