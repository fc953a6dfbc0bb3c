using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Staff.Lists;

public sealed class IndexModel(MatchmakingDbContext db) : PageModel
{
    public IReadOnlyList<AnnualList> Lists { get; private set; } = [];
    public IReadOnlyDictionary<int, int> Entries { get; private set; } = new Dictionary<int, int>();

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Lists = await db.AnnualLists.AsNoTracking().OrderByDescending(l => l.Year).ThenBy(l => l.Kind).ToListAsync(cancellationToken);
        Entries = await db.AnnualListEntries.Where(e => e.State == AnnualListEntryState.In)
            .GroupBy(e => e.ListId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
    }
}
