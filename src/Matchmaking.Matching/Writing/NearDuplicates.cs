using System.Numerics.Tensors;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Matching.Writing;

/// <summary>A published need that says nearly the same.</summary>
/// <param name="Words">Shared pairs of characters in title and text, 0 to 1 (Dice).</param>
public sealed record NearNeed(Listing Need, double Words);

/// <summary>
/// Published needs that a draft repeats, of whatever organisation, by the public layer only: candidates by words and by vector from the search engine,
/// then the words themselves are compared. Narrow on purpose; see docs/measurements.md for how far apart different needs lie.
/// </summary>
public sealed class NearDuplicates(ISearchEngine engine, EncoderHolder encoder, MatchmakingDbContext db, LocalCalendar calendar, ILogger<NearDuplicates> log)
{
    /// <summary>Most that are shown; more would be answered without being read.</summary>
    public const int Most = 3;

    private const int Candidates = 12;
    private const double SameWords = 0.6;
    private const double SimilarWords = 0.35;
    private const double SimilarTitle = 0.4;
    private const double SameMeaning = 0.92;
    private const double SomeWords = 0.25;

    /// <param name="ownId">The draft's own record, which is no duplicate of itself; null while there is none.</param>
    /// <returns>Most similar first; null when search is away, so that nobody takes silence for "none".</returns>
    public async Task<IReadOnlyList<NearNeed>?> FindAsync(NeedContent content, int? ownId, CancellationToken cancellationToken)
    {
        if (content.Title.Length == 0) return [];
        var text = Text(content.Title, content.Summary, content.Description, content.Keywords);
        var vector = encoder.Encoder is { } model ? model.Encode([text], cancellationToken)[0] : null;
        HashSet<int> ids;
        try
        {
            var words = await engine.WordsAsync(new WordQuery(ListingKind.Need, content.Title, text, calendar.Today, Candidates), cancellationToken);
            var nearest = vector is null ? [] : await engine.NearestAsync(new VectorQuery(ListingKind.Need, vector, calendar.Today, Candidates), cancellationToken);
            ids = [.. words.Select(w => w.Id), .. nearest.Select(n => n.Id)];
        }
        catch (SearchUnavailableException away)
        {
            log.LogWarning("Near-duplicates cannot be looked for: {Reason}", away.Message);
            return null;
        }
        var needs = await db.Needs.AsNoTracking().Include(n => n.Organization).Where(n => ids.Contains(n.Id) && n.Id != ownId && ListingStates.Searchable.Contains(n.State)).ToListAsync(cancellationToken);
        var vectors = vector is null ? [] : await db.ListingVectors.AsNoTracking().Where(v => ids.Contains(v.ListingId)).ToDictionaryAsync(v => v.ListingId, cancellationToken);
        var own = Pairs(text);
        var title = Pairs(content.Title);
        return [.. needs
            .Select(need => (need, Words: Dice(own, Pairs(Text(need.Title, need.Summary, need.Description, need.Keywords))), Title: Dice(title, Pairs(need.Title)), Meaning: Cosine(need)))
            .Where(n => n.Words >= SameWords || n.Words >= SimilarWords && n.Title >= SimilarTitle || n.Meaning >= SameMeaning && n.Words >= SomeWords)
            .OrderByDescending(n => n.Words).ThenBy(n => n.need.Id).Take(Most).Select(n => new NearNeed(n.need, n.Words))];

        double Cosine(Listing need) =>
            vector is not null && StoredVectors.Of(vectors.GetValueOrDefault(need.Id), need.SearchVersion, encoder.Encoder?.ModelVersion) is { } stored ? TensorPrimitives.Dot(vector, stored.Text) : 0;
    }

    private static string Text(string title, string summary, string description, IReadOnlyList<string> keywords) => string.Join('\n', title, summary, description, string.Join(' ', keywords));

    private static HashSet<string> Pairs(string text) => [.. ChineseTokenizer.Bigrams(text)];

    internal static double Dice(HashSet<string> a, HashSet<string> b) => a.Count + b.Count == 0 ? 0 : 2.0 * a.Count(b.Contains) / (a.Count + b.Count);
}
