using System.Text.Json;
using Matchmaking.Matching.Evaluation;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Text;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Relevance;

/// <summary>How well the product's ranker orders the samples' graded pairs; the numbers of <c>expected.json</c> are kept, in both directions.</summary>
public sealed class SampleOrderTests
{
    private const double Tolerance = 0.005;
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Theory]
    [InlineData(false, "words")]
    [InlineData(true, "words+vectors")]
    public void The_graded_fits_stand_above_the_near_misses(bool vectors, string key)
    {
        using var encoder = vectors ? SentenceEncoder.TryOpen(Repository.Path("models", "bge-small-zh-v1.5"), out _) : null;
        Assert.SkipWhen(vectors && encoder is null, "The encoder's model is not in models/.");
        var needs = SampleJudgements.Read(new SampleFiles(Repository.Path("samples")), encoder, TestContext.Current.CancellationToken);
        var documents = needs.Select(n => n.Need.Document).Concat(needs.SelectMany(n => n.Pool.Select(p => p.Candidate.Document))).DistinctBy(d => d.Id);

        var row = Experiment.Run(key, needs, new MatchFinder(null!, null!, new WeightedRanker()), TermStatistics.From(documents), Today);

        using var expected = JsonDocument.Parse(File.ReadAllText(Repository.Path("tests", "Matchmaking.Tests", "Relevance", "expected.json")));
        var wanted = expected.RootElement.GetProperty(key).GetProperty("ndcg10").GetDouble();
        Assert.True(row.Ndcg10 > wanted - Tolerance, $"NDCG@10 fell to {row.Ndcg10:0.0000}, expected {wanted:0.0000}.");
        Assert.True(row.Ndcg10 < wanted + Tolerance, $"NDCG@10 rose to {row.Ndcg10:0.0000}: update expected.json.");
    }

    [Fact]
    public void There_are_at_least_forty_fits_among_sixty_needs_and_eighty_achievements()
    {
        var files = new SampleFiles(Repository.Path("samples"));

        Assert.True(files.Needs().Count >= 60);
        Assert.True(files.Achievements().Count >= 80);
        Assert.True(files.Grades().Count(g => g.Value >= 3) >= 40);
        Assert.Equal(2_000, files.Papers().Count);
    }
}
