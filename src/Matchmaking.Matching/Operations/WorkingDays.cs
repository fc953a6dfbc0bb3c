using System.Globalization;

namespace Matchmaking.Matching.Operations;

/// <summary>
/// 工作日: Monday to Friday, but for the days off and the weekends worked of the State Council's yearly notice. The notices ship as one file a year
/// (<c>Holidays/2026.csv</c>, with its source in the first line); a later year's file in the folder <c>holidays</c> of the data folder is read at the
/// start, so that a new year needs no new version. A year without a file has plain weekends, and <see cref="Knows"/> says so.
/// </summary>
public sealed class WorkingDays
{
    private readonly HashSet<DateOnly> off = [];
    private readonly HashSet<DateOnly> worked = [];
    private readonly HashSet<int> years = [];

    /// <param name="folder">Files of later years, or null.</param>
    /// <exception cref="InvalidOperationException">A line of a file is none; the message names file and line.</exception>
    public WorkingDays(string? folder = null)
    {
        var assembly = typeof(WorkingDays).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("holidays-", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            Read(reader.ReadToEnd(), name);
        }
        if (folder is null || !Directory.Exists(folder)) return;
        foreach (var file in Directory.GetFiles(folder, "*.csv").Order(StringComparer.Ordinal)) Read(File.ReadAllText(file), Path.GetFileName(file));
    }

    /// <summary>Whether the year's notice is known.</summary>
    public bool Knows(int year) => years.Contains(year);

    public bool IsWorkingDay(DateOnly day) =>
        worked.Contains(day) || (!off.Contains(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    /// <summary>The last day of a term of so many working days that begins on the day after <paramref name="day"/>.</summary>
    public DateOnly After(DateOnly day, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        for (var left = workingDays; left > 0;)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day)) left--;
        }
        return day;
    }

    /// <summary>Working days after <paramref name="from"/> up to and with <paramref name="to"/>; negative when <paramref name="to"/> lies before.</summary>
    public int Between(DateOnly from, DateOnly to)
    {
        if (to < from) return -Between(to, from);
        var count = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1)) if (IsWorkingDay(day)) count++;
        return count;
    }

    private void Read(string text, string file)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var cells = line.Trim().Split(',');
            if (cells[0].Length == 0 || cells[0][0] == '#' || cells[0] == "day") continue;
            if (cells.Length < 2 || cells[1] is not ("off" or "work") || !DateOnly.TryParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                throw new InvalidOperationException($"{file}, line {number}: expected a day such as 2026-10-01, then off or work, then a name.");
            years.Add(day.Year);
            (cells[1] == "off" ? off : worked).Add(day);
        }
    }
}
