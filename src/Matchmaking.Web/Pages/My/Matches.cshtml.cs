using Hangfire;
using Matchmaking.Jobs;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Authorization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.My;

/// <summary>For the owner of a need its ranked achievements, for the owner of an achievement its ranked needs, with the reasons.</summary>
public sealed class MatchesModel(MatchmakingDbContext db, IAuthorizationService authorization, IBackgroundJobClient jobs) : PageModel
{
    public const double Listed = 0.3;
    private const int Most = 20;

    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    [TempData]
    public bool Queued { get; set; }

    public Listing Listing { get; private set; } = null!;
    public IReadOnlyList<Match> Matches { get; private set; } = [];
    public int Rest { get; private set; }
    public bool IsNeed => Listing is Need;

    /// <summary>What a broker has decided about a need for which nothing good was found.</summary>
    public Triage? Triage { get; private set; }

    /// <summary>The last second diagnosis of the need in which an expert has said what he found.</summary>
    public Triage? Diagnosis { get; private set; }

    public async Task<IActionResult> OnGetAsync(string kind, int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(kind, id, cancellationToken)) return NotFound();
        var found = await (IsNeed ? db.Matches.Where(m => m.NeedId == id && m.Rank != null) : db.Matches.Where(m => m.AchievementId == id && m.ReverseRank != null))
            .AsNoTracking().Include(m => m.Need.Organization).Include(m => m.Achievement.Organization)
            .Where(m => ListingStates.Searchable.Contains(m.Need.State) && ListingStates.Searchable.Contains(m.Achievement.State))
            .OrderByDescending(m => m.Score).ThenBy(m => m.Id).Take(Most).ToListAsync(cancellationToken);
        Matches = [.. found.Where(m => All || m.Probability >= Listed)];
        Rest = found.Count - Matches.Count;
        if (IsNeed)
        {
            var decisions = await db.Triages.AsNoTracking().Where(t => t.NeedId == id && (t.EndedAt == null || t.OpinionAt != null)).OrderByDescending(t => t.Id).ToListAsync(cancellationToken);
            (Triage, Diagnosis) = (decisions.Find(t => t.EndedAt is null), decisions.Find(t => t.OpinionAt is not null));
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string kind, int id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(kind, id, cancellationToken)) return NotFound();
        if (Listing.IsSearchable) jobs.Enqueue<FindMatches>(job => job.RunOneAsync(id, CancellationToken.None));
        Queued = true;
        return RedirectToPage(new { kind, id });
    }

    private async Task<bool> FindAsync(string kind, int id, CancellationToken cancellationToken)
    {
        var listing = await db.Listings.AsNoTracking().Include(l => l.Organization).SingleOrDefaultAsync(l => l.Id == id, cancellationToken);
        if (listing is null || (kind == "needs") != (listing is Need)) return false;
        Listing = listing;
        return (await authorization.AuthorizeAsync(User, listing, Policies.EditListing)).Succeeded;
    }
}
