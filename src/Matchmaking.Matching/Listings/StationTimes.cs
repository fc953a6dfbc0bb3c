using Matchmaking.Matching.Data;
using Matchmaking.Matching.Operations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Listings;

/// <summary>One finished stay of a record at a station.</summary>
/// <param name="Month">First day of the month, in the province's calendar, in which it left.</param>
public sealed record Stay(ListingState Station, int? OfficeId, DateOnly Month, double Days);

/// <summary>Stays counted: arithmetic mean and median in days; of an even number of stays the median is the mean of the middle two.</summary>
public sealed record StayFigure(int Count, double Mean, double Median)
{
    public static StayFigure? Of(IEnumerable<Stay> stays)
    {
        var days = stays.Select(s => s.Days).Order().ToList();
        if (days.Count == 0) return null;
        var middle = days.Count / 2;
        return new StayFigure(days.Count, days.Average(), days.Count % 2 == 1 ? days[middle] : (days[middle - 1] + days[middle]) / 2);
    }
}

/// <summary>How long records stay at the stations before the public, from their stamped steps.</summary>
public sealed class StationTimes(MatchmakingDbContext db, LocalCalendar calendar)
{
    /// <summary>Stays that ended from the first day to before the second.</summary>
    public async Task<IReadOnlyList<Stay>> ReadAsync(DateOnly from, DateOnly until, CancellationToken cancellationToken)
    {
        // 0 stands for an import, which submits and publishes in one moment: no waiting of anybody.
        var (start, end) = (calendar.StartOf(from), calendar.StartOf(until));
        var left = await db.ListingSteps.AsNoTracking().Where(s => ListingStates.Stations.Contains(s.From) && s.From != s.To && s.ById != 0 && s.At >= start && s.At < end)
            .Select(s => new
            {
                s.From, s.At, s.Listing.Organization.OfficeId,
                Entered = db.ListingSteps.Where(e => e.ListingId == s.ListingId && e.Id < s.Id && e.To == s.From && e.From != e.To).OrderByDescending(e => e.Id).Select(e => (DateTimeOffset?)e.At).FirstOrDefault(),
            }).ToListAsync(cancellationToken);
        return [.. left.Where(s => s.Entered is not null).Select(s =>
        {
            var day = calendar.DayOf(s.At);
            return new Stay(s.From, s.OfficeId, new DateOnly(day.Year, day.Month, 1), (s.At - s.Entered!.Value).TotalDays);
        })];
    }
}
