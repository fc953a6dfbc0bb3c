namespace Matchmaking.Matching.Listings;

/// <summary>That the owner was told of a record's end so many days before. Its key makes a second one impossible, whoever tries.</summary>
public sealed class ExpiryReminder
{
    /// <summary>Days before the end on which the owner is told.</summary>
    public static IReadOnlyList<int> Days { get; } = [14, 5, 1];

    private ExpiryReminder() { }

    public ExpiryReminder(int listingId, DateOnly validUntil, int daysBefore, DateTimeOffset at) => (ListingId, ValidUntil, DaysBefore, At) = (listingId, validUntil, daysBefore, at);

    public int ListingId { get; private set; }

    /// <summary>The end it was about: a renewed record is told of its new end anew.</summary>
    public DateOnly ValidUntil { get; private set; }
    public int DaysBefore { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>The reminder due with so many days left, when the smallest one told so far is as given; null when none is due.</summary>
    /// <remarks>After days on which nothing ran only the latest is told: three mails at once say no more than one.</remarks>
    public static int? Due(int daysLeft, int? smallestTold)
    {
        if (daysLeft < 0) return null;
        var due = Days.Where(day => daysLeft <= day).Select(day => (int?)day).Min();
        return due is { } day && (smallestTold is null || smallestTold > day) ? day : null;
    }
}

/// <summary>When a public record counts as stale: nobody has confirmed it for half a year.</summary>
public static class Staleness
{
    public const int Days = 180;
}
