using System.Diagnostics;
using Matchmaking.Matching.Search;
using static Matchmaking.Tests.Search.SearchSamples;

namespace Matchmaking.Tests.Search;

/// <summary>
/// Three real nodes of which one is killed, and all of them gone and back. <c>ELASTICSEARCH_TEST_CLUSTER</c> names the folder with the scripts that start and stop
/// them; it takes minutes and three gigabytes, so without it these are skipped.
/// </summary>
public sealed class ElasticClusterTests : IAsyncLifetime
{
    private const int Port = 9700;
    private static readonly string? Scripts = Environment.GetEnvironmentVariable("ELASTICSEARCH_TEST_CLUSTER") is { Length: > 0 } folder ? folder : null;

    private readonly List<ElasticSearchEngine> engines = [];
    private ElasticOptions options = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Scripts is null, "ELASTICSEARCH_TEST_CLUSTER names no folder with start and stop.");
        options = ElasticServer.Options(string.Join(',', Enumerable.Range(Port, 3).Select(port => $"http://127.0.0.1:{port}"))) with { Timeout = TimeSpan.FromSeconds(10), NodeRest = TimeSpan.FromSeconds(5) };
        await RunAsync("start", "--nodes", "3");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in engines) engine.Dispose();
        if (Scripts is not null) await RunAsync("stop");
    }

    [Fact]
    public async Task A_node_that_dies_during_searches_is_not_noticed_by_readers()
    {
        var engine = Open();
        await engine.RebuildAsync(Enumerable.Range(1, 500).Select(id => Entry(id, "碳纤维", Near(0, 0.9f))).ToAsyncEnumerable(), Cancel);
        await GreenAsync();
        using var stop = new CancellationTokenSource();
        var (found, away) = (0, 0);
        var reader = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    Assert.Equal(500, (await engine.SearchAsync(Request("碳纤维", vector: Axis(0)), Cancel)).Total);
                    found++;
                }
                // While the cluster decides that the node is gone, a search may say that it is down; it never finds less.
                catch (SearchUnavailableException)
                {
                    away++;
                }
            }
        }, Cancel);
        await Task.Delay(1_000, Cancel);

        await RunAsync("stop", "--node", "1");
        await Task.Delay(15_000, Cancel);
        var before = away;
        await Task.Delay(5_000, Cancel);
        await stop.CancelAsync();
        await reader;

        Assert.Equal(before, away);
        Assert.True(found > 50, $"{found} searches found everything, {away} said that search is away");
        Assert.Equal(500, (await engine.StatusAsync(Cancel)).Documents);
    }

    [Fact]
    public async Task A_node_that_dies_during_writes_loses_nothing_that_was_confirmed()
    {
        var engine = Open();
        await engine.RebuildAsync(new[] { Entry(1, "碳纤维") }.ToAsyncEnumerable(), Cancel);
        await GreenAsync();
        var confirmed = new List<int>();
        Task? kill = null;
        for (var batch = 0; batch < 40; batch++)
        {
            if (batch == 10) kill = RunAsync("stop", "--node", "0");
            var ids = Enumerable.Range(100 + batch * 50, 50).ToList();
            // As the job does: what was not confirmed is written again.
            await AgainAsync(() => engine.IndexAsync([.. ids.Select(id => Entry(id, "碳纤维织物"))], Cancel));
            confirmed.AddRange(ids);
        }
        await kill!;

        var result = await AgainAsync(() => engine.SearchAsync(Request("织物"), Cancel));
        Assert.Equal(confirmed.Count, result.Total);
        await AgainAsync(() => engine.RebuildAsync(confirmed.Select(id => Entry(id, "碳纤维")).ToAsyncEnumerable(), Cancel));
        Assert.Equal(new IndexStatus(confirmed.Count, 0, NeedsRebuild: false), await AgainAsync(() => engine.StatusAsync(Cancel)));
    }

    [Fact]
    public async Task When_all_nodes_are_gone_search_says_so_and_when_they_are_back_it_works_again()
    {
        var engine = Open();
        await engine.RebuildAsync(new[] { Entry(1, "碳纤维") }.ToAsyncEnumerable(), Cancel);

        for (var node = 0; node < 3; node++) await RunAsync("stop", "--node", $"{node}");
        await Assert.ThrowsAsync<SearchUnavailableException>(() => engine.SearchAsync(Request("碳纤维"), Cancel));
        await Assert.ThrowsAsync<SearchUnavailableException>(() => engine.StatusAsync(Cancel));
        await Assert.ThrowsAsync<SearchUnavailableException>(() => engine.IndexAsync([Entry(2, "碳纤维")], Cancel));

        // The script begins with empty nodes: the harder case, the same engine meets a cluster that has lost everything.
        await RunAsync("stop");
        await RunAsync("start", "--nodes", "3");
        Assert.True((await AgainAsync(() => engine.StatusAsync(Cancel))).NeedsRebuild);
        await AgainAsync(() => engine.RebuildAsync(new[] { Entry(1, "碳纤维"), Entry(2, "碳纤维") }.ToAsyncEnumerable(), Cancel));
        Assert.Equal(2, (await engine.SearchAsync(Request("碳纤维"), Cancel)).Total);
    }

    private ElasticSearchEngine Open()
    {
        engines.Add(new ElasticSearchEngine(options));
        return engines[^1];
    }

    private async Task GreenAsync()
    {
        using var client = new ElasticClient(options with { Timeout = TimeSpan.FromSeconds(70) });
        await client.SendAsync(HttpMethod.Get, "_cluster/health?wait_for_status=green&timeout=60s", null, repeatable: true, Cancel);
    }

    private static Task<bool> AgainAsync(Func<Task> act) => AgainAsync(async () =>
    {
        await act();
        return true;
    });

    private static async Task<T> AgainAsync<T>(Func<Task<T>> act)
    {
        for (var round = 0; ; round++)
        {
            try
            {
                return await act();
            }
            catch (SearchUnavailableException) when (round < 60)
            {
                await Task.Delay(1_000, Cancel);
            }
        }
    }

    private static async Task RunAsync(string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Scripts!, script), ["--port", $"{Port}", .. arguments]) { RedirectStandardOutput = true })!;
        // Not to its end: what it started in the background holds the pipe open.
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.Equal(0, process.ExitCode);
    }
}
