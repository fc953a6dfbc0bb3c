using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>Runs the proposal of a list over what is published now. The caller saves.</summary>
public sealed class ProposeEntries(MatchmakingDbContext db)
{
    /// <param name="list">Tracked, with its entries and their listings.</param>
    public async Task<Proposal> RunAsync(AnnualList list, int? by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var decided = list.Entries.Where(e => !e.IsByJob).ToList();
        var decidedIds = decided.Select(e => e.ListingId).ToHashSet();
        var heldIds = decided.Where(e => e.State == AnnualListEntryState.In).Select(e => e.ListingId).ToList();
        var fields = await db.Listings.AsNoTracking().Where(l => heldIds.Contains(l.Id)).Select(l => l.Field).ToListAsync(cancellationToken);
        var held = fields.OfType<TechnologyField>().CountBy(f => f).ToDictionary();
        var candidates = await CandidatesAsync(list.Kind, cancellationToken);
        var proposal = AnnualListProposal.Make(
            list.Kind, list.Rules, candidates.Where(c => !decidedIds.Contains(c.ListingId)), ProvinceTime.DayOf(at), held);
        list.Propose(proposal.Entries, by, at);
        db.Audit(by, "list.propose", $"list:{list.SerialNumber}", at, $"{proposal.Entries.Count} entries");
        return proposal;
    }

    private async Task<IReadOnlyList<ListCandidate>> CandidatesAsync(AnnualListKind kind, CancellationToken cancellationToken)
    {
        if (kind == AnnualListKind.KeyTechnologyNeeds)
        {
            var grades = await db.Matches.Where(m => m.CurrentGrade != null).GroupBy(m => m.NeedId)
                .Select(g => new { Id = g.Key, Best = g.Max(m => m.CurrentGrade) }).ToDictionaryAsync(g => g.Id, g => g.Best, cancellationToken);
            var needs = await db.Needs.AsNoTracking().Where(n => ListingStates.Searchable.Contains(n.State))
                .Select(n => new { n.Id, n.Number, n.PublishedRevision, n.State, n.ValidUntil, n.PublishedAt, n.Field, n.Quantities, n.Horizon, n.Deadline })
                .ToListAsync(cancellationToken);
            return [.. needs.Select(n => new ListCandidate(
                n.Id, n.Number!, n.PublishedRevision, n.State, n.ValidUntil, n.PublishedAt!.Value, n.Field, n.Quantities.Count, n.Horizon, n.Deadline, null, grades.GetValueOrDefault(n.Id)))];
        }
        var byAchievement = await db.Matches.Where(m => m.CurrentGrade != null).GroupBy(m => m.AchievementId)
            .Select(g => new { Id = g.Key, Best = g.Max(m => m.CurrentGrade) }).ToDictionaryAsync(g => g.Id, g => g.Best, cancellationToken);
        var achievements = await db.Achievements.AsNoTracking().Where(a => ListingStates.Searchable.Contains(a.State))
            .Select(a => new { a.Id, a.Number, a.PublishedRevision, a.State, a.ValidUntil, a.PublishedAt, a.Field, a.Quantities, a.Trl })
            .ToListAsync(cancellationToken);
        return [.. achievements.Select(a => new ListCandidate(
            a.Id, a.Number!, a.PublishedRevision, a.State, a.ValidUntil, a.PublishedAt!.Value, a.Field, a.Quantities.Count, null, null, a.Trl, byAchievement.GetValueOrDefault(a.Id)))];
    }
}
