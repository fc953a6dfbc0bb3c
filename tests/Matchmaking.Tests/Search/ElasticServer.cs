using System.Text.Json;
using Matchmaking.Matching.Search;

namespace Matchmaking.Tests.Search;

/// <summary>The real server that <c>ELASTICSEARCH_URL</c> names; without it the tests are skipped.</summary>
internal static class ElasticServer
{
    public static string? Address => Environment.GetEnvironmentVariable("ELASTICSEARCH_URL") is { Length: > 0 } url ? url : null;

    /// <summary>Settings with a prefix that nobody else has.</summary>
    public static ElasticOptions Options(string? address = null)
    {
        Assert.SkipWhen(address is null && Address is null, "ELASTICSEARCH_URL names no server.");
        return new ElasticOptions
        {
            Addresses = [.. (address ?? Address!).Split(',').Select(one => new Uri(one.TrimEnd('/') + "/"))],
            Index = $"test-{Guid.NewGuid():N}",
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    /// <summary>Deletes every index of the prefix.</summary>
    public static async Task DeleteAsync(ElasticOptions options)
    {
        using var client = new ElasticClient(options);
        var all = await client.SendAsync(HttpMethod.Get, $"{options.Index}-*?filter_path=*.aliases", null, repeatable: true, CancellationToken.None);
        if (all.Body.ValueKind != JsonValueKind.Object) return;
        foreach (var index in all.Body.EnumerateObject().Select(index => index.Name).ToList())
            await client.SendAsync(HttpMethod.Delete, index, null, repeatable: true, CancellationToken.None, 404);
    }
}
