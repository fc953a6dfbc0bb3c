using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.PriceNotices;

/// <summary>Prices agreed for service achievements, while and after they are on notice; newest first.</summary>
public sealed class IndexModel(MatchmakingDbContext db) : PageModel
{
    private const int Size = 100;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Rows = await db.PriceNotices.AsNoTracking().OrderByDescending(n => n.From).ThenByDescending(n => n.Id).Take(Size)
            .Join(db.Achievements, n => n.AchievementId, a => a.Id, (n, a) => new Row(n.Id, a.Title, n.Mode, n.Price, n.From, n.Until, n.State)).ToListAsync(cancellationToken);

    public sealed record Row(int Id, string Title, string Mode, decimal Price, DateOnly From, DateOnly Until, PriceNoticeState State);
}
