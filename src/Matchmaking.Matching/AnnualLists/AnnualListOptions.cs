using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>The yearly calendar: <c>AnnualLists:OpenOn</c> (MM-dd, default 09-01) and <c>AnnualLists:NoticeDays</c> (default 15).</summary>
public sealed record AnnualListOptions(int OpenMonth, int OpenDay, int NoticeDays)
{
    public static AnnualListOptions Read(IConfiguration configuration)
    {
        var openOn = configuration["AnnualLists:OpenOn"] ?? "09-01";
        // A leap year, so that 02-29 is a date; in other years it means 02-28.
        if (!DateOnly.TryParseExact("2024-" + openOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw new InvalidOperationException($"AnnualLists:OpenOn is '{openOn}'. It is a month and a day such as 09-01.");
        var text = configuration["AnnualLists:NoticeDays"] ?? "15";
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days is < AnnualList.ShortestNoticeDays or > AnnualList.LongestNoticeDays)
            throw new InvalidOperationException($"AnnualLists:NoticeDays is '{text}'. Allowed: {AnnualList.ShortestNoticeDays} to {AnnualList.LongestNoticeDays}.");
        return new AnnualListOptions(day.Month, day.Day, days);
    }

    public DateOnly OpenDayIn(int year) => new(year, OpenMonth, Math.Min(OpenDay, DateTime.DaysInMonth(year, OpenMonth)));
}
