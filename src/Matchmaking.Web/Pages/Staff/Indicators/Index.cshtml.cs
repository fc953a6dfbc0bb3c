using Matchmaking.Matching.Plan;
using Matchmaking.Web.Display;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Staff.Indicators;

public sealed class IndexModel(ReadPlan read, LocalTime time) : PageModel
{
    public IReadOnlyList<IndicatorStanding> All { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => All = await read.AllAsync(time.Today, cancellationToken);
}
