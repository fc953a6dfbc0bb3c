using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Matchmaking.Benchmarks;

/// <summary>Durations of one kind of call, in milliseconds, and what the calls allocated.</summary>
internal sealed class Timing
{
    private readonly List<double> milliseconds = [];
    private long allocated;

    public static async Task<Timing> OfAsync<T>(IEnumerable<T> items, Func<T, Task> act)
    {
        var timing = new Timing();
        foreach (var item in items)
        {
            var before = GC.GetTotalAllocatedBytes();
            var start = Stopwatch.GetTimestamp();
            await act(item);
            timing.Add(Stopwatch.GetElapsedTime(start), GC.GetTotalAllocatedBytes() - before);
        }
        return timing;
    }

    public int Count => milliseconds.Count;

    public double Mean => milliseconds.Average();

    /// <summary>Mean KiB of a call, of all threads; arrays that are lent again count when they are first made.</summary>
    public double Allocated => allocated / 1024.0 / milliseconds.Count;

    public void Add(TimeSpan time, long bytes = 0)
    {
        milliseconds.Add(time.TotalMilliseconds);
        allocated += bytes;
    }

    /// <summary>The smallest duration that so many per cent do not exceed.</summary>
    public double Percentile(double percent)
    {
        var sorted = milliseconds.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Count) - 1, 0, sorted.Count - 1)];
    }
}

/// <summary>Markdown tables of measured values.</summary>
internal static class Report
{
    /// <summary>What the numbers were measured on, so that nobody compares a laptop with a server.</summary>
    public static void Machine() => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, load of the last minute {Load()}; other programs on the machine make these times longer."));

    public static void Header(params string[] columns)
    {
        Console.WriteLine();
        Row(columns);
        Row([.. columns.Select(_ => "---")]);
    }

    public static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    public static void Percentiles(string what, Timing timing) =>
        Row(what, timing.Count.ToString(CultureInfo.InvariantCulture), Ms(timing.Percentile(50)), Ms(timing.Percentile(95)), Ms(timing.Percentile(99)));

    /// <summary>As <see cref="Percentiles"/>, and behind them the KiB that a call allocates.</summary>
    public static void Calls(string what, Timing timing) => Row(
        what, timing.Count.ToString(CultureInfo.InvariantCulture), Ms(timing.Percentile(50)), Ms(timing.Percentile(95)), Ms(timing.Percentile(99)), Whole(timing.Allocated));

    public static string Ms(double milliseconds) => milliseconds.ToString(milliseconds < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    public static string Mib(long bytes) => (bytes / 1048576.0).ToString("N0", CultureInfo.InvariantCulture) + " MiB";

    public static string Whole(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
