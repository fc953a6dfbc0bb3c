using Matchmaking.Matching.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Matching.Search;

public static class SearchRegistration
{
    public const string DefaultEncoder = "models/bge-small-zh-v1.5";
    private const string Lucene = "Lucene";
    private const string Elasticsearch = "Elasticsearch";

    /// <summary>Chooses the engine by <c>Search:Engine</c> and opens the encoder of <c>Encoder:Path</c>; without it everything works by words.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        switch (Engine(configuration))
        {
            case Lucene:
                services.AddSingleton<ISearchEngine>(_ => new LuceneSearchEngine(Path.Combine(dataFolder, "index")));
                break;
            case Elasticsearch:
                var options = ElasticOptions.From(configuration);
                services.AddSingleton<ISearchEngine>(provider => new ElasticSearchEngine(options, logger: provider.GetService<ILogger<ElasticSearchEngine>>()));
                break;
            default:
                throw new InvalidOperationException($"Search:Engine is '{Engine(configuration)}'. Allowed values: {Lucene}, {Elasticsearch}.");
        }
        var path = configuration["Encoder:Path"] ?? DefaultEncoder;
        services.AddSingleton(_ => new EncoderHolder(SentenceEncoder.TryOpen(path, out var reason), reason));
        return services;
    }

    /// <summary>Whether more than one process may use the index. The embedded one can be open in one process only.</summary>
    public static bool IsShared(IConfiguration configuration) => Engine(configuration) == Elasticsearch;

    private static string Engine(IConfiguration configuration) => configuration["Search:Engine"] ?? Lucene;
}
