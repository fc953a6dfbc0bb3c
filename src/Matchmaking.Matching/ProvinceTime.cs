namespace Matchmaking.Matching;

/// <summary>The province's day. Moments are stored in UTC; deadlines, notice periods and years are days of Asia/Shanghai.</summary>
public static class ProvinceTime
{
    /// <summary>Hour at which something due on a day becomes due: the start of office hours, so that staff are there to see it.</summary>
    public const int OfficeHour = 9;

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static DateOnly Today(this TimeProvider time) => DayOf(time.GetUtcNow());

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    /// <summary>The moment, in UTC, at which the hour of the day begins.</summary>
    public static DateTimeOffset At(DateOnly day, int hour)
    {
        var local = day.ToDateTime(new TimeOnly(hour, 0));
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
