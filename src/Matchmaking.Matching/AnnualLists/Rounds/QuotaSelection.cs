namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <summary>What became of an entry: a code that names a text.</summary>
public enum SelectionOutcome { ByScore, ByQuota, QuotaFull, BelowLine, TooFewScores }

public sealed record ScoredEntry(EligibleEntry Entry, int Scores, decimal Mean, decimal Adjusted);

/// <param name="Rank">From 1 among the entries with enough scores; null for the others.</param>
/// <param name="Quota">The quota that decided, for <see cref="SelectionOutcome.ByQuota"/> and <see cref="SelectionOutcome.QuotaFull"/>.</param>
public sealed record SelectedEntry(ScoredEntry Scored, int? Rank, SelectionOutcome Outcome, ListQuota? Quota)
{
    public bool IsIn => Outcome is SelectionOutcome.ByScore or SelectionOutcome.ByQuota;
}

/// <summary>
/// From scores to places; the same scores and rules give the same list, in whatever order they come. (1) Entries with fewer scores than the rules ask are out.
/// (2) The others stand by adjusted score, then by plain mean, then by number. (3) Quota by quota, as the rules list them, the best entries of each that has a
/// least number are taken until it is reached, as far as no most number forbids it. (4) The remaining places are filled from the top; an entry whose quota is full is passed
/// over. (5) Those taken stand on the list in the order of (2).
/// </summary>
public static class QuotaSelection
{
    public static IReadOnlyList<SelectedEntry> Make(ListRoundRules rules, IEnumerable<ScoredEntry> scored)
    {
        var all = scored.ToList();
        var ranked = all.Where(s => s.Scores >= rules.LeastScores)
            .OrderByDescending(s => s.Adjusted).ThenByDescending(s => s.Mean).ThenBy(s => s.Entry.Number, StringComparer.Ordinal).ToList();
        var taken = new Dictionary<ScoredEntry, ListQuota?>();

        ListQuota? Full(ScoredEntry candidate) => rules.Quotas.FirstOrDefault(quota => quota.Most is { } most && quota.Covers(candidate.Entry)
            && taken.Keys.Count(t => ListQuota.Of(quota.Dimension, t.Entry) == ListQuota.Of(quota.Dimension, candidate.Entry)) >= most);

        foreach (var quota in rules.Quotas.Where(q => q.Least is not null))
        {
            foreach (var candidate in ranked.Where(r => quota.Covers(r.Entry)))
            {
                if (taken.Count >= rules.Places || taken.Keys.Count(t => quota.Covers(t.Entry)) >= quota.Least) break;
                if (!taken.ContainsKey(candidate) && Full(candidate) is null) taken[candidate] = quota;
            }
        }
        var passed = new Dictionary<ScoredEntry, ListQuota>();
        foreach (var candidate in ranked.Where(r => !taken.ContainsKey(r)))
        {
            if (taken.Count >= rules.Places) break;
            if (Full(candidate) is { } full) passed[candidate] = full;
            else taken[candidate] = null;
        }

        var result = new List<SelectedEntry>();
        for (var i = 0; i < ranked.Count; i++)
        {
            var one = ranked[i];
            // Who stands high enough needs no quota, whichever step took him.
            var byScore = i < rules.Places;
            result.Add(taken.TryGetValue(one, out var quota)
                ? new SelectedEntry(one, i + 1, byScore || quota is null ? SelectionOutcome.ByScore : SelectionOutcome.ByQuota, byScore ? null : quota)
                : passed.TryGetValue(one, out var full) ? new SelectedEntry(one, i + 1, SelectionOutcome.QuotaFull, full) : new SelectedEntry(one, i + 1, SelectionOutcome.BelowLine, null));
        }
        result.AddRange(all.Where(s => s.Scores < rules.LeastScores).OrderBy(s => s.Entry.Number, StringComparer.Ordinal).Select(s => new SelectedEntry(s, null, SelectionOutcome.TooFewScores, null)));
        return result;
    }
}
