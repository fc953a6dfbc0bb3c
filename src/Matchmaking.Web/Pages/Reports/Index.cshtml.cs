using Matchmaking.Matching.Data;
using Matchmaking.Matching.Foresight;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Reports;

public sealed class IndexModel(MatchmakingDbContext db) : PageModel
{
    /// <summary>The latest edition of each published report, the newest first.</summary>
    public IReadOnlyList<ForesightReport> Reports { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var all = await db.ForesightReports.AsNoTracking().Where(r => r.State == ForesightState.Published).ToListAsync(cancellationToken);
        Reports = [.. all.GroupBy(r => (r.Year, r.Scope)).Select(g => g.MaxBy(r => r.Edition)!).OrderByDescending(r => r.Year).ThenBy(r => r.Scope == ForesightReport.AllFields ? 0 : 1).ThenBy(r => r.Scope, StringComparer.Ordinal)];
    }
}
