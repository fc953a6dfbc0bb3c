using System.Globalization;
using System.Text.RegularExpressions;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Importing;

/// <summary>What a cell was read as: a value, nothing, or a code of what is wrong with its argument.</summary>
public readonly record struct ReadValue<T>(T? Value, string? Problem = null, object? Argument = null);

/// <summary>Dates, amounts, numbers and ticks as people write them in spreadsheets.</summary>
public static partial class CellValues
{
    private static readonly string[] DayShapes = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyy年M月d", "yyyyMMdd", "yyyy-M-dTHH:mm:ss"];
    private static readonly string[] MonthShapes = ["yyyy-M", "yyyy/M", "yyyy.M", "yyyy年M月", "yyyy年M月底", "yyyy年M月末", "yyyy年M月前"];
    private const decimal LargestNumber = 1_000_000_000_000_000m;

    /// <summary>How many 万元 a listing's money usually is; what lies outside and would lie inside if it were ten thousand times more or less is asked about.</summary>
    public const decimal LeastUsual = 0.5m;
    public const decimal MostUsual = 50_000m;
    public const decimal TenThousand = 10_000m;

    [GeneratedRegex(@"^(\d{4})年(?:底|末|年底|内)?$")]
    private static partial Regex WholeYear();

    [GeneratedRegex(@"\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$")]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"^(?:人民币|rmb|cny|[¥￥])?(?:约|大约|不超过|不低于|以内)?([+-]?\d+(?:\.\d+)?)(亿元?|千万元?|百万元?|万元?|元|千元)?(?:人民币|以内|左右|以上|以下|整)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Amount();

    [GeneratedRegex(@"^(?:trl)?[-:：]?(?:第)?([1-9一二三四五六七八九])(?:级|阶段)?", RegexOptions.IgnoreCase)]
    private static partial Regex Readiness();

    /// <summary>长期 and the like: without an end.</summary>
    public static bool IsOpenEnded(string narrow) => narrow is "长期" or "长期有效" or "永久" or "永久有效" or "不限" or "无限期" or "长期合作" or "long-term" or "unlimited";

    /// <summary>A day; of a month or a year that stands alone its last day, because it is a limit.</summary>
    public static ReadValue<DateOnly?> Day(Cell cell)
    {
        var text = CellText.Narrow(cell.Text);
        if (CellText.SaysNothing(text)) return default;
        if (cell.Kind == CellKind.Number && SerialDay.Of(cell.Number) is { } counted && !IsCompactDay(text)) return new(counted);
        // 2026-03-01 00:00:00: the blank before the time is gone already.
        if (TimeOfDay().Match(text) is { Success: true, Index: > 7 } time) text = text[..time.Index].TrimEnd('T');
        DateOnly? day = DateOnly.TryParseExact(text, DayShapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact) ? exact
            : DateOnly.TryParseExact(text, MonthShapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month.AddMonths(1).AddDays(-1)
            : WholeYear().Match(text) is { Success: true } year && int.Parse(year.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is > 0 and var y ? new DateOnly(y, 12, 31)
            : null;
        return day is { Year: >= 2000 and <= 2100 } ? new(day) : new(null, "NotADate", CellText.Quote(cell.Text));
    }

    private static bool IsCompactDay(string text) => text.Length == 8 && text.All(char.IsAsciiDigit);

    /// <summary>An amount in 万元. What the cell itself states goes before what the heading states; without either it is 万元.</summary>
    public static ReadValue<decimal?> Money(Cell cell, MoneyUnit heading)
    {
        var text = CellText.Narrow(cell.Text).Replace(",", "", StringComparison.Ordinal);
        if (CellText.SaysNothing(text) || text is "面议" or "待定" or "另议" or "双方协商" or "协商" or "面谈" or "open" or "negotiable" or "tobeagreed") return default;
        var match = Amount().Match(text);
        if (!match.Success || !decimal.TryParse(match.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return new(null, "NotMoney", CellText.Quote(cell.Text));
        if (Math.Abs(number) > LargestNumber) return new(null, "NumberTooLarge", CellText.Quote(cell.Text));
        var factor = match.Groups[2].Value switch
        {
            "亿" or "亿元" => 10_000m,
            "千万" or "千万元" => 1_000m,
            "百万" or "百万元" => 100m,
            "万" or "万元" => 1m,
            "千元" => 0.1m,
            "元" => 0.0001m,
            _ => heading switch { MoneyUnit.Yuan => 0.0001m, MoneyUnit.HundredMillion => 10_000m, _ => 1m },
        };
        var money = number * factor;
        return decimal.Round(money, 4) == money ? new(money) : new(null, "TooManyDecimals", CellText.Quote(cell.Text));
    }

    /// <summary>Whether an amount in 万元 looks as if it were written in another unit than said.</summary>
    public static bool LooksMistaken(decimal money) =>
        (money > MostUsual && money / TenThousand is >= LeastUsual and <= MostUsual) || (money is > 0 and < LeastUsual && money * TenThousand is >= LeastUsual and <= MostUsual);

    public static ReadValue<decimal?> Number(Cell cell, int decimals)
    {
        var text = CellText.Narrow(cell.Text).Replace(",", "", StringComparison.Ordinal);
        if (text.Length == 0) return default;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return new(null, "NotANumber", CellText.Quote(cell.Text));
        if (Math.Abs(number) > LargestNumber) return new(null, "NumberTooLarge", CellText.Quote(cell.Text));
        return decimal.Round(number, decimals) == number ? new(number) : new(null, "TooManyDecimals", CellText.Quote(cell.Text));
    }

    /// <summary>6, TRL 6, TRL6 正样级, 6级, 六级.</summary>
    public static ReadValue<int?> Trl(Cell cell)
    {
        var text = CellText.Narrow(cell.Text);
        if (CellText.SaysNothing(text)) return default;
        var match = Readiness().Match(text);
        if (!match.Success || (text.Length > match.Length && char.IsAsciiDigit(text[match.Length]))) return new(null, "TrlOutOfRange", null);
        var digit = match.Groups[1].Value[0];
        return new(char.IsAsciiDigit(digit) ? digit - '0' : "一二三四五六七八九".IndexOf(digit, StringComparison.Ordinal) + 1);
    }

    /// <summary>是/否, √/×, 有/无, yes/no, 1/0; nothing for an empty cell.</summary>
    public static ReadValue<bool?> YesNo(Cell cell) => CellText.Narrow(cell.Text).ToLowerInvariant() switch
    {
        "" or "-" or "/" or "--" => default,
        "是" or "√" or "✓" or "✔" or "v" or "y" or "yes" or "true" or "1" or "有" or "对" or "匿名" or "☑" or "■" or "可" or "可以" or "同意" => new(true),
        "否" or "×" or "x" or "✗" or "✘" or "n" or "no" or "false" or "0" or "无" or "不" or "没有" or "非" or "公开" or "□" or "☐" or "不可" or "不同意" => new(false),
        _ => new(null, "NotYesNo", CellText.Quote(cell.Text)),
    };

    /// <summary>Parts of a list as the form cuts it: 、；， and their narrow forms, line ends, tabs.</summary>
    public static IReadOnlyList<string> Parts(string text) =>
        [.. ListingRules.Clean(text).Split(['、', '，', ',', '；', ';', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
}
