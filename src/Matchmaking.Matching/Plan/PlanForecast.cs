namespace Matchmaking.Matching.Plan;

/// <param name="Value">Of the straight line through all values, on the due day.</param>
/// <param name="Low">The lower end of the interval, not below 0.</param>
public sealed record ForecastPoint(decimal Value, decimal Low, decimal High);

/// <param name="Tries">How often the values up to one day were made to foretell the next value.</param>
/// <param name="Inside">How often the next value lay in the interval.</param>
/// <param name="MedianError">Median of the errors, percent of the true value; null when all true values were 0.</param>
public sealed record BackTest(int Tries, int Inside, decimal? MedianError);

/// <param name="Points">How many values the line rests on.</param>
public sealed record Forecast(DateOnly Day, ForecastPoint Point, int Points, BackTest Back);

/// <summary>
/// A straight line through the values so far (ordinary least squares) carried on to the due day, with the usual 80 % interval for a single value. It knows nothing of seasons,
/// nor that the last months before a due day are often unlike the others, and values that add up are not independent, so the interval is rather too narrow; the back-test beside
/// it says how it did so far.
/// </summary>
public static class PlanForecast
{
    public const int FewestPoints = 4;
    public const int Percent = 80;

    /// <summary>Student's t, two-sided 80 %, for 1, 2, … degrees of freedom; after the last it is the normal distribution's.</summary>
    private static readonly double[] Quantiles = [3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.350, 1.345, 1.341, 1.337, 1.333, 1.330, 1.328, 1.325, 1.323, 1.321, 1.319, 1.318, 1.316, 1.315, 1.314, 1.313, 1.311, 1.310];
    private const double Normal = 1.282;

    /// <summary>Null with fewer values than a line needs, or when the day is over already.</summary>
    /// <param name="series">One value a day, oldest first.</param>
    public static Forecast? Of(IReadOnlyList<Milestone> series, DateOnly day)
    {
        if (series.Count < FewestPoints || day <= series[^1].Day || At(series, day) is not { } point) return null;
        return new Forecast(day, point, series.Count, Test(series));
    }

    /// <summary>Each value foretold from those before it.</summary>
    public static BackTest Test(IReadOnlyList<Milestone> series)
    {
        var (tries, inside) = (0, 0);
        var errors = new List<decimal>();
        for (var known = FewestPoints; known < series.Count; known++)
        {
            if (At([.. series.Take(known)], series[known].Day) is not { } point) continue;
            var truth = series[known].Value;
            tries++;
            if (truth >= point.Low && truth <= point.High) inside++;
            if (truth != 0) errors.Add(Math.Abs(point.Value - truth) * 100m / truth);
        }
        errors.Sort();
        decimal? median = errors.Count == 0 ? null : (errors[(errors.Count - 1) / 2] + errors[errors.Count / 2]) / 2;
        return new BackTest(tries, inside, median is { } m ? decimal.Round(m, 1) : null);
    }

    private static ForecastPoint? At(IReadOnlyList<Milestone> series, DateOnly day)
    {
        var n = series.Count;
        var meanX = series.Average(p => (double)p.Day.DayNumber);
        var meanY = series.Average(p => (double)p.Value);
        var sxx = series.Sum(p => Math.Pow(p.Day.DayNumber - meanX, 2));
        if (sxx == 0) return null;
        var slope = series.Sum(p => (p.Day.DayNumber - meanX) * ((double)p.Value - meanY)) / sxx;
        double Line(DateOnly at) => meanY + (slope * (at.DayNumber - meanX));
        var variance = series.Sum(p => Math.Pow((double)p.Value - Line(p.Day), 2)) / (n - 2);
        var spread = Math.Sqrt(variance * (1 + (1d / n) + (Math.Pow(day.DayNumber - meanX, 2) / sxx))) * (n - 2 <= Quantiles.Length ? Quantiles[n - 3] : Normal);
        var value = Line(day);
        return new ForecastPoint(Rounded(value), Rounded(value - spread), Rounded(value + spread));
    }

    // Nothing that the plan counts is less than nothing.
    private static decimal Rounded(double value) => decimal.Round((decimal)Math.Clamp(value, 0, 1e12), 2);
}
