using Matchmaking.Matching.Data;
using Matchmaking.Web.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.ListRounds;

/// <summary>The way to one's sheets, for whoever was ever registered as an expert.</summary>
public sealed class ExpertLinkViewComponent(MatchmakingDbContext db, CurrentUser current) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync() =>
        current.Id is { } me && await db.Experts.AnyAsync(e => e.UserId == me) ? View() : Content("");
}
