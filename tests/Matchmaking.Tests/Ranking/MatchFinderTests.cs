using System.Runtime.CompilerServices;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;

namespace Matchmaking.Tests.Ranking;

public sealed class MatchFinderTests
{
    [Fact]
    public void Fusion_equals_the_sums_by_hand()
    {
        // 7: 1/61 + 1/63, 8: 1/62, 9: 1/63 + 1/61, 5: 1/62 — 7 and 9 tie and go by id, as do 5 and 8.
        ScoredId[] words = [new(7, 30), new(8, 20), new(9, 10)];
        ScoredId[] vectors = [new(9, 0.9), new(5, 0.8), new(7, 0.7)];

        Assert.Equal([7, 9, 5, 8], MatchFinder.Fuse(words, vectors));
    }

    [Fact]
    public void One_list_keeps_its_order_and_no_list_is_empty()
    {
        Assert.Equal([3, 1, 2], MatchFinder.Fuse([new(3, 1), new(1, 1), new(2, 1)], []));
        Assert.Empty(MatchFinder.Fuse());
    }

    [Fact]
    public void A_place_in_both_lists_outweighs_the_first_of_one_down_to_rank_62()
    {
        // 2/(60+61) > 1/61, 2/(60+62) = 1/61, 2/(60+63) < 1/61
        Assert.Equal(1_000, WithInBothAt(61).First());
        Assert.NotEqual(1_000, WithInBothAt(63).First());

        static IEnumerable<int> WithInBothAt(int rank)
        {
            ScoredId[] List(int from) => [.. Enumerable.Range(1, 80).Select(r => new ScoredId(r == rank ? 1_000 : from + r, 0))];
            return MatchFinder.Fuse(List(0), List(100));
        }
    }

    [Fact]
    public void Equal_scores_go_by_id_whatever_the_order_of_the_candidates()
    {
        var copies = new[] { 9, 4, 7, 2 }.Select(id => new IndexEntry(Documents.Achievement with { Id = id }, null)).ToList();

        var ranked = Finder().Rank(Entry(Documents.Need), copies, TermStatistics.Empty, 10, Documents.Today);

        Assert.Equal([2, 4, 7, 9], ranked.Select(r => r.Candidate.Id));
        Assert.Equal([1, 2, 3, 4], ranked.Select(r => r.Rank));
    }

    [Fact]
    public void The_same_input_gives_the_same_order_and_scores()
    {
        var random = new Random(3);
        var candidates = Enumerable.Range(10, 40).Select(id => new IndexEntry(Documents.Achievement with
        {
            Id = id, Title = Documents.Achievement.Title[random.Next(8)..], Money = random.Next(50, 400), Maturity = random.Next(1, 9),
        }, Documents.Vectors(random.NextDouble()))).ToList();
        var need = new IndexEntry(Documents.Need, Documents.Vectors(0));

        var first = Finder().Rank(need, candidates, TermStatistics.Empty, 40, Documents.Today);
        var again = Finder().Rank(need, candidates.AsEnumerable().Reverse(), TermStatistics.Empty, 40, Documents.Today);

        Assert.Equal(first.Select(r => (r.Candidate.Id, r.Score.Value)), again.Select(r => (r.Candidate.Id, r.Score.Value)));
        Assert.Equal(first.Select(r => r.Score.Value).OrderDescending(), first.Select(r => r.Score.Value));
        Assert.True(first[0].Score.Value > first[^1].Score.Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_grade_moves_what_is_like_the_graded_one_and_is_a_part_of_the_score(int grade)
    {
        List<IndexEntry> candidates = [.. new[] { 0.2, 0.25, 1.4 }.Select((angle, i) => new IndexEntry(Documents.Achievement with { Id = 10 + i, Title = "一种装置", Summary = "", Description = "装置的一种。", Keywords = [], Quantities = [] }, Documents.Vectors(angle)))];
        var need = new IndexEntry(Documents.Need, Documents.Vectors(0));

        var before = Finder().Rank(need, candidates, TermStatistics.Empty, 3, Documents.Today).ToDictionary(r => r.Candidate.Id, r => r.Score);
        var after = Finder().Rank(need, candidates, TermStatistics.Empty, 3, Documents.Today, new Dictionary<int, int> { [10] = grade }).ToDictionary(r => r.Candidate.Id, r => r.Score);

        double Moved(int id) => after[id].Value - before[id].Value;
        Assert.Equal(grade == 4 ? 1 : -1, Math.Sign(Moved(11)));
        Assert.True(Math.Abs(Moved(11)) > Math.Abs(Moved(12)));
        Assert.All(after.Values, s => Assert.Equal(s.Value, s.Contributions.Sum(c => c.Value), 9));
        Assert.Contains(after[11].Contributions, c => c.Feature == RelevanceFeedback.OwnGrades);
        Assert.Equal(grade == 4, after[11].Probability > before[11].Probability);
    }

    [Fact]
    public async Task An_achievement_finds_needs_and_the_pair_scores_the_same_from_both_sides()
    {
        var engine = new StubEngine();
        var fromNeed = await Finder(engine).FindAsync(Entry(Documents.Need), TermStatistics.Empty, 10, Documents.Today, TestContext.Current.CancellationToken);
        var fromAchievement = await Finder(engine).FindAsync(Entry(Documents.Achievement), TermStatistics.Empty, 10, Documents.Today, TestContext.Current.CancellationToken);

        Assert.Equal([ListingKind.Achievement, ListingKind.Need], engine.Wanted);
        Assert.Equal(Assert.Single(fromNeed).Score.Value, Assert.Single(fromAchievement).Score.Value, 1e-12);
        Assert.Equal((2, 1), (fromNeed[0].Candidate.Id, fromAchievement[0].Candidate.Id));
    }

    [Fact]
    public async Task A_failing_engine_is_not_taken_for_no_match() =>
        await Assert.ThrowsAsync<SearchUnavailableException>(() => Finder(new StubEngine { Fails = true }).FindAsync(Entry(Documents.Need), TermStatistics.Empty, 10, Documents.Today, TestContext.Current.CancellationToken));

    private static IndexEntry Entry(ListingDocument document) => new(document, null);

    private static MatchFinder Finder(StubEngine? engine = null) => new(engine ?? new StubEngine(), new StubSource(), new WeightedRanker());

    private sealed class StubSource : ICandidateSource
    {
        public Task<IReadOnlyList<IndexEntry>> LoadAsync(IReadOnlyList<int> ids, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<IndexEntry>>([.. ids.Select(id => Entry(id == 1 ? Documents.Need : Documents.Achievement with { Id = id }))]);
    }

    /// <summary>Finds the one record of the wanted kind by words.</summary>
    private sealed class StubEngine : ISearchEngine
    {
        public List<ListingKind> Wanted { get; } = [];
        public bool Fails { get; init; }

        public Task<IReadOnlyList<ScoredId>> WordsAsync(WordQuery query, CancellationToken cancellationToken)
        {
            if (Fails) throw new SearchUnavailableException("away");
            Wanted.Add(query.Kind);
            return Task.FromResult<IReadOnlyList<ScoredId>>([new ScoredId(query.Kind == ListingKind.Need ? 1 : 2, 1)]);
        }

        public Task<IReadOnlyList<ScoredId>> NearestAsync(VectorQuery query, CancellationToken cancellationToken) => throw Unused();
        public Task IndexAsync(IReadOnlyCollection<IndexEntry> entries, CancellationToken cancellationToken) => throw Unused();
        public Task RemoveAsync(IReadOnlyCollection<(int Id, long Version)> listings, CancellationToken cancellationToken) => throw Unused();
        public Task RebuildAsync(IAsyncEnumerable<IndexEntry> entries, CancellationToken cancellationToken) => throw Unused();
        public Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken) => throw Unused();
        public Task<IndexStatus> StatusAsync(CancellationToken cancellationToken) => throw Unused();

        private static InvalidOperationException Unused([CallerMemberName] string member = "") => new($"{member} is no part of finding matches.");
    }
}
