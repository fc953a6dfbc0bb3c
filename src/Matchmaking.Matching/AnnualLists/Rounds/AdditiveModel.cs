namespace Matchmaking.Matching.AnnualLists.Rounds;

/// <summary>One expert's total for one entry, 0 to 100.</summary>
public sealed record Rating(int Expert, int Entry, decimal Value);

/// <param name="Mean">Plain mean of the ratings the entry got.</param>
/// <param name="Adjusted">What the mean would be, had every expert of its group rated it.</param>
public sealed record AdjustedEntry(int Entry, int Ratings, decimal Mean, decimal Adjusted);

/// <param name="Effect">Points by which the expert rates higher than the experts of his group on average; negative for a severe one.</param>
/// <param name="Group">From 1; experts and entries hang together within a group, and only there can severity be told from quality.</param>
public sealed record ExpertEffect(int Expert, int Ratings, decimal Effect, int Group);

/// <summary>
/// Severe and mild experts put on one scale: least squares of the additive two-way model y = m + entry + expert + error, each observed pair once, unbalanced
/// (S. R. Searle, Linear Models for Unbalanced Data, 1987, ch. 4; H. Scheffé, The Analysis of Variance, 1959, § 4.4). The entries are eliminated from the normal
/// equations, what remains is one equation an expert; the effects of the experts of a group add up to 0. An entry's adjusted score is m + entry:
/// the mean of what all experts of the group would have given it. Where the pairs fall into several groups without a common expert or entry nothing can be
/// compared across them, and <see cref="Groups"/> says so. With a complete table the adjusted scores are the plain means.
/// </summary>
public sealed class AdditiveModel
{
    /// <summary>Places behind the point of all results, so that the order does not hang on the last bit of a machine.</summary>
    public const int Places = 4;

    private AdditiveModel(IReadOnlyList<AdjustedEntry> entries, IReadOnlyList<ExpertEffect> experts, int groups) => (Entries, Experts, Groups) = (entries, experts, groups);

    /// <summary>By entry id.</summary>
    public IReadOnlyList<AdjustedEntry> Entries { get; }

    /// <summary>By expert id.</summary>
    public IReadOnlyList<ExpertEffect> Experts { get; }

    /// <summary>1 when everything hangs together; 0 without ratings.</summary>
    public int Groups { get; }

    /// <exception cref="ArgumentException">An expert has rated an entry twice.</exception>
    public static AdditiveModel Fit(IReadOnlyCollection<Rating> ratings)
    {
        if (ratings.DistinctBy(r => (r.Expert, r.Entry)).Count() != ratings.Count) throw new ArgumentException("An expert rates an entry once.", nameof(ratings));
        var entries = new List<AdjustedEntry>();
        var experts = new List<ExpertEffect>();
        var left = ratings.OrderBy(r => r.Expert).ThenBy(r => r.Entry).ToList();
        var group = 0;
        while (left.Count > 0)
        {
            var inside = Group(left);
            group++;
            Solve(inside, group, entries, experts);
            left = [.. left.Except(inside)];
        }
        return new AdditiveModel([.. entries.OrderBy(e => e.Entry)], [.. experts.OrderBy(e => e.Expert)], group);
    }

    /// <summary>What hangs together with the first rating.</summary>
    private static List<Rating> Group(List<Rating> ratings)
    {
        var experts = new HashSet<int> { ratings[0].Expert };
        var entries = new HashSet<int>();
        for (var before = -1; before != experts.Count + entries.Count;)
        {
            before = experts.Count + entries.Count;
            foreach (var rating in ratings.Where(r => experts.Contains(r.Expert) || entries.Contains(r.Entry)))
            {
                experts.Add(rating.Expert);
                entries.Add(rating.Entry);
            }
        }
        return [.. ratings.Where(r => experts.Contains(r.Expert))];
    }

    private static void Solve(List<Rating> ratings, int group, List<AdjustedEntry> entries, List<ExpertEffect> experts)
    {
        var ids = ratings.Select(r => r.Expert).Distinct().Order().ToList();
        var place = ids.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i);
        var byEntry = ratings.GroupBy(r => r.Entry).OrderBy(g => g.Key).ToList();
        var n = ids.Count;
        // Reduced normal equations of the experts: (diag(n_j) − N' diag(1/n_i) N) b = y_j − N' diag(1/n_i) y_i.
        var a = new double[n, n];
        var y = new double[n];
        foreach (var entry in byEntry)
        {
            var row = entry.ToList();
            var mean = row.Average(r => (double)r.Value);
            foreach (var one in row)
            {
                var i = place[one.Expert];
                a[i, i] += 1;
                y[i] += (double)one.Value - mean;
                foreach (var other in row) a[i, place[other.Expert]] -= 1.0 / row.Count;
            }
        }
        // Its rank is one too small: the effects are known up to a common shift. The last equation gives way to "they add up to 0".
        for (var j = 0; j < n; j++) a[n - 1, j] = 1;
        y[n - 1] = 0;
        var effects = Eliminate(a, y);
        foreach (var entry in byEntry)
        {
            var mean = entry.Average(r => (double)r.Value);
            var adjusted = mean - entry.Average(r => effects[place[r.Expert]]);
            entries.Add(new AdjustedEntry(entry.Key, entry.Count(), Round(mean), Round(adjusted)));
        }
        for (var j = 0; j < n; j++) experts.Add(new ExpertEffect(ids[j], ratings.Count(r => r.Expert == ids[j]), Round(effects[j]), group));
    }

    /// <summary>Gauss with the largest pivot of the column.</summary>
    private static double[] Eliminate(double[,] a, double[] y)
    {
        var n = y.Length;
        for (var c = 0; c < n; c++)
        {
            var pivot = c;
            for (var r = c + 1; r < n; r++) if (Math.Abs(a[r, c]) > Math.Abs(a[pivot, c])) pivot = r;
            if (Math.Abs(a[pivot, c]) < 1e-9) throw new InvalidOperationException("The experts of one group hang together, so the equations have one solution.");
            if (pivot != c)
            {
                for (var k = 0; k < n; k++) (a[c, k], a[pivot, k]) = (a[pivot, k], a[c, k]);
                (y[c], y[pivot]) = (y[pivot], y[c]);
            }
            for (var r = c + 1; r < n; r++)
            {
                var factor = a[r, c] / a[c, c];
                for (var k = c; k < n; k++) a[r, k] -= factor * a[c, k];
                y[r] -= factor * y[c];
            }
        }
        var x = new double[n];
        for (var r = n - 1; r >= 0; r--)
        {
            var sum = y[r];
            for (var k = r + 1; k < n; k++) sum -= a[r, k] * x[k];
            x[r] = sum / a[r, r];
        }
        return x;
    }

    private static decimal Round(double value) => Math.Round((decimal)value, Places, MidpointRounding.AwayFromZero);
}
