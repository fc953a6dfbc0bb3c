using System.Collections.Concurrent;

namespace Matchmaking.Web.Display;

/// <summary>
/// Figures that take long to count and may be some minutes old, kept in this process. A page that shows one says from when it is (docs/decisions/0015);
/// nothing that depends on who reads is kept here.
/// </summary>
public sealed class KeptFigures(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, object Figures)> kept = new(StringComparer.Ordinal);

    /// <param name="key">Names what is counted; from a closed set, as nothing is thrown away.</param>
    /// <param name="age">How old the figures may be.</param>
    /// <returns>The figures and the moment at which they were counted. Two who ask at once may both count.</returns>
    public async Task<(DateTimeOffset At, T Figures)> GetAsync<T>(string key, TimeSpan age, Func<Task<T>> count) where T : notnull
    {
        var now = time.GetUtcNow();
        if (kept.TryGetValue(key, out var known) && now - known.At < age) return (known.At, (T)known.Figures);
        var figures = await count();
        kept[key] = (now, figures);
        return (now, figures);
    }
}
