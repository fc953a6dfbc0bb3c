using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Display;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Matchmaking.Web.Pages.Staff;

/// <summary>How many days records stay at the stations before they are public: of a year, altogether, by office, by month.</summary>
public sealed class StationsModel(StationTimes times, OfficeMembers members, LocalCalendar calendar, KeptFigures kept) : PageModel
{
    private const int FirstYear = 2024;

    /// <summary>A year has some ten thousand stays; nobody waits for the last of them.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(10);

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    public IReadOnlyList<int> Years { get; private set; } = [];

    public StationTable Table { get; private set; } = null!;

    /// <summary>When the table was counted.</summary>
    public DateTimeOffset At { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var now = calendar.Today.Year;
        Years = [.. Enumerable.Range(FirstYear, Math.Max(1, now - FirstYear + 1)).Reverse()];
        if (Year is not { } year || !Years.Contains(year)) Year = year = now;
        (At, Table) = await kept.GetAsync($"stations {year}", Age, () => CountAsync(year, cancellationToken));
    }

    private async Task<StationTable> CountAsync(int year, CancellationToken cancellationToken)
    {
        var stays = await times.ReadAsync(new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1), cancellationToken);
        var names = (await members.OfficesAsync(cancellationToken)).ToDictionary(o => o.Id, o => o.Name);
        return new StationTable(
            Line(null, null, stays),
            [.. stays.GroupBy(s => s.OfficeId).OrderBy(g => g.Key is null).ThenBy(g => g.Key).Select(g => Line(g.Key is { } id ? names.GetValueOrDefault(id) : null, null, g))],
            [.. stays.GroupBy(s => s.Month).OrderByDescending(g => g.Key).Select(g => Line(null, g.Key, g))]);
    }

    private static StationLine Line(string? name, DateOnly? month, IEnumerable<Stay> stays)
    {
        var byStation = stays.ToLookup(s => s.Station);
        return new StationLine(name, month, [.. ListingStates.Stations.Select(station => StayFigure.Of(byStation[station]))]);
    }

    /// <summary>A line for all, one for each office, one for each month with stays.</summary>
    public sealed record StationTable(StationLine All, IReadOnlyList<StationLine> ByOffice, IReadOnlyList<StationLine> ByMonth);

    /// <param name="Figures">In the order of <see cref="ListingStates.Stations"/>; null where nothing left the station.</param>
    public sealed record StationLine(string? Name, DateOnly? Month, IReadOnlyList<StayFigure?> Figures);
}
