using Matchmaking.Matching;
using Matchmaking.Matching.Plan;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>Daily: issues the bulletin of a quarter once the term for its reports is over, and any that was missed. Again, or killed anywhere, it issues it once.</summary>
public sealed class IssueBulletins(IssueBulletin issue, JobJournal journal, TimeProvider time, ILogger<IssueBulletins> log)
{
    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(IssueBulletins), async (report, cancellationToken) =>
    {
        var now = time.GetUtcNow();
        var issued = await issue.RunAsync(ProvinceTime.DayOf(now), now, cancellationToken);
        foreach (var bulletin in issued) log.LogInformation("Issued the bulletin of {Quarter}", bulletin.Quarter);
        await report(issued.Count, issued.Count);
    }, cancellationToken);
}
