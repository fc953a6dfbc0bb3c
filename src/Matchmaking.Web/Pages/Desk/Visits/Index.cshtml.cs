using Matchmaking.Matching;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Components;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Desk.Visits;

/// <summary>走访: where this broker has been and what he found; findings start the draft of a need, which the organisation's members finish.</summary>
public sealed class IndexModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, IStringLocalizer<CasesText> text) : PageModel
{
    private const int Size = 20;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [TempData]
    public string? Message { get; set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public PagerModel Pages { get; private set; } = null!;

    public Task OnGetAsync([FromQuery(Name = "page")] int? asked, CancellationToken cancellationToken) => LoadAsync(asked, cancellationToken);

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken)
    {
        var (findings, people, code) = (ListingRules.Clean(Input.Findings), ListingRules.CleanLine(Input.People), CreditCode.Normalize(ListingRules.CleanLine(Input.Code)));
        var on = ListingFormReader.ParseDate(Input.On ?? "");
        var organization = code is null ? null : await db.Organizations.SingleOrDefaultAsync(o => o.CreditCode == code, cancellationToken);
        if (organization is null) Complain(nameof(Input.Code), "Visits.Unknown");
        if (on is null) Complain(nameof(Input.On), "Date.Missing");
        else if (on > time.Today()) Complain(nameof(Input.On), "Date.Future");
        if (findings.Length == 0) Complain(nameof(Input.Findings), "Text.Missing");
        if (findings.Length > Visit.MaxFindings) Complain(nameof(Input.Findings), "TooLong", findings.Length, Visit.MaxFindings);
        if (people.Length > Visit.MaxPeople) Complain(nameof(Input.People), "TooLong", people.Length, Visit.MaxPeople);
        if (!ModelState.IsValid)
        {
            await LoadAsync(null, cancellationToken);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        db.Visits.Add(new Visit(organization!.Id, null, current.Id!.Value, on!.Value, people, findings, time.GetUtcNow()));
        db.Audit(current.Id, "visit.record", $"organization:{organization.Id}", time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        Message = text["Done.Visit"];
        return RedirectToPage();
    }

    /// <summary>Begins a need of the organisation with the findings as its description; its members see it among their drafts.</summary>
    public async Task<IActionResult> OnPostStartAsync(int id, CancellationToken cancellationToken)
    {
        if (await db.Visits.SingleOrDefaultAsync(v => v.Id == id && v.BrokerId == current.Id, cancellationToken) is not { } visit) return NotFound();
        var organization = await db.Organizations.SingleAsync(o => o.Id == visit.OrganizationId, cancellationToken);
        if (visit.NeedId is not null || organization.Kind != OrganizationKind.Enterprise) return NotFound();
        var at = time.GetUtcNow();
        var need = new Need(organization, current.Id!.Value, at);
        need.Describe(new NeedContent { Description = visit.Findings, Region = organization.Region, Industry = organization.Industry }, Contact.Empty, at);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Needs.Add(need);
        await db.SaveChangesAsync(cancellationToken);
        visit.Started(need.Id);
        db.Audit(current.Id, "visit.start-need", PublishListing.Subject(need), at, $"visit:{id}");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Message = text["Visits.StartedNow"];
        return RedirectToPage();
    }

    private void Complain(string field, string key, params object[] arguments) => ModelState.AddModelError("Input." + field, text[key, arguments]);

    private async Task LoadAsync(int? asked, CancellationToken cancellationToken)
    {
        var own = db.Visits.AsNoTracking().Where(v => v.BrokerId == current.Id);
        var total = await own.CountAsync(cancellationToken);
        var shown = Math.Clamp(asked ?? 1, 1, Math.Max(1, (total + Size - 1) / Size));
        Pages = new PagerModel(shown, Size, total, n => $"/desk/visits?page={n}");
        Rows = await own.OrderByDescending(v => v.On).ThenByDescending(v => v.Id).Skip((shown - 1) * Size).Take(Size)
            .Join(db.Organizations, v => v.OrganizationId, o => o.Id, (v, o) => new Row(v, o.Name, v.NeedId == null && o.Kind == OrganizationKind.Enterprise)).ToListAsync(cancellationToken);
    }

    /// <param name="MayStart">A need can be started from it.</param>
    public sealed record Row(Visit Visit, string Organization, bool MayStart);

    public sealed class InputModel
    {
        public string? Code { get; set; }
        public string? On { get; set; }
        public string? People { get; set; }
        public string? Findings { get; set; }
    }
}
