using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan;

/// <summary>What is counted from registers of people. Who they are is no public matter; each counts once.</summary>
public static class CountPeople
{
    /// <summary>Brokers of the register with at least one training in the plan's years; the first one is the day.</summary>
    public static async Task<IReadOnlyList<CountedLine>?> BrokersTrainedAsync(MatchmakingDbContext db, DateOnly day, CancellationToken cancellationToken)
    {
        var trained = await db.BrokerProfiles.AsNoTracking()
            .Select(p => new { p.UserId, First = p.Trainings.Where(t => t.On >= PlanStatus.Start && t.On <= day).Min(t => (DateOnly?)t.On) })
            .Where(p => p.First != null).OrderBy(p => p.UserId).ToListAsync(cancellationToken);
        return trained.ConvertAll(p => new CountedLine(p.UserId, "", "", p.First, 1m, null, IsPublic: false));
    }

    /// <summary>Experts from firms who may be asked, registered until the end of the day.</summary>
    public static async Task<IReadOnlyList<CountedLine>?> FirmExpertsAsync(MatchmakingDbContext db, DateOnly day, CancellationToken cancellationToken)
    {
        var until = ProvinceTime.At(day.AddDays(1), 0);
        var experts = await db.Experts.AsNoTracking().Where(e => e.IsFromFirm && e.IsActive && e.AddedAt < until).OrderBy(e => e.Id).Select(e => new { e.Id, e.AddedAt }).ToListAsync(cancellationToken);
        return experts.ConvertAll(e => new CountedLine(e.Id, "", "", ProvinceTime.DayOf(e.AddedAt), 1m, null, IsPublic: false));
    }
}
