using System.Text.Json;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.My;

/// <summary>Why my organisation's introductions came to nothing, month by month, in numbers.</summary>
public sealed class StatisticsModel(MatchmakingDbContext db, CurrentUser current) : PageModel
{
    private const int Months = 12;

    public IReadOnlyList<Month> Reports { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var organization = (await current.OrganizationAsync())?.Id;
        var rows = await db.DeclineReports.AsNoTracking().Where(r => r.OrganizationId == organization).OrderByDescending(r => r.Month).Take(Months).ToListAsync(cancellationToken);
        Reports = [.. rows.Select(r => new Month(r.Month, JsonSerializer.Deserialize<DeclineCounts>(r.CountsJson, Revision.Json)!))];
    }

    public sealed record Month(DateOnly First, DeclineCounts Counts);
}
