using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Importing;

public sealed record OrganizationRow(string Key, string Name, OrganizationKind Kind, string CreditCode, string Region, string Industry, string? Size);

/// <summary>A listing of a sample file: its key in the file, the owner's key, the day it was published, the content.</summary>
public sealed record ListingRow(string Key, string Organization, DateOnly Published, ListingContent Content);

/// <param name="Value">1 无相关 … 4 强相关.</param>
public sealed record GradeRow(string Need, string Achievement, int Value, string Reason);

/// <summary>An invented value that a department would have reported, with the document it would stand in.</summary>
public sealed record IndicatorReportRow(string Code, DateOnly AsOf, decimal Value, string Source);

/// <summary>One paper of a literature repository, offered as an achievement.</summary>
public sealed record PaperRow(string Id, string Title, string Abstract, IReadOnlyList<string> Keywords, string Discipline);

/// <summary>Reads the plain files of <c>samples/</c>; a malformed row is an error that names file and row.</summary>
public sealed class SampleFiles(string folder)
{
    private static readonly JsonSerializerOptions Json = new(Revision.Json) { PropertyNameCaseInsensitive = true };

    /// <summary>Days that a sample is valid from its publication; the importer prolongs it to as many days from today.</summary>
    public const int ValidDays = 365;

    public IReadOnlyList<OrganizationRow> Organizations() => Csv(Path.Combine(folder, "organizations.csv"), csv => new OrganizationRow(
        csv.GetField("key")!, csv.GetField("name")!, Enum.Parse<OrganizationKind>(csv.GetField("kind")!), csv.GetField("credit_code")!,
        csv.GetField("region")!, csv.GetField("industry")!, csv.GetField("size") is { Length: > 0 } size ? size : null));

    public IReadOnlyList<ListingRow> Needs() => Needs("needs.json");

    /// <summary>Needs that stand with their recommending office; of the same shape, their day of publication is not used.</summary>
    public IReadOnlyList<ListingRow> WaitingNeeds() => Needs("waiting-needs.json");

    private List<ListingRow> Needs(string name) => Read<NeedFileRow>(name, row => new ListingRow(row.Key, row.Organization, row.Published,
        new NeedContent
        {
            Title = row.Title, Summary = row.Summary, Description = row.Description, Keywords = row.Keywords, Field = row.Field,
            Industry = row.Industry, Region = row.Region, Quantities = Quantities(row.Quantities), Cooperation = row.Cooperation,
            Money = row.Budget, Disclosure = row.Anonymous ? Disclosure.Anonymous : Disclosure.Named, ValidUntil = row.Published.AddDays(ValidDays),
            Kind = row.Kind, Horizon = row.Horizon, WorkDone = row.WorkDone, Deadline = row.Deadline, MinimumTrl = row.MinTrl,
        }));

    public IReadOnlyList<ListingRow> Achievements() => Read<AchievementFileRow>("achievements.json", row => new ListingRow(row.Key, row.Organization, row.Published,
        new AchievementContent
        {
            Title = row.Title, Summary = row.Summary, Description = row.Description, Keywords = row.Keywords, Field = row.Field,
            Industry = row.Industry, Region = row.Region, Quantities = Quantities(row.Quantities), Cooperation = row.Cooperation,
            Money = row.Price, ValidUntil = row.Published.AddDays(ValidDays), Trl = row.Trl, Stage = row.Stage, Ip = row.Ip, Flags = row.Flags,
            Evaluation = row.Evaluation,
        }));

    public IReadOnlyList<GradeRow> Grades() => Csv(Path.Combine(folder, "grades.csv"), csv => new GradeRow(
        csv.GetField("need")!, csv.GetField("achievement")!, csv.GetField<int>("grade"), csv.GetField("reason")!));

    public IReadOnlyList<IndicatorReportRow> IndicatorReports() => Csv(Path.Combine(folder, "indicator-reports.csv"), csv => new IndicatorReportRow(
        csv.GetField("code")!, csv.GetField<DateOnly>("as_of"), csv.GetField<decimal>("value"), csv.GetField("source")!));

    public IReadOnlyList<PaperRow> Papers() => Papers(Path.Combine(folder, "papers", "papers.csv"));

    /// <summary>Papers of a file with the columns id, title, abstract, keywords (with ; between) and discipline.</summary>
    public static IReadOnlyList<PaperRow> Papers(string path) => Csv(path, csv => new PaperRow(
        csv.GetField("id")!, csv.GetField("title")!.Trim(), csv.GetField("abstract")!.Trim(),
        [.. csv.GetField("keywords")!.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)], csv.GetField("discipline")!));

    private static List<Quantity> Quantities(IEnumerable<QuantityFileRow> rows) =>
        [.. rows.Select(q => new Quantity(q.Name, Enum.Parse<Comparison>(q.Comparison, ignoreCase: true), q.Value, q.High, q.Unit))];

    private List<ListingRow> Read<T>(string name, Func<T, ListingRow> map)
    {
        using var stream = File.OpenRead(Path.Combine(folder, name));
        try
        {
            return [.. JsonSerializer.Deserialize<List<T>>(stream, Json)!.Select(map)];
        }
        catch (JsonException error)
        {
            throw new FormatException($"{name}, line {error.LineNumber + 1}: {error.Message}", error);
        }
    }

    private static List<T> Csv<T>(string path, Func<CsvReader, T> map)
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
            catch (Exception error) when (error is CsvHelperException or FormatException or ArgumentException)
            {
                throw new FormatException($"{Path.GetFileName(path)}, row {csv.Parser.Row}: {error.Message}", error);
            }
        }
        return rows;
    }

    private sealed record QuantityFileRow(string Name, string Comparison, decimal Value, decimal? High, string Unit);

    private sealed record NeedFileRow(
        string Key, string Organization, string Title, string Summary, string Description, List<string> Keywords, TechnologyField Field,
        string Industry, string Region, NeedKind Kind, Horizon Horizon, string WorkDone, List<QuantityFileRow> Quantities,
        List<CooperationMode> Cooperation, decimal? Budget, DateOnly Deadline, int? MinTrl, bool Anonymous, DateOnly Published);

    private sealed record AchievementFileRow(
        string Key, string Organization, string Title, string Summary, string Description, List<string> Keywords, TechnologyField Field,
        string Industry, string Region, List<QuantityFileRow> Quantities, List<CooperationMode> Cooperation, decimal? Price, int Trl,
        AchievementStage Stage, IpKind Ip, List<AchievementFlag> Flags, string Evaluation, DateOnly Published);
}
