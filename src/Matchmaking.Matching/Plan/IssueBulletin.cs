using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan;

/// <summary>Makes the bulletin of a quarter from what is reported and counted, and keeps it.</summary>
public sealed class IssueBulletin(MatchmakingDbContext db, ReadPlan read)
{
    /// <summary>The 42 numbers as they stood on the quarter's last day, by the records of today.</summary>
    public async Task<BulletinDocument> DraftAsync(string quarter, DateOnly today, CancellationToken cancellationToken)
    {
        var lastDay = Quarters.LastDay(quarter) ?? throw new ArgumentException("No quarter.", nameof(quarter));
        var before = (await read.AllAsync(lastDay.AddDays(1).AddMonths(-3).AddDays(-1), cancellationToken)).ToDictionary(s => s.Indicator.Code, s => s.Value);
        var lines = (await read.AllAsync(lastDay, cancellationToken)).Select(s => new BulletinLine(s.Indicator.Code, s.Value, s.Origin, s.AsOf, s.Value - before[s.Indicator.Code], s.Indicator.Target, s.Status));
        return new BulletinDocument(quarter, 1, lastDay, today, null, null, [.. lines]);
    }

    /// <summary>
    /// Issues the bulletins that are missing, the oldest first: of each quarter of the plan whose term for reports is over, from the first that was issued here on. A platform without
    /// any begins with the last such quarter; of the ones before it knows nothing. One that comes late is made of the records of its day, which it names.
    /// </summary>
    public async Task<IReadOnlyList<PlanBulletin>> RunAsync(DateOnly today, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var until = PlanDesk.ReportedUntil(today);
        var over = Quarters.Ended(today).Where(q => Quarters.LastDay(q) <= until).Reverse().ToList();
        var there = await db.PlanBulletins.Select(b => b.Quarter).Distinct().ToListAsync(cancellationToken);
        var first = there.Min(StringComparer.Ordinal) ?? over.LastOrDefault();
        var issued = new List<PlanBulletin>();
        foreach (var quarter in over.Where(q => string.CompareOrdinal(q, first) >= 0).Except(there))
            if (await KeepAsync((await DraftAsync(quarter, today, cancellationToken)) with { IssuedAt = Whole(at) }, null, cancellationToken) is { } bulletin) issued.Add(bulletin);
        return issued;
    }

    /// <summary>Another edition of a bulletin from the records of today.</summary>
    /// <returns>Null when the quarter has no bulletin, or somebody else issued this edition meanwhile.</returns>
    public async Task<PlanBulletin?> CorrectAsync(string quarter, string reason, int by, DateOnly today, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var last = await db.PlanBulletins.Where(b => b.Quarter == quarter).MaxAsync(b => (int?)b.Edition, cancellationToken);
        if (last is null) return null;
        var draft = await DraftAsync(quarter, today, cancellationToken);
        return await KeepAsync(draft with { Edition = last.Value + 1, CorrectionReason = reason, IssuedAt = Whole(at) }, by, cancellationToken);
    }

    private async Task<PlanBulletin?> KeepAsync(BulletinDocument document, int? by, CancellationToken cancellationToken)
    {
        var bulletin = new PlanBulletin(document, by);
        db.PlanBulletins.Add(bulletin);
        db.Audit(by, "bulletin.issue", $"bulletin:{document.Quarter}", document.IssuedAt!.Value, $"{document.Edition} {bulletin.ContentHash}");
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            // Two at once: the index on quarter and edition let one in.
            if (!await db.PlanBulletins.AnyAsync(b => b.Quarter == document.Quarter && b.Edition == document.Edition, cancellationToken)) throw;
            return null;
        }
        return bulletin;
    }

    /// <summary>The frozen text must be what the database gives back: it keeps no fraction below this.</summary>
    private static DateTimeOffset Whole(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
