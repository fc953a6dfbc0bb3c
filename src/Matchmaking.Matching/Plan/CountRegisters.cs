using Matchmaking.Matching.Data;
using Matchmaking.Matching.Plan.Registers;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan;

/// <summary>What is counted from the registers of secondments and events; withdrawn entries do not count.</summary>
public static class CountRegisters
{
    /// <summary>People sent to firms since the plan began; who is sent again, or to a second firm, counts once.</summary>
    public static async Task<IReadOnlyList<CountedLine>?> SecondedAsync(MatchmakingDbContext db, DateOnly day, CancellationToken cancellationToken)
    {
        var entries = await Standing(db, RegisterKind.Secondments, day).ToListAsync(cancellationToken);
        // The name of a person is not kept with the figure.
        return [.. entries.GroupBy(e => (e.Name, e.Organization)).Select(g => g.OrderBy(e => e.FirstDay).ThenBy(e => e.Id).First()).OrderBy(e => e.Id)
            .Select(e => new CountedLine(e.Id, "", "", e.FirstDay, 1m, null, IsPublic: false))];
    }

    public static async Task<IReadOnlyList<CountedLine>?> EventsAsync(MatchmakingDbContext db, DateOnly day, CancellationToken cancellationToken)
    {
        var entries = await Standing(db, RegisterKind.Events, day).ToListAsync(cancellationToken);
        return entries.ConvertAll(e => new CountedLine(e.Id, "", $"{e.Name}（{e.Organization}）", e.FirstDay, 1m, null, IsPublic: true));
    }

    private static IQueryable<RegisterEntry> Standing(MatchmakingDbContext db, RegisterKind kind, DateOnly day) => db.RegisterEntries.AsNoTracking()
        .Where(e => e.Kind == kind && e.WithdrawnAt == null && e.FirstDay >= PlanStatus.Start && e.FirstDay <= day).OrderBy(e => e.Id);
}
