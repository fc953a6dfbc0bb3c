using System.Globalization;
using System.Text;

namespace Matchmaking.Matching.Brokerage;

/// <summary>One meeting as a calendar shows it. Holds titles and a link, never who the sides are: the feed's address may be passed on.</summary>
/// <param name="Sequence">Number of the version; a calendar replaces an older one.</param>
public sealed record CalendarEntry(
    Guid Uid, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Summary, string Description, string Place, string Url, int Sequence, DateTimeOffset ChangedAt, bool Cancelled);

/// <summary>iCalendar files as RFC 5545 wants them: UTC times, lines of at most 75 octets, CRLF, texts escaped.</summary>
public static class CalendarFile
{
    public const string ContentType = "text/calendar";
    private const int LineOctets = 75;

    public static string Write(string name, IEnumerable<CalendarEntry> entries)
    {
        var file = new StringBuilder();
        void Line(string line) => Fold(file, line);
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//Matchmaking//Meetings//ZH");
        Line("CALSCALE:GREGORIAN");
        Line("METHOD:PUBLISH");
        Line("X-WR-CALNAME:" + Escape(name));
        foreach (var entry in entries)
        {
            Line("BEGIN:VEVENT");
            Line($"UID:{entry.Uid:D}@meetings.matchmaking.invalid");
            Line("DTSTAMP:" + Moment(entry.ChangedAt));
            Line("LAST-MODIFIED:" + Moment(entry.ChangedAt));
            Line("DTSTART:" + Moment(entry.StartsAt));
            Line("DTEND:" + Moment(entry.EndsAt));
            Line($"SEQUENCE:{entry.Sequence.ToString(CultureInfo.InvariantCulture)}");
            Line("STATUS:" + (entry.Cancelled ? "CANCELLED" : "CONFIRMED"));
            Line("SUMMARY:" + Escape(entry.Summary));
            if (entry.Description.Length > 0) Line("DESCRIPTION:" + Escape(entry.Description));
            if (entry.Place.Length > 0) Line("LOCATION:" + Escape(entry.Place));
            Line("URL:" + entry.Url);
            Line("END:VEVENT");
        }
        Line("END:VCALENDAR");
        return file.ToString();
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal).Replace("\r\n", "\\n", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\n", StringComparison.Ordinal);

    /// <summary>A continuation begins with a blank; characters of several octets stay whole.</summary>
    private static void Fold(StringBuilder file, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineOctets)
            {
                file.Append("\r\n ");
                octets = 1;
            }
            file.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        file.Append("\r\n");
    }
}
