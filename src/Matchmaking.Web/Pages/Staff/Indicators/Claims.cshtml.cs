using Matchmaking.Matching.Plan.Returns;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Staff.Indicators;

/// <summary>Contracts that are claimed more than once, and which claim counts.</summary>
public sealed class ClaimsModel(DepartmentReturns returns) : PageModel
{
    public IReadOnlyList<ClaimConflict> Conflicts { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Conflicts = await returns.ConflictsAsync(null, cancellationToken);
}
