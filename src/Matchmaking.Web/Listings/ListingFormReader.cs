using System.Globalization;
using System.Text;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;

namespace Matchmaking.Web.Listings;

/// <summary>What a typed form means, and what in it has no meaning. Fields of problems are names of <see cref="ListingInput"/>.</summary>
public sealed record ReadForm(ListingContent Content, Contact Contact, IReadOnlyList<Problem> Problems, IReadOnlyList<int> RowOfQuantity)
{
    /// <summary>A problem that the rules found in the content, at the row of the form it came from.</summary>
    public Problem AtInput(Problem problem)
    {
        const string Start = "Quantities[";
        if (!problem.Field.StartsWith(Start, StringComparison.Ordinal)) return problem;
        var end = problem.Field.IndexOf(']', StringComparison.Ordinal);
        var index = int.Parse(problem.Field.AsSpan(Start.Length, end - Start.Length), CultureInfo.InvariantCulture);
        return index < RowOfQuantity.Count ? problem with { Field = $"{Start}{RowOfQuantity[index]}{problem.Field[end..]}" } : problem;
    }

    /// <summary>The same for a finding of the checker.</summary>
    public LintFinding AtRow(LintFinding finding) => finding with { Field = AtInput(new Problem(finding.Field, "")).Field };
}

/// <summary>From typed text to content: cleans, parses numbers and dates, and says of each what could not be read.</summary>
public sealed class ListingFormReader
{
    private const decimal LargestNumber = 1_000_000_000_000_000m;
    private static readonly string[] DateShapes = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日"];

    private readonly List<Problem> problems = [];
    private readonly List<int> rowOfQuantity = [];

    private ListingFormReader() { }

    public static ReadForm Read(ListingInput input, ListingKind kind)
    {
        var reader = new ListingFormReader();
        var content = kind == ListingKind.Need ? (ListingContent)reader.Need(input) : reader.Achievement(input);
        var contact = new Contact(ListingRules.CleanLine(input.ContactName), ListingRules.CleanLine(input.ContactPhone), ListingRules.CleanLine(input.ContactMail));
        return new ReadForm(content, contact, reader.problems, reader.rowOfQuantity);
    }

    /// <summary>A day typed as 2027-06-30, also with / . or 年月日, also full-width; null when it is none.</summary>
    public static DateOnly? ParseDate(string text) =>
        DateOnly.TryParseExact(Narrow(text), DateShapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2100 ? day : null;

    private NeedContent Need(ListingInput input) => new()
    {
        Title = ListingRules.CleanLine(input.Title), Summary = ListingRules.Clean(input.Summary), Description = ListingRules.Clean(input.Description),
        Keywords = Keywords(input.Keywords), Field = Choice<TechnologyField>("Field", input.Field), Industry = ListingRules.CleanLine(input.Industry),
        Region = ListingRules.CleanLine(input.Region), Quantities = Quantities(input.Quantities), Cooperation = Choices<CooperationMode>("Cooperation", input.Cooperation),
        Money = Money(input.Money), Disclosure = Choice<Disclosure>("Disclosure", input.Disclosure) ?? default, ValidUntil = Date("ValidUntil", input.ValidUntil),
        Kind = Choice<NeedKind>("Kind", input.Kind), Horizon = Choice<Horizon>("Horizon", input.Horizon), WorkDone = ListingRules.Clean(input.WorkDone),
        Deadline = Date("Deadline", input.Deadline), MinimumTrl = Whole("MinimumTrl", input.MinimumTrl), Payment = Choice<PaymentMode>("Payment", input.Payment),
        Openness = Choice<Openness>("Openness", input.Openness), Consents = Choices<NeedConsent>("Consents", input.Consents), Reward = Number("Reward", input.Reward, 4),
    };

    private AchievementContent Achievement(ListingInput input) => new()
    {
        Title = ListingRules.CleanLine(input.Title), Summary = ListingRules.Clean(input.Summary), Description = ListingRules.Clean(input.Description),
        Keywords = Keywords(input.Keywords), Field = Choice<TechnologyField>("Field", input.Field), Industry = ListingRules.CleanLine(input.Industry),
        Region = ListingRules.CleanLine(input.Region), Quantities = Quantities(input.Quantities), Cooperation = Choices<CooperationMode>("Cooperation", input.Cooperation),
        Money = Money(input.Money), Disclosure = Choice<Disclosure>("Disclosure", input.Disclosure) ?? default, ValidUntil = Date("ValidUntil", input.ValidUntil),
        Trl = Whole("Trl", input.Trl), Stage = Choice<AchievementStage>("Stage", input.Stage), Ip = Choice<IpKind>("Ip", input.Ip),
        IpNumber = ListingRules.CleanLine(input.IpNumber), Flags = Choices<AchievementFlag>("Flags", input.Flags),
        Evaluation = ListingRules.Clean(input.Evaluation), Inventors = ListingRules.CleanLine(input.Inventors), Payment = Choice<PaymentMode>("Payment", input.Payment),
        Rights = Rights(input.Rights), Level = Choice<EvaluationLevel>("Level", input.Level), Attribute = Choice<AchievementAttribute>("Attribute", input.Attribute), Scale = Choice<TrlScale>("Scale", input.Scale),
    };

    /// <summary>One number a line or between commas, in its usual shape; what is none stays as typed for the rules to name.</summary>
    private static List<string> Rights(string text) =>
        [.. ListingRules.Clean(text).Split(['、', '，', ',', '；', ';', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(right => RightNumber.Read(right)?.Number ?? right).Distinct()];

    private static List<string> Keywords(string text) =>
        [.. ListingRules.Clean(text).Split(['、', '，', ',', '；', ';', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    private List<Quantity> Quantities(List<QuantityInput> rows)
    {
        var read = new List<Quantity>();
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.IsBlank) continue;
            var name = ListingRules.CleanLine(row.Name);
            var comparison = row.Comparison.Length == 0 ? Comparison.Ge : Choice<Comparison>($"Quantities[{i}].Comparison", row.Comparison) ?? Comparison.Ge;
            var value = Number($"Quantities[{i}].Value", row.Value, 6);
            if (value is null && Narrow(row.Value).Length == 0) problems.Add(new Problem($"Quantities[{i}].Value", "Missing"));
            // A second number belongs to ranges only; elsewhere it is left from another choice.
            var high = comparison == Comparison.Range ? Number($"Quantities[{i}].High", row.High, 6) : null;
            if (value is null) continue;
            read.Add(new Quantity(name, comparison, value.Value, high, ListingRules.CleanLine(row.Unit)));
            rowOfQuantity.Add(i);
        }
        return read;
    }

    private decimal? Money(string text) => Number("Money", text, 4);

    private int? Whole(string field, string text)
    {
        var narrow = Narrow(text);
        if (narrow.Length == 0) return null;
        if (int.TryParse(narrow, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        problems.Add(new Problem(field, "UnknownChoice", Quote(text)));
        return null;
    }

    private decimal? Number(string field, string text, int decimals)
    {
        var narrow = Narrow(text).Replace(",", "", StringComparison.Ordinal);
        if (narrow.Length == 0) return null;
        if (!decimal.TryParse(narrow, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            var digitsOnly = narrow.Trim('-', '+').All(c => char.IsAsciiDigit(c) || c == '.') && narrow.Any(char.IsAsciiDigit) && narrow.Count(c => c == '.') <= 1;
            problems.Add(new Problem(field, digitsOnly ? "NumberTooLarge" : "NotANumber", Quote(text)));
            return null;
        }
        if (Math.Abs(number) > LargestNumber)
        {
            problems.Add(new Problem(field, "NumberTooLarge", Quote(text)));
            return null;
        }
        if (decimal.Round(number, decimals) != number)
        {
            problems.Add(new Problem(field, "TooManyDecimals", Quote(text), decimals));
            return null;
        }
        return number;
    }

    private DateOnly? Date(string field, string text)
    {
        if (Narrow(text).Length == 0) return null;
        var day = ParseDate(text);
        if (day is null) problems.Add(new Problem(field, "NotADate", Quote(text)));
        return day;
    }

    /// <summary>A code by its name and nothing else: numbers and lists of names, which Enum.TryParse takes, are no choices.</summary>
    private T? Choice<T>(string field, string text) where T : struct, Enum
    {
        if (text.Length == 0) return null;
        if (Enum.GetNames<T>().Contains(text)) return Enum.Parse<T>(text);
        problems.Add(new Problem(field, "UnknownChoice", Quote(text)));
        return null;
    }

    private List<T> Choices<T>(string field, IReadOnlyList<string> texts) where T : struct, Enum =>
        [.. texts.Select(text => Choice<T>(field, text)).Where(choice => choice is not null).Select(choice => choice!.Value).Distinct()];

    /// <summary>Full-width digits and signs made narrow; typed numbers and dates in any input method.</summary>
    private static string Narrow(string text)
    {
        var clean = ListingRules.CleanLine(text).Normalize(NormalizationForm.FormKC);
        return clean.Replace(" ", "", StringComparison.Ordinal).Replace('−', '-').Replace('。', '.');
    }

    /// <summary>What stands there, for the message; long texts are cut.</summary>
    private static string Quote(string text)
    {
        var clean = ListingRules.CleanLine(text);
        return clean.Length <= 20 ? clean : ListingRules.Clean(clean[..20]) + "…";
    }
}
