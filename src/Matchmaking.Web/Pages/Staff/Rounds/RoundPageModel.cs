using Matchmaking.Matching.Collecting;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Components;
using Matchmaking.Web.Rounds;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Staff.Rounds;

/// <summary>What the pages share that write a round.</summary>
public abstract class RoundPageModel(OfficeMembers offices, RoundWords words) : PageModel
{
    [BindProperty]
    public RoundInput Input { get; set; } = new();

    protected RoundWords Words => words;

    /// <summary>The terms as typed; null when something is wrong, which then stands at its field.</summary>
    protected RoundTerms? ReadTerms(DateOnly today)
    {
        var (terms, problems) = Input.Read(today);
        foreach (var problem in problems) ModelState.AddModelError($"{nameof(Input)}.{problem.Field}", words.Of(problem) ?? problem.Code);
        if (problems.Count == 0) return terms;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return null;
    }

    protected async Task ChoicesAsync(CancellationToken cancellationToken) =>
        ViewData["Offices"] = (await offices.OfficesAsync(cancellationToken)).ConvertAll(o => new FieldChoice(o.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), o.Name));
}
