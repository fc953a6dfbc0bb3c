using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Components;
using Matchmaking.Web.Resources;
using Matchmaking.Web.Rounds;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff;

/// <summary>Which organisation belongs to which recommending office: one at a time, or all of a region and kind that have none.</summary>
public sealed class OfficesModel(MatchmakingDbContext db, OfficeMembers members, CurrentUser current, IStringLocalizer<TiersText> text) : PageModel
{
    private const int Size = 50;

    public IReadOnlyList<OfficeRow> Offices { get; private set; } = [];
    public IReadOnlyList<Organization> Organizations { get; private set; } = [];
    public PagerModel Pages { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Only organisations without an office.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Without { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int PageNumber { get; set; } = 1;

    public string Region { get; private set; } = "";
    public string Kind { get; private set; } = "";
    public int? Office { get; private set; }

    [TempData]
    public string? Done { get; set; }

    [TempData]
    public int Placed { get; set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    /// <param name="office">Empty for none.</param>
    public async Task<IActionResult> OnPostPlaceAsync(int id, string? office, CancellationToken cancellationToken)
    {
        Organization? chosen = null;
        if (!string.IsNullOrEmpty(office) && (chosen = await members.FindAsync(int.TryParse(office, out var known) ? known : null, cancellationToken)) is null) return NotFound();
        if (!await members.PlaceAsync(id, chosen, current.Id!.Value, cancellationToken)) return NotFound();
        Done = "Done.Placed";
        return RedirectToPage(new { Q, Without, p = PageNumber });
    }

    public async Task<IActionResult> OnPostRegionAsync(string? region, string? kind, int? office, CancellationToken cancellationToken)
    {
        (Region, Kind, Office) = (region ?? "", kind ?? "", office);
        if (!CodeLists.Regions.Contains(Region)) ModelState.AddModelError("region", text["Place.Region"]);
        if (!Enum.TryParse<OrganizationKind>(Kind, out var wanted) || !RoundWords.Posting.Contains(wanted)) ModelState.AddModelError("kind", text["Place.Kind"]);
        var chosen = await members.FindAsync(office, cancellationToken);
        if (chosen is null) ModelState.AddModelError("office", text["Place.Office"]);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            await LoadAsync(cancellationToken);
            return Page();
        }
        Placed = await members.PlaceRegionAsync(Region, wanted, chosen!, current.Id!.Value, cancellationToken);
        Done = "Done.PlacedMany";
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var offices = await members.OfficesAsync(cancellationToken);
        var counts = await db.Organizations.Where(o => o.OfficeId != null).GroupBy(o => o.OfficeId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var waiting = await db.Listings.Where(l => l.State == ListingState.AwaitingOffice && l.Organization.OfficeId != null).GroupBy(l => l.Organization.OfficeId!.Value)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        Offices = [.. offices.Select(o => new OfficeRow(o, counts.GetValueOrDefault(o.Id), waiting.GetValueOrDefault(o.Id)))];
        var q = ListingRules.CleanLine(Q);
        var found = db.Organizations.AsNoTracking().Where(o => o.Kind != OrganizationKind.Office && o.Kind != OrganizationKind.Agency && (q == "" || o.Name.Contains(q)) && (!Without || o.OfficeId == null));
        var total = await found.CountAsync(cancellationToken);
        PageNumber = Math.Clamp(PageNumber, 1, Math.Max(1, (total + Size - 1) / Size));
        Pages = new PagerModel(PageNumber, Size, total, n => $"/staff/offices?q={Uri.EscapeDataString(q)}&without={Without}&p={n}");
        Organizations = await found.OrderBy(o => o.Name).ThenBy(o => o.Id).Skip((PageNumber - 1) * Size).Take(Size).ToListAsync(cancellationToken);
    }

    public sealed record OfficeRow(Organization Office, int Members, int Waiting);
}
