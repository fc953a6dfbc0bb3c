using System.Globalization;
using CsvHelper;

namespace Matchmaking.Matching.Plan;

/// <summary>Counted up from 2024-01-01; what stands on a day; one year's amount; each year again; a share.</summary>
public enum IndicatorKind { Cumulative, Stock, Level, Yearly, Ratio }

/// <summary>One of the plan's 42 numbers, as the plan states it.</summary>
/// <param name="Code">Item and place within it: 7-1.</param>
/// <param name="Item">The plan's item, 1 … 20.</param>
/// <param name="Unit">As in the plan, Chinese.</param>
/// <param name="Wording">The plan's own words.</param>
/// <param name="Source">Where the number comes from: report, platform, or both.</param>
public sealed record PlanIndicator(
    string Code, int Item, string NameZh, string NameEn, string Unit, decimal Target, IndicatorKind Kind, DateOnly Due,
    IReadOnlyList<string> Departments, string Wording, string Source)
{
    /// <summary>The plan's six parts: 1 应用主体, 2 有效成果, 3 金融资本, 4 多元平台, 5 科技人才, 6 创新生态.</summary>
    public int Part => Item switch
    {
        <= 4 => 1,
        <= 7 => 2,
        <= 10 => 3,
        <= 12 => 4,
        <= 15 => 5,
        _ => 6,
    };

    public string Name(bool english) => english ? NameEn : NameZh;
}

/// <summary>The 42 numbers, in the plan's order.</summary>
public static class PlanIndicators
{
    public const int Parts = 6;

    public static IReadOnlyList<PlanIndicator> All { get; } = Load();

    private static readonly Dictionary<string, PlanIndicator> ByCode = All.ToDictionary(i => i.Code, StringComparer.Ordinal);

    public static PlanIndicator? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    public static IReadOnlyList<PlanIndicator> Read(TextReader text)
    {
        using var csv = new CsvReader(text, CultureInfo.InvariantCulture, leaveOpen: true);
        csv.Read();
        csv.ReadHeader();
        var indicators = new List<PlanIndicator>();
        while (csv.Read())
        {
            string Cell(string column) => csv.GetField(column) ?? throw new InvalidDataException($"Row {csv.Parser.Row} has no {column}.");
            indicators.Add(new PlanIndicator(
                Cell("code"),
                int.Parse(Cell("item"), CultureInfo.InvariantCulture),
                Cell("name_zh"), Cell("name_en"), Cell("unit"),
                decimal.Parse(Cell("target"), CultureInfo.InvariantCulture),
                Enum.Parse<IndicatorKind>(Cell("kind"), ignoreCase: true),
                DateOnly.ParseExact(Cell("due"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
                Cell("departments").Split(';', StringSplitOptions.RemoveEmptyEntries),
                Cell("wording"), Cell("source")));
        }
        return indicators;
    }

    private static IReadOnlyList<PlanIndicator> Load()
    {
        using var stream = typeof(PlanIndicators).Assembly.GetManifestResourceStream("plan-indicators.csv")
            ?? throw new InvalidOperationException("plan-indicators.csv is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return Read(reader);
    }
}
