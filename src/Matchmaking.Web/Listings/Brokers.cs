using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Listings;

/// <summary>A broker with the work he has.</summary>
public sealed record BrokerLoad(int Id, string Name, string? Organization, int Needs, int Achievements);

/// <summary>The people in the broker's role, for assigning records to them.</summary>
public sealed class Brokers(MatchmakingDbContext db)
{
    /// <summary>Everybody in the role by name, with the published and expired records each is responsible for.</summary>
    public async Task<IReadOnlyList<BrokerLoad>> AllAsync(CancellationToken cancellationToken)
    {
        var people = await InRole().OrderBy(u => u.DisplayName).ThenBy(u => u.Id)
            .Select(u => new { u.Id, u.DisplayName, Organization = u.Organization == null ? null : u.Organization.Name }).ToListAsync(cancellationToken);
        var loads = await db.Listings.Where(l => l.BrokerId != null && ListingStates.InWork.Contains(l.State))
            .GroupBy(l => new { Broker = l.BrokerId!.Value, Need = l is Need }).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => (g.Key.Broker, g.Key.Need), g => g.Count, cancellationToken);
        return [.. people.Select(p => new BrokerLoad(p.Id, p.DisplayName, p.Organization, loads.GetValueOrDefault((p.Id, true)), loads.GetValueOrDefault((p.Id, false))))];
    }

    public Task<bool> IsBrokerAsync(int userId, CancellationToken cancellationToken) => InRole().AnyAsync(u => u.Id == userId, cancellationToken);

    private IQueryable<User> InRole() =>
        from user in db.Users
        join held in db.UserRoles on user.Id equals held.UserId
        join role in db.Roles on held.RoleId equals role.Id
        where role.Name == Roles.Broker
        select user;
}
