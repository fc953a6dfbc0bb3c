using Matchmaking.Matching.Evaluation;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Importing;

/// <summary>The samples' graded pairs as judged pools, without a database: for tests of relevance and for measurements.</summary>
public static class SampleJudgements
{
    public static IReadOnlyList<ListingDocument> Documents(SampleFiles files)
    {
        var id = 0;
        return [.. files.Needs().Concat(files.Achievements()).Select(row => Document(row, ++id))];
    }

    public static IReadOnlyList<JudgedNeed> Read(SampleFiles files, SentenceEncoder? encoder, CancellationToken cancellationToken)
    {
        var documents = Documents(files);
        var vectors = encoder is null ? null : new ListingEncoder(encoder).Encode([.. documents], cancellationToken);
        var entries = documents.Select((d, i) => new IndexEntry(d, vectors?[i])).ToDictionary(e => e.Document.Number);
        return [.. files.Grades().GroupBy(g => g.Need).Select(g => new JudgedNeed(g.Key, entries[g.Key], [.. g.Select(row => (entries[row.Achievement], row.Value))]))];
    }

    private static ListingDocument Document(ListingRow row, int id)
    {
        var c = row.Content;
        var need = c as NeedContent;
        var achievement = c as AchievementContent;
        return new ListingDocument(id, need is null ? ListingKind.Achievement : ListingKind.Need, row.Key, c.Title, c.Summary, c.Description, c.Keywords, null,
            c.Field.ToString() ?? "", c.Industry, c.Region, need?.Horizon?.ToString() ?? achievement?.Stage?.ToString(), c.Money, [.. c.Cooperation.Select(m => m.ToString())],
            need?.MinimumTrl ?? achievement?.Trl, c.Quantities, need?.Deadline, new DateTimeOffset(row.Published, TimeOnly.MinValue, TimeSpan.Zero), c.ValidUntil!.Value);
    }
}
