namespace Matchmaking.Matching.Ranking;

/// <summary>From a raw score to the probability of a grade of at least 3: 1 / (1 + e^−(slope · score + intercept)).</summary>
public sealed record Calibration(double Slope, double Intercept)
{
    public double Probability(double score) => 1 / (1 + Math.Exp(-((Slope * score) + Intercept)));

    /// <summary>Logistic regression by Newton's method, lightly held to zero so that one kind of outcome alone gives no infinite slope.</summary>
    public static Calibration Fit(IReadOnlyList<(double Score, bool Good)> pairs)
    {
        double a = 0, b = 0;
        for (var step = 0; step < 50; step++)
        {
            double ga = 1e-3 * a, gb = 1e-3 * b, haa = 1e-3, hab = 0, hbb = 1e-3;
            foreach (var (score, good) in pairs)
            {
                var p = 1 / (1 + Math.Exp(-((a * score) + b)));
                var error = p - (good ? 1 : 0);
                var weight = p * (1 - p);
                (ga, gb) = (ga + (error * score), gb + error);
                (haa, hab, hbb) = (haa + (weight * score * score), hab + (weight * score), hbb + weight);
            }
            var determinant = (haa * hbb) - (hab * hab);
            (a, b) = (a - (((hbb * ga) - (hab * gb)) / determinant), b - (((haa * gb) - (hab * ga)) / determinant));
        }
        return new Calibration(a, b);
    }
}

/// <summary>Probabilities of at least grade 2, 3 and 4 for a score, fitted on pairs whose needs the ranker had not seen.</summary>
public sealed record GradeScale(Calibration Two, Calibration Three, Calibration Four)
{
    public static GradeScale Unknown { get; } = new(new(1, 0), new(1, 0), new(1, 0));

    public static GradeScale Fit(IReadOnlyList<(double Score, int Grade)> pairs)
    {
        Calibration AtLeast(int grade) => Calibration.Fit([.. pairs.Select(p => (p.Score, p.Grade >= grade))]);
        return new GradeScale(AtLeast(2), AtLeast(3), AtLeast(4));
    }

    /// <summary>Probability of grade 3 or 4.</summary>
    public double Good(double score) => Three.Probability(score);

    /// <summary>The expected grade, 1–4.</summary>
    public double Mean(double score) => 1 + Two.Probability(score) + Three.Probability(score) + Four.Probability(score);

    /// <summary>The median grade, 1–4: of all guesses the one with the least expected absolute error.</summary>
    public int Median(double score) => 1 + new[] { Two, Three, Four }.Count(c => c.Probability(score) >= 0.5);
}
