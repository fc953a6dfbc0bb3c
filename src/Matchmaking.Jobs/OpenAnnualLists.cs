using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>
/// From the day in the calendar on, opens this year's lists if they are missing and proposes their entries. Daily; a list that is there,
/// whoever opened it, is left alone.
/// </summary>
public sealed class OpenAnnualLists(
    MatchmakingDbContext db, ProposeEntries propose, AnnualListOptions options, TimeProvider time, ILogger<OpenAnnualLists> log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = ProvinceTime.DayOf(now);
        if (today < options.OpenDayIn(today.Year)) return;
        foreach (var kind in Enum.GetValues<AnnualListKind>())
        {
            if (await IsThereAsync(kind, today.Year, cancellationToken)) continue;
            var list = new AnnualList(kind, today.Year, AnnualListRules.DefaultOf(kind), options.NoticeDays, null, now);
            db.AnnualLists.Add(list);
            db.Audit(null, "list.open", $"list:{list.SerialNumber}", now);
            var proposal = await propose.RunAsync(list, null, now, cancellationToken);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                log.LogInformation("Opened {List} with {Entries} proposed entries", list.SerialNumber, proposal.Entries.Count);
            }
            catch (DbUpdateException)
            {
                // The index on kind and year let somebody else's list in first; anything else is a failure.
                db.ChangeTracker.Clear();
                if (!await IsThereAsync(kind, today.Year, cancellationToken)) throw;
                log.LogInformation("{List} was opened by somebody else", list.SerialNumber);
            }
        }
    }

    private Task<bool> IsThereAsync(AnnualListKind kind, int year, CancellationToken cancellationToken) =>
        db.AnnualLists.AnyAsync(l => l.Kind == kind && l.Year == year, cancellationToken);
}
