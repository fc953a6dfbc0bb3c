using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Rounds;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Rounds;

/// <summary>One round with its terms; a member of an organisation that it reaches finds his drafts here.</summary>
public sealed class ShowModel(MatchmakingDbContext db, CurrentUser current, LocalCalendar calendar) : PageModel
{
    private const int Most = 20;

    public CollectionRound Round { get; private set; } = null!;
    public IReadOnlyDictionary<int, string> Offices { get; private set; } = new Dictionary<int, string>();
    public DateOnly Today => calendar.Today;

    /// <summary>Null when nobody is signed in who posts needs; else whether the round reaches his organisation.</summary>
    public bool? Reached { get; private set; }

    /// <summary>Own needs that could be submitted.</summary>
    public IReadOnlyList<Need> Drafts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        var round = await db.CollectionRounds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.State != RoundState.Draft, cancellationToken);
        if (round is null) return NotFound();
        Round = round;
        if (round.Offices.Count > 0) Offices = await RoundWords.OfficesAsync(db, cancellationToken);
        if (!User.IsInRole(Roles.EnterpriseMember) || await current.OrganizationAsync() is not { } organization) return Page();
        Reached = round.Reaches(organization);
        if (Reached.Value && round.IsOpen(Today))
            Drafts = await db.Needs.AsNoTracking().Where(n => n.OrganizationId == organization.Id && (n.State == ListingState.Draft || n.State == ListingState.Returned)).OrderByDescending(n => n.UpdatedAt).Take(Most).ToListAsync(cancellationToken);
        return Page();
    }
}
