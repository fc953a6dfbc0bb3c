using Matchmaking.Matching.Search;

namespace Matchmaking.Tests.Search;

/// <summary>The contract on a real server; each test has indices of its own there.</summary>
public sealed class ElasticSearchEngineTests : SearchEngineContract
{
    private readonly ElasticOptions options = ElasticServer.Options();

    protected override Task<ISearchEngine> CreateAsync() => Task.FromResult<ISearchEngine>(new ElasticSearchEngine(options));

    protected override Task<ISearchEngine> ReopenAsync()
    {
        ((IDisposable)Engine).Dispose();
        return CreateAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await ElasticServer.DeleteAsync(options);
    }
}
