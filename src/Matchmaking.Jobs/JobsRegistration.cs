using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Matchmaking.Matching.Search;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Jobs;

public static class JobsRegistration
{
    public const string InMemory = "InMemory";
    public const string Postgres = "Postgres";

    /// <summary>
    /// Jobs that read or write the search index. The embedded index can be open in one process only, so this queue is then served by the web program;
    /// everything else, and with a shared engine this as well, may run in workers.
    /// </summary>
    public const string SearchQueue = "search";

    /// <summary>Storage, server and recurring jobs by <c>Jobs:Storage</c> and <c>Jobs:Server</c>; combinations that make no sense stop the program.</summary>
    /// <param name="worker">True in the worker program, which shares its storage with the web program and so cannot use memory.</param>
    public static IServiceCollection AddMatchmakingJobs(this IServiceCollection services, IConfiguration configuration, bool worker = false)
    {
        var storage = configuration["Jobs:Storage"] ?? InMemory;
        var server = configuration["Jobs:Server"] ?? "true";
        if (server is not ("true" or "false")) throw new InvalidOperationException($"Jobs:Server is '{server}'. Allowed values: true, false.");
        switch (storage)
        {
            case InMemory when worker:
                throw new InvalidOperationException("Jobs:Storage is 'InMemory', which only the web program itself can see. The worker needs Jobs:Storage=Postgres (and the web program Jobs:Storage=Postgres, Jobs:Server=false).");
            case InMemory when server == "false":
                throw new InvalidOperationException("Jobs:Server is 'false' but Jobs:Storage is 'InMemory', so nobody would run the jobs. Use Jobs:Server=true, or Jobs:Storage=Postgres with a worker.");
            case InMemory:
                // Of this application's own: Hangfire would otherwise take the last one that any application of the process has set.
                services.AddSingleton<JobStorage>(_ => new InMemoryStorage());
                services.AddHangfire((provider, hangfire) => Common(hangfire).UseStorage(provider.GetRequiredService<JobStorage>()));
                break;
            case Postgres:
                var connection = configuration.GetConnectionString("Jobs") ?? configuration.GetConnectionString("Matchmaking");
                if (string.IsNullOrWhiteSpace(connection))
                    throw new InvalidOperationException("Jobs:Storage is 'Postgres' but neither ConnectionStrings:Jobs nor ConnectionStrings:Matchmaking is set.");
                services.AddHangfire(hangfire => Common(hangfire).UsePostgreSqlStorage(options => options.UseNpgsqlConnection(connection)));
                break;
            default:
                throw new InvalidOperationException($"Jobs:Storage is '{storage}'. Allowed values: {InMemory}, {Postgres}.");
        }
        var shared = SearchRegistration.IsShared(configuration);
        var queues = Queues(worker, server == "true", shared);
        if (!shared && queues.Contains(SearchQueue)) services.AddHostedService(provider => new FreeAtStart(provider.GetRequiredService<IServiceScopeFactory>(), storage == InMemory));
        if (queues.Length > 0)
        {
            services.AddHangfireServer(options =>
            {
                options.WorkerCount = Math.Max(2, Environment.ProcessorCount);
                options.Queues = queues;
            });
        }
        services.AddHostedService<RecurringJobs>();
        services.AddSingleton<JobJournal>();
        services.AddScoped<Matching.AnnualLists.IListSigner, ListSigner>();
        services.AddSingleton<ProtectedRenewalLinks>();
        services.AddSingleton<IRenewalLinks, RenewalLinks>();
        foreach (var job in RecurringJobs.Types) services.AddScoped(job);
        return services;
    }

    /// <summary>Which queues a program serves; a web program beside workers serves none when they can reach the index themselves.</summary>
    internal static string[] Queues(bool worker, bool server, bool sharedIndex) => (worker, server, sharedIndex) switch
    {
        (true, _, true) or (false, true, _) => [SearchQueue, "default"],
        (true, _, false) => ["default"],
        (false, false, true) => [],
        (false, false, false) => [SearchQueue],
    };

    private static IGlobalConfiguration Common(IGlobalConfiguration hangfire) => hangfire
        .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
        .UseSimpleAssemblyNameTypeSerializer()
        .UseRecommendedSerializerSettings()
        .UseFilter(new AutomaticRetryAttribute { Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800] });
}
