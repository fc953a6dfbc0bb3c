using Microsoft.Extensions.Configuration;

namespace Matchmaking.Matching.Operations;

/// <summary>Days as the province counts them: <c>Time:Zone</c>, by default Asia/Shanghai.</summary>
public sealed class LocalCalendar(TimeProvider time, TimeZoneInfo zone)
{
    public const string DefaultZone = "Asia/Shanghai";

    public TimeZoneInfo Zone => zone;

    public DateOnly Today => DayOf(time.GetUtcNow());

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>The moment at which a local day begins.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public static TimeZoneInfo ZoneOf(IConfiguration configuration)
    {
        var id = configuration["Time:Zone"] ?? DefaultZone;
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : throw new InvalidOperationException($"Time:Zone is '{id}'. Allowed values: the names of time zones, such as {DefaultZone}.");
    }
}
