using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <summary>What a list's round leaves behind, with numbers instead of experts' names; all scores that were counted, so that the model can be computed again.</summary>
public sealed class RoundScoreInputs(MatchmakingDbContext db) : IRoundInputs
{
    public async Task<RoundInputs?> ReadAsync(int listId, CancellationToken cancellationToken)
    {
        var round = await db.ListRounds.AsNoTracking().SingleOrDefaultAsync(r => r.ListId == listId && r.ComputedAt != null && r.Phase != ListRoundPhase.Cancelled, cancellationToken);
        if (round?.Results is not { } results) return null;
        var counted = results.Entries.Select(e => e.EntryId).ToList();
        var sheets = await db.ScoreSheets.AsNoTracking().Where(s => s.RoundId == round.Id && s.State == ScoreSheetState.Submitted && counted.Contains(s.EntryId))
            .Select(s => new { s.Invitation.Alias, Number = s.Entry.Listing.Number!, s.Scores }).ToListAsync(cancellationToken);
        var objections = await db.Objections.AsNoTracking().Where(o => o.RoundId == round.Id && (o.State == ObjectionState.Upheld || o.State == ObjectionState.Rejected))
            .Select(o => new { o.Serial, Number = o.Entry.Listing.Number!, o.State, o.DecidedAt }).ToListAsync(cancellationToken);
        return new RoundInputs(results.Method,
            [.. round.Rules.Criteria.Select(c => new CriterionInput(c.Code, c.Weight))],
            [.. sheets.OrderBy(s => s.Alias, StringComparer.Ordinal).ThenBy(s => s.Number, StringComparer.Ordinal)
                .SelectMany(s => round.Rules.Criteria.Select(c => new ScoreInput(s.Alias, s.Number, c.Code, s.Scores.Single(x => x.Code == c.Code).Value!.Value)))],
            [.. objections.OrderBy(o => o.Serial, StringComparer.Ordinal).Select(o => new ObjectionInput(o.Serial!, o.Number, o.State == ObjectionState.Upheld, ProvinceTime.DayOf(o.DecidedAt!.Value)))]);
    }
}
