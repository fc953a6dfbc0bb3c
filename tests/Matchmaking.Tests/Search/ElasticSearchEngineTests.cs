using Matchmaking.Matching.Search;
using static Matchmaking.Tests.Search.SearchSamples;

namespace Matchmaking.Tests.Search;

/// <summary>The contract on a real server; each test has indices of its own there.</summary>
public sealed class ElasticSearchEngineTests : SearchEngineContract
{
    private readonly ElasticOptions options = ElasticServer.Options() with { RebuildLease = TimeSpan.FromSeconds(2) };

    protected override Task<ISearchEngine> CreateAsync() => Task.FromResult<ISearchEngine>(new ElasticSearchEngine(options));

    protected override Task<ISearchEngine> ReopenAsync()
    {
        ((IDisposable)Engine).Dispose();
        return CreateAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await ElasticServer.DeleteAsync(options);
    }

    [Fact]
    public async Task A_missing_index_is_noticed_and_a_rebuild_settles_it()
    {
        Assert.Equal(new IndexStatus(0, 0, NeedsRebuild: true), await Engine.StatusAsync(Cancel));
        await Assert.ThrowsAsync<SearchUnavailableException>(() => Engine.SearchAsync(Request("碳"), Cancel));
        await Engine.IndexAsync([Entry(1, "碳纤维")], Cancel);
        Assert.Equal([1], await FoundAsync(Request("碳纤维")));
        // One listing written later does not make it complete.
        Assert.Equal(new IndexStatus(1, 0, NeedsRebuild: true), await Engine.StatusAsync(Cancel));

        await Engine.RebuildAsync(Entries([Entry(1, "碳纤维"), Entry(2, "碳纤维")]), Cancel);
        Assert.Equal(new IndexStatus(2, 0, NeedsRebuild: false), await Engine.StatusAsync(Cancel));
    }

    [Fact]
    public async Task Writes_of_another_process_during_a_rebuild_are_kept()
    {
        using var other = new ElasticSearchEngine(options);
        await other.IndexAsync([Entry(1, "碳纤维旧一"), Entry(2, "碳纤维旧二")], Cancel);

        await Engine.RebuildAsync(WithWrites(), Cancel);

        Assert.Equal([1, 3], (await FoundAsync(Request("碳纤维"))).Order());
        Assert.Equal([1], await FoundAsync(Request("新一")));
        Assert.Equal(2, (await Engine.StatusAsync(Cancel)).Documents);
        Assert.Equal([3, 1], await FoundAsync(Request("")));

        async IAsyncEnumerable<IndexEntry> WithWrites()
        {
            await other.IndexAsync([Entry(1, "碳纤维新一"), Entry(3, "碳纤维新增")], Cancel);
            await other.RemoveAsync([(2, 0)], Cancel);
            yield return Entry(1, "碳纤维旧一");
            yield return Entry(2, "碳纤维旧二");
        }
    }

    [Fact]
    public async Task A_process_that_writes_late_undoes_nothing_that_is_newer()
    {
        using var late = new ElasticSearchEngine(options);
        await Engine.RebuildAsync(Entries([Entry(1, "碳纤维新") with { Version = 4 }]), Cancel);
        await Engine.IndexAsync([Entry(2, "碳纤维新", Axis(0)) with { Version = 5 }], Cancel);
        await Engine.RemoveAsync([(3, 7)], Cancel);

        await late.IndexAsync([Entry(1, "碳纤维旧") with { Version = 2 }, Entry(2, "碳纤维旧") with { Version = 4 }, Entry(3, "碳纤维旧") with { Version = 6 }, Entry(4, "碳纤维旧") with { Version = 2 }], Cancel);
        await late.RemoveAsync([(2, 3)], Cancel);

        Assert.Equal([1, 2], (await FoundAsync(Request("新"))).Order());
        Assert.Equal([4], await FoundAsync(Request("旧")));
        Assert.Equal(new IndexStatus(3, 1, NeedsRebuild: false), await Engine.StatusAsync(Cancel));
        // The same state again is written, as after a kill between writing and marking.
        await late.IndexAsync([Entry(4, "碳纤维新") with { Version = 2 }], Cancel);
        Assert.Equal(3, (await FoundAsync(Request("新"))).Count);
    }

    [Fact]
    public async Task A_rebuild_copies_over_what_is_older_and_not_over_what_is_newer()
    {
        using var other = new ElasticSearchEngine(options);
        await Engine.RebuildAsync(WithWrites(), Cancel);

        Assert.Equal([1, 2], (await FoundAsync(Request("新"))).Order());
        Assert.Empty(await FoundAsync(Request("旧")));

        async IAsyncEnumerable<IndexEntry> WithWrites()
        {
            // One that read the database before the rebuild did, one that read it after.
            await other.IndexAsync([Entry(1, "碳纤维旧") with { Version = 2 }, Entry(2, "碳纤维新") with { Version = 6 }], Cancel);
            yield return Entry(1, "碳纤维新") with { Version = 4 };
            yield return Entry(2, "碳纤维旧") with { Version = 4 };
        }
    }

    [Fact]
    public async Task Two_processes_that_rebuild_do_it_one_after_the_other()
    {
        using var other = new ElasticSearchEngine(options);
        var inside = 0;

        await Task.WhenAll(Engine.RebuildAsync(Alone(1), Cancel), other.RebuildAsync(Alone(2), Cancel));

        Assert.Single(await FoundAsync(Request("碳纤维")));
        Assert.False((await Engine.StatusAsync(Cancel)).NeedsRebuild);

        async IAsyncEnumerable<IndexEntry> Alone(int id)
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            yield return Entry(id, "碳纤维");
            // Longer than a dead one would be waited for.
            await Task.Delay(options.RebuildLease * 1.5, Cancel);
            Interlocked.Decrement(ref inside);
        }
    }

    [Fact]
    public async Task The_rebuild_of_a_process_that_died_is_cleared_away_and_one_that_only_slept_gives_up()
    {
        await Engine.RebuildAsync(Entries([Entry(1, "碳纤维")]), Cancel);
        // No sign of life for longer than the others wait.
        using var asleep = new ElasticSearchEngine(options with { RebuildLease = TimeSpan.FromHours(1) });
        var (begun, wake) = (new TaskCompletionSource(), new TaskCompletionSource());
        var late = asleep.RebuildAsync(Sleeping(), Cancel);
        await begun.Task;

        await Engine.RebuildAsync(Entries([Entry(2, "碳纤维")]), Cancel);
        wake.SetResult();

        await Assert.ThrowsAsync<SearchUnavailableException>(() => late);
        Assert.Equal([2], await FoundAsync(Request("碳纤维")));
        Assert.False((await Engine.StatusAsync(Cancel)).NeedsRebuild);

        async IAsyncEnumerable<IndexEntry> Sleeping()
        {
            begun.SetResult();
            await wake.Task;
            yield return Entry(1, "碳纤维旧");
        }
    }

    [Fact]
    public async Task An_index_of_an_older_layout_is_one_to_be_rebuilt()
    {
        await Engine.RebuildAsync(Entries([Entry(1, "碳纤维")]), Cancel);
        using var client = new ElasticClient(options);
        await client.SendAsync(HttpMethod.Put, $"{options.Index}/_mapping", """{"_meta":{"layout":0}}""", repeatable: true, Cancel);

        Assert.True((await Engine.StatusAsync(Cancel)).NeedsRebuild);
        Assert.Equal([1], await FoundAsync(Request("碳纤维")));
    }

    [Fact]
    public async Task What_is_behind_ten_thousand_hits_is_still_reached()
    {
        await Engine.RebuildAsync(Entries(Enumerable.Range(1, 10_150).Select(id => Entry(id, "碳纤维"))), Cancel);

        foreach (var text in new[] { "", "碳纤维" })
        {
            Assert.Equal(Enumerable.Range(1, 50).Reverse(), await FoundAsync(Request(text, page: 102, size: 100)));
            Assert.Equal(Enumerable.Range(51, 100).Reverse(), await FoundAsync(Request(text, SearchSort.MoneyDescending, page: 101, size: 100)));
        }
        Assert.Equal(Enumerable.Range(1, 50).Reverse(), await FoundAsync(Request("碳纤维", SearchSort.Newest, page: 102, size: 100, vector: Axis(0))));
        Assert.Equal(Enumerable.Range(1, 50).Reverse(), await FoundAsync(Request("碳纤维", page: 102, size: 100, vector: Axis(0))));
        Assert.Empty(await FoundAsync(Request("碳纤维", page: 103, size: 100, vector: Axis(0))));
    }

    [Fact]
    public async Task A_vector_of_another_model_is_neither_indexed_nor_searched_with()
    {
        await Engine.IndexAsync([Entry(1, "碳纤维", [1, 0, 0]), Entry(2, "碳纤维", new float[512]), Entry(3, "碳纤维", Axis(0))], Cancel);

        Assert.Equal(new IndexStatus(3, 1, NeedsRebuild: true), await Engine.StatusAsync(Cancel));
        Assert.Empty(await Engine.NearestAsync(new(ListingKind.Achievement, [1, 0, 0], Today, 5), Cancel));
        Assert.Equal(3, (await FoundAsync(Request("碳纤维", vector: [float.NaN]))).Count);
    }

    [Fact]
    public async Task Words_longer_than_the_server_keeps_whole_are_no_error()
    {
        await Engine.IndexAsync([Entry(1, new string('a', 40_000) + " 碳纤维")], Cancel);

        Assert.Equal([1], await FoundAsync(Request("碳纤维")));
        Assert.Empty(await FoundAsync(Request(new string('b', 9_000))));
        Assert.Empty(await FoundAsync(Request("碳纤维", filters: (Facet.Region, [new string('r', 40_000), "\ud83d", "\0"]))));
    }

    [Fact]
    public async Task A_closed_engine_says_that_it_is_away()
    {
        ((IDisposable)Engine).Dispose();

        await Assert.ThrowsAsync<SearchUnavailableException>(() => Engine.SearchAsync(Request("碳"), Cancel));
        await Assert.ThrowsAsync<SearchUnavailableException>(() => Engine.StatusAsync(Cancel));
    }
}
