using System.Globalization;
using Matchmaking.Matching.Foresight;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Display;
using Matchmaking.Web.Lists;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;

namespace Matchmaking.Web.Foresight;

/// <summary>Reports and their figures in the reader's words; addresses; files. Sentences are templates with numbers: nothing is said that was not counted.</summary>
public sealed class ForesightWords(IStringLocalizer<ForesightText> text, Formatting format)
{
    public static string Address(ForesightReport report) => $"/reports/{report.Year}/{report.Scope}";

    public static string Download(ForesightReport report, string kind) => $"{Address(report)}/download.{kind}?edition={report.Edition}";

    /// <summary>Stands in addresses for an industry or a field that is not stated.</summary>
    public const string None = "-";

    /// <summary>/map/C38/NewEnergy.</summary>
    public static string Cell(string industry, TechnologyField? field, Horizon? horizon) =>
        $"/map/{(industry.Length > 0 ? Uri.EscapeDataString(industry) : None)}/{field?.ToString() ?? None}{(horizon is { } h ? $"?horizon={h}" : "")}";

    public string Name(int year, string scope) => text["Name", year, ForesightReport.FieldOf(scope) is { } field ? format.Field(field) : text["AllFields"].Value];

    public string Name(ForesightReport report) => Name(report.Year, report.Scope);

    public string Place(string industry, TechnologyField? field) => text["Place", industry.Length > 0 ? format.IndustryName(industry) : format.Unstated, format.Field(field)];

    public string Summary(ForesightFigures figures) => text["Summary", format.Date(figures.Day), format.Number(figures.Needs), format.Number(figures.Answered), Share(figures.Answered, figures.Needs), format.Number(figures.Supply),
        format.Number(figures.WhiteSpots.Count(s => s.Kind == WhiteSpotKind.Unanswered)), format.Number(figures.WhiteSpots.Count(s => s.Kind == WhiteSpotKind.Unasked))];

    /// <summary>Whole percent; a dash for a share of nothing.</summary>
    public string Share(int part, int all) => all == 0 ? format.Unstated : format.Percent((decimal)part / all);

    public string Stability(NeedCluster cluster) => text[cluster.Stability switch { >= 0.75m => "Stable", >= 0.6m => "Doubtful", _ => "Unstable" }, cluster.Stability.ToString("0.00", CultureInfo.InvariantCulture)];

    /// <summary>Table of the cells: industry, field, horizon, needs, answered, achievements.</summary>
    public byte[] Csv(ForesightFigures figures) => CsvText.Write(
        [text["Column.Industry"], text["Column.Field"], text["Column.Horizon"], text["Column.Needs"], text["Column.Answered"], text["Column.Supply"], text["Column.Numbers"]],
        figures.Cells.Select(c => new[]
        {
            c.Industry.Length > 0 ? format.Industry(c.Industry) : "", format.Field(c.Field), format.Horizon(c.Horizon), Plain(c.Needs.Count), Plain(c.Answered), Plain(c.Supply.Count), string.Join(' ', c.Needs),
        }));

    public byte[] ProposalsCsv(ForesightFigures figures)
    {
        var (headings, rows) = Proposals(figures);
        return CsvText.Write(headings, rows);
    }

    public byte[] ProposalsExcel(ForesightFigures figures)
    {
        var (headings, rows) = Proposals(figures);
        using var stream = new MemoryStream();
        // Text cells are never formulas in this format, so nothing needs escaping.
        stream.SaveAs(rows.Select(r => headings.Zip(r).ToDictionary(c => c.First, object (c) => c.Second)), sheetName: text["Proposals.Sheet"]);
        return stream.ToArray();
    }

    /// <summary>One proposal a white spot of needs: what is asked for there, in figures nobody reaches, and by whom it is asked (public numbers).</summary>
    private (string[] Headings, IReadOnlyList<string[]> Rows) Proposals(ForesightFigures figures)
    {
        var unmet = figures.Unmet.ToLookup(u => u.Number);
        var clusters = figures.Clusters.SelectMany(c => c.Members.Select(m => (m, c))).ToLookup(x => x.m, x => x.c);
        return (
            [text["Column.Direction"], text["Column.Industry"], text["Column.Field"], text["Column.Unanswered"], text["Column.Needs"], text["Column.Unmet"], text["Column.Numbers"]],
            [.. figures.WhiteSpots.Where(s => s.Kind == WhiteSpotKind.Unanswered).Select(s => new[]
            {
                string.Join(text["Separator"], s.Numbers.SelectMany(n => clusters[n]).SelectMany(c => c.Terms).CountBy(t => t).OrderByDescending(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Take(3).Select(t => t.Key)),
                format.Industry(s.Industry), format.Field(s.Field), Plain(s.Alone), Plain(s.All),
                string.Join(text["Separator"], s.Numbers.SelectMany(n => unmet[n]).Select(u => u.Asked.Name + format.Quantity(u.Asked))), string.Join(' ', s.Numbers),
            })]);
    }

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
