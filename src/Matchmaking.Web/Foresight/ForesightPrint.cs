using System.Globalization;
using Matchmaking.Matching.Foresight;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Display;
using Matchmaking.Web.Printing;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Foresight;

/// <summary>A published report as a document to print, made from its frozen text alone: in Chinese whoever asks, with a summary in English.</summary>
public sealed class ForesightPrint(IStringLocalizer<ForesightText> text, ForesightWords words, CaseViews cases, Formatting format)
{
    private const int MostNumbers = 24;

    /// <param name="hash">SHA-256 of the report's canonical JSON.</param>
    /// <returns>Null for a format that is none to print.</returns>
    public PrintedFile? File(string kind, ForesightDocument document, string hash) => PrintedFile.Of(kind, () => Of(document, hash));

    private PrintedDocument Of(ForesightDocument document, string hash)
    {
        var figures = document.Figures;
        var blocks = new List<PrintedBlock>
        {
            new PrintedFacts([(text["Column.Official"], document.Official), (text["Column.Published"], format.Date(document.PublishedAt)), (text["Column.Edition"], Plain(document.Edition)), (text["Column.Counted"], format.Date(figures.Day)), ("SHA-256", hash)]),
            new PrintedHeading(1, text["Print.Abstract"]), new PrintedParagraph(words.Summary(figures)),
            new PrintedHeading(1, InLanguage.English(() => text["Print.Abstract"].Value)), new PrintedParagraph(InLanguage.English(() => words.Summary(figures)), "en"),
        };
        if (document.CorrectionReason is { } reason) blocks.AddRange([new PrintedHeading(1, text["Correction", document.Edition]), new PrintedParagraph(reason)]);
        foreach (var section in document.Sections) blocks.AddRange([new PrintedHeading(1, text["Section." + section.Key]), new PrintedParagraph(section.Text)]);
        blocks.Add(new PrintedHeading(1, text["Figures"]));
        blocks.AddRange(FieldsOf(figures));
        blocks.AddRange(SpotsOf(figures));
        blocks.AddRange(
        [
            new PrintedHeading(2, text["F.Clusters"]),
            figures.Clusters.Count == 0 ? new PrintedParagraph(text["Clusters.None", NeedClusters.LeastNeeds]) : new PrintedTable(
                [text["Column.Cluster"], text["Column.Needs"], text["Column.Answered"], text["Column.Stability"], text["Column.Typical"]], [34, 10, 10, 18, 28],
                [.. figures.Clusters.Select(c => new[] { string.Join(text["Separator"], c.Terms), Plain(c.Members.Count), Plain(c.Answered), words.Stability(c), string.Join(' ', c.Typical) })]),
            new PrintedParagraph(text["Query.Clusters", NeedClusters.Resamples]),
            new PrintedHeading(2, text["F.Unmet"]),
            figures.Unmet.Count == 0 ? new PrintedParagraph(text["Unmet.None"]) : new PrintedTable(
                [text["Column.Figure"], text["Column.Asked"], text["Column.Best"], text["Column.Number"]], [26, 20, 28, 26],
                [.. figures.Unmet.Select(u => new[] { u.Asked.Name, format.Quantity(u.Asked), u.Best is { } best ? $"{format.Quantity(best)} {u.BestOf}" : text["Unmet.Nobody"].Value, u.Number })]),
            new PrintedParagraph(text["Query.Unmet"]),
            new PrintedHeading(2, text["F.Deals"]),
            new PrintedParagraph(figures.Time is { } time ? text["Deals.Time", Plain(time.Deals), Plain(time.Quarter), Plain(time.Median), Plain(time.ThreeQuarters)] : text["Deals.None"]),
        ]);
        if (figures.Declines.Count > 0) blocks.Add(new PrintedTable([text["F.Declines"], text["Print.Count"]], [80, 20], [.. figures.Declines.Select(d => new[] { cases.Reason(d.Reason), Plain(d.Count) })]));
        blocks.AddRange([new PrintedHeading(1, text["Verify"]), new PrintedParagraph(text["Verify.How"])]);
        return new PrintedDocument(words.Name(document.Year, document.Scope), document.Official, document.PublishedAt, text["Print.Contents"], blocks);
    }

    private IEnumerable<PrintedBlock> FieldsOf(ForesightFigures figures)
    {
        var horizons = Enum.GetValues<Horizon>();
        yield return new PrintedHeading(2, text["F.Horizon"]);
        yield return new PrintedTable(
            [text["Column.Field"], .. horizons.Select(h => format.Horizon(h)), text["Column.Answered"], text["Column.Supply"]], [34, 13, 13, 13, 13, 14],
            [.. figures.Cells.GroupBy(c => c.Field).OrderBy(g => g.Key).Select(g => (IReadOnlyList<string>)
            [
                format.Field(g.Key), .. horizons.Select(h => Plain(g.Where(c => c.Horizon == h).Sum(c => c.Needs.Count))), Plain(g.Sum(c => c.Answered)), Plain(g.Sum(c => c.Supply.Count)),
            ])]);
        yield return new PrintedParagraph(text["Query.Cells", format.Date(figures.Day)]);
    }

    private IEnumerable<PrintedBlock> SpotsOf(ForesightFigures figures)
    {
        foreach (var kind in Enum.GetValues<WhiteSpotKind>())
        {
            var spots = figures.WhiteSpots.Where(s => s.Kind == kind).ToList();
            yield return new PrintedHeading(2, text["Spots." + kind, Plain(spots.Count)]);
            if (spots.Count > 0)
                yield return new PrintedTable([text["Print.Place"], text["Print.Alone"], text["Print.All"], text["Column.Numbers"]], [34, 10, 10, 46], [.. spots.Select(s => new[] { words.Place(s.Industry, s.Field), Plain(s.Alone), Plain(s.All), Numbers(s.Numbers) })]);
            yield return new PrintedParagraph(text["Spots.Rule." + kind]);
        }
    }

    /// <summary>A place may have hundreds; all of them are in the table and the JSON of the report.</summary>
    private string Numbers(IReadOnlyList<string> numbers) =>
        numbers.Count <= MostNumbers ? string.Join(' ', numbers) : text["Print.Numbers", string.Join(' ', numbers.Take(MostNumbers)), Plain(numbers.Count)];

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
