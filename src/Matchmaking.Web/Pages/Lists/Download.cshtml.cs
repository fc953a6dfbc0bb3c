using Matchmaking.Matching.AnnualLists;
using Matchmaking.Web.Display;
using Matchmaking.Web.Lists;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Lists;

/// <summary>A published list as a file. JSON is the frozen text byte for byte: its SHA-256 is the one shown with the list.</summary>
public sealed class DownloadModel(ReadAnnualLists read, LocalTime time, ListFiles files, ListPrint print) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int year, string kind, string format, int? edition, CancellationToken cancellationToken)
    {
        if (ListAddress.Kind(kind) is not { } listKind) return NotFound();
        var list = await read.FindPublicAsync(year, listKind, time.Today, cancellationToken, edition);
        if (list?.FrozenJson is not { } json) return NotFound();
        return format.ToLowerInvariant() switch
        {
            "json" => File(ListDocument.Bytes(json), "application/json; charset=utf-8", $"{list.SerialNumber}.json"),
            "sig" when list.Signature is { } signature => File(System.Text.Encoding.ASCII.GetBytes(signature + "\n"), "text/plain; charset=us-ascii", $"{list.SerialNumber}.sig"),
            "csv" => File(files.Csv(ListDocument.Parse(json)), "text/csv; charset=utf-8", $"{list.SerialNumber}.csv"),
            "xlsx" => File(files.Excel(ListDocument.Parse(json)), ListFiles.ExcelType, $"{list.SerialNumber}.xlsx"),
            var kindOfFile => print.File(kindOfFile, ListDocument.Parse(json), list.ContentHash!) is { } file ? File(file.Bytes, file.Type, $"{list.SerialNumber}.{kindOfFile}") : NotFound(),
        };
    }
}
