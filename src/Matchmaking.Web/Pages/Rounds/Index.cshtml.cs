using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Operations;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Rounds;

/// <summary>Rounds that are open or will be, then the latest closed ones; public.</summary>
public sealed class IndexModel(MatchmakingDbContext db, LocalCalendar calendar) : PageModel
{
    private const int Most = 30;

    public IReadOnlyList<CollectionRound> Rounds { get; private set; } = [];
    public DateOnly Today => calendar.Today;

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Rounds = await db.CollectionRounds.AsNoTracking().Where(r => r.State != RoundState.Draft).OrderBy(r => r.State == RoundState.Open ? 0 : 1).ThenByDescending(r => r.ClosesOn).ThenBy(r => r.Id).Take(Most).ToListAsync(cancellationToken);
}
