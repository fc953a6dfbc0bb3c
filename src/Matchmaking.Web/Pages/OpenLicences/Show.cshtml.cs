using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Operations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.OpenLicences;

/// <summary>One open licence as posted; a firm's member takes it by one button and goes on to the contract.</summary>
public sealed class ShowModel(MatchmakingDbContext db, Matchmaking.Matching.Deals.OpenLicences licences, IAuthorizationService authorization, CurrentUser current, LocalCalendar calendar, IStringLocalizer<DealsText> text) : PageModel
{
    public OpenLicence Licence { get; private set; } = null!;
    public bool IsOpen { get; private set; }

    /// <summary>How many organisations have taken it; who they are is theirs to say.</summary>
    public int Taken { get; private set; }

    /// <summary>The reader's organisation has taken it already: its contract.</summary>
    public int? OwnContract { get; private set; }
    public bool MayAccept { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken) => await LoadAsync(id, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancellationToken)
    {
        if (current.Id is null) return Challenge();
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (await current.OrganizationAsync() is not { } organization || !(await authorization.AuthorizeAsync(User, Policies.PostNeeds)).Succeeded) return Forbid();
        var decision = await licences.AcceptAsync(id, organization.Id, current.Id.Value, cancellationToken);
        if (decision.ContractId is { } contract) return Redirect(ContractActs.Address(contract));
        Response.StatusCode = StatusCodes.Status409Conflict;
        foreach (var problem in decision.Problems ?? []) ModelState.AddModelError("", text["Problem." + problem.Code]);
        return await LoadAsync(id, cancellationToken) ? Page() : NotFound();
    }

    private async Task<bool> LoadAsync(int id, CancellationToken cancellationToken)
    {
        if (await licences.Public().Include(l => l.Achievement).ThenInclude(a => a.Organization).SingleOrDefaultAsync(l => l.Id == id, cancellationToken) is not { } licence) return false;
        Licence = licence;
        IsOpen = licence.IsOpen(calendar.Today);
        Taken = await db.OpenLicenceAcceptances.CountAsync(a => a.LicenceId == id, cancellationToken);
        if (await current.OrganizationAsync() is not { } organization) return true;
        OwnContract = await db.OpenLicenceAcceptances.Where(a => a.LicenceId == id && a.OrganizationId == organization.Id).Select(a => (int?)a.ContractId).SingleOrDefaultAsync(cancellationToken);
        MayAccept = IsOpen && OwnContract is null && organization.Id != licence.OrganizationId && (await authorization.AuthorizeAsync(User, Policies.PostNeeds)).Succeeded;
        return true;
    }
}
