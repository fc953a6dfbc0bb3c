using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Brokerage;

/// <param name="UserId">The account that is asked.</param>
/// <param name="IsOfField">Registered for the need's field.</param>
public sealed record DiagnosisExpert(int UserId, string Name, bool IsOfField);

/// <summary>Who of the register of experts may look at which unmatched need. Whoever is bound to its owner is not asked.</summary>
public sealed class DiagnosisExperts(ExpertRegister register)
{
    /// <summary>For each need its possible experts, those of its field first, by name. One look into the register for all of them.</summary>
    public async Task<IReadOnlyDictionary<int, IReadOnlyList<DiagnosisExpert>>> ForAsync(IReadOnlyCollection<Need> needs, CancellationToken cancellationToken)
    {
        if (needs.Count == 0) return new Dictionary<int, IReadOnlyList<DiagnosisExpert>>();
        var experts = await register.CandidatesAsync(cancellationToken);
        return needs.ToDictionary(n => n.Id, n => For(n, experts));
    }

    private static IReadOnlyList<DiagnosisExpert> For(Need need, IReadOnlyList<ExpertCandidate> experts)
    {
        var entry = new EntryCandidate(need.Id, need.Field, need.OrganizationId, "", need.BrokerId is { } broker ? [need.AuthorId, broker] : [need.AuthorId]);
        return [.. experts.Where(e => ExpertAssignment.ConflictOf(e, entry) is null)
            .Select(e => new DiagnosisExpert(e.UserId, e.Name, need.Field is { } field && e.Fields.Contains(field)))
            .OrderByDescending(e => e.IsOfField).ThenBy(e => e.Name, StringComparer.Ordinal).ThenBy(e => e.UserId)];
    }
}
