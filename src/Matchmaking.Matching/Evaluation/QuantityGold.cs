using System.Text.Json;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Evaluation;

/// <summary>A text and the quantities a reader found in it.</summary>
public sealed record QuantityGoldLine(string Id, string Text, IReadOnlyList<Quantity> Quantities);

/// <summary>Reads expected quantities: one JSON object a line, <c>{"id","text","quantities":[{"name","comparison","value","high","unit","span"}]}</c>.</summary>
public static class QuantityGold
{
    /// <summary>Names are null or text, a null one becomes empty; values are plain numbers; a span must stand in the text. Empty lines are passed over.</summary>
    /// <exception cref="FormatException">A line is no such object; the message names file, line and field.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<QuantityGoldLine> Read(string path)
    {
        var lines = new List<QuantityGoldLine>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                using var json = JsonDocument.Parse(line);
                lines.Add(Line(json.RootElement));
            }
            catch (Exception error) when (error is JsonException or FieldException)
            {
                throw new FormatException($"{path}, line {number}: {(error is FieldException ? error.Message : "not a JSON object: " + error.Message)}", error);
            }
        }
        return lines;
    }

    private static QuantityGoldLine Line(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new FieldException("not a JSON object.");
        var text = Text(json, "text", "text");
        var list = Member(json, "quantities", "quantities");
        if (list.ValueKind != JsonValueKind.Array) throw new FieldException("field quantities is not a list.");
        return new QuantityGoldLine(Text(json, "id", "id"), text, [.. list.EnumerateArray().Select((entry, i) => Entry(entry, $"quantities[{i}]", text))]);
    }

    private static Quantity Entry(JsonElement json, string place, string text)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new FieldException($"field {place} is not an object.");
        var name = Member(json, "name", $"{place}.name").ValueKind == JsonValueKind.Null ? "" : Text(json, "name", $"{place}.name");
        var word = Text(json, "comparison", $"{place}.comparison");
        if (!Enum.TryParse<Comparison>(word, ignoreCase: true, out var comparison) || !Enum.IsDefined(comparison) || char.IsDigit(word[0])) throw new FieldException($"field {place}.comparison: “{word}” is no comparison.");
        var value = Number(json, "value", $"{place}.value") ?? throw new FieldException($"field {place}.value is not a number.");
        var high = Number(json, "high", $"{place}.high");
        if (high is null == (comparison == Comparison.Range)) throw new FieldException($"field {place}.high: a range has one, anything else none.");
        var span = Text(json, "span", $"{place}.span");
        if (span.Length == 0 || !text.Contains(span, StringComparison.Ordinal)) throw new FieldException($"field {place}.span: “{span}” does not stand in the text.");
        return new Quantity(name, comparison, value, high, Text(json, "unit", $"{place}.unit"));
    }

    private static JsonElement Member(JsonElement json, string name, string place) =>
        json.TryGetProperty(name, out var member) ? member : throw new FieldException($"field {place} is missing.");

    private static string Text(JsonElement json, string name, string place) =>
        Member(json, name, place) is { ValueKind: JsonValueKind.String } member ? member.GetString()! : throw new FieldException($"field {place} is not text.");

    private static decimal? Number(JsonElement json, string name, string place)
    {
        var member = Member(json, name, place);
        if (member.ValueKind == JsonValueKind.Null) return null;
        return member.ValueKind == JsonValueKind.Number && member.TryGetDecimal(out var value) ? value : throw new FieldException($"field {place} is not a number.");
    }

    private sealed class FieldException(string message) : Exception(message);
}
