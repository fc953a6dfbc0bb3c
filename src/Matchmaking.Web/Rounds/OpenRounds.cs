using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Rounds;

/// <summary>Rounds that take needs today.</summary>
public sealed class OpenRounds(MatchmakingDbContext db, LocalCalendar calendar)
{
    public Task<List<CollectionRound>> AllAsync(CancellationToken cancellationToken)
    {
        var today = calendar.Today;
        return db.CollectionRounds.AsNoTracking().Where(r => r.State == RoundState.Open && r.OpensOn <= today && r.ClosesOn >= today).OrderBy(r => r.ClosesOn).ThenBy(r => r.Id).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<CollectionRound>> ForAsync(Organization organization, CancellationToken cancellationToken) =>
        [.. (await AllAsync(cancellationToken)).Where(r => r.Reaches(organization))];
}
