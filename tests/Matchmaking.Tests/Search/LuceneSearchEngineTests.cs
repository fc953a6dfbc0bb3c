using System.Numerics.Tensors;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using static Matchmaking.Tests.Search.SearchSamples;

namespace Matchmaking.Tests.Search;

public sealed class LuceneSearchEngineTests : SearchEngineContract
{
    private readonly string folder = Directory.CreateTempSubdirectory("lucene").FullName;

    protected override Task<ISearchEngine> CreateAsync() => Task.FromResult<ISearchEngine>(new LuceneSearchEngine(folder));

    protected override Task<ISearchEngine> ReopenAsync()
    {
        ((IDisposable)Engine).Dispose();
        return CreateAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_missing_index_is_noticed_and_a_rebuild_settles_it()
    {
        Assert.True((await Engine.StatusAsync(Cancel)).NeedsRebuild);
        await Engine.IndexAsync([Entry(1, "碳纤维")], Cancel);
        Engine = await ReopenAsync();
        // One listing written later does not make it complete.
        Assert.True((await Engine.StatusAsync(Cancel)).NeedsRebuild);

        await Engine.RebuildAsync(Entries([Entry(1, "碳纤维"), Entry(2, "碳纤维")]), Cancel);
        Assert.False((await Engine.StatusAsync(Cancel)).NeedsRebuild);
        Engine = await ReopenAsync();
        Assert.Equal(new IndexStatus(2, 0, NeedsRebuild: false), await Engine.StatusAsync(Cancel));
    }

    /// <summary>Three kinds of company for a query: segments with signs, one too small to have them, and listings that are removed or past their day.</summary>
    [Fact]
    public async Task The_first_pass_finds_in_the_whole_index_what_a_look_at_every_listing_finds()
    {
        var random = new Random(7);
        float[] Unit(float[] numbers) => [.. numbers.Select(n => n / TensorPrimitives.Norm<float>(numbers))];
        float[] Direction() => Unit([.. Enumerable.Range(0, 512).Select(_ => (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5))]);
        var subjects = Enumerable.Range(0, 40).Select(_ => Direction()).ToList();
        float[] About(int subject) => Unit([.. subjects[subject].Zip(Direction(), (a, b) => 0.6f * a + 0.8f * b)]);
        IndexEntry Listing(int id)
        {
            var kind = id % 3 == 0 ? ListingKind.Need : ListingKind.Achievement;
            var entry = Entry(id, "碳纤维", About(id % 40), kind);
            return entry with { Document = entry.Document with { ValidUntil = id % 7 == 0 ? Today.AddDays(-1) : Today.AddDays(30) } };
        }
        await Engine.RebuildAsync(Entries(Enumerable.Range(1, 30_000).Select(Listing)), Cancel);
        await Engine.IndexAsync([.. Enumerable.Range(30_001, 500).Select(Listing)], Cancel);
        await Engine.RemoveAsync([.. Enumerable.Range(1, 1_000).Select(i => (i * 11, 0L))], Cancel);
        var queries = Enumerable.Range(0, 30).Select(i => new VectorQuery(i % 2 == 0 ? ListingKind.Achievement : ListingKind.Need, About(i), Today, 40)).ToList();

        var all = await NearestAsync();
        ((IDisposable)Engine).Dispose();
        Engine = new LuceneSearchEngine(folder, new SearchLimits { FirstPassFrom = 1 });
        var near = await NearestAsync();

        Assert.All(all.Concat(near), found => Assert.Equal(40, found.Count));
        // With the very cosines, not the estimated ones.
        var kept = all.Zip(near, (a, b) => a.Intersect(b).Count()).Sum();
        Assert.InRange(kept, 0.99 * 40 * queries.Count, 40 * queries.Count);

        async Task<List<IReadOnlyList<ScoredId>>> NearestAsync()
        {
            var found = new List<IReadOnlyList<ScoredId>>();
            foreach (var query in queries) found.Add(await Engine.NearestAsync(query, Cancel));
            return found;
        }
    }

    [Theory]
    [InlineData("flipped")]
    [InlineData("cut")]
    [InlineData("deleted")]
    [InlineData("pointer")]
    [InlineData("gone")]
    public async Task A_damaged_index_is_noticed_and_an_empty_one_works_on(string damage)
    {
        await Engine.RebuildAsync(Entries(Enumerable.Range(1, 50).Select(id => Entry(id, "碳纤维", Axis(id)))), Cancel);
        ((IDisposable)Engine).Dispose();
        var index = Directory.GetDirectories(folder).Single();
        var largest = Directory.GetFiles(index).MaxBy(file => new FileInfo(file).Length)!;
        var bytes = File.ReadAllBytes(largest);
        switch (damage)
        {
            case "flipped":
                bytes[bytes.Length / 2] ^= 0xFF;
                File.WriteAllBytes(largest, bytes);
                break;
            case "cut":
                File.WriteAllBytes(largest, bytes[..(bytes.Length / 2)]);
                break;
            case "deleted":
                File.Delete(largest);
                break;
            case "pointer":
                File.WriteAllText(Path.Combine(folder, "current"), "../../etc\n");
                break;
            default:
                Directory.Delete(index, recursive: true);
                break;
        }

        Engine = await CreateAsync();

        Assert.Equal(new IndexStatus(0, 0, NeedsRebuild: true), await Engine.StatusAsync(Cancel));
        await Engine.IndexAsync([Entry(1, "碳纤维")], Cancel);
        Assert.Equal([1], await FoundAsync(Request("碳纤维")));
        Assert.Single(Directory.GetDirectories(folder));
    }

    [Fact]
    public async Task What_a_killed_rebuild_left_is_cleared_away()
    {
        await Engine.RebuildAsync(Entries([Entry(1, "碳纤维")]), Cancel);
        ((IDisposable)Engine).Dispose();
        var left = Directory.CreateDirectory(Path.Combine(folder, "index-99"));
        File.WriteAllText(Path.Combine(left.FullName, "segments_1"), "half");
        File.WriteAllText(Path.Combine(folder, "current.new"), "index-99");

        Engine = await CreateAsync();

        Assert.Equal([1], await FoundAsync(Request("碳纤维")));
        Assert.False(left.Exists && Directory.Exists(left.FullName));
    }

    [Fact]
    public void A_second_process_is_told_that_the_folder_is_in_use() =>
        Assert.Throws<SearchUnavailableException>(() => new LuceneSearchEngine(folder));

    [Fact]
    public async Task A_closed_engine_says_that_it_is_away()
    {
        ((IDisposable)Engine).Dispose();

        await Assert.ThrowsAsync<SearchUnavailableException>(() => Engine.SearchAsync(Request("碳"), Cancel));
        await Assert.ThrowsAsync<SearchUnavailableException>(() => Engine.IndexAsync([Entry(1, "碳")], Cancel));
        await Assert.ThrowsAsync<SearchUnavailableException>(() => Engine.StatusAsync(Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_name_of_an_anonymous_owner_is_nowhere_in_the_files(bool anonymous)
    {
        var now = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
        const string code = "91220100000000001";
        var organization = new Organization("ownersname", OrganizationKind.Enterprise, code + CreditCode.CheckCharacter(code), "220100", "C28", null, now);
        organization.Verify(0, now);
        var need = new Need(organization, 0, now);
        need.Describe(
            new NeedContent
            {
                Title = "碳纤维原丝", Summary = "高强原丝。", Description = "强度不低于5.5 GPa。", Keywords = ["碳纤维"], Field = TechnologyField.NewMaterials, Industry = "C28",
                Region = "220100", Quantities = [new("强度", Comparison.Ge, 5.5m, null, "GPa")], Cooperation = [CooperationMode.JointDevelopment], Money = 10,
                ValidUntil = new DateOnly(2027, 1, 1), Kind = NeedKind.Research, Horizon = Horizon.Near, WorkDone = "无。", Deadline = new DateOnly(2027, 1, 1),
                MinimumTrl = 6, Disclosure = anonymous ? Disclosure.Anonymous : Disclosure.Named,
            },
            new Contact("contactsname", "0431-00000000", "contact@test.invalid"), now);
        need.Submit(0, now, Today);
        need.Publish("XQ2026-220100-00001", 0, now);

        await Engine.IndexAsync([new(need.ToDocument(), null)], Cancel);

        Assert.Equal(anonymous ? [] : new[] { need.Id }, await FoundAsync(Request("ownersname", kind: ListingKind.Need)));
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))).ToList();
        Assert.Equal(!anonymous, files.Any(content => content.Contains("ownersname", StringComparison.Ordinal)));
        Assert.DoesNotContain(files, content => content.Contains("contactsname", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(5, 3)]
    [InlineData(6, 4)]
    [InlineData(30, 4)]
    public void Three_fifths_of_the_words_are_needed_all_of_two_and_four_of_many(int words, int needed) => Assert.Equal(needed, WordQueries.Needed(words));
}
