using System.Globalization;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Importing;

/// <summary>An empty table to fill: a sheet with drop-downs from the code lists and a word on each column, a sheet that explains them, and the lists.</summary>
public static class TemplateFile
{
    private static readonly ImportField[] Several = [ImportField.Cooperation, ImportField.Flags, ImportField.Consents];

    /// <summary>Wide columns for running text.</summary>
    private static readonly ImportField[] Wide = [ImportField.Summary, ImportField.Description, ImportField.WorkDone, ImportField.Quantities];

    public static byte[] Write(ListingKind kind, ImportWords words)
    {
        var fields = ImportFields.Columns(kind);
        var lists = fields.Select(f => (Field: f, Choices: Choices(f, words))).Where(l => l.Choices.Count > 0).ToList();
        var choices = words.Text("Sheet.Choices");
        var ranges = lists.Select((l, i) => (l.Field, Range: (choices, i, l.Choices.Count))).ToDictionary(l => NameOf(l.Field), l => l.Range);
        var columns = fields.Select(f => new OutColumn(
            Wide.Contains(f) ? 36 : f == ImportField.Title ? 30 : 16, ranges.ContainsKey(NameOf(f)) ? NameOf(f) : null, Several.Contains(f), words.Hint(f, kind) is { Length: > 0 } hint ? hint : null, words.Heading(f, kind))).ToList();
        return XlsxWriter.Write(
        [
            new OutSheet(words.Text("Sheet." + kind), columns, [[.. fields.Select(f => words.Heading(f, kind))]]),
            Explanations(fields, kind, words),
            new OutSheet(choices, [.. lists.Select(_ => new OutColumn(24))], Transposed(lists.ConvertAll(l => l.Choices)), Hidden: true),
        ], ranges);
    }

    private static OutSheet Explanations(IReadOnlyList<ImportField> fields, ListingKind kind, ImportWords words)
    {
        var rows = new List<IReadOnlyList<object?>> { new object?[] { words.Text("Explain.Column"), words.Text("Explain.Needed"), words.Text("Explain.How"), words.Text("Explain.Example") } };
        foreach (var field in fields) rows.Add([words.Heading(field, kind), words.Text("Needed." + NeedOf(field)), words.Hint(field, kind), Example(field, kind, words)]);
        foreach (var line in words.Text("Explain.More").Split('\n')) rows.Add([line]);
        return new OutSheet(words.Text("Sheet.Explanations"), [new OutColumn(22), new OutColumn(14), new OutColumn(70), new OutColumn(40)], rows);
    }

    /// <summary>Without it the row is refused, the record cannot be submitted, or nothing happens.</summary>
    private static string NeedOf(ImportField field) => field switch
    {
        ImportField.Title => "Row",
        ImportField.CreditCode => "Others",
        ImportField.Summary or ImportField.Description or ImportField.Field or ImportField.Cooperation or ImportField.ValidUntil or ImportField.Kind or ImportField.Horizon
            or ImportField.Deadline or ImportField.Trl or ImportField.Stage or ImportField.Ip or ImportField.ContactName or ImportField.ContactPhone => "Submit",
        _ => "Optional",
    };

    private static string Example(ImportField field, ListingKind kind, ImportWords words) =>
        words.Has($"Example.{field}.{kind}") ? words.Text($"Example.{field}.{kind}") : words.Has($"Example.{field}") ? words.Text($"Example.{field}") : Choices(field, words).FirstOrDefault() ?? "";

    private static List<string> Choices(ImportField field, ImportWords words) => field switch
    {
        ImportField.Field => Names<TechnologyField>("Field", words),
        ImportField.Industry => [.. CodeLists.Industries.Select(words.Industry)],
        ImportField.Region => [.. CodeLists.Regions.Select(c => words.Name("Region", c))],
        ImportField.Kind => Names<NeedKind>("NeedKind", words),
        ImportField.Horizon => Names<Horizon>("Horizon", words),
        ImportField.Stage => Names<AchievementStage>("Stage", words),
        ImportField.Ip => Names<IpKind>("Ip", words),
        ImportField.Cooperation => Names<CooperationMode>("Mode", words),
        ImportField.Flags => Names<AchievementFlag>("Flag", words),
        ImportField.Payment => Names<PaymentMode>("Payment", words),
        ImportField.Openness => Names<Openness>("Openness", words),
        ImportField.Consents => Names<NeedConsent>("Consent", words),
        ImportField.Scale => Names<TrlScale>("TrlScale", words),
        ImportField.Level => Names<EvaluationLevel>("EvaluationLevel", words),
        ImportField.Attribute => Names<AchievementAttribute>("AchievementAttribute", words),
        ImportField.Disclosure => Names<Disclosure>("Disclosure", words),
        ImportField.Trl or ImportField.MinimumTrl => [.. Enumerable.Range(1, 9).Select(n => n.ToString(CultureInfo.InvariantCulture))],
        _ => [],
    };

    private static List<string> Names<T>(string list, ImportWords words) where T : struct, Enum => [.. Enum.GetNames<T>().Select(n => words.Name(list, n))];

    private static List<IReadOnlyList<object?>> Transposed(List<List<string>> columns) =>
        [.. Enumerable.Range(0, columns.Max(c => c.Count)).Select(IReadOnlyList<object?> (r) => [.. columns.Select(c => r < c.Count ? c[r] : null)])];

    private static string NameOf(ImportField field) => "List_" + field;
}
