using System.Numerics.Tensors;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Search;
using Matchmaking.Tests.Support;
using static Matchmaking.Tests.Search.SearchSamples;

namespace Matchmaking.Tests.Search;

/// <summary>Both engines find the same in the same order: over the samples' listings and papers, asked with what the samples' needs say.</summary>
public sealed class ElasticParityTests : IAsyncLifetime
{
    private readonly ElasticOptions options = ElasticServer.Options();
    private readonly string folder = Directory.CreateTempSubdirectory("parity").FullName;
    private LuceneSearchEngine lucene = null!;
    private ElasticSearchEngine elastic = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        lucene = new LuceneSearchEngine(folder);
        elastic = new ElasticSearchEngine(options);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        lucene.Dispose();
        elastic.Dispose();
        Directory.Delete(folder, recursive: true);
        await ElasticServer.DeleteAsync(options);
    }

    [Fact]
    public async Task The_first_ten_by_words_are_the_same_in_the_same_order()
    {
        var needs = await IndexSamplesAsync();
        var typed = new Agreement();
        var candidates = new Agreement();
        foreach (var need in needs)
        {
            foreach (var keyword in need.Keywords)
            {
                var request = new SearchRequest(keyword, ListingKind.Achievement, new Dictionary<string, IReadOnlyList<string>>(), SearchSort.Relevance, Today);
                var (expected, found) = (await lucene.SearchAsync(request, Cancel), await elastic.SearchAsync(request, Cancel));
                Assert.Equal((expected.Total, expected.OtherKind), (found.Total, found.OtherKind));
                foreach (var facet in Facet.All) Assert.Equal(expected.Facets[facet], found.Facets[facet]);
                typed.Add(expected.Hits.Select(hit => hit.Id), found.Hits.Select(hit => hit.Id));
            }

            var query = new WordQuery(ListingKind.Achievement, need.Title, need.Text, Today, 10);
            candidates.Add((await lucene.WordsAsync(query, Cancel)).Select(hit => hit.Id), (await elastic.WordsAsync(query, Cancel)).Select(hit => hit.Id));
        }

        Assert.True(typed.Places >= 500, $"typed words: {typed}");
        Assert.True(typed.Share >= 0.95, $"typed words: {typed}");
        Assert.True(candidates.Share >= 0.95, $"words of a listing: {candidates}");
    }

    [Fact]
    public async Task The_nearest_twenty_are_nearly_always_the_true_ones()
    {
        // Subjects with many variations each, as texts are; far-apart random vectors would be too easy or too hard.
        var random = new Random(7);
        var subjects = Enumerable.Range(0, 60).Select(_ => Direction(random)).ToList();
        var vectors = Enumerable.Range(0, 3_000).Select(i => Mixed(subjects[i % subjects.Count], random)).ToList();
        await elastic.RebuildAsync(Entries(vectors), Cancel);

        double hits = 0, wanted = 0;
        for (var i = 0; i < 60; i++)
        {
            var query = Mixed(subjects[i], random);
            var exact = vectors.Select((vector, at) => (Id: at + 1, Cosine: TensorPrimitives.CosineSimilarity<float>(vector, query))).OrderByDescending(item => item.Cosine).Take(20).ToList();
            var found = await elastic.NearestAsync(new(ListingKind.Achievement, query, Today, 20), Cancel);
            Assert.Equal(20, found.Count);
            Assert.Equal(exact[0].Cosine, found[0].Score, 0.001);
            hits += found.Count(hit => exact.Any(item => item.Id == hit.Id));
            wanted += 20;
        }

        Assert.True(hits / wanted >= 0.98, $"recall@20 {hits / wanted:0.0000}");
    }

    [Fact]
    public async Task Words_and_vectors_are_fused_alike()
    {
        var random = new Random(11);
        var subjects = Enumerable.Range(0, 10).Select(_ => Direction(random)).ToList();
        string[] titles = ["碳纤维原丝", "碳纤维织物预浸料", "聚丙烯腈纺丝", "玉米秸秆还田", "纤维素提取"];
        var entries = Enumerable.Range(1, 400).Select(id => Entry(id, titles[random.Next(titles.Length)], Mixed(subjects[id % 10], random))).ToList();
        await lucene.IndexAsync(entries, Cancel);
        await elastic.IndexAsync(entries, Cancel);

        var agreement = new Agreement();
        foreach (var sort in Enum.GetValues<SearchSort>())
        {
            for (var i = 0; i < 10; i++)
            {
                var request = Request("碳纤维原丝", sort, page: 1 + i % 3, vector: Mixed(subjects[i], random));
                var (expected, found) = (await lucene.SearchAsync(request, Cancel), await elastic.SearchAsync(request, Cancel));
                // Bytes there and full numbers here may see a listing on either side of the least cosine.
                Assert.InRange(found.Total, expected.Total - 2, expected.Total + 2);
                agreement.Add(expected.Hits.Select(hit => hit.Id), found.Hits.Select(hit => hit.Id));
            }
        }

        Assert.True(agreement.Share >= 0.9, agreement.ToString());
    }

    private async Task<IReadOnlyList<ListingDocument>> IndexSamplesAsync()
    {
        var files = new SampleFiles(Repository.Path("samples"));
        var listings = SampleJudgements.Documents(files).Select(document => document with { ValidUntil = Today.AddDays(300) }).ToList();
        var next = listings.Max(document => document.Id) + 1;
        var papers = files.Papers().Select(paper => Document(next++, paper.Title) with { Summary = paper.Abstract, Keywords = paper.Keywords });
        var entries = listings.Concat(papers).Select(document => new IndexEntry(document, null)).ToList();
        await lucene.RebuildAsync(entries.ToAsyncEnumerable(), Cancel);
        await elastic.RebuildAsync(entries.ToAsyncEnumerable(), Cancel);
        return [.. listings.Where(document => document.Kind == ListingKind.Need)];
    }

    private static IAsyncEnumerable<IndexEntry> Entries(IEnumerable<float[]> vectors) => vectors.Select((vector, at) => Entry(at + 1, "碳纤维", vector)).ToAsyncEnumerable();

    private static float[] Direction(Random random)
    {
        var vector = new float[512];
        for (var i = 0; i < vector.Length; i++) vector[i] = (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    private static float[] Mixed(float[] subject, Random random)
    {
        var vector = Direction(random);
        TensorPrimitives.MultiplyAdd(vector, (float)(0.3 + 0.7 * random.NextDouble()), subject, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    private sealed class Agreement
    {
        private int same;
        private int all;

        public int Places => all;
        public double Share => (double)same / all;

        public void Add(IEnumerable<int> expected, IEnumerable<int> found)
        {
            var (a, b) = (expected.ToList(), found.ToList());
            all += Math.Max(a.Count, b.Count);
            same += a.Zip(b).Count(pair => pair.First == pair.Second);
        }

        public override string ToString() => $"{same} of {all} places agree";
    }
}
