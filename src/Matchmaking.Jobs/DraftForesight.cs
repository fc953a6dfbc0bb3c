using Matchmaking.Matching;
using Matchmaking.Matching.Foresight;

namespace Matchmaking.Jobs;

/// <summary>Each year in November: the draft of the year's foresight report for all fields. On request: a report's figures of today. Twice gives the same.</summary>
public sealed class DraftForesight(DraftReport draft, JobJournal journal, TimeProvider time)
{
    public Task RunAsync(CancellationToken cancellationToken) => RunOneAsync(ProvinceTime.DayOf(time.GetUtcNow()).Year, ForesightReport.AllFields, null, cancellationToken);

    public Task RunOneAsync(int year, string scope, int? by, CancellationToken cancellationToken) => journal.RunAsync(nameof(DraftForesight), async (report, cancellationToken) =>
    {
        await draft.RunAsync(year, scope, by, cancellationToken);
        await report(1, 1);
    }, cancellationToken);
}
