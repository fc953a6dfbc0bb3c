using Matchmaking.Matching.Data;
using Matchmaking.Web.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Inbox;

/// <summary>Leads to what a notice is about and marks it as read; whether its person may still see it is asked there.</summary>
[Authorize]
public sealed class OpenModel(MatchmakingDbContext db, CurrentUser current, TimeProvider time) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        var user = current.Id ?? 0;
        if (await db.Notices.SingleOrDefaultAsync(n => n.Id == id && n.UserId == user, cancellationToken) is not { } notice) return NotFound();
        notice.Read(time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return Url.IsLocalUrl(notice.Link) ? LocalRedirect(notice.Link) : RedirectToPage("/Inbox/Index");
    }
}
