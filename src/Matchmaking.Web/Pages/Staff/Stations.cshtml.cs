using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Organizations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Staff;

/// <summary>How many days records stay at the stations before they are public: of a year, altogether, by office, by month.</summary>
public sealed class StationsModel(StationTimes times, OfficeMembers members, LocalCalendar calendar) : PageModel
{
    private const int FirstYear = 2024;

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    public IReadOnlyList<int> Years { get; private set; } = [];

    /// <summary>A line for all, one for each office, one for each month with stays.</summary>
    public StationLine All { get; private set; } = null!;
    public IReadOnlyList<StationLine> ByOffice { get; private set; } = [];
    public IReadOnlyList<StationLine> ByMonth { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var now = calendar.Today.Year;
        Years = [.. Enumerable.Range(FirstYear, Math.Max(1, now - FirstYear + 1)).Reverse()];
        if (Year is not { } year || !Years.Contains(year)) Year = year = now;
        var stays = await times.ReadAsync(new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1), cancellationToken);
        var names = (await members.OfficesAsync(cancellationToken)).ToDictionary(o => o.Id, o => o.Name);
        All = Line(null, null, stays);
        ByOffice = [.. stays.GroupBy(s => s.OfficeId).OrderBy(g => g.Key is null).ThenBy(g => g.Key).Select(g => Line(g.Key is { } id ? names.GetValueOrDefault(id) : null, null, g))];
        ByMonth = [.. stays.GroupBy(s => s.Month).OrderByDescending(g => g.Key).Select(g => Line(null, g.Key, g))];
    }

    private static StationLine Line(string? name, DateOnly? month, IEnumerable<Stay> stays)
    {
        var byStation = stays.ToLookup(s => s.Station);
        return new StationLine(name, month, [.. ListingStates.Stations.Select(station => StayFigure.Of(byStation[station]))]);
    }

    /// <param name="Figures">In the order of <see cref="ListingStates.Stations"/>; null where nothing left the station.</param>
    public sealed record StationLine(string? Name, DateOnly? Month, IReadOnlyList<StayFigure?> Figures);
}
