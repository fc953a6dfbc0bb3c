using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Web.Display;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Lists;

public sealed class IndexModel(ReadAnnualLists read, MatchmakingDbContext db, LocalTime time) : PageModel
{
    public IReadOnlyList<AnnualList> Lists { get; private set; } = [];
    public IReadOnlyDictionary<int, int> Entries { get; private set; } = new Dictionary<int, int>();

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Lists = await read.AllPublicAsync(time.Today, cancellationToken);
        var ids = Lists.Select(l => l.Id).ToList();
        Entries = await db.AnnualListEntries.Where(e => ids.Contains(e.ListId) && e.State == AnnualListEntryState.In)
            .GroupBy(e => e.ListId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
    }
}
