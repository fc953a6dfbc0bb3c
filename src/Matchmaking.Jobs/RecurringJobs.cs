using Hangfire;
using Matchmaking.Matching.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Matchmaking.Jobs;

/// <summary>Every recurring job with its time, in the province's zone. The only place where they are registered.</summary>
public sealed class RecurringJobs(IRecurringJobManager manager, IBackgroundJobClient jobs, IConfiguration configuration) : IHostedService
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(IndexListings), typeof(FindMatches), typeof(ExpireListings), typeof(SealAudit), typeof(VerifyAudit), typeof(ImportPapers),
        typeof(OpenAnnualLists), typeof(CloseNoticePeriods), typeof(PublishAnnualLists), typeof(CountIndicators), typeof(TrainRanker), typeof(EvaluateRanker),
        typeof(AskFollowUps),
        typeof(RemindCases), typeof(FollowNeeds), typeof(TellDeclineStatistics),
        typeof(SendMails), typeof(TellSubscribers),
        typeof(RemindBeforeExpiry), typeof(CallRounds),
        typeof(ImportTable), typeof(ResumeImports), typeof(DeleteImportFiles),
        typeof(VerifyLists), typeof(VerifyPlan), typeof(VerifyFiles), typeof(IssueBulletins), typeof(DraftForesight), typeof(RemindReports),
        typeof(RunListRounds),
    ];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var options = new RecurringJobOptions { TimeZone = LocalCalendar.ZoneOf(configuration) };
        manager.AddOrUpdate<IndexListings>(nameof(IndexListings), job => job.RunAsync(CancellationToken.None), "* * * * *", options);
        manager.AddOrUpdate<FindMatches>(nameof(FindMatches), job => job.RunAsync(CancellationToken.None), "* * * * *", options);
        manager.AddOrUpdate<FindMatches>("FindAllMatches", job => job.RunAllAsync(CancellationToken.None), "0 2 * * *", options);
        manager.AddOrUpdate<ExpireListings>(nameof(ExpireListings), job => job.RunAsync(CancellationToken.None), "10 0 * * *", options);
        manager.AddOrUpdate<SealAudit>(nameof(SealAudit), job => job.RunAsync(CancellationToken.None), "* * * * *", options);
        manager.AddOrUpdate<VerifyAudit>(nameof(VerifyAudit), job => job.RunAsync(CancellationToken.None), "30 3 * * *", options);
        manager.AddOrUpdate<OpenAnnualLists>(nameof(OpenAnnualLists), job => job.RunAsync(CancellationToken.None), "0 6 * * *", options);
        manager.AddOrUpdate<CloseNoticePeriods>(nameof(CloseNoticePeriods), job => job.RunAsync(CancellationToken.None), "5 * * * *", options);
        manager.AddOrUpdate<PublishAnnualLists>(nameof(PublishAnnualLists), job => job.RunAsync(CancellationToken.None), "*/10 * * * *", options);
        manager.AddOrUpdate<CountIndicators>(nameof(CountIndicators), job => job.RunAsync(CancellationToken.None), "0 4 * * *", options);
        manager.AddOrUpdate<TrainRanker>(nameof(TrainRanker), job => job.RunAsync(CancellationToken.None), "0 3 * * 0", options);
        manager.AddOrUpdate<EvaluateRanker>(nameof(EvaluateRanker), job => job.RunAsync(CancellationToken.None), "30 4 * * *", options);
        manager.AddOrUpdate<AskFollowUps>(nameof(AskFollowUps), job => job.RunAsync(CancellationToken.None), "20 8 * * *", options);
        manager.AddOrUpdate<RemindCases>(nameof(RemindCases), job => job.RunAsync(CancellationToken.None), "0 9 * * *", options);
        manager.AddOrUpdate<FollowNeeds>(nameof(FollowNeeds), job => job.RunAsync(CancellationToken.None), "*/10 * * * *", options);
        manager.AddOrUpdate<TellDeclineStatistics>(nameof(TellDeclineStatistics), job => job.RunAsync(CancellationToken.None), "0 8 2 * *", options);
        manager.AddOrUpdate<TellSubscribers>(nameof(TellSubscribers), job => job.RunAsync(CancellationToken.None), "* * * * *", options);
        manager.AddOrUpdate<SendMails>(nameof(SendMails), job => job.RunAsync(CancellationToken.None), "* * * * *", options);
        manager.AddOrUpdate<RemindBeforeExpiry>(nameof(RemindBeforeExpiry), job => job.RunAsync(CancellationToken.None), "0 8 * * *", options);
        manager.AddOrUpdate<CallRounds>(nameof(CallRounds), job => job.RunAsync(CancellationToken.None), "20 * * * *", options);
        manager.AddOrUpdate<ResumeImports>(nameof(ResumeImports), job => job.RunAsync(CancellationToken.None), "* * * * *", options);
        manager.AddOrUpdate<DeleteImportFiles>(nameof(DeleteImportFiles), job => job.RunAsync(CancellationToken.None), "20 * * * *", options);
        manager.AddOrUpdate<VerifyLists>(nameof(VerifyLists), job => job.RunAsync(CancellationToken.None), "45 3 * * *", options);
        manager.AddOrUpdate<VerifyPlan>(nameof(VerifyPlan), job => job.RunAsync(CancellationToken.None), "50 3 * * *", options);
        manager.AddOrUpdate<VerifyFiles>(nameof(VerifyFiles), job => job.RunAsync(CancellationToken.None), "55 3 * * *", options);
        manager.AddOrUpdate<IssueBulletins>(nameof(IssueBulletins), job => job.RunAsync(CancellationToken.None), "15 4 * * *", options);
        manager.AddOrUpdate<DraftForesight>(nameof(DraftForesight), job => job.RunAsync(CancellationToken.None), "0 5 1 11 *", options);
        manager.AddOrUpdate<RemindReports>(nameof(RemindReports), job => job.RunAsync(CancellationToken.None), "10 9 * * *", options);
        manager.AddOrUpdate<RunListRounds>(nameof(RunListRounds), job => job.RunAsync(CancellationToken.None), "3,18,33,48 * * * *", options);
        // Not to wait for the next full minute after a start.
        jobs.Enqueue<IndexListings>(job => job.RunAsync(CancellationToken.None));
        var counting = jobs.Enqueue<CountIndicators>(job => job.RunAsync(CancellationToken.None));
        jobs.ContinueJobWith<IssueBulletins>(counting, job => job.RunAsync(CancellationToken.None));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
