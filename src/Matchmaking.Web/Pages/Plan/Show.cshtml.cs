using Matchmaking.Matching.Plan;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Plan;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Plan;

public sealed class ShowModel(ReadPlan read, ReadLines lines, PlanWords words, LocalTime time) : PageModel
{
    public IndicatorHistory History { get; private set; } = null!;
    public CountingRule? Rule { get; private set; }

    /// <summary>The records behind the counted figure.</summary>
    public IReadOnlyList<CountedRow> Rows { get; private set; } = [];

    /// <summary>The frozen rows of the count that is asked for; null where the few rows of the count are named themselves.</summary>
    public LinesOfCount? Lines { get; private set; }
    public PagerModel? Pages { get; private set; }

    /// <param name="day">A day whose count is opened; without one it is the last count.</param>
    public async Task<IActionResult> OnGetAsync(string code, DateOnly? day, [FromQuery(Name = "page")] int? page, CancellationToken cancellationToken)
    {
        if (PlanIndicators.Find(code) is not { } indicator) return NotFound();
        History = await read.HistoryAsync(indicator, time.Today, cancellationToken);
        Rule = CountingRules.Of(indicator.Code);
        if (Rule is { NamesRows: true } && History.Standing.Counted is { } counted) Rows = await words.RowsAsync(Rule, counted.Rows, cancellationToken);
        if (Rule is { NamesRows: false })
        {
            var asked = Math.Clamp(page ?? 1, 1, 10_000);
            Lines = await lines.AtAsync(indicator.Code, day ?? time.Today, publicOnly: true, asked, cancellationToken);
            if (Lines is not null) Pages = new PagerModel(asked, ReadLines.PageSize, Lines.Matching, n => $"/plan/{indicator.Code}?day={Lines.Count.Day:yyyy-MM-dd}&page={n}#source");
        }
        return Page();
    }
}
