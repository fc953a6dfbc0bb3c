using System.Globalization;
using Matchmaking.Matching;
using Matchmaking.Matching.Plan;
using Matchmaking.Web.Display;
using Matchmaking.Web.Printing;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Plan;

/// <summary>The bulletin of an ended quarter: the 42 numbers as they stood on its last day, by the reports and counts there are today. In Chinese whoever asks.</summary>
public sealed class BulletinPrint(ReadPlan read, IStringLocalizer<PlanText> text, PlanWords words, Formatting format)
{
    /// <summary>The last day of 2026-3; null for what is no quarter.</summary>
    public static DateOnly? LastDay(string quarter)
    {
        var parts = quarter.Split('-');
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        return year is < 2024 or > 2100 || number is < 1 or > 4 ? null : new DateOnly(year, 3 * number, 1).AddMonths(1).AddDays(-1);
    }

    /// <summary>Quarters of the plan that have ended, the latest first.</summary>
    public static IReadOnlyList<string> Ended(DateOnly today) =>
        [.. Enumerable.Range(PlanStatus.Start.Year, PlanStatus.End.Year - PlanStatus.Start.Year + 1).SelectMany(y => Enumerable.Range(1, 4).Select(q => $"{y}-{q}")).Where(q => LastDay(q) < today).Reverse()];

    public async Task<byte[]> WordAsync(DateOnly lastDay, DateOnly today, CancellationToken cancellationToken)
    {
        var all = await read.AllAsync(lastDay, cancellationToken);
        var before = await read.AllAsync(lastDay.AddDays(1).AddMonths(-3).AddDays(-1), cancellationToken);
        return InLanguage.Chinese(() => WordWriter.Write(Of(all, before.ToDictionary(s => s.Indicator.Code), lastDay, today), text["Print.Contents"]));
    }

    private PrintedDocument Of(IReadOnlyList<IndicatorStanding> all, Dictionary<string, IndicatorStanding> before, DateOnly lastDay, DateOnly today)
    {
        var number = text["Bulletin.Quarter", lastDay.Year, lastDay.Month / 3].Value;
        var blocks = new List<PrintedBlock>
        {
            new PrintedFacts([(text["Bulletin.Of"], number), (text["Column.AsOf"], format.Date(lastDay)), (text["Bulletin.Known"], format.Date(today))]),
            new PrintedHeading(1, text["Print.Abstract"]), new PrintedParagraph(Abstract(all)),
            new PrintedHeading(1, InLanguage.English(() => text["Print.Abstract"].Value)), new PrintedParagraph(InLanguage.English(() => Abstract(all)), "en"),
        };
        foreach (var part in all.GroupBy(s => s.Indicator.Part))
        {
            blocks.Add(new PrintedHeading(1, text["Part." + part.Key]));
            blocks.Add(new PrintedTable(
                [text["Column.Code"], text["Bulletin.Indicator"], text["Bulletin.Value"], text["Target"], text["Bulletin.Change"], text["Column.Status"], text["Column.Source"]], [7, 30, 13, 13, 12, 11, 14],
                [.. part.Select(s => new[]
                {
                    s.Indicator.Code, words.Name(s.Indicator), s.Value is { } value ? format.Number(value) : format.Unstated, words.Target(s.Indicator),
                    s.Value - before[s.Indicator.Code].Value is { } change ? (change > 0 ? "+" : "") + format.Number(change) : format.Unstated, text["Status." + s.Status].Value, text["Origin." + s.Origin].Value,
                })]));
        }
        var late = all.Where(s => s.Status is IndicatorStatus.Behind or IndicatorStatus.Missed).ToList();
        if (late.Count > 0) blocks.AddRange([new PrintedHeading(1, text["Bulletin.Late"]), new PrintedParagraph(format.List(late.Select(s => $"{s.Indicator.Code} {words.Name(s.Indicator)}")))]);
        blocks.AddRange([new PrintedHeading(1, text["Bulletin.How"]), new PrintedParagraph(text["Bulletin.How.Text"])]);
        return new PrintedDocument(text["Bulletin.Title", number], number, ProvinceTime.At(lastDay, 0), blocks);
    }

    private string Abstract(IReadOnlyList<IndicatorStanding> all) => text["Bulletin.Abstract", all.Count, all.Count(s => s.Status == IndicatorStatus.Met), all.Count(s => s.Status is IndicatorStatus.Ahead or IndicatorStatus.OnTheWay),
        all.Count(s => s.Status is IndicatorStatus.Behind or IndicatorStatus.Missed), all.Count(s => s.Status == IndicatorStatus.None)];
}
