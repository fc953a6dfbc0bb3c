using Matchmaking.Matching.Search;
using static Matchmaking.Tests.Search.SearchSamples;

namespace Matchmaking.Tests.Search;

/// <summary>What every search engine must do; one class for each engine inherits it.</summary>
public abstract partial class SearchEngineContract : IAsyncLifetime
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ISearchEngine Engine { get; set; } = null!;

    /// <summary>An engine with an empty index of its own.</summary>
    protected abstract Task<ISearchEngine> CreateAsync();

    /// <summary>The engine as after a restart of the program.</summary>
    protected abstract Task<ISearchEngine> ReopenAsync();

    public virtual async ValueTask InitializeAsync() => Engine = await CreateAsync();

    public virtual ValueTask DisposeAsync()
    {
        (Engine as IDisposable)?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_better_match_stands_first()
    {
        await Engine.IndexAsync(
            [
                new(Document(1, "复合材料成型") with { Description = "也可用于碳纤维。" }, null),
                Entry(2, "碳纤维原丝"),
                Entry(3, "玉米秸秆还田"),
            ],
            Cancel);

        Assert.Equal([2, 1], await FoundAsync(Request("碳纤维")));
    }

    [Fact]
    public async Task A_listing_needs_a_fair_share_of_the_words_to_be_found()
    {
        await Engine.IndexAsync([Entry(1, "碳纤维原丝拉伸强度"), Entry(2, "纤维素提取"), Entry(3, "碳纤维复合材料拉伸成型")], Cancel);

        Assert.Equal([1], await FoundAsync(Request("碳纤维原丝拉伸")));
        Assert.Equal([1, 3], (await FoundAsync(Request("碳纤维"))).Order());
    }

    [Fact]
    public async Task A_number_with_its_unit_and_a_single_character_are_found()
    {
        await Engine.IndexAsync([Entry(1, "拉伸强度5.5 GPa的纤维"), Entry(2, "拉伸强度3.5GPa的纤维")], Cancel);

        Assert.Equal([1], await FoundAsync(Request("5.5gpa")));
        Assert.Equal([2], await FoundAsync(Request("３.5 ＧＰａ")));
        Assert.Equal(2, (await FoundAsync(Request("纤"))).Count);
    }

    [Fact]
    public async Task What_is_indexed_twice_is_found_once_and_as_it_was_written_last()
    {
        await Engine.IndexAsync([Entry(1, "碳纤维原丝"), Entry(2, "碳纤维预浸料")], Cancel);
        await Engine.IndexAsync([Entry(1, "碳纤维织物")], Cancel);

        Assert.Equal([1, 2], (await FoundAsync(Request("碳纤维"))).Order());
        Assert.Empty(await FoundAsync(Request("原丝")));
        Assert.Equal(2, (await Engine.StatusAsync(Cancel)).Documents);
    }

    [Fact]
    public async Task What_is_removed_is_gone_and_unknown_ids_are_no_error()
    {
        await Engine.IndexAsync([Entry(1, "碳纤维原丝", Axis(0)), Entry(2, "碳纤维织物", Axis(0))], Cancel);
        await Engine.RemoveAsync([(1, 0), (99, 0)], Cancel);

        Assert.Equal([2], await FoundAsync(Request("碳纤维", vector: Axis(0))));
        Assert.Equal([2], (await Engine.NearestAsync(new(ListingKind.Achievement, Axis(0), Today, 5), Cancel)).Select(hit => hit.Id));
        var status = await Engine.StatusAsync(Cancel);
        Assert.Equal((1, 1), (status.Documents, status.Vectors));
    }

    [Fact]
    public async Task The_typed_public_number_finds_its_listing_first()
    {
        await Engine.IndexAsync(
            [
                Entry(1, "碳纤维原丝", Axis(0)),
                new(Document(2, "CG2026 220100 00001 CG2026 220100 00001"), new("by-hand", Axis(0), Axis(0), [])),
                Entry(3, "CG2026-220100-00001", Axis(0)),
            ],
            Cancel);

        Assert.Equal(1, (await FoundAsync(Request(" cg2026-220100-00001 ")))[0]);
        Assert.Equal(1, (await FoundAsync(Request("ＣＧ2026-220100-00001", vector: Near(0, 0.9f))))[0]);
    }

    [Fact]
    public async Task Facets_filters_and_totals_agree()
    {
        await IndexManyAsync();
        var all = await Engine.SearchAsync(Request("碳纤维"), Cancel);
        Assert.Equal(60, all.Total);

        foreach (var facet in Facet.All)
        {
            Assert.NotEmpty(all.Facets[facet]);
            foreach (var value in all.Facets[facet])
            {
                var filtered = await Engine.SearchAsync(Request("碳纤维", filters: (facet, [value.Value])), Cancel);
                Assert.Equal(value.Count, filtered.Total);
                // Its own filter does not change a facet's counts, those of the others do.
                Assert.Equal(all.Facets[facet], filtered.Facets[facet]);
            }
        }
    }

    [Fact]
    public async Task Values_of_a_facet_are_alternatives_and_facets_are_conjunctive()
    {
        await IndexManyAsync();

        var regions = (await Engine.SearchAsync(Request("碳纤维"), Cancel)).Facets[Facet.Region].ToDictionary(value => value.Value, value => value.Count);
        var two = await Engine.SearchAsync(Request("碳纤维", filters: (Facet.Region, ["220100", "220200"])), Cancel);
        Assert.Equal(regions["220100"] + regions["220200"], two.Total);

        var both = await Engine.SearchAsync(Request("碳纤维", size: 100, filters: [(Facet.Region, ["220100"]), (Facet.Money, [MoneyBand.Open])]), Cancel);
        Assert.Equal(Many.Count(item => item.Region == "220100" && item.Money is null), both.Total);
        Assert.Equal(both.Total, both.Hits.Count);
        Assert.Equal(both.Total, both.Facets[Facet.Region].Single(value => value.Value == "220100").Count);
        Assert.Empty((await Engine.SearchAsync(Request("碳纤维", filters: (Facet.Region, ["no such value"])), Cancel)).Hits);
    }

    [Fact]
    public async Task Pages_together_are_all_hits_once()
    {
        await IndexManyAsync();
        foreach (var sort in Enum.GetValues<SearchSort>())
        {
            var ids = new List<int>();
            for (var page = 1; page <= 9; page++) ids.AddRange(await FoundAsync(Request("碳纤维", sort, page, size: 7)));
            Assert.Equal(Enumerable.Range(1, 60), ids.Order());
            Assert.Equal(ids, await FoundAsync(Request("碳纤维", sort, size: 100)));
        }
        Assert.Empty(await FoundAsync(Request("碳纤维", page: 10, size: 7)));
        Assert.Empty(await FoundAsync(Request("碳纤维", page: int.MaxValue, size: int.MaxValue)));
        Assert.NotEmpty(await FoundAsync(Request("碳纤维", page: -5, size: -5)));
    }

    [Fact]
    public async Task Each_order_is_kept_and_missing_values_come_last()
    {
        await IndexManyAsync();
        var byId = Many.ToDictionary(item => item.Id);

        var deadlines = (await FoundAsync(Request("碳纤维", SearchSort.Deadline, size: 100))).Select(id => byId[id].Deadline ?? DateOnly.MaxValue).ToList();
        Assert.Equal(deadlines.Order(), deadlines);
        var money = (await FoundAsync(Request("碳纤维", SearchSort.MoneyDescending, size: 100))).Select(id => byId[id].Money ?? -1).ToList();
        Assert.Equal(money.OrderDescending(), money);
        var published = (await FoundAsync(Request("碳纤维", SearchSort.Newest, size: 100))).Select(id => byId[id].PublishedAt).ToList();
        Assert.Equal(published.OrderDescending(), published);
    }

    [Fact]
    public async Task No_text_lists_everything_newest_first_and_the_other_side_is_counted()
    {
        await Engine.IndexAsync([Entry(1, "碳纤维"), Entry(2, "玉米"), Entry(3, "碳纤维需求", ListingKind.Need)], Cancel);

        Assert.Equal([2, 1], await FoundAsync(Request("")));
        Assert.Equal([2, 1], await FoundAsync(Request(" \t\n ")));
        Assert.Equal(1, (await Engine.SearchAsync(Request("碳纤维"), Cancel)).OtherKind);
        Assert.Equal(0, (await Engine.SearchAsync(Request("玉米"), Cancel)).OtherKind);
    }

    [Fact]
    public async Task What_has_expired_is_not_found()
    {
        await Engine.IndexAsync(
            [
                new(Document(1, "碳纤维") with { ValidUntil = Today.AddDays(-1) }, new("by-hand", Axis(0), Axis(0), [])),
                new(Document(2, "碳纤维") with { ValidUntil = Today }, new("by-hand", Axis(0), Axis(0), [])),
            ],
            Cancel);

        Assert.Equal([2], await FoundAsync(Request("碳纤维")));
        Assert.Equal([2], await FoundAsync(Request("")));
        Assert.Equal([2], await FoundAsync(Request("无关", vector: Axis(0))));
        Assert.Equal([2], (await Engine.NearestAsync(new(ListingKind.Achievement, Axis(0), Today, 5), Cancel)).Select(hit => hit.Id));
        Assert.Equal([2], (await Engine.WordsAsync(new(ListingKind.Achievement, "碳纤维", "", Today, 5), Cancel)).Select(hit => hit.Id));
    }

    [Fact]
    public async Task An_owner_is_found_by_name_unless_anonymous()
    {
        await Engine.IndexAsync([new(Document(1, "碳纤维") with { OwnerName = "长春某某大学（示例）" }, null), Entry(2, "碳纤维")], Cancel);

        Assert.Equal([1], await FoundAsync(Request("长春某某大学")));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("()[]{}<>")]
    [InlineData("！？。，、；——……")]
    [InlineData("😀🎉")]
    [InlineData("\u200b")]
    public async Task Text_without_a_word_finds_nothing(string text)
    {
        await Engine.IndexAsync([Entry(1, "碳纤维", Axis(0))], Cancel);

        var result = await Engine.SearchAsync(Request(text, vector: Axis(0)), Cancel);
        Assert.Equal(0, result.Total);
        Assert.Empty(result.Hits);
    }

    [Fact]
    public async Task Any_text_is_a_legal_query()
    {
        await Engine.IndexAsync([Entry(1, "碳纤维a"), Entry(2, "and or not 原丝")], Cancel);
        var varied = string.Concat(Enumerable.Range(0, 10_000).Select(i => (char)(0x4E00 + i % 20_000)));
        string[] texts =
        [
            "a* AND (", "title:[* TO *]", "\\", "~0.5", "+-&&||!", "{\"query\":{}}", new('碳', 10_000), varied, new('a', 10_000), string.Join(' ', Enumerable.Range(0, 3_000)),
            "\ud83d碳纤维\udc00", "\0碳\u0001纤维", "ＡＮＤ", "\ufffe\uffff",
        ];
        foreach (var text in texts)
        {
            var result = await Engine.SearchAsync(Request(text), Cancel);
            Assert.Equal(result.Total, result.Hits.Count);
            await Engine.WordsAsync(new(ListingKind.Achievement, text, text, Today, 5), Cancel);
        }
        Assert.Equal([1], await FoundAsync(Request("\ud83d碳纤维\udc00")));
        Assert.Equal([1], await FoundAsync(Request("Ａ 碳纤维")));
        Assert.Equal([2], await FoundAsync(Request("ＡＮＤ")));
    }

    [Fact]
    public async Task Words_and_vectors_are_fused_and_both_are_filtered()
    {
        await Engine.IndexAsync(
            [
                Entry(1, "碳纤维原丝", Near(0, 0.95f)),
                Entry(2, "碳纤维织物", Axis(9)),
                Entry(3, "聚丙烯腈长丝", Near(0, 0.9f)),
                Entry(4, "玉米秸秆", Near(0, 0.4f)),
                new(Document(5, "石墨丝") with { Region = "220200" }, new("by-hand", Near(0, 0.8f), Near(0, 0.8f), [])),
                Entry(6, "纺丝需求", Near(0, 0.9f), ListingKind.Need),
            ],
            Cancel);

        var result = await Engine.SearchAsync(Request("碳纤维", vector: Axis(0)), Cancel);
        Assert.Equal(1, result.Hits[0].Id);
        Assert.Equal([1, 2, 3, 5], result.Hits.Select(hit => hit.Id).Order());
        Assert.Equal((4, 1), (result.Total, result.OtherKind));
        Assert.Equal(1, result.Facets[Facet.Region].Single(value => value.Value == "220200").Count);
        Assert.Equal([5], await FoundAsync(Request("碳纤维", vector: Axis(0), filters: (Facet.Region, ["220200"]))));
        Assert.Equal([5, 3, 2, 1], await FoundAsync(Request("碳纤维", SearchSort.Newest, vector: Axis(0))));
    }

    [Fact]
    public async Task A_few_of_the_words_count_for_a_listing_that_its_vector_has_found()
    {
        await Engine.IndexAsync([Entry(1, "碳纤维预浸料", Near(0, 0.88f)), Entry(2, "聚丙烯腈长丝", Near(0, 0.9f)), Entry(3, "碳纤维回收", Axis(9))], Cancel);

        Assert.Equal([1, 2], await FoundAsync(Request("碳纤维原丝连续制备", vector: Axis(0))));
    }

    [Fact]
    public async Task A_sentence_finds_what_says_the_same_in_other_words_from_farther_than_a_subject_does()
    {
        await Engine.IndexAsync([Entry(1, "聚丙烯腈长丝", Near(0, 0.55f)), Entry(2, "玉米秸秆", Near(0, 0.45f)), Entry(3, "纺丝需求", Near(0, 0.55f), ListingKind.Need)], Cancel);

        var sentence = await Engine.SearchAsync(Request("碳纤维原丝连续制备", vector: Axis(0)), Cancel);
        Assert.Equal([1], sentence.Hits.Select(hit => hit.Id));
        Assert.Equal((1, 1), (sentence.Total, sentence.OtherKind));
        Assert.Empty(await FoundAsync(Request("碳纤维原丝", vector: Axis(0))));
    }

    [Fact]
    public async Task The_nearer_of_two_listings_with_the_same_words_stands_first_however_far_both_are()
    {
        await Engine.IndexAsync([Entry(1, "碳纤维原丝", Near(0, 0.5f)), Entry(2, "碳纤维原丝", Near(0, 0.3f)), Entry(3, "玉米秸秆", Near(0, 0.4f))], Cancel);

        Assert.Equal([1, 2], await FoundAsync(Request("碳纤维原丝", vector: Axis(0))));
    }

    [Fact]
    public async Task A_text_that_is_near_to_nothing_finds_nothing()
    {
        await Engine.IndexAsync([Entry(1, "碳纤维", Near(0, 0.5f))], Cancel);

        Assert.Empty(await FoundAsync(Request("量子引力", vector: Axis(0))));
        Assert.Empty(await FoundAsync(Request("量子引力", vector: new float[512])));
    }

    [Fact]
    public async Task The_nearest_are_ordered_by_cosine_and_of_one_kind()
    {
        await Engine.IndexAsync(
            [
                Entry(1, "甲", Near(0, 0.3f)), Entry(2, "乙", Near(0, 0.9f)), Entry(3, "丙", Near(0, -0.5f)), Entry(4, "丁"),
                Entry(5, "戊", Axis(0), ListingKind.Need),
            ],
            Cancel);

        var nearest = await Engine.NearestAsync(new(ListingKind.Achievement, Axis(0), Today, 10), Cancel);
        Assert.Equal([2, 1, 3], nearest.Select(hit => hit.Id));
        Assert.Equal(0.9, nearest[0].Score, 0.01);
        Assert.Equal([2], (await Engine.NearestAsync(new(ListingKind.Achievement, Axis(0), Today, 1), Cancel)).Select(hit => hit.Id));
    }

    [Fact]
    public async Task Candidates_by_words_have_the_best_first()
    {
        await Engine.IndexAsync([Entry(1, "玉米秸秆还田"), Entry(2, "高强碳纤维原丝制备"), Entry(3, "碳化硅"), Entry(4, "高强碳纤维", ListingKind.Need)], Cancel);

        var words = await Engine.WordsAsync(new(ListingKind.Achievement, "高强碳纤维", "需要原丝。" + new string('强', 3_000), Today, 2), Cancel);
        Assert.Equal([2, 3], words.Select(hit => hit.Id));
        Assert.True(words[0].Score > words[1].Score);
        Assert.Empty(await Engine.WordsAsync(new(ListingKind.Achievement, "", "", Today, 5), Cancel));
    }

    [Fact]
    public async Task After_a_restart_the_same_is_found()
    {
        await IndexManyAsync();
        await Engine.IndexAsync([Entry(100, "玉米", Near(0, 0.9f))], Cancel);
        await Engine.RemoveAsync([(5, 0)], Cancel);
        var before = await Engine.SearchAsync(Request("碳纤维", vector: Axis(0), size: 100), Cancel);

        Engine = await ReopenAsync();

        var after = await Engine.SearchAsync(Request("碳纤维", vector: Axis(0), size: 100), Cancel);
        Assert.Equal(60, before.Total);
        Assert.Equal(before.Hits, after.Hits);
        Assert.Equal(before.Facets[Facet.Region], after.Facets[Facet.Region]);
        Assert.Equal(1, (await Engine.StatusAsync(Cancel)).Vectors);
    }

    protected async Task<IReadOnlyList<int>> FoundAsync(SearchRequest request)
    {
        var result = await Engine.SearchAsync(request, Cancel);
        Assert.True(result.Total >= result.Hits.Count);
        return [.. result.Hits.Select(hit => hit.Id)];
    }

    protected static async IAsyncEnumerable<IndexEntry> Entries(IEnumerable<IndexEntry> entries)
    {
        foreach (var entry in entries)
        {
            await Task.Yield();
            yield return entry;
        }
    }

    // Sixty listings in several commits, of differing facets, and ten that no query here finds.
    private async Task IndexManyAsync()
    {
        foreach (var part in Many.Chunk(25)) await Engine.IndexAsync([.. part.Select(item => new IndexEntry(item, null))], Cancel);
        await Engine.IndexAsync([.. Enumerable.Range(201, 10).Select(id => Entry(id, "玉米秸秆"))], Cancel);
    }

    private static IReadOnlyList<ListingDocument> Many { get; } =
    [
        .. Enumerable.Range(1, 60).Select(id => Document(id, "碳纤维" + new string('丝', id % 4)) with
        {
            Field = id % 2 == 0 ? "NewMaterials" : "Biology",
            Industry = "C" + (13 + id % 5),
            Region = id % 3 == 0 ? "220100" : "220" + (200 + id % 4 * 100),
            Band = id % 7 == 0 ? null : id % 2 == 0 ? "Early" : "Mature",
            Money = id % 4 == 0 ? null : id * 7,
            Cooperation = id % 5 == 0 ? [] : id % 2 == 0 ? ["Licence", "Joint"] : ["Joint"],
            Deadline = id % 3 == 0 ? null : Today.AddDays(100 - id),
        }),
    ];
}
