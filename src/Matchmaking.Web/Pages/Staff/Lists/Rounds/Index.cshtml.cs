using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Staff.Lists.Rounds;

public sealed class IndexModel(MatchmakingDbContext db) : PageModel
{
    public IReadOnlyList<ListRound> Rounds { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Rounds = await db.ListRounds.AsNoTracking().OrderByDescending(r => r.Year).ThenBy(r => r.Kind).ThenByDescending(r => r.Id).ToListAsync(cancellationToken);
}
