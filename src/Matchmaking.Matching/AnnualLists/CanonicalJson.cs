using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>
/// JSON in the one form of RFC 8785 (JSON Canonicalization Scheme): members sorted by UTF-16 code units, no blanks, the shortest escapes, numbers as ECMAScript prints
/// IEEE 754 doubles. The same data have the same bytes, whoever writes them.
/// </summary>
public static class CanonicalJson
{
    /// <exception cref="JsonException">Not JSON, a number that a double does not hold, or half of a surrogate pair.</exception>
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder(json.Length);
        Write(text, document.RootElement);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                var members = value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal).ToList();
                for (var i = 0; i < members.Count; i++)
                {
                    if (i > 0) text.Append(',');
                    if (i > 0 && members[i].Name == members[i - 1].Name) throw new JsonException($"The member {members[i].Name} stands twice.");
                    WriteString(text, members[i].Name);
                    text.Append(':');
                    Write(text, members[i].Value);
                }
                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                var first = true;
                foreach (var item in value.EnumerateArray())
                {
                    if (!first) text.Append(',');
                    first = false;
                    Write(text, item);
                }
                text.Append(']');
                break;
            case JsonValueKind.String:
                WriteString(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.GetDouble()));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\b': text.Append("\\b"); break;
                case '\t': text.Append("\\t"); break;
                case '\n': text.Append("\\n"); break;
                case '\f': text.Append("\\f"); break;
                case '\r': text.Append("\\r"); break;
                case < ' ': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default:
                    if (char.IsSurrogate(c) && !(char.IsHighSurrogate(c) ? i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]) : i > 0 && char.IsHighSurrogate(value[i - 1])))
                        throw new JsonException("Half of a surrogate pair has no canonical form.");
                    text.Append(c);
                    break;
            }
        }
        text.Append('"');
    }

    /// <summary>A double as ECMAScript's Number.prototype.toString prints it (ECMA-262, Number::toString): the shortest digits that read back, plain from 1e-6 to below 1e21.</summary>
    /// <exception cref="JsonException">Not finite.</exception>
    public static string Number(double value)
    {
        if (!double.IsFinite(value)) throw new JsonException("A number beyond a double has no canonical form.");
        if (value == 0) return "0";
        // "R" gives the shortest digits that read back; its own places of the exponent differ from ECMAScript's.
        var round = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var (mantissa, exponent) = round.IndexOf('E', StringComparison.Ordinal) is var e and >= 0 ? (round[..e], int.Parse(round.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)) : (round, 0);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa : mantissa[..point];
        var digits = (whole + (point < 0 ? "" : mantissa[(point + 1)..])).TrimStart('0');
        // n as in the standard: the value is 0.digits times ten to the n.
        var n = whole.TrimStart('0').Length > 0 ? whole.TrimStart('0').Length + exponent : exponent - (mantissa[(point + 1)..].Length - mantissa[(point + 1)..].TrimStart('0').Length);
        digits = digits.TrimEnd('0');
        var sign = value < 0 ? "-" : "";
        var k = digits.Length;
        if (k <= n && n <= 21) return sign + digits + new string('0', n - k);
        if (n is > 0 and <= 21) return sign + digits[..n] + "." + digits[n..];
        if (n is > -6 and <= 0) return sign + "0." + new string('0', -n) + digits;
        var power = n - 1;
        var tail = (power < 0 ? "-" : "+") + Math.Abs(power).ToString(CultureInfo.InvariantCulture);
        return sign + (k == 1 ? digits : digits[..1] + "." + digits[1..]) + "e" + tail;
    }
}
