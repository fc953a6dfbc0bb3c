using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Listings;

/// <summary>The checklists as they are now.</summary>
public sealed class Checklists(MatchmakingDbContext db)
{
    /// <summary>Items in use, in their order.</summary>
    public Task<List<ChecklistItem>> OfAsync(CheckStage stage, CancellationToken cancellationToken) =>
        db.ChecklistItems.AsNoTracking().Where(i => i.Stage == stage && !i.Retired).OrderBy(i => i.Position).ThenBy(i => i.Id).ToListAsync(cancellationToken);

    /// <summary>All items as ticked, and how many required ones are not.</summary>
    public async Task<(IReadOnlyList<CheckTick> Checks, int Missing)> ReadAsync(CheckStage stage, IReadOnlyCollection<int> ticked, CancellationToken cancellationToken)
    {
        var (ticks, missing) = Checklist.Read(await OfAsync(stage, cancellationToken), ticked);
        return (ticks, missing.Count);
    }

    /// <summary>Gives an empty database the platform's own items; once, so that a retired one stays away.</summary>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        if (await db.ChecklistItems.AnyAsync(cancellationToken)) return;
        var position = 0;
        foreach (var (stage, code, required) in ChecklistItem.BuiltIn) db.ChecklistItems.Add(ChecklistItem.OfPlatform(stage, code, required, position++));
        await db.SaveChangesAsync(cancellationToken);
    }
}
