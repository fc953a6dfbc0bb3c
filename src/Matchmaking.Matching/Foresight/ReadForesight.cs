using System.Text.Json;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Ranking;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Foresight;

/// <summary>The rows of figures as the platform has them today: public records only, eight queries whatever their number.</summary>
public sealed class ReadForesight(MatchmakingDbContext db)
{
    /// <summary>Probability of a grade of 3 or 4 from which an ungraded match counts as an answer.</summary>
    public const double Likely = 0.5;

    /// <summary>Of so many best candidates of a need it is read what they say to its figures.</summary>
    private const int Candidates = 10;

    private static readonly ListingState[] Ended = [ListingState.Contracted, ListingState.Solved, ListingState.Transformed];

    /// <param name="withVectors">Whether groups are wanted; the vectors are most of what is read.</param>
    public async Task<ForesightRows> RunAsync(bool withVectors, CancellationToken cancellationToken)
    {
        var needs = await db.Needs.AsNoTracking().Where(n => ListingStates.Public.Contains(n.State) && n.Number != null && n.PublishedAt != null)
            .Select(n => new { n.Id, Number = n.Number!, n.Title, n.Field, n.Industry, n.Region, n.Horizon, At = n.PublishedAt!.Value, n.State, n.Keywords }).ToListAsync(cancellationToken);
        var supply = await db.Achievements.AsNoTracking().Where(a => ListingStates.Public.Contains(a.State) && a.Number != null && a.PublishedAt != null)
            .Select(a => new { a.Id, Number = a.Number!, a.Title, a.Field, a.Industry, At = a.PublishedAt!.Value, a.State }).ToListAsync(cancellationToken);
        var good = await db.Matches.Where(m => ListingStates.Public.Contains(m.Need.State) && ListingStates.Public.Contains(m.Achievement.State) && (m.CurrentGrade >= Case.LowestGrade || (m.CurrentGrade == null && m.Probability >= Likely)))
            .Select(m => new { m.NeedId, m.AchievementId }).ToListAsync(cancellationToken);
        var (answered, asked) = (good.Select(g => g.NeedId).ToHashSet(), good.Select(g => g.AchievementId).ToHashSet());
        var vectors = withVectors ? await VectorsAsync(cancellationToken) : [];
        var numbers = needs.ToDictionary(n => n.Id, n => n.Number);
        return new ForesightRows(
            [.. needs.Select(n => new ForesightNeed(n.Id, n.Number, n.Title, n.Field, n.Industry, n.Region, n.Horizon, ProvinceTime.DayOf(n.At).Year, answered.Contains(n.Id) || Ended.Contains(n.State), n.Keywords, vectors.GetValueOrDefault(n.Id)))],
            [.. supply.Select(a => new ForesightSupply(a.Id, a.Number, a.Title, a.Field, a.Industry, ProvinceTime.DayOf(a.At).Year, asked.Contains(a.Id) || Ended.Contains(a.State)))],
            await DemandsAsync(numbers, supply.ToDictionary(a => a.Id, a => a.Number), cancellationToken), await DealsAsync(needs.ToDictionary(n => n.Id, n => (n.Number, ProvinceTime.DayOf(n.At))), cancellationToken),
            await DeclinesAsync(numbers, cancellationToken));
    }

    private async Task<Dictionary<int, float[]>> VectorsAsync(CancellationToken cancellationToken)
    {
        var rows = await db.ListingVectors.AsNoTracking().Join(db.Needs.Where(n => ListingStates.Public.Contains(n.State)), v => v.ListingId, n => n.Id, (v, n) => new { Vector = v, n.SearchVersion }).ToListAsync(cancellationToken);
        // Vectors of different models do not compare: the model that most rows are of counts.
        var model = rows.GroupBy(r => r.Vector.Model).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
        return rows.Select(r => (r.Vector.ListingId, Vectors: StoredVectors.Of(r.Vector, r.SearchVersion, model))).Where(r => r.Vectors is not null).ToDictionary(r => r.ListingId, r => r.Vectors!.Text);
    }

    /// <summary>What the ledgers of the best candidates say to each figure that an open need asks for.</summary>
    private async Task<IReadOnlyList<ForesightDemand>> DemandsAsync(Dictionary<int, string> needs, Dictionary<int, string> supply, CancellationToken cancellationToken)
    {
        var matches = await db.Matches.AsNoTracking().Where(m => m.Rank != null && m.Rank <= Candidates && ListingStates.Searchable.Contains(m.Need.State) && ListingStates.Public.Contains(m.Achievement.State))
            .OrderBy(m => m.NeedId).ThenBy(m => m.Rank).Select(m => new { m.NeedId, m.AchievementId, m.ReasonsJson }).ToListAsync(cancellationToken);
        var ledgers = matches.Where(m => m.ReasonsJson.Length > 2 && needs.ContainsKey(m.NeedId) && supply.ContainsKey(m.AchievementId))
            .SelectMany(m => (JsonSerializer.Deserialize<Explanation>(m.ReasonsJson, Revision.Json)?.Ledger ?? []).Select(row => (m.NeedId, m.AchievementId, Row: row)));
        var demands = ledgers.GroupBy(l => (l.NeedId, l.Row.Asked)).Where(g => g.Any(l => l.Row.Verdict != LedgerVerdict.Contradicted)).Select(g => new ForesightDemand(
            needs[g.Key.NeedId], g.Key.Asked, [.. g.Where(l => l.Row.Offered is not null).Select(l => (supply[l.AchievementId], l.Row.Offered!, l.Row.Verdict == LedgerVerdict.Met))])).ToList();
        // A need that was searched for and has no candidate asks as well, and nobody answers.
        var alone = await db.Needs.AsNoTracking().Where(n => ListingStates.Searchable.Contains(n.State) && n.Number != null && n.MatchedVersion >= n.SearchVersion && !db.Matches.Any(m => m.NeedId == n.Id && m.Rank != null && m.Rank <= Candidates))
            .Select(n => new { Number = n.Number!, n.Quantities }).ToListAsync(cancellationToken);
        return [.. demands, .. alone.SelectMany(n => n.Quantities.Select(q => new ForesightDemand(n.Number, q, [])))];
    }

    private async Task<IReadOnlyList<ForesightDeal>> DealsAsync(Dictionary<int, (string Number, DateOnly Published)> needs, CancellationToken cancellationToken)
    {
        var contracts = await db.Contracts.AsNoTracking().Where(c => c.NeedId != null && c.SignedOn != null && c.State != ContractState.Draft && c.State != ContractState.Cancelled)
            .Select(c => new { NeedId = c.NeedId!.Value, SignedOn = c.SignedOn!.Value }).ToListAsync(cancellationToken);
        return [.. contracts.Where(c => needs.ContainsKey(c.NeedId)).Select(c => new ForesightDeal(needs[c.NeedId].Number, Math.Max(0, c.SignedOn.DayNumber - needs[c.NeedId].Published.DayNumber)))];
    }

    private async Task<IReadOnlyList<(string, EndReason)>> DeclinesAsync(Dictionary<int, string> needs, CancellationToken cancellationToken)
    {
        var ended = await db.Cases.AsNoTracking().Where(c => c.Stage == CaseStage.Ended && c.EndReason != null).Select(c => new { c.NeedId, Reason = c.EndReason!.Value }).ToListAsync(cancellationToken);
        return [.. ended.Where(c => needs.ContainsKey(c.NeedId)).Select(c => (needs[c.NeedId], c.Reason))];
    }
}
