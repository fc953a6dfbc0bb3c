using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Plan;
using Matchmaking.Web.Components;
using Matchmaking.Web.Display;
using Matchmaking.Web.Lists;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Indicators;

/// <summary>Every row behind a counted figure as it stood at the count, internal ones too, with the page of the record today.</summary>
public sealed class RowsModel(MatchmakingDbContext db, ReadLines read, LocalTime local, Formatting format, IStringLocalizer<PlanText> text) : PageModel
{
    private Dictionary<int, string> names = [];

    public PlanIndicator Indicator { get; private set; } = null!;
    public CountingRule Rule { get; private set; } = null!;
    public LinesOfCount? Lines { get; private set; }
    public PagerModel? Pages { get; private set; }

    /// <summary>Whether the kept lines still make the figure.</summary>
    public bool Holds { get; private set; }

    public async Task<IActionResult> OnGetAsync(string code, DateOnly? day, [FromQuery(Name = "page")] int? page, CancellationToken cancellationToken)
    {
        if (!Find(code)) return NotFound();
        var asked = Math.Clamp(page ?? 1, 1, 10_000);
        Lines = await read.AtAsync(code, day ?? local.Today, publicOnly: false, asked, cancellationToken);
        if (Lines is null) return Page();
        Pages = new PagerModel(asked, ReadLines.PageSize, Lines.Total, n => $"/staff/indicators/{code}/rows?day={Lines.Count.Day:yyyy-MM-dd}&page={n}");
        Holds = await read.HoldsAsync(Rule, Lines.Count, cancellationToken);
        await NameAsync(Lines.Page, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(string code, DateOnly? day, CancellationToken cancellationToken)
    {
        if (!Find(code)) return NotFound();
        if (await read.AtAsync(code, day ?? local.Today, publicOnly: false, 1, cancellationToken) is not { } found) return NotFound();
        var lines = await read.Of(found.Count).OrderBy(l => l.RowId).ToListAsync(cancellationToken);
        await NameAsync(lines, cancellationToken);
        string[] headings = [text["Line.Number"], text["Line.Title"], text["Line.Day"], text["Line.Weight"], text["Line.AlsoIn"]];
        var file = CsvText.Write(headings, lines.Select(l => new[] { NumberOf(l), TitleOf(l), l.Day is { } on ? format.Date(on) : "", WeightOf(l), l.AlsoIn }));
        return File(file, "text/csv; charset=utf-8", $"plan-{code}-{found.Count.Day:yyyy-MM-dd}.csv");
    }

    public static string NumberOf(IndicatorLine line) => line.Number.Length > 0 ? line.Number : line.RowId.ToString(CultureInfo.InvariantCulture);

    /// <summary>As it stood; of a person the name of today, since names are not kept with figures.</summary>
    public string TitleOf(IndicatorLine line) => line.Title.Length > 0 ? line.Title : names.GetValueOrDefault(line.RowId, "");

    public static string WeightOf(IndicatorLine line) =>
        line.Weight.ToString("0.####", CultureInfo.InvariantCulture) + (line.Of is { } of ? "/" + of.ToString("0.####", CultureInfo.InvariantCulture) : "");

    private bool Find(string code)
    {
        if (PlanIndicators.Find(code) is not { } indicator || CountingRules.Of(code) is not { } rule) return false;
        (Indicator, Rule) = (indicator, rule);
        return true;
    }

    private async Task NameAsync(IReadOnlyList<IndicatorLine> lines, CancellationToken cancellationToken)
    {
        var ids = lines.Select(l => l.RowId).ToList();
        names = Rule.RowKind switch
        {
            CountedRowKind.Broker => await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken),
            CountedRowKind.Expert => await db.Experts.Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.User.DisplayName, cancellationToken),
            CountedRowKind.Secondment => await db.RegisterEntries.Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => $"{e.Name}（{e.Organization}）→ {e.Partner}", cancellationToken),
            _ => [],
        };
    }
}
