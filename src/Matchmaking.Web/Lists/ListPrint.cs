using System.Globalization;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Web.Display;
using Matchmaking.Web.Printing;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Lists;

/// <summary>A published list as a document to print, made from its frozen text alone: in Chinese whoever asks, with an abstract in English, so that one edition is one file to the byte.</summary>
public sealed class ListPrint(IStringLocalizer<ListsText> text, Formatting format, ListFiles files)
{
    /// <param name="hash">SHA-256 of the edition's canonical JSON.</param>
    /// <returns>Null for a format that is none to print.</returns>
    public PrintedFile? File(string kind, ListDocument document, string hash) => PrintedFile.Of(kind, () => Of(document, hash));

    private PrintedDocument Of(ListDocument document, string hash)
    {
        var needs = document.Kind == AnnualListKind.KeyTechnologyNeeds;
        var blocks = new List<PrintedBlock>
        {
            new PrintedFacts(
            [
                (text["Print.Number"], document.Official ?? document.Serial),
                (text["Publication"], document.PublishedAt is { } at ? format.Date(at) : format.Unstated),
                (text["Notice"], document is { NoticeFrom: { } from, NoticeUntil: { } until } ? text["Span", format.Date(from), format.Date(until)] : format.Unstated),
                (text["Print.Entries"], format.Number(document.Entries.Count)),
                ("SHA-256", hash),
            ]),
            new PrintedHeading(1, text["Print.Abstract"]), new PrintedParagraph(Abstract(document)),
            new PrintedHeading(1, InLanguage.English(() => text["Print.Abstract"].Value)), new PrintedParagraph(InLanguage.English(() => Abstract(document)), "en"),
        };
        if (document.CorrectionReason is { } reason) blocks.AddRange([new PrintedHeading(1, text["Print.Correction"]), new PrintedParagraph(reason)]);
        blocks.AddRange(
        [
            new PrintedHeading(1, text["Print.Overview"]),
            new PrintedTable(
                [text["Column.Position"], text["Column.Number"], text["Column.Title"], text["Column.Field"], text[needs ? "Column.Horizon" : "Column.Trl"], text["Column.Owner"]], [6, 23, 31, 14, 10, 16],
                [.. document.Entries.Select(e => new[] { Plain(e.Position), e.Number, e.Title, format.Field(e.Field), needs ? files.Band(document.Kind, e) : format.Trl(e.Maturity), e.OwnerName ?? text["Anonymous"].Value })]),
            new PrintedHeading(1, text["Print.EntriesOne"]),
        ]);
        foreach (var entry in document.Entries)
        {
            blocks.Add(new PrintedHeading(2, $"{entry.Position}. {entry.Title}"));
            blocks.Add(new PrintedFacts(
            [
                (text["Column.Number"], entry.Number), (text["Column.Owner"], entry.OwnerName ?? text["Anonymous"].Value), (text["Column.Field"], format.Field(entry.Field)), (text["Column.Industry"], format.Industry(entry.Industry)),
                (text["Column.Region"], format.Region(entry.Region)), (text["Column.Quantities"], entry.Quantities.Count > 0 ? files.Quantities(entry) : format.Unstated),
                (text[needs ? "Column.LeastTrl" : "Column.Trl"], format.Trl(entry.Maturity)), (text[needs ? "Column.Budget" : "Column.Price"], format.Money(entry.Money)), (text["Column.Modes"], format.Modes(entry.Cooperation)),
            ]));
            foreach (var words in new[] { entry.Summary, entry.Description }.Where(w => w.Length > 0)) blocks.Add(new PrintedParagraph(words));
        }
        blocks.AddRange([new PrintedHeading(1, text["Print.Verify"]), new PrintedParagraph(text["Print.Verify.How"])]);
        return new PrintedDocument(text["ListOfYear", text["Kind." + document.Kind].Value, document.Year], document.Official ?? document.Serial, document.PublishedAt ?? ProvinceTime.At(new DateOnly(document.Year, 1, 1), 0), text["Print.Contents"], blocks);
    }

    private string Abstract(ListDocument document)
    {
        var fields = document.Entries.Where(e => e.Field is not null).CountBy(e => e.Field!.Value).OrderByDescending(f => f.Value).ThenBy(f => f.Key).Take(3);
        return text["Print.AbstractText", text["Kind." + document.Kind].Value, document.Year, document.Entries.Count, document.Entries.Count(e => e.OwnerName is null), format.List(fields.Select(f => text["Print.FieldCount", format.Field(f.Key), f.Value].Value)),
            document.Entries.Select(e => e.Region).Distinct().Count()];
    }

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
