using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Plan;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Display;
using Matchmaking.Web.Forms;
using Matchmaking.Web.Plan;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Indicators;

/// <summary>How a number is understood: staff write a new version; older ones stay with the values of their days.</summary>
public sealed class DefinitionModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, Formatting format, PlanWords words, IStringLocalizer<PlanText> text) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public PlanIndicator Indicator { get; private set; } = null!;

    private IndicatorDefinition? last;

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken cancellationToken)
    {
        if (!await FindAsync(code, cancellationToken)) return NotFound();
        Input = new InputModel
        {
            Version = last?.Version ?? 0, Text = last?.Text ?? Indicator.Wording, Baseline = last?.Baseline?.ToString("0.####", CultureInfo.InvariantCulture),
            Milestones = string.Join('\n', (last?.Milestones ?? []).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Day:yyyy-MM-dd} {m.Value:0.####}"))),
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, CancellationToken cancellationToken)
    {
        if (!await FindAsync(code, cancellationToken)) return NotFound();
        var meaning = Line(nameof(Input.Text), Input.Text, IndicatorDefinition.MaxText, "Definition.Text.Missing");
        var reason = Line(nameof(Input.Reason), Input.Reason, IndicatorDefinition.MaxReason, "Definition.Reason.Missing");
        var from = TypedFields.Day(Input.FromDay, PlanStatus.Start.Year);
        if (from is null) Complain(nameof(Input.FromDay), "AsOf.NotOne", TypedFields.Quote(Input.FromDay));
        var baseline = string.IsNullOrWhiteSpace(Input.Baseline) ? null : Number(nameof(Input.Baseline), Input.Baseline);
        var milestones = Milestones();
        if (Input.Version != (last?.Version ?? 0)) ModelState.AddModelError("", text["Definition.Stale"]);
        if (ModelState.IsValid && IndicatorDefinition.Check(Indicator, from!.Value, baseline, milestones) is { } problem)
            Complain(problem switch { "FromDay" => nameof(Input.FromDay), "Baseline" => nameof(Input.Baseline), _ => nameof(Input.Milestones) }, "Definition.Wrong." + problem, format.Date(PlanStatus.Start), format.Date(Indicator.Due), words.Target(Indicator), IndicatorDefinition.MostMilestones);
        if (ModelState.IsValid && last is not null && from < last.FromDay) Complain(nameof(Input.FromDay), "Definition.Wrong.Earlier", format.Date(last.FromDay));
        if (!ModelState.IsValid) return Refused();
        var now = time.GetUtcNow();
        db.IndicatorDefinitions.Add(new IndicatorDefinition(Indicator, Input.Version + 1, from!.Value, meaning, baseline, milestones, reason, current.Id!.Value, now));
        db.Audit(current.Id, "indicator.define", $"indicator:{Indicator.Code}", now, $"version {Input.Version + 1}");
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Two at the same time: the index on the version let one in.
            db.ChangeTracker.Clear();
            ModelState.AddModelError("", text["Definition.Stale"]);
            return Refused();
        }
        return Redirect($"/plan/{Indicator.Code}");
    }

    private PageResult Refused()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private List<Milestone> Milestones()
    {
        var found = new List<Milestone>();
        foreach (var line in (Input.Milestones ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Normalize(System.Text.NormalizationForm.FormKC).Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts.Length == 2 && TypedFields.Day(parts[0], PlanStatus.Start.Year) is { } day && Number(nameof(Input.Milestones), parts[1]) is { } value) found.Add(new Milestone(day, value));
            else if (ModelState[$"Input.{nameof(Input.Milestones)}"] is not { Errors.Count: > 0 }) Complain(nameof(Input.Milestones), "Definition.Milestones.NotOne", TypedFields.Quote(line));
        }
        return found;
    }

    private decimal? Number(string field, string typed)
    {
        if (decimal.TryParse(TypedFields.Narrow(typed).Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= IndicatorReport.MaxValue) return value;
        Complain(field, "Value.NotOne", TypedFields.Quote(typed));
        return null;
    }

    private string Line(string field, string? typed, int most, string missing)
    {
        var clean = ListingRules.Clean(typed);
        if (clean.Length == 0) Complain(field, missing);
        if (clean.Length > most) Complain(field, "Register.TooLong", clean.Length, most);
        return clean;
    }

    private void Complain(string field, string key, params object[] arguments) => ModelState.AddModelError("Input." + field, text[key, arguments]);

    private async Task<bool> FindAsync(string code, CancellationToken cancellationToken)
    {
        if (PlanIndicators.Find(code) is not { } indicator) return false;
        Indicator = indicator;
        last = await db.IndicatorDefinitions.AsNoTracking().Where(d => d.Code == code).OrderByDescending(d => d.Version).FirstOrDefaultAsync(cancellationToken);
        return true;
    }

    public sealed class InputModel
    {
        public int Version { get; set; }
        public string? Text { get; set; }
        public string? FromDay { get; set; }
        public string? Baseline { get; set; }
        public string? Milestones { get; set; }
        public string? Reason { get; set; }
    }
}
