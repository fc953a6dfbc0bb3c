using Matchmaking.Matching.Operations;

namespace Matchmaking.Tests.Deals;

public sealed class WorkingDaysTests
{
    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("2026-02-16", false)] // Monday within the Spring Festival
    [InlineData("2026-02-14", true)] // Saturday worked for it
    [InlineData("2026-02-28", true)]
    [InlineData("2026-10-10", true)]
    [InlineData("2026-10-11", false)] // plain Sunday
    [InlineData("2026-10-08", true)] // Thursday after the National Day
    [InlineData("2025-10-08", false)] // Wednesday within 2025's
    [InlineData("2025-09-28", true)]
    public void Days_off_and_weekends_worked_follow_the_notice(string day, bool works) => Assert.Equal(works, new WorkingDays().IsWorkingDay(Day(day)));

    [Theory]
    [InlineData("2026-11-25", 15, "2026-12-16")] // three plain weeks
    [InlineData("2026-09-18", 1, "2026-09-20")] // a Friday; the Sunday is worked
    [InlineData("2026-09-30", 3, "2026-10-10")] // over the National Day: 8 and 9 October, then the worked Saturday
    [InlineData("2026-02-13", 2, "2026-02-24")]
    [InlineData("2026-11-27", 0, "2026-11-27")]
    public void A_term_ends_on_a_working_day(string from, int days, string last)
    {
        var calendar = new WorkingDays();
        Assert.Equal(Day(last), calendar.After(Day(from), days));
        Assert.Equal(days, calendar.Between(Day(from), Day(last)));
        Assert.Equal(-days, calendar.Between(Day(last), Day(from)));
    }

    [Fact]
    public void A_year_whose_notice_is_not_known_has_plain_weekends_and_says_so()
    {
        var calendar = new WorkingDays();
        Assert.True(calendar.Knows(2026));
        Assert.False(calendar.Knows(2031));
        Assert.True(calendar.IsWorkingDay(Day("2031-10-01")));
    }

    [Fact]
    public void A_later_year_is_read_from_a_folder_and_a_bad_line_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("holidays-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "2031.csv"), "# 示例\nday,kind,name\n2031-10-01,off,国庆节\n2031-10-04,work,国庆节\n");
            var calendar = new WorkingDays(folder);
            Assert.True(calendar.Knows(2031));
            Assert.False(calendar.IsWorkingDay(Day("2031-10-01")));
            Assert.True(calendar.IsWorkingDay(Day("2031-10-04")));
            File.WriteAllText(Path.Combine(folder, "2032.csv"), "day,kind,name\n2032-13-01,off,x\n");
            Assert.Contains("2032.csv, line 2", Assert.Throws<InvalidOperationException>(() => new WorkingDays(folder)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
