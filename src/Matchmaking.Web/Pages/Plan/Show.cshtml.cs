using Matchmaking.Matching.Plan;
using Matchmaking.Web.Display;
using Matchmaking.Web.Plan;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Plan;

public sealed class ShowModel(ReadPlan read, PlanWords words, LocalTime time) : PageModel
{
    public IndicatorHistory History { get; private set; } = null!;
    public CountingRule? Rule { get; private set; }

    /// <summary>The records behind the counted figure.</summary>
    public IReadOnlyList<CountedRow> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken cancellationToken)
    {
        if (PlanIndicators.Find(code) is not { } indicator) return NotFound();
        History = await read.HistoryAsync(indicator, time.Today, cancellationToken);
        Rule = CountingRules.Of(indicator.Code);
        if (Rule is not null && History.Standing.Counted is { } counted) Rows = await words.RowsAsync(Rule, counted.Rows, cancellationToken);
        return Page();
    }
}
