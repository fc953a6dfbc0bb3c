using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Brokerage;

/// <summary>A line of the register with workload and results.</summary>
/// <param name="Listings">Published and expired records he is responsible for.</param>
/// <param name="OpenCases">Introductions under way; <paramref name="Overdue"/> of them have run out of time.</param>
/// <param name="Signed">Introductions that reached the signature, registered and closed ones included.</param>
/// <param name="TrainingHours">Of all recorded trainings.</param>
public sealed record BrokerLine(
    int Id, string Name, int? OrganizationId, string? Organization, BrokerProfile? Profile, int Listings, int OpenCases, int Overdue, int Pushed, int Signed, int Grades, int TrainingHours);

/// <summary>The people in the broker's role with what the register knows of them.</summary>
public sealed class BrokerRegister(MatchmakingDbContext db, TimeProvider time)
{
    private static readonly CaseStage[] WithContract = [CaseStage.Signed, CaseStage.Registered, CaseStage.Closed];

    public async Task<IReadOnlyList<BrokerLine>> AllAsync(CancellationToken cancellationToken)
    {
        var today = time.Today();
        var people = await InRole().OrderBy(u => u.DisplayName).ThenBy(u => u.Id)
            .Select(u => new { u.Id, u.DisplayName, u.OrganizationId, Organization = u.Organization == null ? null : u.Organization.Name }).ToListAsync(cancellationToken);
        var profiles = await db.BrokerProfiles.AsNoTracking().Include(p => p.Trainings).Include(p => p.Conflicts).AsSingleQuery().ToDictionaryAsync(p => p.UserId, cancellationToken);
        var listings = await db.Listings.Where(l => l.BrokerId != null && ListingStates.InWork.Contains(l.State))
            .GroupBy(l => l.BrokerId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var cases = await db.Cases.Where(c => c.BrokerId != null).GroupBy(c => c.BrokerId!.Value).Select(g => new
        {
            g.Key, Open = g.Count(c => c.Stage != CaseStage.Closed && c.Stage != CaseStage.Ended), Overdue = g.Count(c => c.Stage != CaseStage.Closed && c.Stage != CaseStage.Ended && c.DueOn < today),
            Pushed = g.Count(c => c.PushedAt != null), Signed = g.Count(c => WithContract.Contains(c.Stage)),
        }).ToDictionaryAsync(g => g.Key, cancellationToken);
        var grades = await db.Grades.Where(g => g.UndoneAt == null).GroupBy(g => g.GraderId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        return [.. people.Select(p =>
        {
            var own = cases.GetValueOrDefault(p.Id);
            var profile = profiles.GetValueOrDefault(p.Id);
            return new BrokerLine(p.Id, p.DisplayName, p.OrganizationId, p.Organization, profile, listings.GetValueOrDefault(p.Id), own?.Open ?? 0, own?.Overdue ?? 0, own?.Pushed ?? 0, own?.Signed ?? 0,
                grades.GetValueOrDefault(p.Id), profile?.Trainings.Sum(t => t.Hours) ?? 0);
        })];
    }

    /// <summary>The lines of the register as candidates for records of these organisations; of others it is not asked who has been a partner.</summary>
    public async Task<IReadOnlyList<BrokerCandidate>> CandidatesAsync(IReadOnlyList<BrokerLine> brokers, IReadOnlyCollection<int> organizations, CancellationToken cancellationToken)
    {
        var today = time.Today();
        var partners = (await db.CaseParties.Where(p => organizations.Contains(p.OrganizationId) && p.Case.BrokerId != null && WithContract.Contains(p.Case.Stage)).Select(p => new { Broker = p.Case.BrokerId!.Value, p.OrganizationId }).Distinct().ToListAsync(cancellationToken))
            .ToLookup(p => p.Broker, p => p.OrganizationId);
        return [.. brokers.Select(b => new BrokerCandidate(b.Id, b.Name, b.OrganizationId, b.Profile?.Fields ?? [], b.Profile?.Regions ?? [], b.OpenCases + b.Listings,
            b.Profile?.IsAway(today) ?? false, [.. b.Profile?.Conflicts.Select(c => c.OrganizationId) ?? []], [.. partners[b.Id]]))];
    }

    public Task<bool> IsBrokerAsync(int userId, CancellationToken cancellationToken) => InRole().AnyAsync(u => u.Id == userId, cancellationToken);

    private IQueryable<User> InRole() =>
        from user in db.Users
        join held in db.UserRoles on user.Id equals held.UserId
        join role in db.Roles on held.RoleId equals role.Id
        where role.Name == Roles.Broker
        select user;
}
