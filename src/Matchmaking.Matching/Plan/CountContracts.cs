using System.Text.Json;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan;

/// <summary>
/// What is counted from technology contracts: those that stand registered, with a day of registration from the plan's first day until the end of the day. A cancelled
/// contract, and one that is open for a change, does not count. A contract counts once in each indicator. 16-2 asks about a part of what 5-1 asks about, so the same
/// contract may stand in both, and its line says so; the two are never added up. Titles and parties are never public.
/// </summary>
public static class CountContracts
{
    public const string InProvince = "5-1";
    public const string Turnover = "5-2";
    public const string ToFirms = "16-2";

    /// <summary>Codes of regions in the province begin with it.</summary>
    public const string Province = "22";

    private static readonly ContractKind[] Transfers = [ContractKind.Assignment, ContractKind.Licence];

    /// <summary>成交额 of every registered contract.</summary>
    public static async Task<IReadOnlyList<CountedLine>?> TurnoverAsync(MatchmakingDbContext db, DateOnly day, CancellationToken cancellationToken)
    {
        var rows = await Registered(db, day).Select(c => new { c.Id, c.RegistrationNumber, c.Title, c.RegisteredOn, c.TotalAmount }).ToListAsync(cancellationToken);
        return rows.ConvertAll(c => new CountedLine(c.Id, c.RegistrationNumber ?? "", c.Title, c.RegisteredOn, c.TotalAmount ?? 0m, null, IsPublic: false));
    }

    /// <summary>Achievements go over by it: it assigns or licenses, or rests on an achievement of the platform; and a buyer lies in the province.</summary>
    public static async Task<IReadOnlyList<CountedLine>?> InProvinceAsync(MatchmakingDbContext db, DateOnly day, CancellationToken cancellationToken)
    {
        var toFirms = await ToFirmIdsAsync(db, day, cancellationToken);
        var rows = await InProvinceRows(db, day).Select(c => new { c.Id, c.RegistrationNumber, c.Title, c.RegisteredOn }).ToListAsync(cancellationToken);
        return rows.ConvertAll(c => new CountedLine(c.Id, c.RegistrationNumber ?? "", c.Title, c.RegisteredOn, 1m, null, IsPublic: false, toFirms.Contains(c.Id) ? ToFirms : ""));
    }

    /// <summary>Rests on an achievement of a university or institute (职务科技成果), and a buyer is a firm.</summary>
    public static async Task<IReadOnlyList<CountedLine>?> ToFirmsAsync(MatchmakingDbContext db, DateOnly day, CancellationToken cancellationToken)
    {
        var toFirms = await ToFirmIdsAsync(db, day, cancellationToken);
        var inProvince = (await InProvinceRows(db, day).Where(c => c.Achievements.Any()).Select(c => c.Id).ToListAsync(cancellationToken)).ToHashSet();
        var rows = await OnServiceAchievements(db, day).Select(c => new { c.Id, c.RegistrationNumber, c.Title, c.RegisteredOn }).ToListAsync(cancellationToken);
        return [.. rows.Where(c => toFirms.Contains(c.Id))
            .Select(c => new CountedLine(c.Id, c.RegistrationNumber ?? "", c.Title, c.RegisteredOn, 1m, null, IsPublic: false, inProvince.Contains(c.Id) ? InProvince : ""))];
    }

    /// <summary>性质代码 of firms, domestic ones and those with capital from outside.</summary>
    public static bool IsFirm(string nature) => nature is ['1' or '2' or '3', ..];

    private static IQueryable<Contract> Registered(MatchmakingDbContext db, DateOnly day) => db.Contracts.AsNoTracking()
        .Where(c => c.State == ContractState.Registered && c.RegisteredOn >= PlanStatus.Start && c.RegisteredOn <= day).OrderBy(c => c.Id);

    private static IQueryable<Contract> InProvinceRows(MatchmakingDbContext db, DateOnly day) => Registered(db, day)
        .Where(c => (Transfers.Contains(c.Kind!.Value) || c.Achievements.Any()) && c.Parties.Any(p => p.Side == ContractSide.Buyer && EF.Functions.Like(p.Region, Province + "%")));

    private static IQueryable<Contract> OnServiceAchievements(MatchmakingDbContext db, DateOnly day) => Registered(db, day)
        .Where(c => c.Achievements.Any(a => db.Achievements.Any(l => l.Id == a.AchievementId && (l.Organization.Kind == OrganizationKind.University || l.Organization.Kind == OrganizationKind.Institute))));

    private static async Task<HashSet<int>> ToFirmIdsAsync(MatchmakingDbContext db, DateOnly day, CancellationToken cancellationToken)
    {
        var rows = await OnServiceAchievements(db, day).Select(c => new { c.Id, c.ContentJson }).ToListAsync(cancellationToken);
        return [.. rows.Where(c => JsonSerializer.Deserialize<ContractContent>(c.ContentJson, Revision.Json)!.Of(ContractSide.Buyer).Any(p => IsFirm(p.Nature))).Select(c => c.Id)];
    }
}
