namespace Matchmaking.Matching.Operations;

/// <summary>The latest run of a job, for the status page: when, how far, and what went wrong (kind of error only).</summary>
public sealed class JobRun
{
    private JobRun() { }

    public JobRun(string name) => Name = name;

    public string Name { get; private set; } = "";
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }
    public int Done { get; private set; }
    public int? Total { get; private set; }
    public string? Failure { get; private set; }

    /// <summary>The run that has the right to this job, and until when unless it renews it; null while nobody runs it, or several may.</summary>
    public Guid? Holder { get; private set; }
    public DateTimeOffset? HeldUntil { get; private set; }

    public void Start(DateTimeOffset at) => (StartedAt, FinishedAt, Done, Total, Failure) = (at, null, 0, null, null);

    public void Progress(int done, int? total) => (Done, Total) = (done, total);

    public void Finish(DateTimeOffset at) => FinishedAt = at;

    public void Fail(string failure, DateTimeOffset at) => (Failure, FinishedAt) = (failure, at);
}
