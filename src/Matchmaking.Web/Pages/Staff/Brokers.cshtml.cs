using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff;

/// <summary>The register of brokers with workload and results, and what nobody is responsible for yet, each with the broker who fits best.</summary>
public sealed class BrokersModel(
    MatchmakingDbContext db, BrokerRegister register, Introductions introductions, CurrentUser current, CaseViews views, TimeProvider time, IStringLocalizer<CasesText> text) : PageModel
{
    private const int Size = 50;

    [TempData]
    public string? Message { get; set; }

    public IReadOnlyList<BrokerLine> All { get; private set; } = [];

    /// <summary>Published records without a broker, oldest first; at most 50.</summary>
    public IReadOnlyList<Waiting> Unassigned { get; private set; } = [];

    public int UnassignedTotal { get; private set; }

    /// <summary>Open cases that no broker has; at most 50.</summary>
    public IReadOnlyList<Waiting> Cases { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostListingAsync(int id, int broker, CancellationToken cancellationToken)
    {
        var listing = await db.Listings.SingleOrDefaultAsync(l => l.Id == id && ListingStates.Searchable.Contains(l.State), cancellationToken);
        if (listing is null || !await register.IsBrokerAsync(broker, cancellationToken)) return NotFound();
        var at = time.GetUtcNow();
        listing.AssignBroker(broker, current.Id!.Value, at);
        db.Audit(current.Id, "listing.assign-broker", PublishListing.Subject(listing), at, $"broker {broker}");
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            Message = text["Brokers.Assigned"];
        }
        catch (DbUpdateConcurrencyException)
        {
            Message = text["Brokers.Overtaken"];
        }
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostCaseAsync(int id, int broker, CancellationToken cancellationToken)
    {
        if (!await register.IsBrokerAsync(broker, cancellationToken)) return NotFound();
        var decision = await introductions.ReassignAsync(id, broker, current.Id!.Value, cancellationToken);
        if (decision.Outcome == CaseOutcome.Missing) return NotFound();
        Message = decision.Done ? text["Brokers.Assigned"] : decision.Problem is { } problem ? views.Problem(problem) : text["Brokers.Overtaken"];
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        All = await register.AllAsync(cancellationToken);
        var open = db.Listings.AsNoTracking().WithoutBroker();
        UnassignedTotal = await open.CountAsync(cancellationToken);
        var oldest = open.OrderBy(l => l.PublishedAt).ThenBy(l => l.Id).Select(l => l.Id).Take(Size);
        var listings = await db.Listings.AsNoTracking().Where(l => oldest.Contains(l.Id)).OrderBy(l => l.PublishedAt).ThenBy(l => l.Id).Select(l => new { l.Id, l.Number, l.Title, l.PublishedAt, l.Field, l.Region, l.OrganizationId }).ToListAsync(cancellationToken);
        var cases = await db.Cases.AsNoTracking().Where(c => c.BrokerId == null && c.Stage != CaseStage.Closed && c.Stage != CaseStage.Ended).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).Take(Size)
            .Select(c => new { c.Id, c.Need.Title, Achievement = c.Achievement.Title, c.CreatedAt, c.Field, c.Region, Sides = c.Parties.Select(p => p.OrganizationId).ToList() }).ToListAsync(cancellationToken);
        var candidates = await register.CandidatesAsync(All, [.. listings.Select(l => l.OrganizationId).Concat(cases.SelectMany(c => c.Sides)).Distinct()], cancellationToken);
        Unassigned = [.. listings.Select(l => new Waiting(l.Id, l.Title, l.Number ?? "", l.PublishedAt, Best(BrokerSuggestion.Order(candidates, l.Field, l.Region, [l.OrganizationId]))))];
        Cases = [.. cases.Select(c => new Waiting(c.Id, c.Title, c.Achievement, c.CreatedAt, Best(BrokerSuggestion.Order(candidates, c.Field, c.Region, c.Sides))))];
    }

    private static IReadOnlyList<SuggestedBroker> Best(IReadOnlyList<SuggestedBroker> ordered) => [.. ordered.Where(s => s.MayTake)];

    /// <param name="Suggested">Who may take it, best first.</param>
    public sealed record Waiting(int Id, string Title, string Note, DateTimeOffset? At, IReadOnlyList<SuggestedBroker> Suggested);
}
