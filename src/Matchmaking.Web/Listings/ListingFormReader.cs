using System.Globalization;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Matchmaking.Web.Forms;

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
    /// <summary>What a listing speaks of does not lie before.</summary>
    private const int FirstYear = 2000;

    private readonly TypedFields typed = new();
    private readonly List<int> rowOfQuantity = [];

    private ListingFormReader() { }

    public static ReadForm Read(ListingInput input, ListingKind kind)
    {
        var reader = new ListingFormReader();
        var content = kind == ListingKind.Need ? (ListingContent)reader.Need(input) : reader.Achievement(input);
        var contact = new Contact(ListingRules.CleanLine(input.ContactName), ListingRules.CleanLine(input.ContactPhone), ListingRules.CleanLine(input.ContactMail));
        return new ReadForm(content, contact, reader.typed.Problems, reader.rowOfQuantity);
    }

    /// <summary>A day typed as 2027-06-30, also with / . or 年月日, also full-width; null when it is none.</summary>
    public static DateOnly? ParseDate(string text) => TypedFields.Day(text, FirstYear);

    private NeedContent Need(ListingInput input) => new()
    {
        Title = ListingRules.CleanLine(input.Title), Summary = ListingRules.Clean(input.Summary), Description = ListingRules.Clean(input.Description),
        Keywords = Keywords(input.Keywords), Field = typed.Choice<TechnologyField>("Field", input.Field), Industry = ListingRules.CleanLine(input.Industry),
        Region = ListingRules.CleanLine(input.Region), Quantities = Quantities(input.Quantities), Cooperation = typed.Choices<CooperationMode>("Cooperation", input.Cooperation),
        Money = Money(input.Money), Disclosure = typed.Choice<Disclosure>("Disclosure", input.Disclosure) ?? default, ValidUntil = Date("ValidUntil", input.ValidUntil),
        Kind = typed.Choice<NeedKind>("Kind", input.Kind), Horizon = typed.Choice<Horizon>("Horizon", input.Horizon), WorkDone = ListingRules.Clean(input.WorkDone),
        Deadline = Date("Deadline", input.Deadline), MinimumTrl = Whole("MinimumTrl", input.MinimumTrl), Payment = typed.Choice<PaymentMode>("Payment", input.Payment),
        Openness = typed.Choice<Openness>("Openness", input.Openness), Consents = typed.Choices<NeedConsent>("Consents", input.Consents), Reward = typed.Number("Reward", input.Reward, 4),
    };

    private AchievementContent Achievement(ListingInput input) => new()
    {
        Title = ListingRules.CleanLine(input.Title), Summary = ListingRules.Clean(input.Summary), Description = ListingRules.Clean(input.Description),
        Keywords = Keywords(input.Keywords), Field = typed.Choice<TechnologyField>("Field", input.Field), Industry = ListingRules.CleanLine(input.Industry),
        Region = ListingRules.CleanLine(input.Region), Quantities = Quantities(input.Quantities), Cooperation = typed.Choices<CooperationMode>("Cooperation", input.Cooperation),
        Money = Money(input.Money), Disclosure = typed.Choice<Disclosure>("Disclosure", input.Disclosure) ?? default, ValidUntil = Date("ValidUntil", input.ValidUntil),
        Trl = Whole("Trl", input.Trl), Stage = typed.Choice<AchievementStage>("Stage", input.Stage), Ip = typed.Choice<IpKind>("Ip", input.Ip),
        IpNumber = ListingRules.CleanLine(input.IpNumber), Flags = typed.Choices<AchievementFlag>("Flags", input.Flags),
        Evaluation = ListingRules.Clean(input.Evaluation), Inventors = ListingRules.CleanLine(input.Inventors), Payment = typed.Choice<PaymentMode>("Payment", input.Payment),
        Rights = Rights(input.Rights), Level = typed.Choice<EvaluationLevel>("Level", input.Level), Attribute = typed.Choice<AchievementAttribute>("Attribute", input.Attribute), Scale = typed.Choice<TrlScale>("Scale", input.Scale),
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
            var comparison = row.Comparison.Length == 0 ? Comparison.Ge : typed.Choice<Comparison>($"Quantities[{i}].Comparison", row.Comparison) ?? Comparison.Ge;
            var value = typed.Number($"Quantities[{i}].Value", row.Value, 6);
            if (value is null && TypedFields.Narrow(row.Value).Length == 0) typed.Add($"Quantities[{i}].Value", "Missing");
            // A second number belongs to ranges only; elsewhere it is left from another choice.
            var high = comparison == Comparison.Range ? typed.Number($"Quantities[{i}].High", row.High, 6) : null;
            if (value is null) continue;
            read.Add(new Quantity(name, comparison, value.Value, high, ListingRules.CleanLine(row.Unit)));
            rowOfQuantity.Add(i);
        }
        return read;
    }

    private decimal? Money(string text) => typed.Number("Money", text, 4);

    private int? Whole(string field, string text)
    {
        var narrow = TypedFields.Narrow(text);
        if (narrow.Length == 0) return null;
        if (int.TryParse(narrow, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        typed.Add(field, "UnknownChoice", TypedFields.Quote(text));
        return null;
    }

    private DateOnly? Date(string field, string text)
    {
        if (TypedFields.Narrow(text).Length == 0) return null;
        var day = ParseDate(text);
        if (day is null) typed.Add(field, "NotADate", TypedFields.Quote(text));
        return day;
    }
}
