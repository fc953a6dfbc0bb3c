using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Plan;
using Matchmaking.Web.Display;
using Matchmaking.Web.Plan;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Plan;

/// <summary>The bulletin of a quarter that has ended: the latest edition or the one asked for; a draft as long as none was issued. JSON is the frozen text byte for byte.</summary>
public sealed class BulletinModel(MatchmakingDbContext db, IssueBulletin issue, BulletinPrint print, LocalTime time) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string quarter, string format, int? edition, CancellationToken cancellationToken)
    {
        if (!Quarters.Ended(time.Today).Contains(quarter)) return NotFound();
        var issued = await db.PlanBulletins.AsNoTracking().Where(b => b.Quarter == quarter && (edition == null || b.Edition == edition)).OrderByDescending(b => b.Edition).FirstOrDefaultAsync(cancellationToken);
        if (issued is null && edition is not null) return NotFound();
        if (format == "json") return issued is null ? NotFound() : File(ListDocument.Bytes(issued.FrozenJson), "application/json; charset=utf-8", $"plan-{quarter}.json");
        var document = issued?.Document ?? await issue.DraftAsync(quarter, time.Today, cancellationToken);
        return print.File(format, document) is { } file ? File(file.Bytes, file.Type, $"plan-{quarter}{(issued is null ? "-draft" : "")}.{format}") : NotFound();
    }
}
