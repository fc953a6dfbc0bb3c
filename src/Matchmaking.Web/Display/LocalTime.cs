namespace Matchmaking.Web.Display;

/// <summary>The clock and the zone in which times are shown and days begin; times are stored in UTC.</summary>
public sealed class LocalTime(TimeProvider clock, TimeZoneInfo zone)
{
    public const string DefaultZone = "Asia/Shanghai";

    public TimeZoneInfo Zone => zone;

    public DateTimeOffset Now => Local(clock.GetUtcNow());

    public DateOnly Today => Date(clock.GetUtcNow());

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);

    /// <summary>The day on which something happened, as the reader counts days.</summary>
    public DateOnly Date(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);

    /// <summary>The first moment of a day, in UTC, to compare with stored times.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var start = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(start, zone.GetUtcOffset(start)).ToUniversalTime();
    }
}
