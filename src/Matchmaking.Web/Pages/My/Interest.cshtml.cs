using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Components;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.My;

/// <summary>Somebody asks to be introduced to the owner of a public record, with one of his own beside it; a broker takes it from there.</summary>
public sealed class InterestModel(
    MatchmakingDbContext db, IAuthorizationService authorization, Introductions introductions, CurrentUser current, CaseViews views, TimeProvider time, IStringLocalizer<CasesText> text) : PageModel
{
    private const int LongestNumber = 24;
    private const int MostOwn = 200;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Listing Target { get; private set; } = null!;

    /// <summary>The person's own published records of the other kind.</summary>
    public IReadOnlyList<FieldChoice> Own { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string number, int? own, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(number, cancellationToken)) return NotFound();
        Input.Own = own?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? (Own.Count == 1 ? Own[0].Value : null);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string number, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(number, cancellationToken)) return NotFound();
        if (Own.All(o => o.Value != Input.Own)) Complain("Own", Own.Count == 0 ? "Interest.NoOwn" : "Interest.OwnMissing");
        var interest = InterestForm.Read(Input.Cooperation, Input.Unclear, Input.AboutUs, Complain);
        if (CaseWords.ContactIn(interest.Unclear) is { } contact) Complain("Unclear", "Text.Contact", contact);
        if (!ModelState.IsValid) return Again(StatusCodes.Status422UnprocessableEntity);
        var ownId = int.Parse(Input.Own!, System.Globalization.CultureInfo.InvariantCulture);
        var own = await db.Listings.Include(l => l.Organization).SingleAsync(l => l.Id == ownId, cancellationToken);
        if (own.IsAnonymous && CaseWords.NameIn(interest.Unclear, own.Organization.Name) is { } name)
        {
            Complain("Unclear", "Text.Name", name);
            return Again(StatusCodes.Status422UnprocessableEntity);
        }
        var decision = await introductions.RequestAsync(await MatchOfAsync(own, cancellationToken), Target is Need ? CaseSide.Achievement : CaseSide.Need, interest, current.Id!.Value, Target.BrokerId ?? own.BrokerId, cancellationToken);
        if (decision.Done) return Redirect(CaseAudience.SideAddress(decision.CaseId!.Value));
        // There is a case of the two already: if it has reached this side it is shown, else a broker is at it.
        if (decision.Outcome == CaseOutcome.Overtaken && await db.Cases.AnyAsync(c => c.Id == decision.CaseId && c.PushedAt != null, cancellationToken)) return Redirect(CaseAudience.SideAddress(decision.CaseId!.Value));
        await LoadAsync(number, cancellationToken);
        ModelState.AddModelError("", decision.Problem is { } problem ? views.Problem(problem) : text["Interest.Known"]);
        return Again(StatusCodes.Status409Conflict);
    }

    private PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }

    private void Complain(string field, string key, params object[] arguments) => ModelState.AddModelError("Input." + field, text[key, arguments]);

    private async Task<int> MatchOfAsync(Listing own, CancellationToken cancellationToken)
    {
        var (need, achievement) = Target is Need wanted ? (wanted, (Achievement)own) : ((Need)own, (Achievement)Target);
        Task<int?> FindAsync() => db.Matches.Where(m => m.NeedId == need.Id && m.AchievementId == achievement.Id).Select(m => (int?)m.Id).SingleOrDefaultAsync(cancellationToken);
        if (await FindAsync() is { } known) return known;
        var match = new Match(need.Id, achievement.Id, time.GetUtcNow());
        db.Matches.Add(match);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return match.Id;
        }
        catch (DbUpdateException)
        {
            // The ranker has found the pair in this moment.
            db.ChangeTracker.Clear();
            return (await FindAsync()) ?? throw new InvalidOperationException("The pair could be neither found nor stored.");
        }
    }

    private async Task<bool> LoadAsync(string number, CancellationToken cancellationToken)
    {
        if (number.Length > LongestNumber) return false;
        var wanted = number.ToUpperInvariant();
        var target = await db.Listings.AsNoTracking().Include(l => l.Organization).SingleOrDefaultAsync(l => l.Number == wanted && ListingStates.Searchable.Contains(l.State), cancellationToken);
        if (target is null) return false;
        Target = target;
        // Who may post the other kind may ask; an own record is none to be introduced to.
        if (!(await authorization.AuthorizeAsync(User, target is Need ? Policies.PostAchievements : Policies.PostNeeds)).Succeeded) return false;
        if (await current.OrganizationAsync() is not { } organization || organization.Id == target.OrganizationId) return false;
        IQueryable<Listing> kind = target is Need ? db.Achievements : db.Needs;
        var own = await kind.Where(l => l.OrganizationId == organization.Id && ListingStates.Searchable.Contains(l.State)).OrderByDescending(l => l.PublishedAt).ThenBy(l => l.Id).Take(MostOwn)
            .Select(l => new { l.Id, l.Number, l.Title }).ToListAsync(cancellationToken);
        Own = [.. own.Select(l => new FieldChoice(l.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{l.Number} {l.Title}"))];
        return true;
    }

    public sealed class InputModel
    {
        public string? Own { get; set; }
        public List<string> Cooperation { get; set; } = [];
        public string? Unclear { get; set; }
        public string? AboutUs { get; set; }
    }
}
