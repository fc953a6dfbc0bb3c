namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <summary>How far experts agree. Each figure is null where it is not defined, never 0 instead.</summary>
public static class Agreement
{
    /// <summary>
    /// ICC(1): the part of the variance that is between entries, by the one-way analysis of variance with unequal numbers of ratings,
    /// (MSB − MSW) / (MSB + (n₀ − 1) MSW) with n₀ = (N − Σnᵢ²/N) / (a − 1) (P. E. Shrout and J. L. Fleiss, Psychological Bulletin 86, 1979, case 1;
    /// n₀ as in A. Donner, International Statistical Review 54, 1986). At most 1; negative when experts differ more on one entry than entries do.
    /// Entries with one rating count for the variance between. Needs two entries and one of them rated twice.
    /// </summary>
    public static decimal? Icc(IReadOnlyCollection<Rating> ratings)
    {
        var groups = ratings.GroupBy(r => r.Entry).Select(g => g.Select(r => (double)r.Value).ToList()).ToList();
        double total = ratings.Count;
        if (groups.Count < 2 || ratings.Count <= groups.Count) return null;
        var grand = ratings.Average(r => (double)r.Value);
        var between = groups.Sum(g => g.Count * Math.Pow(g.Average() - grand, 2)) / (groups.Count - 1);
        var within = groups.Sum(g => g.Sum(v => Math.Pow(v - g.Average(), 2))) / (total - groups.Count);
        var n0 = (total - (groups.Sum(g => (double)g.Count * g.Count) / total)) / (groups.Count - 1);
        var below = between + ((n0 - 1) * within);
        return below <= 1e-12 ? null : Math.Round((decimal)((between - within) / below), AdditiveModel.Places, MidpointRounding.AwayFromZero);
    }

    /// <summary>
    /// Kendall's coefficient of concordance W among the experts who rated every entry, 0 (none) to 1 (the same order), with the correction for ties:
    /// W = 12 S / (m²(n³ − n) − m ΣT), T = Σ(t³ − t) (M. G. Kendall and B. Babington Smith, Annals of Mathematical Statistics 10, 1939;
    /// S. Siegel and N. J. Castellan, Nonparametric Statistics, 1988, § 9.7). Needs two such experts and three entries.
    /// </summary>
    public static (decimal W, int Experts)? KendallW(IReadOnlyCollection<Rating> ratings)
    {
        var entries = ratings.Select(r => r.Entry).Distinct().Order().ToList();
        var complete = ratings.GroupBy(r => r.Expert).Where(g => g.Select(r => r.Entry).Distinct().Count() == entries.Count).OrderBy(g => g.Key).ToList();
        if (entries.Count < 3 || complete.Count < 2) return null;
        double n = entries.Count, m = complete.Count;
        var sums = entries.ToDictionary(e => e, _ => 0.0);
        double ties = 0;
        foreach (var expert in complete)
        {
            // Equal values share the mean of their ranks.
            var below = 0;
            foreach (var equal in expert.GroupBy(r => r.Value).OrderBy(g => g.Key))
            {
                double t = equal.Count();
                foreach (var rating in equal) sums[rating.Entry] += below + ((t + 1) / 2);
                ties += (t * t * t) - t;
                below += (int)t;
            }
        }
        var mean = m * (n + 1) / 2;
        var s = sums.Values.Sum(r => Math.Pow(r - mean, 2));
        var most = (m * m * ((n * n * n) - n)) - (m * ties);
        return most <= 1e-9 ? null : (Math.Round((decimal)(12 * s / most), AdditiveModel.Places, MidpointRounding.AwayFromZero), complete.Count);
    }
}
