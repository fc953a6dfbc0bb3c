using System.Globalization;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Offices;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Office;

/// <summary>Passes several records on at once: shown again with their versions before anything happens; each that changed meanwhile stays and is named.</summary>
public sealed class ForwardModel(
    OfficeRecords records, CurrentUser current, PublishListing publishing, Checklists checklists, ListingPresentation present, IStringLocalizer<TiersText> text) : PageModel
{
    public const int Most = 100;

    public IReadOnlyList<Listing> Chosen { get; private set; } = [];
    public ChecklistView Checks { get; private set; } = new([], [], null);
    public string Opinion { get; private set; } = "";

    [TempData]
    public string? Done { get; set; }

    [TempData]
    public int Forwarded { get; set; }

    public async Task<IActionResult> OnGetAsync(int[] ids, CancellationToken cancellationToken)
    {
        await LoadAsync(ids, [], null, cancellationToken);
        return Chosen.Count == 0 ? Redirect("/office") : Page();
    }

    /// <param name="pick">Id and version as shown, such as 12:3.</param>
    public async Task<IActionResult> OnPostAsync(string?[] pick, string? opinion, int[] ticks, CancellationToken cancellationToken)
    {
        Opinion = opinion ?? "";
        var picks = pick.Select(Read).OfType<(int Id, int Version)>().DistinctBy(p => p.Id).Take(Most).ToDictionary(p => p.Id, p => p.Version);
        await LoadAsync([.. picks.Keys], ticks, null, cancellationToken);
        if (Chosen.Count == 0) return NotFound();
        var said = ListingRules.Clean(Opinion);
        if (said.Length > ItemModel.MaxOpinion) ModelState.AddModelError("opinion", text["Opinion.TooLong", said.Length, ItemModel.MaxOpinion]);
        if (Checklist.Read(Checks.Items, ticks).Missing is { Count: > 0 } missing)
        {
            Checks = Checks with { Error = text["Checks.Missing", missing.Count] };
            ModelState.AddModelError("checks", Checks.Error);
        }
        if (!ModelState.IsValid) return await AgainAsync(StatusCodes.Status422UnprocessableEntity);
        var by = (await current.RequireAsync()).Id;
        var left = new List<Listing>();
        foreach (var listing in Chosen)
        {
            var decision = await publishing.ForwardAsync(listing.Id, picks[listing.Id], said, ticks, by, cancellationToken);
            if (decision.Outcome == DecisionOutcome.Done) Forwarded++;
            else left.Add(listing);
        }
        Done = "Done.ForwardedMany";
        if (left.Count == 0) return Redirect("/office");
        foreach (var listing in left) ModelState.AddModelError("", text["Forward.Left", present.Title(listing)]);
        await LoadAsync([.. left.Select(l => l.Id)], ticks, null, cancellationToken);
        return await AgainAsync(StatusCodes.Status409Conflict);
    }

    private Task<PageResult> AgainAsync(int status)
    {
        Response.StatusCode = status;
        return Task.FromResult(Page());
    }

    /// <summary>Only what waits at this person's office; what somebody else's is, is not there.</summary>
    private async Task LoadAsync(int[] ids, int[] ticks, string? error, CancellationToken cancellationToken)
    {
        var office = await records.OfficeAsync();
        var some = ids.Take(Most).ToList();
        if (office is not null)
            Chosen = await records.Of(office.Id).AsNoTracking().Include(l => l.Organization).Where(l => some.Contains(l.Id) && l.State == ListingState.AwaitingOffice).OrderBy(l => l.SubmittedAt).ThenBy(l => l.Id).ToListAsync(cancellationToken);
        Checks = new ChecklistView(await checklists.OfAsync(CheckStage.Office, cancellationToken), ticks, error);
    }

    private static (int Id, int Version)? Read(string? pick) =>
        (pick ?? "").Split(':') is [var id, var version] && int.TryParse(id, CultureInfo.InvariantCulture, out var i) && int.TryParse(version, CultureInfo.InvariantCulture, out var v) ? (i, v) : null;
}
