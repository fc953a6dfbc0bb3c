using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Matchmaking.Matching.AnnualLists;

/// <summary>
/// The yearly calendar: <c>AnnualLists:OpenOn</c> (MM-dd, default 09-01) and <c>AnnualLists:NoticeDays</c> (default 15); and the numbers of publication,
/// <c>AnnualLists:NumberOfNeeds</c>, <c>AnnualLists:NumberOfAchievements</c> and <c>AnnualLists:NumberOfReports</c>, with {0} for the year and {1} for the edition.
/// </summary>
public sealed record AnnualListOptions(int OpenMonth, int OpenDay, int NoticeDays)
{
    public const string UsualNumberOfNeeds = "吉科需清〔{0}〕{1}号";
    public const string UsualNumberOfAchievements = "吉科果清〔{0}〕{1}号";

    public const string UsualNumberOfReports = "吉科前瞻〔{0}〕{1}号";

    public string NumberOfReports { get; init; } = UsualNumberOfReports;
    public string NumberOfNeeds { get; init; } = UsualNumberOfNeeds;
    public string NumberOfAchievements { get; init; } = UsualNumberOfAchievements;

    /// <summary>吉科需清〔2026〕1号 for a year's list, 2号 for its first correction.</summary>
    public string OfficialNumber(AnnualListKind kind, int year, int edition) => Filled(kind == AnnualListKind.KeyTechnologyNeeds ? NumberOfNeeds : NumberOfAchievements, year, edition);

    /// <summary>吉科前瞻〔2026〕1号.</summary>
    public string OfficialReportNumber(int year, int edition) => Filled(NumberOfReports, year, edition);

    private static string Filled(string pattern, int year, int edition) =>
        pattern.Replace("{0}", year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{1}", edition.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public static AnnualListOptions Read(IConfiguration configuration)
    {
        var openOn = configuration["AnnualLists:OpenOn"] ?? "09-01";
        // A leap year, so that 02-29 is a date; in other years it means 02-28.
        if (!DateOnly.TryParseExact("2024-" + openOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw new InvalidOperationException($"AnnualLists:OpenOn is '{openOn}'. It is a month and a day such as 09-01.");
        var text = configuration["AnnualLists:NoticeDays"] ?? "15";
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days is < AnnualList.ShortestNoticeDays or > AnnualList.LongestNoticeDays)
            throw new InvalidOperationException($"AnnualLists:NoticeDays is '{text}'. Allowed: {AnnualList.ShortestNoticeDays} to {AnnualList.LongestNoticeDays}.");
        return new AnnualListOptions(day.Month, day.Day, days) { NumberOfNeeds = Pattern("NumberOfNeeds", UsualNumberOfNeeds), NumberOfAchievements = Pattern("NumberOfAchievements", UsualNumberOfAchievements), NumberOfReports = Pattern("NumberOfReports", UsualNumberOfReports) };

        string Pattern(string name, string usual)
        {
            var pattern = configuration["AnnualLists:" + name] ?? usual;
            if (!pattern.Contains("{0}", StringComparison.Ordinal) || !pattern.Contains("{1}", StringComparison.Ordinal) || pattern.Length > 60)
                throw new InvalidOperationException($"AnnualLists:{name} is '{pattern}'. It holds {{0}} for the year and {{1}} for the edition, at most 60 characters, such as {usual}.");
            return pattern;
        }
    }

    public DateOnly OpenDayIn(int year) => new(year, OpenMonth, Math.Min(OpenDay, DateTime.DaysInMonth(year, OpenMonth)));
}
