using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Organizations;

/// <summary>Who belongs to which recommending office.</summary>
public sealed class OfficeMembers(MatchmakingDbContext db, TimeProvider clock)
{
    private const string Province = "220000";

    /// <summary>Verified offices by name.</summary>
    public Task<List<Organization>> OfficesAsync(CancellationToken cancellationToken) =>
        db.Organizations.AsNoTracking().Where(o => o.Kind == OrganizationKind.Office && o.State == OrganizationState.Verified).OrderBy(o => o.Name).ThenBy(o => o.Id).ToListAsync(cancellationToken);

    /// <summary>Kinds of organisations that have an office: those that post.</summary>
    public static IReadOnlyList<OrganizationKind> Kinds { get; } = [OrganizationKind.Enterprise, OrganizationKind.University, OrganizationKind.Institute];

    /// <summary>
    /// Whether an office may be chosen by an organisation of a region: an office of the same region, of the city that the county belongs to, or of the province.
    /// Staff may place it elsewhere.
    /// </summary>
    /// <param name="region">GB/T 2260: two digits for the province, two for the city, two for the county.</param>
    public static bool IsNear(Organization office, string region) =>
        office.Region == region || office.Region == Province || (office.Region.EndsWith("00", StringComparison.Ordinal) && region.Length == 6 && office.Region[..4] == region[..4]);

    /// <summary>A member chooses the office himself: before the organisation is verified, or while it has none. Afterwards only staff change it, so that nobody leaves out an office that sends his records back.</summary>
    public static bool MayChoose(Organization organization) => Kinds.Contains(organization.Kind) && (!organization.IsVerified || organization.OfficeId is null);

    /// <summary>The office of an id; null for what is none or is not verified.</summary>
    public Task<Organization?> FindAsync(int? officeId, CancellationToken cancellationToken) =>
        db.Organizations.SingleOrDefaultAsync(o => o.Id == officeId && o.Kind == OrganizationKind.Office && o.State == OrganizationState.Verified, cancellationToken);

    /// <summary>
    /// Puts an organisation under an office or, with null, under none. What waits at the former office goes along to the new one; with none it
    /// goes on to staff, else nobody would see it. False when there is no such organisation or it takes no office.
    /// </summary>
    public async Task<bool> PlaceAsync(int organizationId, Organization? office, int by, CancellationToken cancellationToken)
    {
        var organization = await db.Organizations.SingleOrDefaultAsync(o => o.Id == organizationId && o.Kind != OrganizationKind.Office, cancellationToken);
        if (organization is null) return false;
        if (organization.OfficeId == office?.Id) return true;
        await PutAsync([organization], office, by, cancellationToken);
        return true;
    }

    /// <summary>Puts all organisations of a region and kind that have no office yet under one; returns how many.</summary>
    public async Task<int> PlaceRegionAsync(string region, OrganizationKind kind, Organization office, int by, CancellationToken cancellationToken)
    {
        var organizations = await WithoutOffice(region, kind).ToListAsync(cancellationToken);
        await PutAsync(organizations, office, by, cancellationToken);
        return organizations.Count;
    }

    /// <summary>Staff pass a record on because its office does not; no checklist, the step names them.</summary>
    public async Task<Decision> ForwardInPlaceAsync(int listingId, int readVersion, int by, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var listing = await db.Listings.SingleAsync(l => l.Id == listingId, cancellationToken);
        if (listing.Version != readVersion || !listing.May(ListingAct.Forward)) return Decision.Of(DecisionOutcome.Changed);
        var at = clock.GetUtcNow();
        listing.Forward(null, by, at);
        db.Audit(by, "listing.forward", PublishListing.Subject(listing), at, "in place of the office");
        await db.TellOwnersAsync(listing, Notices.NoticeKind.ListingForwarded, at, cancellationToken, listing.Title);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return Decision.Of(DecisionOutcome.Done);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Decision.Of(DecisionOutcome.Changed);
        }
    }

    public IQueryable<Organization> WithoutOffice(string region, OrganizationKind kind) =>
        db.Organizations.Where(o => o.OfficeId == null && o.Region == region && o.Kind == kind && o.Kind != OrganizationKind.Office);

    private async Task PutAsync(List<Organization> organizations, Organization? office, int by, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        foreach (var organization in organizations)
        {
            organization.PlaceUnder(office);
            db.Audit(by, "organization.office", $"organization:{organization.Id}", at, office is null ? "none" : $"office {office.Id}");
            if (office is not null) continue;
            foreach (var waiting in await db.Listings.Where(l => l.OrganizationId == organization.Id && l.State == ListingState.AwaitingOffice).ToListAsync(cancellationToken))
            {
                waiting.Forward(null, by, at);
                db.Audit(by, "listing.forward", PublishListing.Subject(waiting), at);
            }
        }
        await db.SaveChangesAsync(cancellationToken);
    }
}
