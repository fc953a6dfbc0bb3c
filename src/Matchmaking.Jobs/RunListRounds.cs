using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>
/// Every quarter of an hour: moves the rounds of the yearly lists on by their calendars, invites and reminds experts, counts scores, starts notices. Beside it
/// <see cref="OpenAnnualLists"/> opens lists that have no round, <see cref="PublishAnnualLists"/> publishes both. One round's trouble does not hold up the others.
/// </summary>
public sealed class RunListRounds(MatchmakingDbContext db, AdvanceListRound advance, JobJournal journal, ILogger<RunListRounds> log)
{
    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(RunListRounds), async (report, cancellationToken) =>
    {
        var ids = await db.ListRounds.Where(r => r.Phase != ListRoundPhase.Published && r.Phase != ListRoundPhase.Cancelled).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(cancellationToken);
        var failures = new List<Exception>();
        var done = 0;
        foreach (var id in ids)
        {
            try
            {
                var steps = await advance.RunAsync(id, cancellationToken);
                if (steps > 0) log.LogInformation("Round {Round} took {Steps} steps", id, steps);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody was just at it; nothing of this step was written, and the next run looks again.
                log.LogInformation("Round {Round} changed meanwhile", id);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add(failure);
            }
            await report(++done, ids.Count);
        }
        if (failures.Count > 0) throw new AggregateException("Rounds could not be moved on.", failures);
    }, cancellationToken);
}
