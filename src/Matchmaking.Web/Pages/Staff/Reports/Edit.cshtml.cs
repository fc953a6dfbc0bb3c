using System.Globalization;
using Hangfire;
using Matchmaking.Jobs;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Foresight;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Reports;

/// <summary>A report from its draft to its publication: sections, versions, three signatures, corrections.</summary>
public sealed class EditModel(MatchmakingDbContext db, SignReport sign, IBackgroundJobClient jobs, CurrentUser current, TimeProvider time, IStringLocalizer<ForesightText> text) : PageModel
{
    public ForesightReport Report { get; private set; } = null!;
    public IReadOnlyDictionary<int, string> People { get; private set; } = new Dictionary<int, string>();

    /// <summary>The revision that is compared with the sections of today; null when none was asked for.</summary>
    public ForesightRevision? Compared { get; private set; }

    [BindProperty]
    public string? Version { get; set; }

    [BindProperty]
    public Dictionary<string, string?> Texts { get; set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    [TempData]
    public string? Done { get; set; }

    public static string Field(ForesightSectionKey key) => $"Texts[{key}]";

    public async Task<IActionResult> OnGetAsync(int id, int? compare, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        Compared = compare is { } number ? Report.Revisions.FirstOrDefault(r => r.Number == number) : null;
        return await ShowAsync(cancellationToken);
    }

    public Task<IActionResult> OnPostSaveAsync(int id, CancellationToken cancellationToken) => ActAsync(id, "Saved", (report, at) =>
    {
        var sections = Enum.GetValues<ForesightSectionKey>().Select(key => new ForesightSection(key, ListingRules.Clean(Texts.GetValueOrDefault(key.ToString())))).ToList();
        foreach (var section in sections.Where(s => s.Text.Length > ForesightReport.MaxText)) ModelState.AddModelError(Field(section.Key), text["TooLong", section.Text.Length, ForesightReport.MaxText]);
        if (!ModelState.IsValid) return Task.CompletedTask;
        report.Write(sections, current.Id!.Value, at);
        db.Audit(current.Id, "foresight.write", $"report:{report.Serial}", at);
        return db.SaveChangesAsync(cancellationToken);
    }, cancellationToken);

    public Task<IActionResult> OnPostSignAsync(int id, string role, CancellationToken cancellationToken) => ActAsync(id, "Signed", (report, _) =>
        sign.RunAsync(report, Enum.TryParse<ListSignRole>(role, out var known) ? known : throw new ForesightRefusedException("SignOrder", role), current.Id!.Value, cancellationToken), cancellationToken);

    /// <summary>The figures of today, by the job.</summary>
    public Task<IActionResult> OnPostRecountAsync(int id, CancellationToken cancellationToken) => ActAsync(id, "Recounting", (report, _) =>
    {
        if (report.State == ForesightState.Published) throw new ForesightRefusedException("Published");
        var (year, scope, by) = (report.Year, report.Scope, current.Id);
        jobs.Enqueue<DraftForesight>(job => job.RunOneAsync(year, scope, by, CancellationToken.None));
        return Task.CompletedTask;
    }, cancellationToken);

    public async Task<IActionResult> OnPostCorrectAsync(int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        var reason = ListingRules.Clean(Reason);
        if (reason.Length == 0) ModelState.AddModelError(nameof(Reason), text["Reason.Missing"]);
        if (reason.Length > ForesightReport.MaxReason) ModelState.AddModelError(nameof(Reason), text["TooLong", reason.Length, ForesightReport.MaxReason]);
        if (await LaterAsync(cancellationToken) is { } there) return Redirect($"/staff/reports/{there}");
        if (ModelState.IsValid)
        {
            try
            {
                var at = time.GetUtcNow();
                var next = Report.Correct(reason, at);
                db.ForesightReports.Add(next);
                db.Audit(current.Id, "foresight.correct", $"report:{next.Serial}", at, Report.ContentHash ?? "");
                await db.SaveChangesAsync(cancellationToken);
                return Redirect($"/staff/reports/{next.Id}");
            }
            catch (ForesightRefusedException refused)
            {
                ModelState.AddModelError("", Refusal(refused));
            }
            catch (DbUpdateException)
            {
                // A second click or a colleague opened it in between; the index let only one in.
                db.ChangeTracker.Clear();
                if (await LaterAsync(cancellationToken) is not { } other) throw;
                return Redirect($"/staff/reports/{other}");
            }
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await ShowAsync(cancellationToken);
    }

    public string TextOf(ForesightSectionKey key) => Texts.GetValueOrDefault(key.ToString()) ?? Report.TextOf(key);

    private async Task<IActionResult> ActAsync(int id, string done, Func<ForesightReport, DateTimeOffset, Task> act, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        try
        {
            if (Version != Number(Report.Version)) return await StaleAsync(id, cancellationToken);
            await act(Report, time.GetUtcNow());
            if (ModelState.IsValid)
            {
                Done = done == "Signed" && Report.State == ForesightState.Published ? "PublishedNow" : done;
                return Redirect($"/staff/reports/{id}");
            }
        }
        catch (ForesightRefusedException refused)
        {
            ModelState.AddModelError("", Refusal(refused));
        }
        catch (DbUpdateConcurrencyException)
        {
            return await StaleAsync(id, cancellationToken);
        }
        db.ChangeTracker.Clear();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await FindAsync(id, cancellationToken) ? await ShowAsync(cancellationToken) : NotFound();
    }

    /// <summary>What was typed stays in the form; sent once more it takes the place of the other's.</summary>
    private async Task<IActionResult> StaleAsync(int id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        ModelState.AddModelError("", text["Stale"]);
        Version = Number(Report.Version);
        ModelState.SetModelValue(nameof(Version), Version, Version);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return await ShowAsync(cancellationToken);
    }

    private async Task<bool> FindAsync(int id, CancellationToken cancellationToken)
    {
        if (await db.ForesightReports.Include(r => r.Revisions).SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is not { } report) return false;
        Report = report;
        return true;
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        Version ??= Number(Report.Version);
        // The form shows what is bound: what was typed, else what stands.
        foreach (var key in Enum.GetValues<ForesightSectionKey>()) Texts.TryAdd(key.ToString(), Report.TextOf(key));
        var people = Report.Signs.Select(s => s.ById).Concat(Report.Revisions.Select(r => r.ById)).Distinct().ToList();
        People = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        return Page();
    }

    private Task<int?> LaterAsync(CancellationToken cancellationToken) =>
        db.ForesightReports.Where(r => r.Year == Report.Year && r.Scope == Report.Scope && r.Edition == Report.Edition + 1).Select(r => (int?)r.Id).SingleOrDefaultAsync(cancellationToken);

    private string Refusal(ForesightRefusedException refused) => text["Refused." + refused.Code, [.. refused.Arguments]];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
