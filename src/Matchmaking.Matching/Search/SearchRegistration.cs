using Matchmaking.Matching.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Search;

public static class SearchRegistration
{
    public const string DefaultEncoder = "models/bge-small-zh-v1.5";

    /// <summary>Chooses the engine by <c>Search:Engine</c> and opens the encoder of <c>Encoder:Path</c>; without it everything works by words.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        var name = configuration["Search:Engine"] ?? "Lucene";
        switch (name)
        {
            case "Lucene":
                services.AddSingleton<ISearchEngine>(_ => new LuceneSearchEngine(Path.Combine(dataFolder, "index")));
                break;
            default:
                throw new InvalidOperationException($"Search:Engine is '{name}'. Allowed values: Lucene.");
        }
        var path = configuration["Encoder:Path"] ?? DefaultEncoder;
        services.AddSingleton(_ => new EncoderHolder(SentenceEncoder.TryOpen(path, out var reason), reason));
        return services;
    }
}
