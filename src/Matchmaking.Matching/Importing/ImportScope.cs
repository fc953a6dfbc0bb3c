using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Importing;

/// <summary>What a person may import.</summary>
/// <param name="Kinds">Needs, achievements, or both.</param>
/// <param name="Own">The person's organisation when rows without a code are its; null for those who import for others.</param>
/// <param name="OrganizationId">The person's organisation, whoever the rows belong to.</param>
/// <param name="Organizations">Every organisation that a row may belong to.</param>
public sealed record Scope(IReadOnlyList<ListingKind> Kinds, Organization? Own, int? OrganizationId, IQueryable<Organization> Organizations);

/// <summary>The one place that says for which organisations a person may import. Asked when a file is shown and again when it is imported.</summary>
public sealed class ImportScope(MatchmakingDbContext db)
{
    /// <summary>Null for somebody who may import nothing.</summary>
    public async Task<Scope?> OfAsync(int userId, CancellationToken cancellationToken)
    {
        var person = await db.Users.AsNoTracking().Where(u => u.Id == userId).Select(u => new
        {
            Organization = u.Membership == Membership.Member ? u.Organization : null,
            Roles = db.UserRoles.Where(r => r.UserId == u.Id).Join(db.Roles, r => r.RoleId, r => r.Id, (_, r) => r.Name!).ToList(),
        }).SingleOrDefaultAsync(cancellationToken);
        if (person is null) return null;
        var organization = person.Organization;
        if (person.Roles.Contains(Roles.Staff)) return new Scope(Enum.GetValues<ListingKind>(), null, organization?.Id, db.Organizations.AsNoTracking());
        if (person.Roles.Contains(Roles.RecommendingOffice) && organization is not null) return new Scope(Enum.GetValues<ListingKind>(), null, organization.Id, MembersOf(organization));
        var kinds = new List<ListingKind>();
        if (person.Roles.Contains(Roles.EnterpriseMember)) kinds.Add(ListingKind.Need);
        if (person.Roles.Contains(Roles.Researcher)) kinds.Add(ListingKind.Achievement);
        if (kinds.Count == 0 || organization is null) return null;
        return new Scope(kinds, organization, organization.Id, db.Organizations.AsNoTracking().Where(o => o.Id == organization.Id));
    }

    /// <summary>The organisations whose records the office recommends.</summary>
    private IQueryable<Organization> MembersOf(Organization office) => db.Organizations.AsNoTracking().Where(o => o.OfficeId == office.Id);
}
