using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Plan;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Display;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages;

/// <summary>Home: what it is, search at once, the newest of both sides, and the platform's real numbers.</summary>
public sealed class IndexModel(MatchmakingDbContext db, ReadAnnualLists lists, ReadPlan plan, IAuthorizationService authorization, LocalTime local, TimeProvider time) : PageModel
{
    private const int Newest = 4;

    public int NeedCount { get; private set; }
    public int AchievementCount { get; private set; }
    public int Waiting { get; private set; }
    public int Graded { get; private set; }
    public DateTimeOffset At { get; private set; }
    public IReadOnlyList<Listing> Needs { get; private set; } = [];
    public IReadOnlyList<Listing> Achievements { get; private set; } = [];

    /// <summary>Which doors stand open: both for whoever has not signed in yet, afterwards those of his roles.</summary>
    public bool PostsNeeds { get; private set; }
    public bool PostsAchievements { get; private set; }

    public IReadOnlyList<AnnualList> Lists { get; private set; } = [];
    public IReadOnlyList<IndicatorStanding> Plan { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        At = time.GetUtcNow();
        var stranger = User.Identity is not { IsAuthenticated: true };
        PostsNeeds = stranger || (await authorization.AuthorizeAsync(User, Policies.PostNeeds)).Succeeded;
        PostsAchievements = stranger || (await authorization.AuthorizeAsync(User, Policies.PostAchievements)).Succeeded;
        Lists = [.. (await lists.AllPublicAsync(local.Today, cancellationToken)).Take(4)];
        Plan = await plan.AllAsync(local.Today, cancellationToken);
        NeedCount = await db.Needs.CountAsync(n => ListingStates.Searchable.Contains(n.State), cancellationToken);
        AchievementCount = await db.Achievements.CountAsync(a => ListingStates.Searchable.Contains(a.State), cancellationToken);
        Waiting = await db.Matches.WaitingForGrade().CountAsync(cancellationToken);
        Graded = await db.Matches.CountAsync(m => m.CurrentGrade >= 3, cancellationToken);
        // The numbers of the newest come from an index alone; only those few records are opened.
        var needs = db.Needs.Where(n => ListingStates.Searchable.Contains(n.State)).OrderByDescending(n => n.PublishedAt).ThenByDescending(n => n.Id).Select(n => n.Id).Take(Newest);
        Needs = await db.Needs.AsNoTracking().Include(n => n.Organization).Where(n => needs.Contains(n.Id)).OrderByDescending(n => n.PublishedAt).ThenByDescending(n => n.Id).ToListAsync<Listing>(cancellationToken);
        // Records of a repository arrive by the thousand; what people wrote here comes first.
        var written = await NewestAsync(fromRepository: false, Newest, cancellationToken);
        Achievements = written.Count == Newest ? written : [.. written, .. await NewestAsync(fromRepository: true, Newest - written.Count, cancellationToken)];
    }

    private async Task<IReadOnlyList<Listing>> NewestAsync(bool fromRepository, int count, CancellationToken cancellationToken)
    {
        var newest = db.Achievements.Where(a => ListingStates.Searchable.Contains(a.State) && (fromRepository ? a.Source != null : a.Source == null))
            .OrderByDescending(a => a.PublishedAt).ThenByDescending(a => a.Id).Select(a => a.Id).Take(count);
        return await db.Achievements.AsNoTracking().Include(a => a.Organization).Where(a => newest.Contains(a.Id)).OrderByDescending(a => a.PublishedAt).ThenByDescending(a => a.Id).ToListAsync<Listing>(cancellationToken);
    }
}
