using Matchmaking.Matching.Search;
using static Matchmaking.Tests.Search.SearchSamples;

namespace Matchmaking.Tests.Search;

/// <summary>Rebuilding beside the old index, and writing and searching meanwhile.</summary>
public abstract partial class SearchEngineContract
{
    [Fact]
    public async Task A_rebuild_replaces_everything()
    {
        await Engine.IndexAsync([Entry(1, "碳纤维")], Cancel);
        await Engine.RebuildAsync(Entries([Entry(2, "碳纤维", Axis(0)), Entry(3, "玉米")]), Cancel);

        Assert.Equal([2], await FoundAsync(Request("碳纤维")));
        Assert.Equal(new IndexStatus(2, 1, NeedsRebuild: false), await Engine.StatusAsync(Cancel));
    }

    [Fact]
    public async Task Writes_during_a_rebuild_are_kept_and_not_overwritten_by_older_entries()
    {
        await Engine.IndexAsync([Entry(1, "碳纤维旧一"), Entry(2, "碳纤维旧二"), Entry(3, "碳纤维旧三")], Cancel);

        await Engine.RebuildAsync(WithWrites(), Cancel);

        Assert.Equal([1, 3, 700, 9000], (await FoundAsync(Request("碳纤维"))).Order());
        Assert.Equal([1], await FoundAsync(Request("新一")));
        Assert.Equal([3], await FoundAsync(Request("新三")));

        async IAsyncEnumerable<IndexEntry> WithWrites()
        {
            for (var id = 1_000; id < 2_200; id++) yield return Entry(id, "玉米");
            yield return Entry(3, "碳纤维旧三");
            for (var id = 2_200; id < 3_400; id++) yield return Entry(id, "玉米");
            // Written and removed while the old index still answers.
            await Engine.IndexAsync([Entry(1, "碳纤维新一"), Entry(3, "碳纤维新三"), Entry(9_000, "碳纤维新增")], Cancel);
            await Engine.RemoveAsync([(2, 0)], Cancel);
            Assert.Equal([1, 3, 9_000], (await FoundAsync(Request("碳纤维"))).Order());
            yield return Entry(1, "碳纤维旧一");
            yield return Entry(2, "碳纤维旧二");
            yield return Entry(700, "碳纤维其他");
        }
    }

    [Fact]
    public async Task A_rebuild_that_fails_leaves_the_old_index()
    {
        await Engine.IndexAsync([Entry(1, "碳纤维")], Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Engine.RebuildAsync(Failing(), Cancel));
        await Engine.IndexAsync([Entry(3, "碳纤维织物")], Cancel);
        Assert.Equal([1, 3], (await FoundAsync(Request("碳纤维"))).Order());

        await Engine.RebuildAsync(Entries([Entry(4, "碳纤维")]), Cancel);
        Assert.Equal([4], await FoundAsync(Request("碳纤维")));

        static async IAsyncEnumerable<IndexEntry> Failing()
        {
            yield return Entry(2, "碳纤维");
            await Task.Yield();
            throw new InvalidOperationException("The database went away.");
        }
    }

    [Fact]
    public async Task Searches_go_on_while_others_write_and_rebuild()
    {
        await Engine.IndexAsync([Entry(1, "碳纤维", Axis(0))], Cancel);
        using var stop = new CancellationTokenSource();
        var searches = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            while (!stop.IsCancellationRequested || count == 0)
            {
                Assert.Contains(1, await FoundAsync(Request("碳纤维", SearchSort.Newest, size: 100, vector: Axis(0))));
                count++;
            }
            return count;
        })).ToList();
        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(
                Engine.IndexAsync([Entry(10 + round, "碳纤维织物")], Cancel),
                Engine.RebuildAsync(Entries([.. Enumerable.Range(2, 8).Select(id => Entry(id, "碳纤维")), Entry(1, "碳纤维", Axis(0))]), Cancel),
                Engine.RemoveAsync([(9, 0)], Cancel));
        }
        await stop.CancelAsync();

        Assert.All(await Task.WhenAll(searches), count => Assert.True(count > 0));
    }
}
