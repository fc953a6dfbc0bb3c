using Matchmaking.Matching;
using Matchmaking.Matching.Plan;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>Daily: issues the bulletin of the last quarter once the term for its reports is over. Again, or killed anywhere, it issues it once.</summary>
public sealed class IssueBulletins(IssueBulletin issue, JobJournal journal, TimeProvider time, ILogger<IssueBulletins> log)
{
    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(IssueBulletins), async (report, cancellationToken) =>
    {
        var now = time.GetUtcNow();
        var bulletin = await issue.RunAsync(ProvinceTime.DayOf(now), now, cancellationToken);
        if (bulletin is not null) log.LogInformation("Issued the bulletin of {Quarter}", bulletin.Quarter);
        var issued = bulletin is null ? 0 : 1;
        await report(issued, issued);
    }, cancellationToken);
}
