using Matchmaking.Web.Accounts;
using Matchmaking.Web.Cases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Calendar;

/// <summary>The private address under which a calendar program reads a person's meetings; made on wish, renewed, revoked.</summary>
public sealed class IndexModel(CalendarFeeds feeds, CurrentUser current) : PageModel
{
    public string? Address { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Address = await feeds.AddressAsync(current.Id!.Value, cancellationToken) is { } path ? $"{Request.Scheme}://{Request.Host}{path}" : null;

    public async Task<IActionResult> OnPostRenewAsync(CancellationToken cancellationToken)
    {
        await feeds.RenewAsync(current.Id!.Value, cancellationToken);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRevokeAsync(CancellationToken cancellationToken)
    {
        await feeds.RevokeAsync(current.Id!.Value, cancellationToken);
        return RedirectToPage();
    }
}
