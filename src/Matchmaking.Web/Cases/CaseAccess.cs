using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Display;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Cases;

/// <summary>Whose case it is. A refusal is answered like a case that does not exist.</summary>
public sealed class CaseAccess(MatchmakingDbContext db, Introductions introductions, CurrentUser current, LocalTime time)
{
    /// <summary>The cases a broker works on: his own, those of brokers for whom he stands in today, and requests that nobody has taken.</summary>
    public IQueryable<Case> OfBroker(IQueryable<Case> cases)
    {
        var (me, today) = (current.Id ?? 0, time.Today);
        return cases.Where(c => c.BrokerId == me || (c.BrokerId == null && c.Stage == CaseStage.Recommended)
            || db.BrokerProfiles.Any(p => p.UserId == c.BrokerId && p.StandInId == me && p.AwayFrom <= today && p.AwayUntil >= today));
    }

    /// <summary>The cases of a side that this person acts for and that have reached it.</summary>
    public async Task<IQueryable<Case>> OfSidesAsync(IQueryable<Case> cases)
    {
        var (organization, sides) = await SidesAsync();
        return cases.Where(c => c.Parties.Any(p => p.OrganizationId == organization && sides.Contains(p.Side) && (c.PushedAt != null || c.AskedBy == p.Side)));
    }

    public Task<Case?> FindForBrokerAsync(int id, CancellationToken cancellationToken) => OfBroker(introductions.Whole().Where(c => c.Id == id)).SingleOrDefaultAsync(cancellationToken);

    public async Task<(Case Case, CaseSide Side)?> FindForSideAsync(int id, CancellationToken cancellationToken)
    {
        var (organization, sides) = await SidesAsync();
        var found = await (await OfSidesAsync(introductions.Whole().Where(c => c.Id == id))).SingleOrDefaultAsync(cancellationToken);
        if (found is null) return null;
        // One organisation is never on both sides.
        return (found, found.Parties.Single(p => p.OrganizationId == organization && sides.Contains(p.Side)).Side);
    }

    /// <summary>Whether this person, as broker or for one of the sides, takes part; null for neither.</summary>
    public async Task<CaseReader?> ReaderAsync(int id, CancellationToken cancellationToken)
    {
        if (current.Principal.IsInRole(Roles.Broker) && await FindForBrokerAsync(id, cancellationToken) is { } own) return new CaseReader(own, null);
        return await FindForSideAsync(id, cancellationToken) is { } side ? new CaseReader(side.Case, side.Side) : null;
    }

    private async Task<(int Organization, IReadOnlyList<CaseSide> Sides)> SidesAsync()
    {
        var sides = new List<CaseSide>();
        if (current.Principal.IsInRole(Roles.EnterpriseMember)) sides.Add(CaseSide.Need);
        if (current.Principal.IsInRole(Roles.Researcher)) sides.Add(CaseSide.Achievement);
        return ((await current.OrganizationAsync())?.Id ?? 0, sides);
    }
}

/// <param name="Side">Null for the broker.</param>
public sealed record CaseReader(Case Case, CaseSide? Side);

public static class CaseSides
{
    public static Listing Listing(this Case of, CaseSide side) => side == CaseSide.Need ? of.Need : of.Achievement;

    /// <summary>Whether the side is to be shown without its name: it came in so, or its record has become so.</summary>
    public static bool IsAnonymous(this Case of, CaseSide side) => of.Party(side).IsAnonymous || of.Listing(side).IsAnonymous;
}
