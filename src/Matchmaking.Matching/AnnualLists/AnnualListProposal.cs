using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>What the rules look at in one listing.</summary>
/// <param name="Maturity">TRL of an achievement; null for needs or when not stated.</param>
/// <param name="Deadline">Deadline of a need.</param>
/// <param name="BestGrade">Best grade among the listing's matches that holds, 1 … 4; null when nothing was graded.</param>
public sealed record ListCandidate(
    int ListingId, string Number, int Revision, ListingState State, DateOnly? ValidUntil, DateTimeOffset PublishedAt,
    TechnologyField? Field, int Quantities, Horizon? Horizon, DateOnly? Deadline, int? Maturity, int? BestGrade);

/// <summary>Why an entry was proposed: a code that names a text, and its number (of quantities, the TRL, the grade, the place within the field).</summary>
public sealed record ProposalReason(string Code, int? Number = null);

public sealed record ProposedEntry(int ListingId, int Revision, IReadOnlyList<ProposalReason> Reasons);

/// <param name="LeftOut">How many listings each rule kept out, by the rule's code; a listing counts under the first rule that refused it.</param>
public sealed record Proposal(IReadOnlyList<ProposedEntry> Entries, IReadOnlyDictionary<string, int> LeftOut);

/// <summary>
/// Which listings the rules propose. Pure: the same candidates in any order give the same list.
/// Order: best grade (4 first, ungraded last), number of quantities (more first, at most 5 count), TRL (higher first), earlier publication, number.
/// Then from the top until the list is full; a field that has filled its share is passed over.
/// </summary>
public static class AnnualListProposal
{
    private const int QuantitiesThatCount = 5;

    /// <param name="held">Places staff have already filled, by field; they count against the size and the field's share.</param>
    public static Proposal Make(
        AnnualListKind kind, AnnualListRules rules, IEnumerable<ListCandidate> candidates, DateOnly today, IReadOnlyDictionary<TechnologyField, int> held)
    {
        var leftOut = new SortedDictionary<string, int>(StringComparer.Ordinal);
        void LeaveOut(string code) => leftOut[code] = leftOut.GetValueOrDefault(code) + 1;

        var fit = new List<ListCandidate>();
        foreach (var candidate in candidates)
        {
            if (WhyNot(kind, rules, candidate, today) is { } code) LeaveOut(code);
            else fit.Add(candidate);
        }

        var entries = new List<ProposedEntry>();
        var places = held.ToDictionary();
        var free = rules.Size - held.Values.Sum();
        foreach (var candidate in InOrder(fit))
        {
            var field = candidate.Field!.Value;
            var place = places.GetValueOrDefault(field) + 1;
            if (entries.Count >= free)
            {
                LeaveOut("ListFull");
            }
            else if (place > rules.FieldCap)
            {
                LeaveOut("FieldFull");
            }
            else
            {
                places[field] = place;
                entries.Add(new ProposedEntry(candidate.ListingId, candidate.Revision, Reasons(kind, rules, candidate, place)));
            }
        }
        return new Proposal(entries, leftOut);
    }

    /// <summary>The first rule that keeps the listing out, or null.</summary>
    public static string? WhyNot(AnnualListKind kind, AnnualListRules rules, ListCandidate candidate, DateOnly today)
    {
        if (!ListingStates.Searchable.Contains(candidate.State)) return "NotPublished";
        if (candidate.ValidUntil is null || candidate.ValidUntil < today) return "Expired";
        if (candidate.Field is null) return "NoField";
        if (candidate.Quantities < rules.MinQuantities) return "FewQuantities";
        if (kind == AnnualListKind.KeyTechnologyNeeds && rules.NeedsDeadline)
        {
            if (candidate.Horizon is null) return "NoHorizon";
            if (candidate.Deadline is null) return "NoDeadline";
            if (candidate.Deadline < today) return "DeadlinePassed";
        }
        if (kind == AnnualListKind.QualityAchievements && rules.LeastTrl is { } least)
        {
            if (candidate.Maturity is null) return "NoMaturity";
            if (candidate.Maturity < least) return "Immature";
        }
        if (rules.MinGrade is { } grade && (candidate.BestGrade ?? 0) < grade) return "LowGrade";
        return null;
    }

    private static IEnumerable<ListCandidate> InOrder(IEnumerable<ListCandidate> candidates) => candidates
        .OrderByDescending(c => c.BestGrade ?? 0)
        .ThenByDescending(c => Math.Min(c.Quantities, QuantitiesThatCount))
        .ThenByDescending(c => c.Maturity ?? 0)
        .ThenBy(c => c.PublishedAt)
        .ThenBy(c => c.Number, StringComparer.Ordinal);

    private static List<ProposalReason> Reasons(AnnualListKind kind, AnnualListRules rules, ListCandidate candidate, int place)
    {
        var reasons = new List<ProposalReason> { new("Quantities", candidate.Quantities) };
        if (kind == AnnualListKind.KeyTechnologyNeeds && rules.NeedsDeadline) reasons.Add(new("Deadline"));
        if (kind == AnnualListKind.QualityAchievements && candidate.Maturity is { } trl) reasons.Add(new("Maturity", trl));
        if (candidate.BestGrade is { } grade) reasons.Add(new("Grade", grade));
        reasons.Add(new("FieldPlace", place));
        return reasons;
    }
}
