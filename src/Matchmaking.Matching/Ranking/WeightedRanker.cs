namespace Matchmaking.Matching.Ranking;

/// <summary>
/// Fixed weights, the default until there are grades. Score = bias + Σ weight · (feature − usual value); a feature that is absent counts as usual,
/// so that nothing unknown speaks for or against. P(grade ≥ 3) = 1 / (1 + e^−(slope · score + intercept)).
/// Without vectors the weights of the word features are raised by the same factor, so that words alone reach the same range.
/// </summary>
public sealed class WeightedRanker : IRanker
{
    public const string Bias = "bias";

    /// <summary>Score of a usual pair among candidates.</summary>
    private const double BiasValue = -1.6;

    /// <summary>
    /// Calibration by logistic regression on 7,377 pairs that technology-transfer staff had graded (benchmark <c>quality --data</c>). The samples' own
    /// pairs would give 1.13 and +0.52: they were written to fit or to miss and are easier than life.
    /// </summary>
    private const double Slope = 0.36;
    private const double Intercept = -0.20;

    /// <summary>How much more words weigh when there are no vectors.</summary>
    private const double WordsAlone = 1.8;

    private static readonly (string Feature, double Weight, double Usual)[] Words =
    [
        (Feature.TitleCharacters, 3.0, 0.25),
        (Feature.TitleInText, 3.0, 0.25),
        (Feature.TitleInTextReversed, 3.0, 0.20),
        (Feature.TextTerms, 4.0, 0.10),
        (Feature.Keywords, 1.5, 0.20),
    ];

    private static readonly (string Feature, double Weight, double Usual)[] Vectors =
    [
        (Feature.CosineTitle, 3.0, 0.55),
        (Feature.CosineTitleText, 5.0, 0.60),
        (Feature.CosineText, 4.0, 0.62),
        (Feature.BestSentence, 3.0, 0.65),
        (Feature.ThreeSentences, 2.0, 0.62),
    ];

    private static readonly (string Feature, double Weight, double Usual)[] Conditions =
    [
        (Feature.Field, 0.3, 0.6),
        (Feature.Industry, 0.3, 0.6),
        (Feature.Maturity, 0.6, 0.85),
        (Feature.QuantitiesMet, 1.6, 0.10),
        (Feature.QuantitiesNotMet, -1.2, 0.05),
        (Feature.Region, 0.1, 0.4),
        (Feature.Money, 0.4, 0.8),
        (Feature.Cooperation, 0.2, 0.7),
        (Feature.Freshness, 0.2, 0.7),
    ];

    public string Version => "weighted-3";

    /// <summary>Least squares on the same pairs.</summary>
    public (double Usual, double Slope) GradeLine => (2.61, 0.16);

    public double Probability(double score) => Logistic(score);

    public IReadOnlyList<Score> ScoreAll(IReadOnlyList<Candidate> candidates) => [.. candidates.Select(c => Score(c.Features))];

    public static Score Score(IReadOnlyDictionary<string, double> features)
    {
        var vectors = Vectors.Any(v => features.ContainsKey(v.Feature));
        var parts = new List<Contribution> { new(Bias, BiasValue) };
        Add(parts, features, Words, vectors ? 1 : WordsAlone);
        Add(parts, features, Vectors, 1);
        Add(parts, features, Conditions, 1);
        var value = parts.Sum(p => p.Value);
        return new Score(value, Logistic(value), parts);
    }

    private static double Logistic(double score) => 1 / (1 + Math.Exp(-((Slope * score) + Intercept)));

    private static void Add(List<Contribution> parts, IReadOnlyDictionary<string, double> features, (string Feature, double Weight, double Usual)[] weights, double factor)
    {
        foreach (var (feature, weight, usual) in weights)
        {
            if (features.TryGetValue(feature, out var value)) parts.Add(new Contribution(feature, factor * weight * (value - usual)));
        }
    }
}
