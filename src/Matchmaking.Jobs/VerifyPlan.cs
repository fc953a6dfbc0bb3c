using Matchmaking.Matching.Plan;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>Daily: every frozen figure of the plan against its rows, the audit log and its hash. A fault fails the run, which everybody sees on the status page, and is logged.</summary>
public sealed class VerifyPlan(VerifyFigures verify, JobJournal journal, ILogger<VerifyPlan> log)
{
    private const int Named = 10;

    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(VerifyPlan), async (report, cancellationToken) =>
    {
        var wrong = await verify.RunAsync(cancellationToken);
        foreach (var figure in wrong) log.LogError("A frozen figure of the plan does not hold: {Fault}, {Figure}", figure.Fault, figure.What);
        if (wrong.Count > 0) throw new PlanFigureChangedException($"Frozen figures of the plan do not hold ({wrong.Count}): {string.Join("; ", wrong.Take(Named).Select(w => $"{w.Fault} {w.What}"))}.");
        await report(1, 1);
    }, cancellationToken);
}

/// <summary>A frozen figure of the plan is not what was counted, reported or issued.</summary>
public sealed class PlanFigureChangedException(string message) : Exception(message);
