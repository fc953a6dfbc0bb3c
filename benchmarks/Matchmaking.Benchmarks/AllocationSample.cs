using System.Diagnostics.Tracing;

namespace Matchmaking.Benchmarks;

/// <summary>
/// Which types calls allocate: the runtime names the type at every hundredth KiB or so that a thread has allocated (its event AllocationTick), so shares are samples and small ones chance.
/// </summary>
internal sealed class AllocationSample : EventListener
{
    private const EventKeywords Collector = (EventKeywords)1;
    private const int Named = 5;

    // The runtime hands its events over by a thread of its own, a little later.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, long> bytes = new(StringComparer.Ordinal);

    /// <summary>Runs the calls and says what they allocated most.</summary>
    /// <returns>The types with their shares of all that was sampled, the largest first.</returns>
    public static async Task<string> OfAsync<T>(IReadOnlyList<T> items, Func<T, Task> act)
    {
        using var sample = new AllocationSample();
        foreach (var item in items) await act(item);
        await Task.Delay(Late);
        lock (sample.gate)
        {
            var all = sample.bytes.Values.Sum();
            return string.Join(", ", sample.bytes.OrderByDescending(type => type.Value).Take(Named).Select(type => $"{type.Key} {100.0 * type.Value / all:0} %"));
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime") EnableEvents(eventSource, EventLevel.Verbose, Collector);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) != true || eventData.PayloadNames is not { } names || eventData.Payload is not { } payload) return;
        var type = (string?)payload[names.IndexOf("TypeName")] ?? "";
        var amount = Convert.ToInt64(payload[names.IndexOf("AllocationAmount64")], System.Globalization.CultureInfo.InvariantCulture);
        lock (gate) bytes[type] = bytes.GetValueOrDefault(type) + amount;
    }
}
