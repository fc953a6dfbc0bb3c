namespace Matchmaking.Matching.Text;

/// <summary>A number with its second end or its tolerance and the unit they share.</summary>
/// <param name="High">The other end of a range, as it stands; null when there is none.</param>
/// <param name="Tolerance">B of A±B.</param>
/// <param name="Magnitude">The largest of 万, 亿 … that stands with it, else 1.</param>
internal readonly record struct Amount(decimal Value, decimal? High, decimal? Tolerance, decimal Magnitude, string? Unit, int End)
{
    /// <param name="start">Where the number begins with its sign.</param>
    /// <param name="at">Where its digits (or 百分之) begin.</param>
    public static Amount Read(string source, int start, int at, ReadNumber number, bool percent)
    {
        var marks = QuantityMarks.Before(source, start);
        var isOne = number.Value == 1 && number.Magnitude == 1;
        (string Unit, int End)? unit = percent ? ("%", number.End)
            : QuantityUnits.Read(source, number.End, number.Chinese, isOne, QuantityNames.EndsInNoun(source, marks.Start), marks.Comparison is not null);
        var amount = new Amount(number.Value, null, null, number.Magnitude, unit?.Unit, unit?.End ?? number.End);
        if (QuantityMarks.Plus(source, amount.End) is { } plus && QuantityNumbers.Read(source, plus) is { } spread)
        {
            var behind = ReadUnit(source, spread.End, percent, false);
            amount = amount with { Tolerance = spread.Value, Unit = behind?.Unit ?? amount.Unit, End = behind?.End ?? spread.End };
        }
        else if (QuantityMarks.To(source, amount.End) is { } to && QuantityNumbers.Read(source, to.At) is { } other)
            amount = amount.Until(source, number, other, to.Negative, percent);
        else if (QuantityMarks.And(source, amount.End) is { } and && QuantityNumbers.Read(source, and) is { } upper && amount.Until(source, number, upper, false, percent) is { High: not null } between
            && string.CompareOrdinal(source, between.End, "之间", 0, 2) == 0)
            amount = between with { End = between.End + 2 };
        return amount.Unit is null ? amount.WithUnitApart(source, marks.Start, at) : amount.Scaled();
    }

    private Amount Until(string source, ReadNumber number, ReadNumber other, bool negative, bool percent)
    {
        var behind = ReadUnit(source, other.End, percent, other.Chinese);
        // Two units of which the second is another begin another figure.
        if (Unit is not null && (behind is null || Units.Normal(Unit) != Units.Normal(behind.Value.Unit))) return this;
        // 20~200亿: the magnitude of the second end is meant for both; 5000~1万 has its own.
        var value = number.Magnitude == 1 && other.Magnitude > 1 && number.Plain <= other.Plain ? number.Plain * other.Magnitude : Value;
        return this with { Value = value, High = negative ? -other.Value : other.Value, Magnitude = Math.Max(Magnitude, other.Magnitude), Unit = behind?.Unit, End = behind?.End ?? other.End };
    }

    /// <summary>(2.4~2.9)Ω and (54±2)℃: the unit behind the bracket; 2.8×10⁴/mL: so many in one.</summary>
    private Amount WithUnitApart(string source, int start, int at)
    {
        if (End < source.Length && source[End] == ')' && (High is not null || Tolerance is not null || !decimal.IsInteger(Value)))
        {
            var open = start - 1;
            while (open > 0 && source[open] == ' ') open--;
            if (open >= 0 && source[open] == '(' && QuantityUnits.Read(source, End + 1, false, false) is { } behind) return (this with { Unit = behind.Unit, End = behind.End }).Scaled();
        }
        if (Math.Max(Value, High ?? 0) >= 1000 && End > at && QuantityUnits.ReadPer(source, End) is { } per) return this with { Unit = per.Unit, End = per.End };
        return this;
    }

    /// <summary>107 CFU/mL: nobody counts a hundred and seven germs, the superscript of 10⁷ was lost.</summary>
    private Amount Scaled() => Unit!.StartsWith("CFU", StringComparison.OrdinalIgnoreCase) ? this with { Value = Raised(Value), High = High is { } high ? Raised(high) : null } : this;

    private static decimal Raised(decimal value)
    {
        if (value is < 103 or > 112 || !decimal.IsInteger(value)) return value;
        var raised = 1m;
        for (var i = 100; i < value; i++) raised *= 10;
        return raised;
    }

    private static (string Unit, int End)? ReadUnit(string source, int at, bool percent, bool chinese) =>
        percent ? ("%", at) : QuantityUnits.Read(source, at, chinese, false);
}
