using System.Text.Json;
using Matchmaking.Matching.Search;

namespace Matchmaking.Benchmarks;

/// <summary>An engine that can be measured, in a place of its own that is cleared when it is disposed.</summary>
internal abstract class MeasuredEngine : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>Opening it again finds what was indexed.</summary>
    public abstract ISearchEngine Open();

    /// <summary>Bytes of what was indexed.</summary>
    public abstract Task<long> SizeAsync();

    public abstract ValueTask DisposeAsync();
}

internal static class Engines
{
    private const string Both = "both";

    private static readonly IReadOnlyDictionary<string, Func<MeasuredEngine>> All = new Dictionary<string, Func<MeasuredEngine>>
    {
        ["lucene"] = () => new MeasuredLucene(),
        ["elasticsearch"] = () => new MeasuredElasticsearch(),
    };

    /// <exception cref="OptionException">No such engine.</exception>
    public static IReadOnlyList<Func<MeasuredEngine>> Of(string name) => name == Both ? [.. All.Values] : All.TryGetValue(name, out var one) ? [one]
        : throw new OptionException($"--engine is '{name}'. Allowed values: {string.Join(", ", All.Keys)}, {Both}.");
}

internal sealed class MeasuredLucene : MeasuredEngine
{
    private readonly string folder = Directory.CreateTempSubdirectory("matchmaking-measured-").FullName;

    public override string Name => "lucene";

    public override ISearchEngine Open() => new LuceneSearchEngine(folder);

    public override Task<long> SizeAsync() => Task.FromResult(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length));

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>The server that <c>ELASTICSEARCH_URL</c> names, as for the tests.</summary>
internal sealed class MeasuredElasticsearch : MeasuredEngine
{
    private const string Variable = "ELASTICSEARCH_URL";

    private readonly ElasticOptions options = new()
    {
        Addresses = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } urls ? [.. urls.Split(',').Select(url => new Uri(url.TrimEnd('/') + "/"))]
            : throw new OptionException($"--engine elasticsearch needs a server; name it in the environment variable {Variable}."),
        Index = $"measured-{Environment.ProcessId}",
        Timeout = TimeSpan.FromSeconds(60),
    };

    public override string Name => "elasticsearch";

    public override ISearchEngine Open() => new ElasticSearchEngine(options);

    public override async Task<long> SizeAsync()
    {
        using var client = new ElasticClient(options);
        var stats = await client.SendAsync(HttpMethod.Get, $"{options.Index}-*/_stats/store", null, repeatable: true, CancellationToken.None);
        return stats.Body.GetProperty("_all").GetProperty("total").GetProperty("store").GetProperty("size_in_bytes").GetInt64();
    }

    public override async ValueTask DisposeAsync()
    {
        using var client = new ElasticClient(options);
        var all = await client.SendAsync(HttpMethod.Get, $"{options.Index}-*?filter_path=*.aliases", null, repeatable: true, CancellationToken.None);
        if (all.Body.ValueKind != JsonValueKind.Object) return;
        foreach (var index in all.Body.EnumerateObject().Select(index => index.Name).ToList())
            await client.SendAsync(HttpMethod.Delete, index, null, repeatable: true, CancellationToken.None, 404);
    }
}
