namespace Matchmaking.Matching.Search;

/// <summary>
/// One score of a listing from its words and its vector: words' BM25 / Σ idf of the typed words + <see cref="VectorWeight"/> · cosine. The quotient does not grow
/// with the length of the query or the size of the index: 0 when no word is there, about 1 when the text has all of them once, more for titles. It is small when
/// nobody has the rare words, and then the cosine decides. Weight and reasons: <c>docs/decisions/0006</c>.
/// </summary>
internal sealed class Fusion
{
    public const double VectorWeight = 2;

    // More than words and cosine reach.
    private const double NumberFirst = 1_000_000;

    private readonly double rarity;
    private readonly Dictionary<int, float> cosines;
    private readonly double least;
    private readonly int? exactId;

    /// <param name="rarity">Σ idf of the typed words, see <see cref="Rarity"/>.</param>
    /// <param name="nearest">Best first; a listing that is not among them counts like the last of them, whether or not it has a vector.</param>
    /// <param name="exactId">The listing with the typed public number: it stands before all.</param>
    public Fusion(double rarity, IReadOnlyList<(ListingFacts Card, float Cosine)> nearest, int? exactId)
    {
        this.rarity = rarity;
        this.exactId = exactId;
        cosines = nearest.ToDictionary(item => item.Card.Id, item => item.Cosine);
        least = nearest.Count == 0 ? 0 : nearest[^1].Cosine;
    }

    /// <param name="words">The words' BM25 score, 0 when it has none of them.</param>
    public double Score(int id, double words) =>
        words / rarity + VectorWeight * (cosines.TryGetValue(id, out var cosine) ? cosine : least) + (id == exactId ? NumberFirst : 0);

    /// <summary>Σ ln(1 + (N − n + ½) / (n + ½)) over the typed words, words of no listing included; always more than 0.</summary>
    /// <param name="found">In how many listings' texts each word stands.</param>
    public static double Rarity(IEnumerable<int> found, double documents) => found.Sum(n => WordQueries.Idf(n, documents));
}
