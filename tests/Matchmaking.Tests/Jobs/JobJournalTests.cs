using Matchmaking.Jobs;
using Matchmaking.Matching.Operations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matchmaking.Tests.Jobs;

/// <summary>One process at a time runs a job: each journal here is that of a process of its own on the same database.</summary>
public sealed class JobJournalTests : IAsyncLifetime
{
    private const string Job = "Trial";
    private readonly MatchmakingApplication app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private JobJournal Journal(TimeProvider? time = null) => new(app.Services.GetRequiredService<IServiceScopeFactory>(), time ?? app.Clock, NullLogger<JobJournal>.Instance);

    private Task<JobRun> RunAsync() => app.WithDbAsync(db => db.JobRuns.AsNoTracking().SingleAsync(r => r.Name == Job, Cancel));

    [Fact]
    public async Task A_second_process_does_nothing_while_the_first_is_at_it()
    {
        var (inside, others) = (new TaskCompletionSource(), 0);
        var end = new TaskCompletionSource();
        var first = Journal().RunAsync(Job, async (_, _) =>
        {
            inside.SetResult();
            await end.Task;
        }, Cancel);
        await inside.Task;

        await Journal().RunAsync(Job, (_, _) => Task.FromResult(++others), Cancel);
        Assert.Equal(0, others);
        Assert.NotNull((await RunAsync()).Holder);

        end.SetResult();
        await first;
        Assert.Null((await RunAsync()).Holder);
        await Journal().RunAsync(Job, (_, _) => Task.FromResult(++others), Cancel);
        Assert.Equal(1, others);
    }

    [Fact]
    public async Task A_job_that_fails_gives_the_right_to_run_it_back()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Journal().RunAsync(Job, (_, _) => throw new InvalidOperationException(), Cancel));

        var run = await RunAsync();
        Assert.Equal((null, nameof(InvalidOperationException)), (run.Holder, run.Failure));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_job_begun_once_after_a_kill_runs_where_jobs_are_kept_in_memory_and_waits_for_the_other_process_elsewhere(bool isAlone, int runs)
    {
        await Journal().RunAsync(Job, (_, _) => Task.CompletedTask, Cancel);
        await app.WithDbAsync(db => db.JobRuns.Where(r => r.Name == Job).ExecuteUpdateAsync(set => set.SetProperty(r => r.Holder, Guid.NewGuid()).SetProperty(r => r.HeldUntil, app.Clock.Now.AddSeconds(50)), Cancel));

        await new FreeAtStart(app.Services.GetRequiredService<IServiceScopeFactory>(), isAlone).StartAsync(Cancel);
        var ran = 0;
        await Journal().RunAsync(Job, (_, _) => Task.FromResult(++ran), Cancel);

        Assert.Equal(runs, ran);
    }

    [Fact]
    public async Task Who_lost_the_right_to_another_process_is_told_to_stop()
    {
        var stopped = false;
        await Journal(new Hasty(app.Clock)).RunAsync(Job, async (_, token) =>
        {
            await app.WithDbAsync(db => db.JobRuns.Where(r => r.Name == Job).ExecuteUpdateAsync(set => set.SetProperty(r => r.Holder, Guid.NewGuid()), Cancel));
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                stopped = token.IsCancellationRequested;
            }
        }, Cancel);

        Assert.True(stopped);
        // The other one's, still.
        Assert.NotNull((await RunAsync()).Holder);
    }

    [Fact]
    public async Task While_it_runs_the_right_is_renewed()
    {
        await Journal(new Hasty(app.Clock)).RunAsync(Job, async (_, token) =>
        {
            var begun = (await RunAsync()).HeldUntil!.Value;
            app.Clock.Advance(TimeSpan.FromSeconds(50));
            while ((await RunAsync()).HeldUntil < begun.AddSeconds(50)) await Task.Delay(10, token);
        }, Cancel);
    }

    [Fact]
    public async Task Work_that_is_claimed_in_parts_runs_in_several_processes_at_once()
    {
        var both = new Barrier(2);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Journal().RunSharedAsync(Job, (_, token) =>
        {
            both.SignalAndWait(token);
            return Task.CompletedTask;
        }, Cancel), Cancel)));

        Assert.NotNull((await RunAsync()).FinishedAt);
    }

    /// <summary>Its hours are the test's, its waits are short.</summary>
    private sealed class Hasty(TestClock clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(20), period);
    }
}
