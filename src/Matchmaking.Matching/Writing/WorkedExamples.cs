using System.Text.Json;

namespace Matchmaking.Matching.Writing;

/// <summary>A well-written need of a trade; invented, shipped in <c>examples.json</c>.</summary>
/// <param name="Industries">Codes of the industries it is shown to.</param>
public sealed record WorkedExample(IReadOnlyList<string> Industries, string Title, string Summary, string Description);

/// <summary>Examples by industry, for people who look at an empty form.</summary>
public static class WorkedExamples
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<WorkedExample> All { get; } = Read();

    /// <summary>The example of the industry, else the first one of all; null only without any.</summary>
    public static WorkedExample? Of(string industry) => All.FirstOrDefault(e => e.Industries.Contains(industry)) ?? (All.Count > 0 ? All[0] : null);

    private static List<WorkedExample> Read()
    {
        using var stream = typeof(WorkedExamples).Assembly.GetManifestResourceStream("worked-examples.json")
            ?? throw new InvalidOperationException("The examples are not in the assembly.");
        return JsonSerializer.Deserialize<List<WorkedExample>>(stream, Json)!;
    }
}
