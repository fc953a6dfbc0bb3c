using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Collecting;

/// <summary>Submits a need to a round: the rules of both, the need's step and its place in the round in one transaction.</summary>
public sealed class SubmitToRound(MatchmakingDbContext db, TimeProvider clock)
{
    private const int Attempts = 10;

    /// <summary>States in which a need holds no place: it is with its owner again, or gone.</summary>
    private static readonly IReadOnlyList<ListingState> Free = [ListingState.Draft, ListingState.Returned, ListingState.Withdrawn, ListingState.Archived];

    /// <returns>Nothing when it is submitted. <see cref="DecisionOutcome.Changed"/>: the need is no draft any more, or was changed since it was read.</returns>
    public async Task<Decision> RunAsync(int roundId, int needId, int readVersion, FirmFigures figures, bool declared, int by, DateOnly today, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            var round = await db.CollectionRounds.SingleAsync(r => r.Id == roundId, cancellationToken);
            var need = await db.Needs.Include(n => n.Organization).SingleAsync(n => n.Id == needId, cancellationToken);
            if (need.Version != readVersion || !need.May(ListingAct.Submit)) return Decision.Of(DecisionOutcome.Changed);
            var problems = await CheckAsync(round, need, figures, declared, today, cancellationToken);
            if (problems.Count > 0) return new Decision(DecisionOutcome.Incomplete, problems);
            var at = clock.GetUtcNow();
            need.Submit(by, at, today);
            var earlier = await db.RoundEntries.SingleOrDefaultAsync(e => e.NeedId == needId, cancellationToken);
            if (earlier?.RoundId == roundId)
            {
                round.EnterAgain(earlier, figures, by, at);
            }
            else
            {
                // A need is in one round at a time: the last that it was submitted to.
                if (earlier is not null) db.RoundEntries.Remove(earlier);
                round.Enter(need, figures, by, at);
            }
            db.Audit(by, "listing.submit", PublishListing.Subject(need), at, $"round {roundId}");
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return Decision.Of(DecisionOutcome.Done);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Somebody else took a place or saved the need: look again.
                continue;
            }
        }
    }

    public async Task<IReadOnlyList<Problem>> CheckAsync(CollectionRound round, Need need, FirmFigures figures, bool declared, DateOnly today, CancellationToken cancellationToken)
    {
        var content = need.Content();
        return
        [
            .. ListingRules.CheckComplete(content, today), .. ListingRules.CheckAnonymity(content, need.Organization.Name), .. ListingRules.CheckContact(need.Contact, complete: true),
            .. RoundRules.Check(round, need.Organization, content, figures, declared, await PlacesAsync(round.Id, need, cancellationToken), today),
        ];
    }

    private async Task<RoundPlaces> PlacesAsync(int roundId, Need need, CancellationToken cancellationToken)
    {
        var held = db.RoundEntries.Where(e => e.RoundId == roundId && e.NeedId != need.Id && !Free.Contains(e.Need.State));
        return new RoundPlaces(
            await held.CountAsync(e => e.OrganizationId == need.OrganizationId, cancellationToken),
            need.Organization.OfficeId is { } office ? await held.CountAsync(e => e.Need.Organization.OfficeId == office, cancellationToken) : 0);
    }
}
