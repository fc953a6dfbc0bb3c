using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan;

/// <summary>Needs that are closed as solved, by a proof that staff accepted in the plan's years. A need counts once, by its first accepted proof.</summary>
public static class CountNeeds
{
    public static async Task<IReadOnlyList<CountedLine>?> SolvedAsync(MatchmakingDbContext db, DateOnly day, CancellationToken cancellationToken)
    {
        var first = ProvinceTime.At(PlanStatus.Start, 0);
        var until = ProvinceTime.At(day.AddDays(1), 0);
        var rows = await (
            from proof in db.SolutionProofs.AsNoTracking()
            join need in db.Needs on proof.NeedId equals need.Id
            where need.State == ListingState.Solved && proof.State == ProofState.Accepted && proof.DecidedAt >= first && proof.DecidedAt < until
            select new { need.Id, need.Number, need.Title, proof.DecidedAt }).ToListAsync(cancellationToken);
        // A solved need has a public page; whoever handed it in without his name is not named there.
        return [.. rows.GroupBy(r => r.Id).OrderBy(g => g.Key)
            .Select(g => new CountedLine(g.Key, g.First().Number ?? "", g.First().Title, ProvinceTime.DayOf(g.Min(r => r.DecidedAt!.Value)), 1m, null, IsPublic: true))];
    }
}
