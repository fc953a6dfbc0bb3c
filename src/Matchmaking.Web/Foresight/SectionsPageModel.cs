using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Foresight;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Foresight;

/// <summary>The sections of a report's draft, as staff and the committee of experts write them: one version at a time, what was typed is never lost.</summary>
public abstract class SectionsPageModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, IStringLocalizer<ForesightText> text) : PageModel
{
    public ForesightReport Report { get; private set; } = null!;
    public IReadOnlyDictionary<int, string> People { get; private set; } = new Dictionary<int, string>();

    /// <summary>The revision that is compared with the sections of today; null when none was asked for.</summary>
    public ForesightRevision? Compared { get; private set; }

    [BindProperty]
    public string? Version { get; set; }

    [BindProperty]
    public Dictionary<string, string?> Texts { get; set; } = [];

    [TempData]
    public string? Done { get; set; }

    /// <summary>Where the page itself is.</summary>
    public abstract string Address { get; }

    protected MatchmakingDbContext Db => db;
    protected CurrentUser Current => current;
    protected DateTimeOffset Now => time.GetUtcNow();
    protected IStringLocalizer<ForesightText> Text => text;

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

    public string TextOf(ForesightSectionKey key) => Texts.GetValueOrDefault(key.ToString()) ?? Report.TextOf(key);

    /// <summary>Whether the reader may see this report here.</summary>
    protected virtual bool MayOpen(ForesightReport report) => true;

    /// <summary>What else the page shows.</summary>
    protected virtual Task LoadAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected async Task<IActionResult> ActAsync(int id, string done, Func<ForesightReport, DateTimeOffset, Task> act, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken)) return NotFound();
        try
        {
            if (Version != Number(Report.Version)) return await StaleAsync(id, cancellationToken);
            await act(Report, time.GetUtcNow());
            if (ModelState.IsValid)
            {
                Done = done == "Signed" && Report.State == ForesightState.Published ? "PublishedNow" : done;
                return Redirect(Address);
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

    protected async Task<bool> FindAsync(int id, CancellationToken cancellationToken)
    {
        if (await db.ForesightReports.Include(r => r.Revisions).SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is not { } report || !MayOpen(report)) return false;
        Report = report;
        return true;
    }

    protected async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        Version ??= Number(Report.Version);
        // The form shows what is bound: what was typed, else what stands.
        foreach (var key in Enum.GetValues<ForesightSectionKey>()) Texts.TryAdd(key.ToString(), Report.TextOf(key));
        var people = Report.Signs.Select(s => s.ById).Concat(Report.Revisions.Select(r => r.ById)).Concat(Report.Committee).Distinct().ToList();
        People = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        await LoadAsync(cancellationToken);
        return Page();
    }

    protected string Refusal(ForesightRefusedException refused) => text["Refused." + refused.Code, [.. refused.Arguments]];

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

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
