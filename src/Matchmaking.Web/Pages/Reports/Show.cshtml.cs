using Matchmaking.Matching.Data;
using Matchmaking.Matching.Foresight;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Reports;

/// <summary>A published report, made from its frozen text alone.</summary>
public sealed class ShowModel(MatchmakingDbContext db) : PageModel
{
    public ForesightReport Report { get; private set; } = null!;
    public ForesightDocument Document { get; private set; } = null!;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ForesightReport> Editions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int year, string scope, int? edition, CancellationToken cancellationToken)
    {
        Editions = await PublishedAsync(db, year, scope, cancellationToken);
        if (Editions.FirstOrDefault(r => edition is null || r.Edition == edition) is not { } report) return NotFound();
        (Report, Document) = (report, ForesightDocument.Parse(report.FrozenJson!));
        return Page();
    }

    public string TextOf(ForesightSectionKey key) => Document.Sections.FirstOrDefault(s => s.Key == key)?.Text ?? "";

    internal static Task<List<ForesightReport>> PublishedAsync(MatchmakingDbContext db, int year, string scope, CancellationToken cancellationToken) =>
        db.ForesightReports.AsNoTracking().Where(r => r.Year == year && r.Scope == scope && r.State == ForesightState.Published).OrderByDescending(r => r.Edition).ToListAsync(cancellationToken);
}
