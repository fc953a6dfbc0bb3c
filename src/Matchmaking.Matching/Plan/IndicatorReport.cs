using System.Globalization;

namespace Matchmaking.Matching.Plan;

/// <summary>A value that a department reported, with the document it comes from. A correction is a new row; the old one stays.</summary>
public sealed class IndicatorReport
{
    public const int MaxSource = 200;
    public const decimal MaxValue = 1_000_000_000m;
    public const int Decimals = 4;

    /// <summary>From this factor on a value is asked about before it is taken: 万 and 亿 are easily mistaken.</summary>
    public const decimal DoubtfulFactor = 1_000m;

    private IndicatorReport() { }

    public IndicatorReport(PlanIndicator indicator, DateOnly asOf, decimal value, string source, int enteredById, Guid creationKey, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxValue);
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(source.Length, MaxSource);
        if (asOf > ProvinceTime.DayOf(at)) throw new ArgumentOutOfRangeException(nameof(asOf), "A value of a day to come cannot be reported.");
        Code = indicator.Code;
        AsOf = asOf;
        Value = decimal.Round(value, Decimals);
        Source = source;
        EnteredById = enteredById;
        CreationKey = creationKey;
        At = at;
    }

    public int Id { get; private set; }
    public string Code { get; private set; } = "";

    /// <summary>The day for which the value holds.</summary>
    public DateOnly AsOf { get; private set; }
    public decimal Value { get; private set; }

    /// <summary>Of a ratio, where both are known: the value is a hundred times it over <see cref="Denominator"/>.</summary>
    public decimal? Numerator { get; init; }
    public decimal? Denominator { get; init; }

    /// <summary>The department's return that brought it; null for what staff entered themselves.</summary>
    public int? ReturnId { get; init; }

    /// <summary>The document, e.g. 省科技厅2026年第三季度统计月报（示例）.</summary>
    public string Source { get; private set; } = "";
    public int EnteredById { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>Key of the form, so that a double click makes one row.</summary>
    public Guid CreationKey { get; private set; }

    /// <summary>The act of reporting in the audit log, against which the kept value is checked daily.</summary>
    public const string LoggedAs = "indicator.report", LogPrefix = "indicator:";

    public string LogSubject => LogPrefix + Code;

    public string LogDetails => string.Create(CultureInfo.InvariantCulture, $"{AsOf:yyyy-MM-dd} {Value:0.####}");

    /// <summary>Whether the value differs so much from what is known that somebody should look twice.</summary>
    /// <param name="last">The value reported last; without one, or when it was 0, the target is the measure.</param>
    public static bool IsDoubtful(decimal value, decimal? last, decimal target)
    {
        var measure = last is > 0 ? last.Value : target;
        return value >= measure * DoubtfulFactor || value <= measure / DoubtfulFactor;
    }
}

/// <summary>What the platform counted on one day, with the ids of the rows behind it.</summary>
public sealed class IndicatorCount
{
    private IndicatorCount() { }

    public IndicatorCount(string code, DateOnly day) => (Code, Day) = (code, day);

    public int Id { get; private set; }
    public string Code { get; private set; } = "";
    public DateOnly Day { get; private set; }
    public decimal Value { get; private set; }

    /// <summary>Ids of the counted rows where they are few and public; what they are ids of is said by the rule.</summary>
    public IReadOnlyList<int> Rows { get; private set; } = [];
    public string Rule { get; private set; } = "";
    public int RuleVersion { get; private set; }
    public DateTimeOffset CountedAt { get; private set; }

    /// <summary>How many lines are behind it, and their <see cref="CountedLine.DigestOf"/>; null in counts from before lines were kept.</summary>
    public int? Lines { get; private set; }
    public string? Digest { get; private set; }

    public void Set(decimal value, IReadOnlyList<int> rows, string rule, int ruleVersion, DateTimeOffset at, int? lines = null, string? digest = null)
    {
        (Value, Rule, RuleVersion, CountedAt, Lines, Digest) = (value, rule, ruleVersion, at, lines, digest);
        Rows = rows;
    }
}
