using System.Globalization;
using CsvHelper;
using Matchmaking.Matching.Evaluation;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Benchmarks;

/// <summary>Reads requirements.csv (rid, title, content), achievements.csv (aid, title_tokens, title_raw) and pair files (aid, rid, level, rid_fold5).</summary>
internal static class PairData
{
    /// <summary>The judged needs of each pair file, in its order; the same record is the same entry in all of them.</summary>
    /// <exception cref="FormatException">A file, line and column that cannot be read, or a pair that names an unknown record.</exception>
    public static (IReadOnlyList<IReadOnlyList<JudgedNeed>> Needs, IReadOnlyList<ListingDocument> Corpus) Read(string folder, SentenceEncoder? encoder, IReadOnlyList<string> pairFiles)
    {
        var id = 0;
        var needs = Keyed(Path.Combine(folder, "requirements.csv"), row => (row.Text("rid"), Document(ListingKind.Need, ++id, row.Text("title"), row.Text("content"))));
        var achievements = Keyed(Path.Combine(folder, "achievements.csv"), row => (row.Text("aid"),
            Document(ListingKind.Achievement, ++id, row.Text("title_raw") is { Length: > 0 } raw ? raw : row.Text("title_tokens").Replace(" ", "", StringComparison.Ordinal), "")));
        var judged = pairFiles.Select(file => Rows(file, row => (
            Need: row.Text("rid"), Of: row.Known(needs, "rid"), Candidate: row.Known(achievements, "aid"), Level: row.Level("level"), Fold: row.Fold("rid_fold5")))).ToList();
        var used = judged.SelectMany(f => f).SelectMany(j => new[] { j.Of, j.Candidate }).DistinctBy(d => d.Id).ToList();
        var vectors = encoder is null ? null : new ListingEncoder(encoder).Encode(used, CancellationToken.None);
        var entries = used.Select((d, i) => new IndexEntry(d, vectors?[i])).ToDictionary(e => e.Document.Id);
        return ([.. judged.Select(file => (IReadOnlyList<JudgedNeed>)[.. file.GroupBy(j => j.Need).Select(g => new JudgedNeed(g.Key, entries[g.First().Of.Id],
            [.. g.DistinctBy(j => j.Candidate.Id).Select(j => (entries[j.Candidate.Id], j.Level))], g.First().Fold))])], [.. needs.Values, .. achievements.Values]);
    }

    private static ListingDocument Document(ListingKind kind, int id, string title, string text) => new(
        id, kind, $"{id}", title, "", text, [], null, "", "", "", null, null, [], null, [], null, DateTimeOffset.UnixEpoch, DateOnly.MaxValue);

    private static Dictionary<string, ListingDocument> Keyed(string path, Func<Row, (string Key, ListingDocument Document)> map)
    {
        var known = new Dictionary<string, ListingDocument>();
        foreach (var (key, document) in Rows(path, map)) known.TryAdd(key, document);
        return known;
    }

    private static List<T> Rows<T>(string path, Func<Row, T> map)
    {
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        try
        {
            if (!csv.Read() || !csv.ReadHeader()) throw new FormatException($"{path}, line 1: the file is empty.");
            var rows = new List<T>();
            while (csv.Read()) rows.Add(map(new Row(csv, path)));
            return rows;
        }
        catch (CsvHelperException error)
        {
            throw new FormatException($"{path}, line {csv.Parser.RawRow}: {error.Message.Split('\n')[0]}", error);
        }
    }

    /// <summary>One line; what is wrong with it is said with file, line and column.</summary>
    private readonly record struct Row(CsvReader Csv, string Path)
    {
        public string Text(string column) => Csv.TryGetField<string>(column, out var text) ? text! : throw Wrong(column, "is missing");

        public int Level(string column) => int.TryParse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level is >= 1 and <= 4 ? level : throw Wrong(column, $"'{Text(column)}' is no level from 1 to 4");

        public int Fold(string column) => !Csv.TryGetField<string>(column, out var text) || string.IsNullOrEmpty(text) ? 0
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var fold) ? fold : throw Wrong(column, $"'{text}' is no number");

        public ListingDocument Known(Dictionary<string, ListingDocument> records, string column) => records.TryGetValue(Text(column), out var found) ? found : throw Wrong(column, $"names the unknown record '{Text(column)}'");

        private FormatException Wrong(string column, string why) => new($"{Path}, line {Csv.Parser.RawRow}, column {column}: {why}.");
    }
}
