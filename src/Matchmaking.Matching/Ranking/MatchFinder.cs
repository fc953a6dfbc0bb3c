using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Ranking;

/// <summary>A candidate in order, with everything that made its place.</summary>
public sealed record RankedMatch(ListingDocument Candidate, PairDescription Pair, Score Score, Explanation Explanation, int Rank);

/// <summary>Where candidates' records come from: the database in the product, memory in measurements.</summary>
public interface ICandidateSource
{
    /// <summary>The documents with their vectors; ids that no longer are public are left out.</summary>
    Task<IReadOnlyList<IndexEntry>> LoadAsync(IReadOnlyList<int> ids, CancellationToken cancellationToken);
}

/// <summary>
/// The pipeline: retrieve candidates by words and by vector, fuse by reciprocal rank (k = 60), describe each pair by named features,
/// order by the ranker, explain by the same features. The same input gives the same order; ties go by id.
/// </summary>
public sealed class MatchFinder(ISearchEngine engine, ICandidateSource source, IRanker ranker)
{
    public const int Candidates = 100;
    public const int FusionConstant = 60;

    public string RankerVersion => ranker.Version;

    /// <param name="listing">A need, for which achievements are found, or an achievement, for which needs are found.</param>
    /// <param name="graded">Grades that brokers have given to candidates of this listing, by candidate; they move the others.</param>
    public async Task<IReadOnlyList<RankedMatch>> FindAsync(
        IndexEntry listing, TermStatistics terms, int take, DateOnly today, CancellationToken cancellationToken, IReadOnlyDictionary<int, int>? graded = null)
    {
        var own = listing.Document;
        var wanted = own.Kind == ListingKind.Need ? ListingKind.Achievement : ListingKind.Need;
        var byWords = await engine.WordsAsync(new WordQuery(wanted, own.Title, own.Text, today, Candidates), cancellationToken);
        var byVector = listing.Vectors is { } vectors
            ? await engine.NearestAsync(new VectorQuery(wanted, vectors.Text, today, Candidates), cancellationToken)
            : [];
        // What was graded is looked at even when neither words nor vectors find it: it tells about the others.
        var ids = Fuse(byWords, byVector).Take(Candidates * 2).Union(graded?.Keys ?? []).ToList();
        var entries = await source.LoadAsync(ids, cancellationToken);
        return Rank(listing, entries, terms, take, today, graded);
    }

    /// <summary>Orders given candidates; the part of the pipeline that measurements of a judged pool use as it is.</summary>
    public IReadOnlyList<RankedMatch> Rank(IndexEntry listing, IEnumerable<IndexEntry> candidates, TermStatistics terms, int take, DateOnly today, IReadOnlyDictionary<int, int>? graded = null)
    {
        var own = new PreparedListing(listing.Document, listing.Vectors);
        var isNeed = own.Document.Kind == ListingKind.Need;
        var described = candidates.Select(candidate =>
        {
            var other = new PreparedListing(candidate.Document, candidate.Vectors);
            return (Entry: candidate, Pair: isNeed ? PairFeatures.Describe(own, other, terms, today) : PairFeatures.Describe(other, own, terms, today));
        }).ToList();
        var scores = ranker.ScoreAll([.. described.Select(d => new Candidate(isNeed ? listing : d.Entry, isNeed ? d.Entry : listing, d.Pair.Values))]);
        if (graded is { Count: > 0 }) scores = Corrected(scores, [.. described.Select(d => d.Entry)], graded);
        var scored = described.Zip(scores, (d, score) => (d.Entry.Document, d.Pair, Score: score));
        return [.. scored.OrderByDescending(s => s.Score.Value).ThenBy(s => s.Document.Id).Take(take).Select((s, i) => new RankedMatch(
            s.Document, s.Pair, s.Score,
            isNeed ? Explanation.Of(own.Document, s.Document, s.Pair, s.Score) : Explanation.Of(s.Document, own.Document, s.Pair, s.Score), i + 1))];
    }

    /// <summary>A fresh grade moves the candidates like the graded one; the difference is a part of the score like any other.</summary>
    private IReadOnlyList<Score> Corrected(IReadOnlyList<Score> scores, IReadOnlyList<IndexEntry> candidates, IReadOnlyDictionary<int, int> graded)
    {
        var (usual, slope) = ranker.GradeLine;
        var known = candidates.Select((c, place) => (place, Id: c.Document.Id)).Where(c => graded.ContainsKey(c.Id)).Select(c => (c.place, graded[c.Id])).ToList();
        var corrections = RelevanceFeedback.Corrections([.. scores.Select(s => usual + (slope * s.Value))], candidates, known);
        return [.. scores.Zip(corrections, (score, grades) => grades == 0 ? score
            : new Score(score.Value + (grades / slope), ranker.Probability(score.Value + (grades / slope)), [.. score.Contributions, new Contribution(RelevanceFeedback.OwnGrades, grades / slope)]))];
    }

    /// <summary>Reciprocal-rank fusion: Σ 1 / (k + rank), rank from 1.</summary>
    public static IEnumerable<int> Fuse(params IReadOnlyList<ScoredId>[] lists)
    {
        var sums = new Dictionary<int, double>();
        foreach (var list in lists)
        {
            for (var rank = 0; rank < list.Count; rank++)
                sums[list[rank].Id] = sums.GetValueOrDefault(list[rank].Id) + (1.0 / (FusionConstant + rank + 1));
        }
        return sums.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Select(s => s.Key);
    }
}
