using System.Globalization;
using System.Text.Json;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan;

/// <summary>
/// Makes the turnover of a day once more without looking at the contracts of today: which of them stood registered follows from the audit log, their words and amounts from
/// the version that was frozen at the registration. It has to be what was counted at the end of that day.
/// </summary>
public sealed class ReplayTurnover(MatchmakingDbContext db)
{
    private static readonly string[] Moves = ["contract.register", "contract.change", "contract.cancel"];

    public Task<IReadOnlyList<CountedLine>> LinesAsync(DateOnly day, CancellationToken cancellationToken) => LinesAsync(day, DateTimeOffset.MaxValue, cancellationToken);

    /// <param name="known">Only what was done until this moment.</param>
    public async Task<IReadOnlyList<CountedLine>> LinesAsync(DateOnly day, DateTimeOffset known, CancellationToken cancellationToken)
    {
        var until = ProvinceTime.At(day.AddDays(1), 0);
        var acts = await db.AuditEntries.AsNoTracking().Where(a => Moves.Contains(a.Action) && a.At < until && a.At <= known).OrderBy(a => a.Id)
            .Select(a => new { a.Subject, a.Action, a.Details, a.At }).ToListAsync(cancellationToken);
        var registered = new Dictionary<int, DateOnly>();
        foreach (var act in acts)
        {
            var id = int.Parse(act.Subject.AsSpan("contract:".Length), CultureInfo.InvariantCulture);
            if (act.Action == "contract.register") registered[id] = DayOf(act.Details) ?? ProvinceTime.DayOf(act.At);
            else registered.Remove(id);
        }
        var versions = (await db.ContractVersions.AsNoTracking().Where(v => v.Why == "registered" && v.At < until && v.At <= known)
            .Select(v => new { v.ContractId, v.Number, v.ContentJson, v.RegistrationNumber }).ToListAsync(cancellationToken)).ToLookup(v => v.ContractId);
        var lines = new List<CountedLine>();
        foreach (var (id, on) in registered.Where(r => r.Value >= PlanStatus.Start && r.Value <= day).OrderBy(r => r.Key))
        {
            if (versions[id].MaxBy(v => v.Number) is not { } version) continue;
            var content = JsonSerializer.Deserialize<ContractContent>(version.ContentJson, Revision.Json)!;
            lines.Add(new CountedLine(id, version.RegistrationNumber ?? "", content.Title, on, content.TotalAmount ?? 0m, null, IsPublic: false));
        }
        return lines;
    }

    /// <summary>Entries from before the log named the day of registration have none.</summary>
    private static DateOnly? DayOf(string details) =>
        details.Split(' ') is [_, var day] && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) ? on : null;
}
