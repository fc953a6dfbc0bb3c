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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_best_graded_pair_of_a_need_stands_above_its_near_misses(bool vectors)
    {
        using var encoder = vectors ? SentenceEncoder.TryOpen(Repository.Path("models", "bge-small-zh-v1.5"), out _) : null;
        Assert.SkipWhen(vectors && encoder is null, "The encoder's model is not in models/.");
        var files = new SampleFiles(Repository.Path("samples"));
        var terms = TermStatistics.From(SampleJudgements.Documents(files));
        var finder = new MatchFinder(null!, null!, new WeightedRanker());
        var best = new List<double>();
        var misses = new List<double>();
        foreach (var need in SampleJudgements.Read(files, encoder, TestContext.Current.CancellationToken).Where(n => n.Pool.Any(p => p.Level >= 3) && n.Pool.Any(p => p.Level < 3)))
        {
            var level = need.Pool.ToDictionary(p => p.Candidate.Document.Id, p => p.Level);
            var ranked = finder.Rank(need.Need, need.Pool.Select(p => p.Candidate), terms, need.Pool.Count, Today);
            best.Add(ranked.Where(r => level[r.Candidate.Id] == level.Values.Max()).Average(r => r.Rank));
            misses.Add(ranked.Where(r => level[r.Candidate.Id] < 3).Average(r => r.Rank));
        }

        Assert.True(best.Count >= 40, $"{best.Count} needs have a fit and a near miss");
        Assert.True(best.Average() + 1 < misses.Average(), $"mean rank of the best {best.Average():0.00}, of the near misses {misses.Average():0.00}");
        // A single need may be turned round; a tenth of them is more than chance.
        Assert.True(best.Zip(misses).Count(p => p.First >= p.Second) <= best.Count / 10);
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
