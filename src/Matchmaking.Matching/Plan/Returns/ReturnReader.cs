using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Plan.Returns;

/// <summary>A line as it is typed in the form or stands in a table.</summary>
/// <param name="Confirm">The doubtful value that was ticked, as <see cref="IndicatorValue.Plain"/>.</param>
public sealed record TypedLine(string Code, string? Value, string? Numerator, string? Denominator, string? Source, string? Note, string? Confirm);

/// <param name="Number">Registration number.</param>
public sealed record TypedClaim(int Row, string? Code, string? Number, string? Amount);

/// <summary>Whose problem it is: the line's code, or the claim's row.</summary>
public sealed record ReturnProblem(string? Code, int? Row, string Field, string Text, params object[] Arguments);

/// <summary>Typed lines and claims become those of a return, or what is wrong with them; the form and the table are read by the same rules.</summary>
public static class ReturnReader
{
    /// <param name="last">The value of each indicator that was reported last, by which a doubtful one is known.</param>
    public static (IReadOnlyList<ReturnLine> Lines, IReadOnlyList<ReturnProblem> Problems) Lines(string department, IEnumerable<TypedLine> typed, IReadOnlyDictionary<string, decimal> last)
    {
        var led = PlanDepartments.LedBy(department);
        var (lines, problems) = (new List<ReturnLine>(), new List<ReturnProblem>());
        foreach (var line in typed)
        {
            void Complain(string field, string text, params object[] arguments) => problems.Add(new ReturnProblem(line.Code, null, field, text, arguments));
            if (led.FirstOrDefault(i => i.Code == line.Code) is not { } indicator)
            {
                Complain(nameof(TypedLine.Code), "Return.NotYours", line.Code);
                continue;
            }
            if (lines.Any(l => l.Code == line.Code)) Complain(nameof(TypedLine.Code), "Return.Twice", line.Code);
            var (source, note) = (ListingRules.Clean(line.Source), ListingRules.Clean(line.Note));
            if (source.Length > IndicatorReport.MaxSource) Complain(nameof(TypedLine.Source), "Document.TooLong", source.Length, IndicatorReport.MaxSource);
            if (note.Length > ReturnLine.MaxNote) Complain(nameof(TypedLine.Note), "Return.TooLong", note.Length, ReturnLine.MaxNote);
            decimal? Number(string field, string? text)
            {
                if (string.IsNullOrWhiteSpace(text)) return null;
                var (number, wrong) = IndicatorValue.Read(text);
                if (wrong is not null) Complain(field, "Value." + wrong, wrong switch { "TooLarge" => IndicatorReport.MaxValue, "TooFine" => IndicatorReport.Decimals, _ => text.Trim() });
                return number;
            }
            decimal? value = null, numerator = null, denominator = null;
            if (indicator.Kind == IndicatorKind.Ratio)
            {
                (numerator, denominator) = (Number(nameof(TypedLine.Numerator), line.Numerator), Number(nameof(TypedLine.Denominator), line.Denominator));
                if (numerator is not null && denominator is null && string.IsNullOrWhiteSpace(line.Denominator)) Complain(nameof(TypedLine.Denominator), "Return.NoDenominator");
                if (denominator is not null && numerator is null && string.IsNullOrWhiteSpace(line.Numerator)) Complain(nameof(TypedLine.Numerator), "Return.NoNumerator");
                if (denominator == 0) Complain(nameof(TypedLine.Denominator), "Return.DenominatorZero");
                else if (numerator > denominator) Complain(nameof(TypedLine.Numerator), "Return.NumeratorLarger");
                else if (numerator is { } part && denominator is { } whole) value = decimal.Round(100m * part / whole, IndicatorReport.Decimals);
            }
            else
            {
                value = Number(nameof(TypedLine.Value), line.Value);
            }
            if (value is { } known && IndicatorReport.IsDoubtful(known, last.TryGetValue(line.Code, out var before) ? before : null, indicator.Target) && known != 0 && line.Confirm != IndicatorValue.Plain(known))
                Complain(nameof(TypedLine.Confirm), "Return.Doubtful", known, last.TryGetValue(line.Code, out var measure) && measure > 0 ? measure : indicator.Target, IndicatorReport.DoubtfulFactor);
            lines.Add(new ReturnLine(line.Code, value, numerator, denominator, source, note));
        }
        return (lines, problems);
    }

    public static (IReadOnlyList<ReturnClaim> Claims, IReadOnlyList<ReturnProblem> Problems) Claims(string department, IReadOnlyList<TypedClaim> typed)
    {
        var ours = PlanDepartments.Of(department).Select(i => i.Code).ToHashSet();
        var (claims, problems, known) = (new List<ReturnClaim>(), new List<ReturnProblem>(), new HashSet<(string, string)>());
        if (typed.Count > ReturnClaim.Most) problems.Add(new ReturnProblem(null, typed[ReturnClaim.Most].Row, nameof(TypedClaim.Number), "Claim.TooMany", typed.Count, ReturnClaim.Most));
        foreach (var claim in typed)
        {
            void Complain(string field, string text, params object[] arguments) => problems.Add(new ReturnProblem(null, claim.Row, field, text, arguments));
            var (code, number) = (ListingRules.CleanLine(claim.Code), ListingRules.CleanLine(claim.Number).Replace(" ", "", StringComparison.Ordinal));
            var before = problems.Count;
            if (!ours.Contains(code)) Complain(nameof(TypedClaim.Code), "Claim.NotYours", code);
            if (number.Length == 0) Complain(nameof(TypedClaim.Number), "Claim.NoNumber");
            if (number.Length > ReturnClaim.MaxNumber) Complain(nameof(TypedClaim.Number), "Return.TooLong", number.Length, ReturnClaim.MaxNumber);
            decimal? amount = null;
            if (!string.IsNullOrWhiteSpace(claim.Amount))
            {
                (amount, var wrong) = IndicatorValue.Read(claim.Amount);
                if (wrong is not null) Complain(nameof(TypedClaim.Amount), "Value." + wrong, wrong switch { "TooLarge" => IndicatorReport.MaxValue, "TooFine" => IndicatorReport.Decimals, _ => claim.Amount.Trim() });
            }
            if (!known.Add((code, number)) && number.Length > 0) Complain(nameof(TypedClaim.Number), "Claim.Twice", number, code);
            if (problems.Count == before) claims.Add(new ReturnClaim(code, number, amount));
        }
        return (claims, problems);
    }
}
