using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Collecting;

/// <summary>How far a round has come in one office; the office is null for organisations without one.</summary>
/// <param name="Asked">Organisations that were asked.</param>
/// <param name="Answered">Of these, organisations with a need in the round, whatever has become of it.</param>
/// <param name="Submitted">Needs in the round that left their owner.</param>
/// <param name="Forwarded">Of these, needs that are past the office.</param>
/// <param name="Published">Of these, needs that were published.</param>
public sealed record OfficeCount(int? OfficeId, string? Office, int Asked, int Answered, int Submitted, int Forwarded, int Published);

public sealed class RoundCounts(MatchmakingDbContext db)
{
    private static readonly IReadOnlyList<ListingState> WithOwner = [ListingState.Draft, ListingState.Returned, ListingState.Withdrawn];

    /// <summary>By office, those without one last.</summary>
    public async Task<IReadOnlyList<OfficeCount>> OfAsync(int roundId, CancellationToken cancellationToken)
    {
        var asked = await db.RoundCalls.Where(c => c.RoundId == roundId).GroupBy(c => c.Organization.OfficeId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        var needs = await db.RoundEntries.Where(e => e.RoundId == roundId)
            .Select(e => new { e.OrganizationId, e.Need.Organization.OfficeId, e.Need.State, Numbered = e.Need.Number != null }).ToListAsync(cancellationToken);
        var offices = asked.Select(a => a.Key).Concat(needs.Select(n => n.OfficeId)).Distinct().ToList();
        var names = await db.Organizations.Where(o => offices.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
        return [.. offices.OrderBy(o => o is null).ThenBy(o => o).Select(office =>
        {
            var own = needs.Where(n => n.OfficeId == office).ToList();
            var sent = own.Where(n => !WithOwner.Contains(n.State)).ToList();
            return new OfficeCount(office, office is { } id ? names.GetValueOrDefault(id) : null, asked.Where(a => a.Key == office).Sum(a => a.Count),
                own.Select(n => n.OrganizationId).Distinct().Count(), sent.Count, sent.Count(n => n.State != ListingState.AwaitingOffice), own.Count(n => n.Numbered));
        })];
    }
}
