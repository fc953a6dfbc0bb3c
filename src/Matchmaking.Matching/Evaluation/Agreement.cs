namespace Matchmaking.Matching.Evaluation;

/// <summary>How far two brokers who graded the same pair agree.</summary>
/// <param name="Kappa">Cohen's κ with quadratic weights (Cohen 1968); 1 agreement, 0 as by chance; null when there is nothing to compare or all grades are one.</param>
public sealed record Agreement(int Pairs, int Same, double? Kappa)
{
    private const int Levels = 4;

    /// <param name="grades">First and second broker's grade, 1–4.</param>
    public static Agreement Of(IReadOnlyList<(int First, int Second)> grades)
    {
        if (grades.Count == 0) return new Agreement(0, 0, null);
        double Weight(int a, int b) => (a - b) * (a - b) / (double)((Levels - 1) * (Levels - 1));
        var observed = grades.Average(g => Weight(g.First, g.Second));
        var expected = grades.SelectMany(a => grades.Select(b => Weight(a.First, b.Second))).Average();
        return new Agreement(grades.Count, grades.Count(g => g.First == g.Second), expected == 0 ? null : 1 - (observed / expected));
    }
}
