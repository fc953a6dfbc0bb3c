using System.Text;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Foresight;
using Matchmaking.Web.Foresight;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Reports;

/// <summary>A published report as a file. JSON is the frozen text byte for byte: its SHA-256 is the one shown with the report.</summary>
public sealed class DownloadModel(MatchmakingDbContext db, ForesightWords words, ForesightPrint print) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int year, string scope, string format, int? edition, CancellationToken cancellationToken)
    {
        var report = (await ShowModel.PublishedAsync(db, year, scope, cancellationToken)).FirstOrDefault(r => edition is null || r.Edition == edition);
        if (report is not { FrozenJson: { } json, Signature: { } signature }) return NotFound();
        return format.ToLowerInvariant() switch
        {
            "json" => File(ListDocument.Bytes(json), "application/json; charset=utf-8", $"{report.Serial}.json"),
            "sig" => File(Encoding.ASCII.GetBytes(signature + "\n"), "text/plain; charset=us-ascii", $"{report.Serial}.sig"),
            "csv" => File(words.Csv(ForesightDocument.Parse(json).Figures), "text/csv; charset=utf-8", $"{report.Serial}.csv"),
            var kind => print.File(kind, ForesightDocument.Parse(json), report.ContentHash!) is { } file ? File(file.Bytes, file.Type, $"{report.Serial}.{kind}") : NotFound(),
        };
    }
}
