using Matchmaking.Matching.Data;
using Matchmaking.Matching.Foresight;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Display;
using Matchmaking.Web.Foresight;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Pages.Map;

/// <summary>One place of the map: its public needs, those first that nobody answers, and its public achievements.</summary>
public sealed class CellModel(MatchmakingDbContext db, ReadForesight read, KeptFigures kept, LocalTime time) : PageModel
{
    private const int Most = 100;

    public string Industry { get; private set; } = "";
    public TechnologyField? Field { get; private set; }
    public Horizon? Horizon { get; private set; }
    public IReadOnlyList<(Listing Listing, bool IsWhite)> Needs { get; private set; } = [];
    public IReadOnlyList<Listing> Achievements { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string industry, string field, string? horizon, CancellationToken cancellationToken)
    {
        (Industry, Field, Horizon) = (industry == ForesightWords.None ? "" : industry, Known<TechnologyField>(field), Known<Horizon>(horizon));
        if (Field is null && field != ForesightWords.None) return NotFound();
        var (_, figures) = await kept.GetAsync("map", IndexModel.Age, async () => ForesightFigures.Of(await read.RunAsync(withVectors: false, cancellationToken), null, time.Today));
        var cells = figures.Cells.Where(c => c.Industry == Industry && c.Field == Field && (Horizon is null || c.Horizon == Horizon || c.Needs.Count == 0)).ToList();
        if (cells.Count == 0) return NotFound();
        var white = figures.WhiteSpots.Where(s => s.Industry == Industry && s.Field == Field).SelectMany(s => s.Numbers).ToHashSet(StringComparer.Ordinal);
        var numbers = cells.SelectMany(c => c.Needs.Concat(c.Supply)).ToList();
        // What was public when the map was made may have been withdrawn since.
        var listings = await db.Listings.AsNoTracking().Where(l => numbers.Contains(l.Number!) && ListingStates.Public.Contains(l.State)).OrderBy(l => l.Number).ToListAsync(cancellationToken);
        Needs = [.. listings.OfType<Need>().Select(n => ((Listing)n, white.Contains(n.Number!))).OrderByDescending(n => n.Item2).Take(Most)];
        Achievements = [.. listings.OfType<Achievement>().Take(Most)];
        return Page();
    }

    private static T? Known<T>(string? name) where T : struct, Enum => Enum.TryParse<T>(name, out var value) && Enum.IsDefined(value) ? value : null;
}
