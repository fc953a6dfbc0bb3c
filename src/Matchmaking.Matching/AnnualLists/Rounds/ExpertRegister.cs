using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <summary>Reads from the register and the records beside it what decides who may score what.</summary>
public sealed class ExpertRegister(MatchmakingDbContext db)
{
    /// <summary>Active experts, earliest first, with what they are bound to at this moment.</summary>
    public async Task<IReadOnlyList<ExpertCandidate>> CandidatesAsync(CancellationToken cancellationToken)
    {
        var experts = await db.Experts.AsNoTracking().Include(e => e.User).Where(e => e.IsActive && e.User.DeletedAt == null).OrderBy(e => e.Id).ToListAsync(cancellationToken);
        var organizations = experts.Select(e => e.User).Where(u => u.Membership == Membership.Member).Select(u => u.OrganizationId).OfType<int>().Distinct().ToList();
        var rows = await db.Contracts.AsNoTracking().Where(c => c.State != ContractState.Cancelled && c.Parties.Any(p => p.OrganizationId != null && organizations.Contains(p.OrganizationId.Value)))
            .Select(c => c.Parties.Select(p => p.OrganizationId).ToList()).ToListAsync(cancellationToken);
        var partners = new Dictionary<int, HashSet<int>>();
        foreach (var parties in rows.Select(r => r.OfType<int>().ToList()))
        {
            foreach (var one in parties)
            {
                if (!partners.TryGetValue(one, out var others)) partners[one] = others = [];
                others.UnionWith(parties.Where(p => p != one));
            }
        }
        return [.. experts.Select(e =>
        {
            var organization = e.User.Membership == Membership.Member ? e.User.OrganizationId : null;
            return new ExpertCandidate(e.Id, e.UserId, e.User.DisplayName, organization, e.IsFromFirm, e.Fields, e.CoAuthors, e.Conflicts,
                organization is { } own ? partners.GetValueOrDefault(own, []) : new HashSet<int>());
        })];
    }

    /// <summary>The entries that stand on a list, as far as it matters who may score them.</summary>
    public async Task<IReadOnlyList<EntryCandidate>> EntriesAsync(int listId, CancellationToken cancellationToken)
    {
        var entries = await db.AnnualListEntries.AsNoTracking().Include(e => e.Listing).Where(e => e.ListId == listId && e.State == AnnualListEntryState.In).OrderBy(e => e.Position).ToListAsync(cancellationToken);
        return [.. entries.Select(e => new EntryCandidate(e.Id, e.Listing.Field, e.Listing.OrganizationId, e.Listing is Achievement achievement ? achievement.Inventors : "",
            e.Listing.BrokerId is { } broker ? [e.Listing.AuthorId, broker] : [e.Listing.AuthorId]))];
    }

    /// <summary>Ids of staff accounts, who are told what a round waits for.</summary>
    public async Task<IReadOnlyList<int>> StaffAsync(CancellationToken cancellationToken) =>
        await (from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id where role.Name == Roles.Staff orderby held.UserId select held.UserId).ToListAsync(cancellationToken);
}
