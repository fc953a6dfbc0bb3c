using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Plan;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Display;
using Matchmaking.Web.Lists;
using Matchmaking.Web.Plan;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Indicators;

public sealed class ReportModel(
    MatchmakingDbContext db, ReadPlan read, CurrentUser current, LocalTime local, TimeProvider time, Formatting format, PlanWords words,
    IStringLocalizer<PlanText> text) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public PlanIndicator Indicator { get; private set; } = null!;
    public IndicatorHistory History { get; private set; } = null!;

    /// <summary>The doubtful value that waits for a tick, as a plain number; null when nothing is doubtful.</summary>
    public string? Doubtful { get; private set; }

    /// <summary>Names of the people who entered values.</summary>
    public IReadOnlyDictionary<int, string> People { get; private set; } = new Dictionary<int, string>();

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(code, cancellationToken)) return NotFound();
        Input.Key = Guid.NewGuid().ToString();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(code, cancellationToken)) return NotFound();
        var value = Value();
        var asOf = AsOf();
        var source = ListingRules.Clean(Input.Source);
        if (source.Length == 0) ModelState.AddModelError("Input.Source", text["Document.Missing"]);
        if (source.Length > IndicatorReport.MaxSource) ModelState.AddModelError("Input.Source", text["Document.TooLong", source.Length, IndicatorReport.MaxSource]);
        // A key that is none came from no form of ours; the row then simply gets one.
        var key = Guid.TryParse(Input.Key, out var typed) ? typed : Guid.NewGuid();
        if (value is { } number && IndicatorReport.IsDoubtful(number, History.Standing.Reported?.Value, Indicator.Target))
        {
            Doubtful = IndicatorValue.Plain(number);
            // The tick is for this very value; another one is asked about again.
            if (Input.Confirm != Doubtful)
            {
                var measure = History.Standing.Reported is { Value: > 0 } last ? last.Value : Indicator.Target;
                ModelState.AddModelError("Input.Confirm", text["Doubtful",
                    format.NumberWithUnit(number, words.Unit(Indicator)), format.NumberWithUnit(measure, words.Unit(Indicator)), IndicatorReport.DoubtfulFactor]);
            }
        }
        if (!ModelState.IsValid || value is null || asOf is null) return Page();
        if (await IsThereAsync(key, cancellationToken)) return Done();

        var now = time.GetUtcNow();
        var by = (await current.RequireAsync()).Id;
        db.Report(new IndicatorReport(Indicator, asOf.Value, value.Value, source, by, key, now));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // A double click: the index on the key let one row in.
            db.ChangeTracker.Clear();
            if (!await IsThereAsync(key, cancellationToken)) throw;
        }
        return Done();
    }

    private RedirectResult Done() => Redirect($"/staff/indicators/{Indicator.Code}#reports");

    private decimal? Value()
    {
        var (value, wrong) = IndicatorValue.Read(Input.Value);
        if (wrong is not null)
            ModelState.AddModelError("Input.Value", text["Value." + wrong, wrong switch { "TooLarge" => format.Number(IndicatorReport.MaxValue), "TooFine" => IndicatorReport.Decimals, _ => RulesInput.Shown(Input.Value ?? "") }]);
        return value;
    }

    private DateOnly? AsOf()
    {
        if (!DateOnly.TryParseExact(Input.AsOf?.Trim(), ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            ModelState.AddModelError("Input.AsOf", string.IsNullOrWhiteSpace(Input.AsOf) ? text["AsOf.Missing"] : text["AsOf.NotOne", RulesInput.Shown(Input.AsOf)]);
            return null;
        }
        if (day > local.Today || day < PlanStatus.Start)
        {
            ModelState.AddModelError("Input.AsOf", text["AsOf.Outside", format.Date(day), format.Date(PlanStatus.Start), format.Date(local.Today)]);
            return null;
        }
        return day;
    }

    private async Task<bool> LoadAsync(string code, CancellationToken cancellationToken)
    {
        if (PlanIndicators.Find(code) is not { } indicator) return false;
        Indicator = indicator;
        History = await read.HistoryAsync(indicator, local.Today, cancellationToken);
        var ids = History.Reports.Select(r => r.EnteredById).Distinct().ToList();
        People = await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        return true;
    }

    private Task<bool> IsThereAsync(Guid key, CancellationToken cancellationToken) => db.IndicatorReports.AnyAsync(r => r.CreationKey == key, cancellationToken);

    public sealed class InputModel
    {
        public string? Key { get; set; }
        public string? Value { get; set; }
        public string? AsOf { get; set; }
        public string? Source { get; set; }
        public string? Confirm { get; set; }
    }
}
