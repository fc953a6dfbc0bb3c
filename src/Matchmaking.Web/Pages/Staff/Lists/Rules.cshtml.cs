using Matchmaking.Matching.Data;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Lists;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Staff.Lists;

public sealed class RulesModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time, IStringLocalizer<ListsText> text)
    : ListPageModel(db, current, time, text)
{
    [BindProperty]
    public RulesInput Rules { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (!await ShowAsync(id, cancellationToken)) return NotFound();
        Rules = RulesInput.Of(List.Rules, List.NoticeDays);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(int id, CancellationToken cancellationToken)
    {
        var read = Rules.Read(ModelState, Text, nameof(Rules) + ".");
        return ActAsync(id, "list.rules", "", $"/staff/lists/{id}", (list, by, at) =>
        {
            // Complaints of Read are in ModelState, so that a null never comes here.
            var (rules, days) = read!.Value;
            list.ChangeRules(rules, days, by, at);
            return Task.FromResult("");
        }, cancellationToken);
    }
}
