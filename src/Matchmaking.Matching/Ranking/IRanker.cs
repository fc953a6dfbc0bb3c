using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Ranking;

/// <summary>What one feature added to the score.</summary>
public sealed record Contribution(string Feature, double Value);

/// <param name="Value">The raw score; the contributions add up to it.</param>
/// <param name="Probability">Calibrated probability that a broker grades the pair 3 or 4.</param>
public sealed record Score(double Value, double Probability, IReadOnlyList<Contribution> Contributions);

/// <summary>A need, one of its candidates and the features of the pair.</summary>
public sealed record Candidate(IndexEntry Need, IndexEntry Achievement, IReadOnlyDictionary<string, double> Features);

/// <summary>From named features to a score. The version names ranker and weights; scores of different versions do not compare.</summary>
public interface IRanker
{
    string Version { get; }

    /// <summary>Scores all candidates of one listing, in their order; a ranker may look at how a candidate stands among the others.</summary>
    IReadOnlyList<Score> ScoreAll(IReadOnlyList<Candidate> candidates);

    /// <summary>Calibrated probability of grade 3 or 4 for a score.</summary>
    double Probability(double score);

    /// <summary>The grade that a broker may be expected to give: usual + slope · score.</summary>
    (double Usual, double Slope) GradeLine { get; }
}
