using System.Globalization;
using Matchmaking.Matching.Plan;
using Matchmaking.Web.Display;
using Matchmaking.Web.Lists;
using Matchmaking.Web.Plan;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Plan;

/// <summary>The 42 numbers as a table for spreadsheets.</summary>
public sealed class ExportModel(ReadPlan read, PlanWords words, LocalTime time, IStringLocalizer<PlanText> text, Formatting format) : PageModel
{
    private static readonly string[] Columns =
        ["Code", "Indicator", "Unit", "Target", "Now", "Origin", "AsOf", "Percent", "Pace", "Status", "Due", "Departments", "Counted", "Reported", "Document", "Wording"];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var standings = await read.AllAsync(time.Today, cancellationToken);
        var file = CsvText.Write([.. Columns.Select(c => text["Column." + c].Value)], standings.Select(Row));
        return File(file, "text/csv; charset=utf-8", $"plan-{format.Date(time.Today)}.csv");
    }

    private string[] Row(IndicatorStanding standing)
    {
        var indicator = standing.Indicator;
        return
        [
            indicator.Code, words.Name(indicator), words.Unit(indicator), Number(indicator.Target), Number(standing.Value),
            text["Origin." + standing.Origin], Day(standing.AsOf), Number(standing.Done), Number(standing.Pace), text["Status." + standing.Status],
            format.Date(indicator.Due), format.List(indicator.Departments.Select(words.Department)), Number(standing.Counted?.Value),
            Number(standing.Reported?.Value), standing.Reported?.Source ?? "", indicator.Wording,
        ];
    }

    private static string Number(decimal? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";

    private string Day(DateOnly? day) => day is { } d ? format.Date(d) : "";
}
