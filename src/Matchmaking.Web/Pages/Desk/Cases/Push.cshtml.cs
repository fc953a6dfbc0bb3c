using Matchmaking.Matching.Brokerage;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Cases;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Desk.Cases;

/// <summary>Several accepted introductions pushed at once, after a look at what each side will be told.</summary>
public sealed class PushModel(Introductions introductions, CaseAudience audience, CurrentUser current, CaseViews views, IStringLocalizer<CasesText> text) : PageModel
{
    private const int Most = 20;

    /// <summary>Chosen ones; none means all that wait.</summary>
    [BindProperty(SupportsGet = true)]
    public List<int> Ids { get; set; } = [];

    [TempData]
    public string? Message { get; set; }

    public IReadOnlyList<Preview> Previews { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var cases = await Mine().Where(c => Ids.Count == 0 || Ids.Contains(c.Id)).OrderBy(c => c.Id).Take(Most).ToListAsync(cancellationToken);
        var people = await audience.CountPeopleAsync(cases, cancellationToken);
        Previews = cases.ConvertAll(found => new Preview(found, people[(found.Id, CaseSide.Need)], people[(found.Id, CaseSide.Achievement)]));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var own = await Mine().Where(c => Ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken);
        if (own.Count == 0) return NotFound();
        var pushed = 0;
        var refused = new List<string>();
        foreach (var id in own.Take(Most))
        {
            var decision = await introductions.PushAsync(id, current.Id!.Value, cancellationToken);
            if (decision.Done) pushed++;
            else refused.Add(text["Push.Refused", id, decision.Problem is { } problem ? views.Problem(problem) : text["Push.Changed"]]);
        }
        Message = string.Join(' ', refused.Prepend(text["Push.Result", pushed]));
        return RedirectToPage("/Desk/Cases/Index");
    }

    private IQueryable<Case> Mine() => introductions.Whole().Where(c => c.BrokerId == current.Id && c.Stage == CaseStage.Accepted);

    /// <param name="NeedPeople">How many people of the side are told.</param>
    public sealed record Preview(Case Case, int NeedPeople, int AchievementPeople)
    {
        public int People(CaseSide side) => side == CaseSide.Need ? NeedPeople : AchievementPeople;
    }
}
