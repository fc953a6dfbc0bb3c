using Matchmaking.Matching.Search;

namespace Matchmaking.Benchmarks;

/// <summary>The engines that can be measured. A new one is one line here.</summary>
internal static class Engines
{
    private const string Both = "both";

    private static readonly IReadOnlyList<(string Name, Func<string, ISearchEngine> Open)> All =
    [
        ("lucene", folder => new LuceneSearchEngine(folder)),
    ];

    /// <summary>The engines of a name, each with what opens it in a folder; opening the same folder again finds what was indexed.</summary>
    public static IReadOnlyList<(string Name, Func<string, ISearchEngine> Open)> Of(string name)
    {
        var several = All.Count > 1;
        if (several && name == Both) return All;
        var found = All.Where(engine => engine.Name == name).ToList();
        return found.Count > 0 ? found
            : throw new OptionException($"--engine is '{name}'. Allowed values: {string.Join(", ", All.Select(engine => engine.Name).Concat(several ? [Both] : []))}.");
    }
}
