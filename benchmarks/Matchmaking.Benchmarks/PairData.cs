using System.Globalization;
using CsvHelper;
using Matchmaking.Matching.Evaluation;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Benchmarks;

/// <summary>Reads requirements.csv (rid, title, content), achievements.csv (aid, title_tokens, title_raw) and a pair file (aid, rid, level).</summary>
internal static class PairData
{
    public static (IReadOnlyList<JudgedNeed> Needs, IReadOnlyList<ListingDocument> Corpus) Read(string folder, string pairs, SentenceEncoder? encoder)
    {
        var id = 0;
        var needs = Rows(Path.Combine(folder, "requirements.csv"), csv => (Key: csv.GetField("rid")!, Document: Document(ListingKind.Need, ++id, csv.GetField("title")!, csv.GetField("content")!))).ToDictionary(r => r.Key, r => r.Document);
        var achievements = Rows(Path.Combine(folder, "achievements.csv"), csv => (Key: csv.GetField("aid")!,
            Document: Document(ListingKind.Achievement, ++id, csv.GetField("title_raw") is { Length: > 0 } raw ? raw : csv.GetField("title_tokens")!.Replace(" ", "", StringComparison.Ordinal), ""))).ToDictionary(r => r.Key, r => r.Document);
        var judged = Rows(pairs, csv => (Need: csv.GetField("rid")!, Achievement: csv.GetField("aid")!, Level: csv.GetField<int>("level")));
        var used = judged.SelectMany(j => new[] { needs[j.Need], achievements[j.Achievement] }).DistinctBy(d => d.Id).ToList();
        var vectors = encoder is null ? null : new ListingEncoder(encoder).Encode(used, CancellationToken.None);
        var entries = used.Select((d, i) => new IndexEntry(d, vectors?[i])).ToDictionary(e => e.Document.Id);
        return ([.. judged.GroupBy(j => j.Need).Select(g => new JudgedNeed(g.Key, entries[needs[g.Key].Id],
            [.. g.DistinctBy(j => j.Achievement).Select(j => (entries[achievements[j.Achievement].Id], j.Level))]))], [.. needs.Values, .. achievements.Values]);
    }

    private static ListingDocument Document(ListingKind kind, int id, string title, string text) => new(
        id, kind, $"{id}", title, "", text, [], null, "", "", "", null, null, [], null, [], null, DateTimeOffset.UnixEpoch, DateOnly.MaxValue);

    private static List<T> Rows<T>(string path, Func<CsvReader, T> map)
    {
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var rows = new List<T>();
        while (csv.Read())
        {
            try
            {
                rows.Add(map(csv));
            }
            catch (CsvHelperException error)
            {
                throw new FormatException($"{path}, line {csv.Parser.Row}: {error.Message.Split('\n')[0]}", error);
            }
        }
        return rows;
    }
}
