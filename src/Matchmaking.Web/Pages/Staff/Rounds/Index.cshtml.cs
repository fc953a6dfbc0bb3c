using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Operations;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Staff.Rounds;

/// <summary>All rounds, latest first, with how many needs each has.</summary>
public sealed class IndexModel(MatchmakingDbContext db, LocalCalendar calendar) : PageModel
{
    private const int Most = 100;

    public IReadOnlyList<(CollectionRound Round, int Needs)> Rounds { get; private set; } = [];
    public DateOnly Today => calendar.Today;

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Rounds = (await db.CollectionRounds.AsNoTracking().OrderByDescending(r => r.Id).Take(Most).Select(r => new { Round = r, Needs = r.Entries.Count }).ToListAsync(cancellationToken)).ConvertAll(r => (r.Round, r.Needs));
}
