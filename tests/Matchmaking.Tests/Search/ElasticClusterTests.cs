using Matchmaking.Jobs;
using Matchmaking.Matching.Search;
using Matchmaking.Tests.Support;
using static Matchmaking.Tests.Search.SearchSamples;

namespace Matchmaking.Tests.Search;

/// <summary>Three real nodes, started once for all of these; every test leaves all three running.</summary>
public sealed class ThreeNodes : IAsyncLifetime
{
    internal ElasticNodes Nodes { get; private set; } = null!;

    // A test that is skipped says so itself.
    public async ValueTask InitializeAsync()
    {
        if (ElasticNodes.AreNamed) Nodes = await ElasticNodes.StartAsync(3);
    }

    public ValueTask DisposeAsync() => Nodes is null ? ValueTask.CompletedTask : Nodes.DisposeAsync();
}

/// <summary>Nodes that are killed, sleep or refuse: what readers are told, that nothing is lost, and that it goes on by itself.</summary>
[Collection(ElasticNodes.Collection)]
public sealed class ElasticClusterTests(ThreeNodes cluster) : IClassFixture<ThreeNodes>, IAsyncLifetime
{
    private ElasticOptions options = null!;
    private ElasticSearchEngine engine = null!;
    private ElasticClient client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ElasticNodes Nodes => cluster.Nodes;

    public async ValueTask InitializeAsync()
    {
        ElasticNodes.Require();
        options = Nodes.Options();
        engine = new ElasticSearchEngine(options);
        client = new ElasticClient(options with { Timeout = TimeSpan.FromSeconds(70) });
        await EveryNodeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!ElasticNodes.AreNamed) return;
        await Nodes.StartAllAgainAsync();
        await EveryNodeAsync();
        await ElasticServer.DeleteAsync(options);
        engine.Dispose();
        client.Dispose();
    }

    [Fact]
    public async Task A_node_that_dies_during_searches_is_not_noticed_by_readers()
    {
        await FillAsync(500);
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

        await Nodes.KillAsync(1);
        await AgainAsync(() => client.SendAsync(HttpMethod.Get, "_cluster/health?wait_for_nodes=2&wait_for_status=green&timeout=60s", null, repeatable: true, Cancel));
        var (foundBefore, awayBefore) = (found, away);
        while (found < foundBefore + 50) await Task.Delay(100, Cancel);
        await stop.CancelAsync();
        await reader;

        // From when two nodes have all of it again.
        Assert.Equal(awayBefore, away);
        Assert.Equal(500, (await engine.StatusAsync(Cancel)).Documents);
    }

    [Fact]
    public async Task A_node_that_dies_during_writes_loses_nothing_that_was_confirmed()
    {
        await FillAsync(1);
        var confirmed = new List<int>();
        Task? kill = null;
        for (var batch = 0; batch < 30; batch++)
        {
            if (batch == 10) kill = Nodes.KillAsync(0);
            var ids = Enumerable.Range(100 + batch * 50, 50).ToList();
            // As the job does: what was not confirmed is written again.
            await AgainAsync(() => engine.IndexAsync([.. ids.Select(id => Entry(id, "碳纤维织物") with { Version = 2 })], Cancel));
            confirmed.AddRange(ids);
        }
        await kill!;

        Assert.Equal(confirmed.Count, (await AgainAsync(() => engine.SearchAsync(Request("织物"), Cancel))).Total);
        await AgainAsync(() => engine.RebuildAsync(confirmed.Select(id => Entry(id, "碳纤维")).ToAsyncEnumerable(), Cancel));
        Assert.Equal(new IndexStatus(confirmed.Count, 0, NeedsRebuild: false), await AgainAsync(() => engine.StatusAsync(Cancel)));
    }

    [Fact]
    public async Task When_all_nodes_are_gone_the_site_says_so_and_when_they_are_back_it_goes_on_by_itself()
    {
        await using var app = new OnElastic(options);
        await app.InitializeAsync();
        var before = await app.PublishNeedAsync();
        await app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel));
        using var reader = await app.CreateClientForAsync(null);
        Assert.DoesNotContain("搜索暂时不可用", await reader.GetStringAsync("/needs", Cancel), StringComparison.Ordinal);

        for (var node = 0; node < 3; node++) await Nodes.KillAsync(node);
        var during = await app.PublishNeedAsync(content: app.NeedContent("寒区风电叶片防冰涂层"));
        await Assert.ThrowsAsync<SearchUnavailableException>(() => app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel)));
        var page = await reader.GetStringAsync("/needs", Cancel);
        Assert.Contains("搜索暂时不可用", page, StringComparison.Ordinal);
        Assert.Contains(before.Number!, page, StringComparison.Ordinal);
        Assert.Contains(during.Number!, page, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, (await reader.GetAsync("/health/ready", Cancel)).StatusCode);
        Assert.Contains("不可用", await reader.GetStringAsync("/status", Cancel), StringComparison.Ordinal);

        for (var node = 0; node < 3; node++) await Nodes.StartAgainAsync(node);
        await AgainAsync(() => app.RunJobAsync<IndexListings>(job => job.RunAsync(Cancel)));
        page = await reader.GetStringAsync("/needs?q=%E5%8F%B6%E7%89%87", Cancel);
        Assert.DoesNotContain("搜索暂时不可用", page, StringComparison.Ordinal);
        Assert.Contains(during.Number!, page, StringComparison.Ordinal);
        // What was there before came back with the nodes and was not written again.
        Assert.Equal(new IndexStatus(2, 0, NeedsRebuild: false), await engine.StatusAsync(Cancel));
    }

    [Fact]
    public async Task A_red_index_is_down_until_its_node_is_back()
    {
        await FillAsync(20);
        await SendAsync(HttpMethod.Put, $"{options.Index}/_settings", """{"index":{"auto_expand_replicas":"false","number_of_replicas":0}}""");
        var shards = await SendAsync(HttpMethod.Get, $"_cat/shards/{options.Index}?format=json");
        var node = shards.Body[0].GetProperty("node").GetString()![1] - '0';

        await Nodes.KillAsync(node);
        string said;
        do
        {
            said = (await Assert.ThrowsAsync<SearchUnavailableException>(() => engine.StatusAsync(Cancel))).Message;
        }
        while (!said.Contains("shards are missing", StringComparison.Ordinal));
        await Assert.ThrowsAsync<SearchUnavailableException>(() => engine.SearchAsync(Request("碳纤维"), Cancel));
        await Assert.ThrowsAsync<SearchUnavailableException>(() => engine.NearestAsync(new(ListingKind.Achievement, Axis(0), Today, 5), Cancel));

        await Nodes.StartAgainAsync(node);
        Assert.Equal(20, (await AgainAsync(() => engine.SearchAsync(Request("碳纤维"), Cancel))).Total);
        Assert.Equal(20, (await AgainAsync(() => engine.StatusAsync(Cancel))).Documents);
    }

    [Fact]
    public async Task Nodes_that_sleep_are_not_waited_for_and_answer_again_when_they_wake()
    {
        await FillAsync(20);
        using var hasty = new ElasticSearchEngine(options with { Timeout = TimeSpan.FromSeconds(1) });
        Assert.Equal(20, (await AgainAsync(() => hasty.SearchAsync(Request("碳纤维"), Cancel))).Total);

        for (var node = 0; node < 3; node++) await Nodes.PauseAsync(node);
        var error = await Assert.ThrowsAsync<SearchUnavailableException>(() => hasty.SearchAsync(Request("碳纤维"), Cancel));
        Assert.Contains("did not answer within 1 s", error.Message, StringComparison.Ordinal);

        for (var node = 0; node < 3; node++) await Nodes.ResumeAsync(node);
        Assert.Equal(20, (await AgainAsync(() => hasty.SearchAsync(Request("碳纤维"), Cancel))).Total);
    }

    [Fact]
    public async Task A_cluster_that_has_no_memory_left_says_429_and_is_used_again_when_it_has()
    {
        await FillAsync(20);
        await SendAsync(HttpMethod.Put, "_cluster/settings", """{"persistent":{"indices.breaker.total.limit":"1%"}}""");
        try
        {
            var error = await Assert.ThrowsAsync<SearchUnavailableException>(() => engine.SearchAsync(Request("碳纤维"), Cancel));
            Assert.Contains("429", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<SearchUnavailableException>(() => engine.IndexAsync([Entry(21, "碳纤维")], Cancel));
        }
        finally
        {
            await SendAsync(HttpMethod.Put, "_cluster/settings", """{"persistent":{"indices.breaker.total.limit":null}}""");
        }

        await AgainAsync(() => engine.IndexAsync([Entry(21, "碳纤维")], Cancel));
        Assert.Equal(21, (await engine.SearchAsync(Request("碳纤维"), Cancel)).Total);
    }

    [Fact]
    public async Task Of_a_bulk_that_is_half_refused_the_other_half_is_there_and_the_refused_are_told()
    {
        await FillAsync(1);
        var lines = Enumerable.Range(100, 20).Select(id => new BulkOperation(
            $$$"""{"index":{"_index":"{{{options.Index}}}","_id":"{{{id}}}"} }""", System.Text.Encoding.UTF8.GetBytes($$"""{"id":{{(id % 2 == 0 ? "7" : "\"no number\"")}}}"""))).ToList();

        var refused = await client.BulkAsync(lines, refresh: true, Cancel);

        Assert.Equal(Enumerable.Range(0, 20).Where(place => place % 2 == 1), refused.Select(failure => failure.Place).Order());
        Assert.All(refused, failure => Assert.Equal((400, "document_parsing_exception"), (failure.Status, failure.Type)));
        var count = await SendAsync(HttpMethod.Get, $"{options.Index}/_count?q=id:7");
        Assert.Equal(10, count.Body.GetProperty("count").GetInt32());
    }

    private async Task FillAsync(int count)
    {
        await AgainAsync(() => engine.RebuildAsync(Enumerable.Range(1, count).Select(id => Entry(id, "碳纤维", Near(0, 0.9f))).ToAsyncEnumerable(), Cancel));
        await AgainAsync(() => SendAsync(HttpMethod.Get, "_cluster/health?wait_for_status=green&timeout=60s"));
    }

    // All three are there and know each other; green or not is the test's business.
    private Task<ElasticAnswer> EveryNodeAsync() => AgainAsync(() => SendAsync(HttpMethod.Get, "_cluster/health?wait_for_nodes=3&timeout=60s"));

    private Task<ElasticAnswer> SendAsync(HttpMethod method, string path, string? body = null) => client.SendAsync(method, path, body, repeatable: true, Cancel);

    private static Task AgainAsync(Func<Task> act) => ElasticNodes.AgainAsync(act, Cancel);

    private static Task<T> AgainAsync<T>(Func<Task<T>> act) => ElasticNodes.AgainAsync(act, Cancel);
}

/// <summary>The site on a real cluster.</summary>
internal sealed class OnElastic(ElasticOptions options) : MatchmakingApplication
{
    protected override IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("Search:Engine", "Elasticsearch"), new("Elasticsearch:Addresses", string.Join(',', options.Addresses)), new("Elasticsearch:Index", options.Index),
        new("Elasticsearch:TimeoutSeconds", "10"),
    ];
}
