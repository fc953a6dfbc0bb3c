using Matchmaking.Web.Display;
using Matchmaking.Web.Lists;
using Matchmaking.Web.Plan;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Plan;

/// <summary>The bulletin of a quarter that has ended, to print.</summary>
public sealed class BulletinModel(BulletinPrint print, LocalTime time) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string quarter, CancellationToken cancellationToken)
    {
        if (!BulletinPrint.Ended(time.Today).Contains(quarter)) return NotFound();
        return File(await print.WordAsync(BulletinPrint.LastDay(quarter)!.Value, time.Today, cancellationToken), ListPrint.WordType, $"plan-{quarter}.docx");
    }
}
