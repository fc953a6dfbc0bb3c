using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Plan;
using Matchmaking.Web.Display;
using Matchmaking.Web.Printing;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Plan;

/// <summary>The bulletin of a quarter to print: as it was issued, or as a draft of today's records. In Chinese whoever asks.</summary>
public sealed class BulletinPrint(IStringLocalizer<PlanText> text, PlanWords words, Formatting format)
{
    /// <returns>Null for a format that is none to print.</returns>
    public PrintedFile? File(string kind, BulletinDocument bulletin) => PrintedFile.Of(kind, () => Of(bulletin));

    private PrintedDocument Of(BulletinDocument bulletin)
    {
        var quarter = text["Bulletin.Quarter", bulletin.LastDay.Year, bulletin.LastDay.Month / 3].Value;
        var number = bulletin.IssuedAt is null ? text["Bulletin.Draft", quarter].Value : bulletin.Edition == 1 ? quarter : text["Bulletin.Edition", quarter, bulletin.Edition].Value;
        var blocks = new List<PrintedBlock>
        {
            new PrintedFacts([(text["Bulletin.Of"], number), (text["Column.AsOf"], format.Date(bulletin.LastDay)), (text["Bulletin.Known"], format.Date(bulletin.KnownOn)),
                .. bulletin.IssuedAt is null ? [] : new (string, string)[] { ("SHA-256", ListDocument.HashOf(bulletin.ToCanonicalJson())) }]),
            new PrintedHeading(1, text["Print.Abstract"]), new PrintedParagraph(Abstract(bulletin.Lines)),
            new PrintedHeading(1, InLanguage.English(() => text["Print.Abstract"].Value)), new PrintedParagraph(InLanguage.English(() => Abstract(bulletin.Lines)), "en"),
        };
        if (bulletin.CorrectionReason is { } reason) blocks.AddRange([new PrintedHeading(1, text["Bulletin.Correction"]), new PrintedParagraph(reason)]);
        var indicators = bulletin.Lines.Select(l => (Line: l, Indicator: PlanIndicators.Find(l.Code)!)).ToList();
        foreach (var part in indicators.GroupBy(s => s.Indicator.Part))
        {
            blocks.Add(new PrintedHeading(1, text["Part." + part.Key]));
            blocks.Add(new PrintedTable(
                [text["Column.Code"], text["Bulletin.Indicator"], text["Bulletin.Value"], text["Target"], text["Bulletin.Change"], text["Column.Status"], text["Column.Source"]], [7, 30, 13, 13, 12, 11, 14],
                [.. part.Select(s => new[]
                {
                    s.Line.Code, words.Name(s.Indicator), s.Line.Value is { } value ? format.Number(value) : format.Unstated, format.NumberWithUnit(s.Line.Target, words.Unit(s.Indicator)),
                    s.Line.Change is { } change ? (change > 0 ? "+" : "") + format.Number(change) : format.Unstated, text["Status." + s.Line.Status].Value, text["Origin." + s.Line.Origin].Value,
                })]));
        }
        var late = indicators.Where(s => s.Line.Status is IndicatorStatus.Behind or IndicatorStatus.Missed).ToList();
        if (late.Count > 0) blocks.AddRange([new PrintedHeading(1, text["Bulletin.Late"]), new PrintedParagraph(format.List(late.Select(s => $"{s.Line.Code} {words.Name(s.Indicator)}")))]);
        blocks.AddRange([new PrintedHeading(1, text["Bulletin.How"]), new PrintedParagraph(text[bulletin.IssuedAt is null ? "Bulletin.How.Draft" : "Bulletin.How.Issued"])]);
        return new PrintedDocument(text["Bulletin.Title", quarter], number, bulletin.IssuedAt ?? ProvinceTime.At(bulletin.LastDay, 0), text["Print.Contents"], blocks);
    }

    private string Abstract(IReadOnlyList<BulletinLine> all) => text["Bulletin.Abstract", all.Count, all.Count(s => s.Status == IndicatorStatus.Met), all.Count(s => s.Status is IndicatorStatus.Ahead or IndicatorStatus.OnTheWay),
        all.Count(s => s.Status is IndicatorStatus.Behind or IndicatorStatus.Missed), all.Count(s => s.Status == IndicatorStatus.None)];
}
