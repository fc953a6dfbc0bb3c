using System.Globalization;
using System.Text.RegularExpressions;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Importing;

/// <summary>
/// Figures in one cell: 强度≥5.5GPa；延伸率≥3%. Each part is first read as exactly name, sign, number, unit, which is what an export writes;
/// what is written more freely is read by the extractor of running text.
/// </summary>
public static partial class QuantityCells
{
    private static readonly Dictionary<string, Comparison> Signs = new(StringComparer.Ordinal)
    {
        ["≥"] = Comparison.Ge, [">="] = Comparison.Ge, ["≧"] = Comparison.Ge, ["⩾"] = Comparison.Ge, ["不低于"] = Comparison.Ge, ["不小于"] = Comparison.Ge, ["不少于"] = Comparison.Ge,
        ["≤"] = Comparison.Le, ["<="] = Comparison.Le, ["≦"] = Comparison.Le, ["⩽"] = Comparison.Le, ["不高于"] = Comparison.Le, ["不大于"] = Comparison.Le, ["不超过"] = Comparison.Le,
        [">"] = Comparison.Gt, ["大于"] = Comparison.Gt, ["<"] = Comparison.Lt, ["小于"] = Comparison.Lt, ["="] = Comparison.Eq, ["等于"] = Comparison.Eq, ["约"] = Comparison.Approx, ["≈"] = Comparison.Approx, ["±"] = Comparison.PlusMinus,
        ["–"] = Comparison.Range, ["~"] = Comparison.Range, ["～"] = Comparison.Range, ["-"] = Comparison.Range,
    };

    [GeneratedRegex(@"^(?<name>[^≥≤><=≈±；;\n]*?[^\d.\s≥≤><=≈±；;\n-])\s*(?<sign>≥|≤|>=|<=|>|<|=|约|≈|不低于|不高于|不小于|不大于|不少于|不超过|大于|小于|等于)\s*(?<value>-?\d+(?:\.\d+)?)(?:\s*[–~～]\s*(?<high>-?\d+(?:\.\d+)?))?\s*(?<unit>[^\d\s][^；;\n]*)?$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^\s*(?:[(（]?\d{1,2}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳])\s*")]
    private static partial Regex Numbering();

    /// <summary>The comparison that a sign or a word names; null when it names none.</summary>
    public static Comparison? Sign(string text)
    {
        var narrow = CellText.Narrow(text);
        return Signs.TryGetValue(text.Trim(), out var sign) || Signs.TryGetValue(narrow, out sign) ? sign : CodeNames.Find<Comparison>("Comparison", text);
    }

    public static IReadOnlyList<Quantity> Read(string text)
    {
        var found = new List<Quantity>();
        foreach (var numbered in ListingRules.Clean(text).Split(['；', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var part = Numbering().Replace(numbered, "");
            if (Exact(part) is { } exact) found.Add(exact);
            else found.AddRange(Quantities.Find(part).Where(f => f.Role != QuantityRole.Former).Select(f => Fitting(f.Quantity, part)));
        }
        return found;
    }

    /// <summary>As <see cref="Read"/> reads it back; null when these figures cannot be written in one cell without loss.</summary>
    public static string? Write(IReadOnlyList<Quantity> quantities)
    {
        var text = string.Join('；', quantities.Select(Print));
        return Read(text).SequenceEqual(quantities) && ListingRules.Clean(text) == text ? text : null;
    }

    private static string Print(Quantity q) => q.Comparison == Comparison.Range
        ? $"{q.Name}={Number(q.Value)}–{Number(q.High ?? q.Value)}{q.Unit}"
        : $"{q.Name}{SignOf(q.Comparison)}{Number(q.Value)}{q.Unit}";

    public static string SignOf(Comparison comparison) => comparison switch
    {
        Comparison.Ge => "≥", Comparison.Le => "≤", Comparison.Gt => ">", Comparison.Lt => "<", Comparison.Eq => "=", Comparison.Approx => "约", Comparison.Range => "–", _ => "±",
    };

    private static Quantity? Exact(string part)
    {
        var match = Plain().Match(part);
        if (!match.Success || !decimal.TryParse(match.Groups["value"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return null;
        var name = match.Groups["name"].Value.Trim();
        var unit = match.Groups["unit"].Value.Trim();
        // Words behind the number (5 MPa以上, 3 次/分钟，连续) are for the extractor.
        if (unit.Length > ListingContent.MaxUnit || name.Length > ListingContent.MaxQuantityName || unit.Any("，,。（(以左上".Contains)) return null;
        decimal? high = match.Groups["high"].Success && decimal.TryParse(match.Groups["high"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var h) ? h : null;
        return new Quantity(name, high is null ? Signs[match.Groups["sign"].Value] : Comparison.Range, value, high, unit);
    }

    /// <summary>Into the shape that listings have: a tolerance becomes its range, a figure without a name gets what stands before it.</summary>
    private static Quantity Fitting(Quantity q, string part)
    {
        if (q is { Comparison: Comparison.PlusMinus, High: { } tolerance }) q = q with { Comparison = Comparison.Range, Value = q.Value - tolerance, High = q.Value + tolerance };
        if (q.Comparison != Comparison.Range) q = q with { High = null };
        if (q.Name.Length == 0)
        {
            var before = new string([.. part.TakeWhile(c => !char.IsDigit(c) && !Signs.ContainsKey(c.ToString()))]).Trim(' ', '：', ':', '，', ',');
            q = q with { Name = before.Length <= ListingContent.MaxQuantityName ? before : before[..ListingContent.MaxQuantityName] };
        }
        return q with { Value = decimal.Round(q.Value, 6), High = q.High is { } high ? decimal.Round(high, 6) : null };
    }

    private static string Number(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
