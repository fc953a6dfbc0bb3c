using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.AnnualLists;

/// <param name="SignedOn">Null while it is a draft.</param>
public sealed record OutcomeContract(int Id, ContractState State, DateOnly? SignedOn, DateOnly? RegisteredOn);

/// <summary>What became of an entry of a list since: its record's state, the introductions that were made for it and the contracts that came of it.</summary>
/// <param name="Cases">How many introductions stand at each stage, ended ones included.</param>
public sealed record EntryOutcome(ListFate Fate, IReadOnlyDictionary<CaseStage, int> Cases, IReadOnlyList<OutcomeContract> Contracts)
{
    public int Registered => Contracts.Count(c => c.State == ContractState.Registered);

    public DateOnly? LastRegistered => Contracts.Where(c => c.State == ContractState.Registered).Max(c => c.RegisteredOn);
}

/// <summary>Follows the entries of lists by what happens on the platform; nobody has to enter it. Three queries, however many entries.</summary>
public sealed class ReadOutcomes(MatchmakingDbContext db)
{
    /// <returns>One for each number, also for a record that is gone.</returns>
    public async Task<IReadOnlyDictionary<string, EntryOutcome>> OfAsync(AnnualListKind kind, IReadOnlyCollection<string> numbers, CancellationToken cancellationToken)
    {
        var found = await db.Listings.Where(l => numbers.Contains(l.Number!)).Select(l => new { l.Id, Number = l.Number!, l.State }).ToListAsync(cancellationToken);
        var ids = found.ConvertAll(l => l.Id);
        var isNeed = kind == AnnualListKind.KeyTechnologyNeeds;
        var cases = (await (isNeed ? db.Cases.Where(c => ids.Contains(c.NeedId)).GroupBy(c => new { Id = c.NeedId, c.Stage }) : db.Cases.Where(c => ids.Contains(c.AchievementId)).GroupBy(c => new { Id = c.AchievementId, c.Stage }))
            .Select(g => new { g.Key.Id, g.Key.Stage, Count = g.Count() }).ToListAsync(cancellationToken)).ToLookup(c => c.Id);
        var contracts = (isNeed
            ? await db.Contracts.Where(c => c.NeedId != null && ids.Contains(c.NeedId.Value)).Select(c => new { Of = c.NeedId!.Value, Contract = new OutcomeContract(c.Id, c.State, c.SignedOn, c.RegisteredOn) }).ToListAsync(cancellationToken)
            : await db.Contracts.SelectMany(c => c.Achievements.Where(a => ids.Contains(a.AchievementId)), (c, a) => new { Of = a.AchievementId, Contract = new OutcomeContract(c.Id, c.State, c.SignedOn, c.RegisteredOn) }).ToListAsync(cancellationToken))
            .ToLookup(c => c.Of, c => c.Contract);
        var outcomes = found.ToDictionary(l => l.Number, l => new EntryOutcome(ListFates.Of(l.State), cases[l.Id].OrderBy(c => c.Stage).ToDictionary(c => c.Stage, c => c.Count), [.. contracts[l.Id].OrderBy(c => c.Id)]));
        return numbers.Distinct().ToDictionary(n => n, n => outcomes.GetValueOrDefault(n) ?? new EntryOutcome(ListFates.Of(null), new Dictionary<CaseStage, int>(), []));
    }
}
