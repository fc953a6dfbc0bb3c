using System.Text.Json;
using Matchmaking.Matching.Evaluation;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Text;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Relevance;

/// <summary>
/// The samples' graded pairs, ordered by the product's own ranker. <c>expected.json</c> keeps NDCG@10 of the ranker in use: a change that makes
/// the order worse fails, one that makes it better fails too until its number is written down.
/// </summary>
public sealed class RelevanceTests
{
    private const double Tolerance = 0.005;

    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    /// <param name="Needs">Needs that count: at least five graded pairs, one of them 3 or 4.</param>
    /// <param name="Words">NDCG@10 by words alone.</param>
    /// <param name="Vectors">NDCG@10 with the encoder.</param>
    private sealed record Expectation(string Ranker, int Needs, double Words, double Vectors);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_order_is_as_good_as_written_down(bool vectors)
    {
        var expected = JsonSerializer.Deserialize<Expectation>(File.ReadAllText(Repository.Path("tests", "Matchmaking.Tests", "Relevance", "expected.json")), Json)!;
        var (needs, terms) = Samples(vectors);
        var finder = Finder();

        var row = Experiment.Run(finder.RankerVersion, needs, finder, terms, Today);

        var number = vectors ? expected.Vectors : expected.Words;
        Assert.Equal((expected.Ranker, expected.Needs), (finder.RankerVersion, row.Needs));
        Assert.False(row.Ndcg10 < number - Tolerance, $"NDCG@10 fell from {number:0.0000} to {row.Ndcg10:0.0000}.");
        Assert.False(row.Ndcg10 > number + Tolerance, $"NDCG@10 rose from {number:0.0000} to {row.Ndcg10:0.0000}: update expected.json.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_best_graded_pair_stands_above_the_near_misses(bool vectors)
    {
        var (needs, terms) = Samples(vectors);
        var finder = Finder();
        var best = new List<double>();
        var others = new List<double>();
        foreach (var need in needs.Where(n => n.Pool.Any(p => p.Level >= 3) && n.Pool.Any(p => p.Level < 3)))
        {
            var level = need.Pool.ToDictionary(p => p.Candidate.Document.Id, p => p.Level);
            var ranked = finder.Rank(need.Need, need.Pool.Select(p => p.Candidate), terms, need.Pool.Count, Today);
            var top = level.Values.Max();
            best.Add(ranked.Where(r => level[r.Candidate.Id] == top).Average(r => r.Rank));
            others.Add(ranked.Where(r => level[r.Candidate.Id] < 3).Average(r => r.Rank));
        }

        Assert.NotEmpty(best);
        Assert.True(best.Average() + 1 < others.Average(), $"mean rank of the best {best.Average():0.00}, of the near misses {others.Average():0.00}");
        // Single needs may be turned round; a tenth of them is more than chance.
        Assert.True(best.Zip(others).Count(p => p.First >= p.Second) <= best.Count / 10);
    }

    private static MatchFinder Finder() => new(null!, null!, new WeightedRanker());

    private static (IReadOnlyList<JudgedNeed> Needs, TermStatistics Terms) Samples(bool vectors)
    {
        var folder = Repository.Path("samples");
        Assert.SkipUnless(File.Exists(Path.Combine(folder, "needs.json")), "samples/needs.json is not there.");
        string? reason = null;
        using var encoder = vectors ? SentenceEncoder.TryOpen(Repository.Path("models", "bge-small-zh-v1.5"), out reason) : null;
        Assert.SkipWhen(vectors && encoder is null, $"No encoder: {reason}");
        var files = new SampleFiles(folder);
        return (SampleJudgements.Read(files, Today, encoder, TestContext.Current.CancellationToken), TermStatistics.From(SampleJudgements.Documents(files, Today)));
    }
}
