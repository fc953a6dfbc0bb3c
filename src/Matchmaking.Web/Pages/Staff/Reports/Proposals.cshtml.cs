using Matchmaking.Matching.Foresight;
using Matchmaking.Web.Display;
using Matchmaking.Web.Foresight;
using Matchmaking.Web.Lists;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Staff.Reports;

/// <summary>Proposals for next year's project guide: the white spots of needs as they are today.</summary>
public sealed class ProposalsModel(ReadForesight read, ForesightWords words, LocalTime time) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string format, CancellationToken cancellationToken)
    {
        if (format is not ("csv" or "xlsx")) return NotFound();
        var figures = ForesightFigures.Of(await read.RunAsync(withVectors: true, cancellationToken), null, time.Today);
        return format == "csv" ? File(words.ProposalsCsv(figures), "text/csv; charset=utf-8", $"proposals-{figures.Day:yyyyMMdd}.csv") : File(words.ProposalsExcel(figures), ListFiles.ExcelType, $"proposals-{figures.Day:yyyyMMdd}.xlsx");
    }
}
