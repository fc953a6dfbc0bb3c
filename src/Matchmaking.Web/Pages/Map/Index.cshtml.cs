using Matchmaking.Matching.Foresight;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Display;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Map;

/// <summary>Where needs are and nobody answers: industry by field, of everything public.</summary>
public sealed class IndexModel(ReadForesight read, KeptFigures kept, LocalTime time) : PageModel
{
    /// <summary>So old may the map be.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromMinutes(10);

    private const int MostSpots = 20;

    public DateTimeOffset At { get; private set; }
    public Horizon? Horizon { get; private set; }
    public IReadOnlyList<TechnologyField> Fields { get; private set; } = [];
    public IReadOnlyList<MapRow> Rows { get; private set; } = [];
    public IReadOnlyList<WhiteSpot> Unanswered { get; private set; } = [];
    public IReadOnlyList<WhiteSpot> Unasked { get; private set; } = [];
    public ForesightFigures Figures { get; private set; } = null!;

    public async Task OnGetAsync(string? horizon, CancellationToken cancellationToken)
    {
        Horizon = Enum.TryParse<Horizon>(horizon, out var chosen) && Enum.IsDefined(chosen) ? chosen : null;
        (At, Figures) = await kept.GetAsync("map", Age, async () => ForesightFigures.Of(await read.RunAsync(withVectors: false, cancellationToken), null, time.Today));
        var cells = Figures.Cells.Where(c => c.Needs.Count > 0 && c.Field is not null && (Horizon is null || c.Horizon == Horizon)).ToList();
        var found = cells.GroupBy(c => (c.Industry, Field: c.Field!.Value)).ToDictionary(g => g.Key, g => new MapCell(g.Sum(c => c.Needs.Count), g.Sum(c => c.Answered)));
        Fields = [.. Enum.GetValues<TechnologyField>().Where(f => found.Keys.Any(k => k.Field == f))];
        Rows = [.. found.Keys.Select(k => k.Industry).Distinct().Order(StringComparer.Ordinal).Select(i => new MapRow(i, [.. Fields.Select(f => found.GetValueOrDefault((i, f)))]))];
        Unanswered = [.. Figures.WhiteSpots.Where(s => s.Kind == WhiteSpotKind.Unanswered).Take(MostSpots)];
        Unasked = [.. Figures.WhiteSpots.Where(s => s.Kind == WhiteSpotKind.Unasked).Take(MostSpots)];
    }

    /// <summary>1 … 5 by the number that nobody answers, against the most in one cell.</summary>
    public int Step(MapCell cell)
    {
        var most = Rows.SelectMany(r => r.Cells).OfType<MapCell>().Max(c => c.Unanswered);
        return cell.Unanswered == 0 || most == 0 ? 0 : Math.Clamp((int)Math.Ceiling(5.0 * cell.Unanswered / most), 1, 5);
    }

    public sealed record MapCell(int Needs, int Answered)
    {
        public int Unanswered => Needs - Answered;
    }

    /// <param name="Cells">One a field; null where there is no need.</param>
    public sealed record MapRow(string Industry, IReadOnlyList<MapCell?> Cells);
}
