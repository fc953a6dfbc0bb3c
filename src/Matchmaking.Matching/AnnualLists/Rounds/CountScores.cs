using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <summary>From submitted sheets to results: totals, one scale for all experts, agreement, places. Reads only.</summary>
public sealed class CountScores(MatchmakingDbContext db)
{
    public async Task<RoundResults> RunAsync(ListRound round, CancellationToken cancellationToken)
    {
        var entries = await db.AnnualListEntries.AsNoTracking().Include(e => e.Listing).Where(e => e.ListId == round.ListId && e.State == AnnualListEntryState.In).OrderBy(e => e.Id).ToListAsync(cancellationToken);
        var ids = entries.Select(e => e.Id).ToHashSet();
        var sheets = await db.ScoreSheets.AsNoTracking().Include(s => s.Invitation).Where(s => s.RoundId == round.Id && s.State == ScoreSheetState.Submitted).OrderBy(s => s.Id).ToListAsync(cancellationToken);
        var eligible = entries.Select(e => new EligibleEntry(e.Id, e.Listing.Number!, e.Listing.Field?.ToString(), e.Listing.Region, (e.Listing as Need)?.Horizon?.ToString()));
        return Count(round.Rules, [.. eligible], [.. sheets.Where(s => ids.Contains(s.EntryId)).Select(s => (s.Invitation, s.EntryId, s.Scores))]);
    }

    /// <summary>Pure, so that it can be counted again from the same sheets.</summary>
    public static RoundResults Count(ListRoundRules rules, IReadOnlyList<EligibleEntry> entries, IReadOnlyList<(RoundInvitation Expert, int EntryId, IReadOnlyList<CriterionScore> Scores)> sheets)
    {
        var ratings = sheets.Select(s => new Rating(s.Expert.ExpertId, s.EntryId, rules.Total(s.Scores) ?? throw new InvalidOperationException("A submitted sheet is complete."))).ToList();
        var model = AdditiveModel.Fit(ratings);
        var adjusted = model.Entries.ToDictionary(e => e.Entry);
        var selected = QuotaSelection.Make(rules, entries.Select(e => adjusted.GetValueOrDefault(e.EntryId) is { } own ? new ScoredEntry(e, own.Ratings, own.Mean, own.Adjusted) : new ScoredEntry(e, 0, 0, 0)));
        var experts = sheets.Select(s => s.Expert).DistinctBy(e => e.ExpertId).ToDictionary(e => e.ExpertId);
        var kendall = Agreement.KendallW(ratings);
        return new RoundResults(RoundResults.Additive,
            [.. selected.Select(s => new EntryResult(s.Scored.Entry.EntryId, s.Scored.Scores, s.Scored.Mean, s.Scored.Adjusted, s.Rank, s.Outcome.ToString(), s.Quota))],
            [.. model.Experts.Select(e => new ExpertResult(experts[e.Expert].Alias, experts[e.Expert].IsFromFirm, e.Ratings, e.Effect, e.Group)).OrderBy(e => e.Alias, StringComparer.Ordinal)],
            model.Groups, Agreement.Icc(ratings), kendall?.W, kendall?.Experts,
            experts.Count == 0 ? null : decimal.Round(100m * experts.Values.Count(e => e.IsFromFirm) / experts.Count, 1));
    }
}
