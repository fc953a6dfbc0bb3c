using System.Text.Json;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Search;
using Matchmaking.Tests.Search;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Relevance;

/// <summary>The title of each of 2,000 papers as a query for its own abstract, which is all that the index has of it; both engines answer to the same numbers.</summary>
public sealed class KnownItemTests
{
    private const double Tolerance = 0.005;
    private static readonly DateOnly Today = new(2026, 11, 24);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Titles_find_their_abstracts_on_the_embedded_engine()
    {
        var folder = Directory.CreateTempSubdirectory("known-item").FullName;
        try
        {
            using var engine = new LuceneSearchEngine(folder);
            await MeasureAsync(engine);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Titles_find_their_abstracts_on_Elasticsearch()
    {
        var options = ElasticServer.Options();
        try
        {
            using var engine = new ElasticSearchEngine(options);
            await MeasureAsync(engine);
        }
        finally
        {
            await ElasticServer.DeleteAsync(options);
        }
    }

    private static async Task MeasureAsync(ISearchEngine engine)
    {
        var papers = new SampleFiles(Repository.Path("samples")).Papers();
        await engine.RebuildAsync(papers.Select((paper, i) => new IndexEntry(new ListingDocument(
            i + 1, ListingKind.Achievement, $"{i + 1}", "", "", paper.Abstract, [], null, "", "", "", null, null, [], null, [], null, DateTimeOffset.UnixEpoch, DateOnly.MaxValue), null)).ToAsyncEnumerable(), Cancel);
        var (typed, candidates) = (0, 0);
        for (var i = 0; i < papers.Count; i++)
        {
            var found = await engine.SearchAsync(new SearchRequest(papers[i].Title, ListingKind.Achievement, new Dictionary<string, IReadOnlyList<string>>(), SearchSort.Relevance, Today, Size: 1), Cancel);
            if (found.Hits is [var hit, ..] && hit.Id == i + 1) typed++;
            if (await engine.WordsAsync(new WordQuery(ListingKind.Achievement, papers[i].Title, papers[i].Title, Today, 1), Cancel) is [var first, ..] && first.Id == i + 1) candidates++;
        }

        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.Path("tests", "Matchmaking.Tests", "Relevance", "expected.json"), Cancel));
        void Same(string key, int count)
        {
            var (share, wanted) = (count / (double)papers.Count, expected.RootElement.GetProperty(key).GetProperty("r1").GetDouble());
            Assert.True(share > wanted - Tolerance, $"{key}: R@1 fell to {share:0.0000}, expected {wanted:0.0000}.");
            Assert.True(share < wanted + Tolerance, $"{key}: R@1 rose to {share:0.0000}: update expected.json.");
        }
        Same("papers, typed title", typed);
        Same("papers, candidates by words", candidates);
    }
}
