using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Brokerage;

/// <summary>Keeps the state of both records in step with their cases: in talks from the moment both sides are interested, until the last such case has ended.</summary>
public sealed class Talks(MatchmakingDbContext db)
{
    private static readonly CaseStage[] Talking = [CaseStage.BothInterested, CaseStage.Met, CaseStage.Negotiating];

    /// <summary>Called in the transaction of the act that may have changed the case's stage; the caller saves.</summary>
    public async Task FollowAsync(Case changed, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var by = changed.BrokerId ?? 0;
        foreach (var listing in new Listing[] { changed.Need, changed.Achievement })
        {
            if (Talking.Contains(changed.Stage))
            {
                if (listing.May(ListingAct.BeginTalks)) listing.BeginTalks(by, at);
            }
            else if (changed.Stage == CaseStage.Ended && listing.May(ListingAct.EndTalks)
                && !await db.Cases.AnyAsync(c => c.Id != changed.Id && (c.NeedId == listing.Id || c.AchievementId == listing.Id) && Talking.Contains(c.Stage), cancellationToken))
            {
                listing.EndTalks(by, at);
            }
        }
    }
}
