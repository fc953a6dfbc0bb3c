namespace Matchmaking.Matching.Search;
internal sealed class LuceneSearchEngine(string folder) : ISearchEngine
{
    public string F => folder;
    public Task IndexAsync(IReadOnlyCollection<IndexEntry> entries, CancellationToken cancellationToken) => Task.CompletedTask;
    public Task RemoveAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken) => Task.CompletedTask;
    public Task RebuildAsync(IAsyncEnumerable<IndexEntry> entries, CancellationToken cancellationToken) => Task.CompletedTask;
    public Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken) => Task.FromResult(new SearchResult(0, [], new Dictionary<string, IReadOnlyList<FacetValue>>(), 0));
    public Task<IReadOnlyList<ScoredId>> NearestAsync(VectorQuery query, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ScoredId>>([]);
    public Task<IReadOnlyList<ScoredId>> WordsAsync(WordQuery query, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ScoredId>>([]);
    public Task<IndexStatus> StatusAsync(CancellationToken cancellationToken) => Task.FromResult(new IndexStatus(0, 0, false));
}
