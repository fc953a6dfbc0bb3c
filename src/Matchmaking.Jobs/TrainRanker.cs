using Matchmaking.Matching.Learning;
using Matchmaking.Matching.Operations;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>Learns a candidate from the grades (weekly and on request). It orders nothing until staff put it in use.</summary>
public sealed class TrainRanker(RankerTraining training, JobJournal journal, ILogger<TrainRanker> log)
{
    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(TrainRanker), async (report, cancellationToken) =>
    {
        try
        {
            if (await training.TrainAsync(cancellationToken) is { } model) log.LogInformation("Learned {Version} from {Grades} grades", model.Version, model.Grades);
            else log.LogInformation("No new grades to learn from");
        }
        catch (ArgumentException tooLittle)
        {
            log.LogInformation("Nothing learned: {Reason}", tooLittle.Message);
        }
        await report(1, 1);
    }, cancellationToken);
}

/// <summary>Measures the ranker in use on all grades, each night.</summary>
public sealed class EvaluateRanker(RankerTraining training, LocalCalendar calendar, JobJournal journal)
{
    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(EvaluateRanker), async (report, cancellationToken) =>
    {
        await training.EvaluateAsync(calendar.Today, cancellationToken);
        await report(1, 1);
    }, cancellationToken);
}
