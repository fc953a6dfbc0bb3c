using System.Globalization;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Importing;

/// <summary>One record to write.</summary>
/// <param name="Contact">Empty where the reader may not see it.</param>
/// <param name="Number">Public number; null before the first publication.</param>
public sealed record ExportedListing(ListingContent Content, Contact Contact, string CreditCode, string OrganizationName, string? ExternalNumber, string? Number, ListingState State);

/// <summary>Records as a table in the shape of the templates: what is written here is read back as the same content.</summary>
public static class ListingSheet
{
    public static byte[] Xlsx(IReadOnlyList<ExportedListing> listings, ListingKind kind, ImportWords words)
    {
        var table = Table(listings, kind, words, numbers: true);
        return XlsxWriter.Write([new OutSheet(words.Text("Sheet." + kind), [.. table[0].Select(h => new OutColumn(Math.Clamp((h as string ?? "").Length * 2.2, 12, 30)))], table)]);
    }

    public static byte[] Csv(IReadOnlyList<ExportedListing> listings, ListingKind kind, ImportWords words) =>
        CsvSheet.Write(Table(listings, kind, words, numbers: false).Select(IReadOnlyList<string> (row) => [.. row.Select(cell => cell as string ?? "")]));

    /// <summary>The head and a row for each record. Figures that fit one cell without loss stand there; others have columns of their own behind.</summary>
    private static List<IReadOnlyList<object?>> Table(IReadOnlyList<ExportedListing> listings, ListingKind kind, ImportWords words, bool numbers)
    {
        var columns = ImportFields.Columns(kind);
        var written = listings.Select(l => QuantityCells.Write(l.Content.Quantities)).ToList();
        var apart = listings.Where((_, i) => written[i] is null).Select(l => l.Content.Quantities.Count).DefaultIfEmpty(0).Max();
        var head = new List<object?>(columns.Select(f => words.Heading(f, kind)));
        for (var i = 1; i <= apart; i++) head.AddRange(QuantityColumns.Select(f => $"{words.Heading(f, kind)}{i}"));
        head.AddRange([words.Heading(ImportField.PlatformNumber, kind), words.Heading(ImportField.State, kind)]);
        var rows = new List<IReadOnlyList<object?>> { head };
        for (var i = 0; i < listings.Count; i++)
        {
            var listing = listings[i];
            var row = new List<object?>(columns.Select(f => f == ImportField.Quantities ? written[i] ?? "" : Value(f, listing, words, numbers)));
            for (var q = 0; q < apart; q++)
            {
                var quantity = written[i] is null ? listing.Content.Quantities.ElementAtOrDefault(q) : null;
                row.AddRange(quantity is null ? [null, null, null, null, null]
                    : [quantity.Name, words.Name("ComparisonWord", quantity.Comparison.ToString()), Number(quantity.Value, numbers), Number(quantity.High, numbers), quantity.Unit]);
            }
            row.AddRange([listing.Number ?? "", words.Name("State", listing.State.ToString())]);
            rows.Add(row);
        }
        return rows;
    }

    private static readonly ImportField[] QuantityColumns = [ImportField.QuantityName, ImportField.QuantityComparison, ImportField.QuantityValue, ImportField.QuantityHigh, ImportField.QuantityUnit];

    private static object? Value(ImportField field, ExportedListing listing, ImportWords words, bool numbers)
    {
        var content = listing.Content;
        var need = content as NeedContent;
        var achievement = content as AchievementContent;
        return field switch
        {
            ImportField.ExternalNumber => listing.ExternalNumber,
            ImportField.CreditCode => listing.CreditCode,
            ImportField.OrganizationName => listing.OrganizationName,
            ImportField.Title => content.Title,
            ImportField.Summary => content.Summary,
            ImportField.Description => content.Description,
            ImportField.Keywords => string.Join('；', content.Keywords),
            ImportField.Field => Code(words, "Field", content.Field),
            ImportField.Industry => words.Industry(content.Industry),
            ImportField.Region => content.Region.Length == 0 ? "" : words.Name("Region", content.Region),
            ImportField.Cooperation => string.Join('；', content.Cooperation.Select(m => words.Name("Mode", m.ToString()))),
            ImportField.Money => Number(content.Money, numbers),
            ImportField.ValidUntil => Day(content.ValidUntil),
            ImportField.ContactName => listing.Contact.Name,
            ImportField.ContactPhone => listing.Contact.Phone,
            ImportField.ContactMail => listing.Contact.Mail,
            ImportField.Payment => Code(words, "Payment", content.Payment),
            ImportField.Disclosure => words.Name("Disclosure", content.Disclosure.ToString()),
            ImportField.Kind => Code(words, "NeedKind", need?.Kind),
            ImportField.Horizon => Code(words, "Horizon", need?.Horizon),
            ImportField.WorkDone => need?.WorkDone,
            ImportField.Deadline => Day(need?.Deadline),
            ImportField.MinimumTrl => Number(need?.MinimumTrl, numbers),
            ImportField.Openness => Code(words, "Openness", need?.Openness),
            ImportField.Consents => string.Join('；', (need?.Consents ?? []).Select(c => words.Name("Consent", c.ToString()))),
            ImportField.Reward => Number(need?.Reward, numbers),
            ImportField.Scale => Code(words, "TrlScale", achievement?.Scale),
            ImportField.Level => Code(words, "EvaluationLevel", achievement?.Level),
            ImportField.Attribute => Code(words, "AchievementAttribute", achievement?.Attribute),
            ImportField.Rights => string.Join('；', achievement?.Rights ?? []),
            ImportField.Trl => Number(achievement?.Trl, numbers),
            ImportField.Stage => Code(words, "Stage", achievement?.Stage),
            ImportField.Ip => Code(words, "Ip", achievement?.Ip),
            ImportField.IpNumber => achievement?.IpNumber,
            ImportField.Flags => string.Join('；', (achievement?.Flags ?? []).Select(f => words.Name("Flag", f.ToString()))),
            ImportField.Evaluation => achievement?.Evaluation,
            ImportField.Inventors => achievement?.Inventors,
            _ => throw new InvalidOperationException($"{field} is no column of a table of records."),
        };
    }

    private static string Code<T>(ImportWords words, string list, T? code) where T : struct, Enum => code is { } known ? words.Name(list, known.ToString()) : "";

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A number where a spreadsheet keeps it exactly, else its digits as text.</summary>
    private static object? Number(decimal? value, bool asNumber)
    {
        if (value is not { } number) return null;
        var exact = asNumber && decimal.Parse(((double)number).ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture) == number;
        return exact ? number : number.ToString("0.############", CultureInfo.InvariantCulture);
    }
}
