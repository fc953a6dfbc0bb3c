using System.Text.Json;
using System.Text.Json.Serialization;
using Matchmaking.Matching.Text;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Text;

/// <summary>What a broker would say of an own text. <c>mark</c> is the place; empty where the whole draft is meant.</summary>
internal sealed record LintExpected(LintRule Rule, string Field, string Mark);

internal sealed record LintRow(string Name, Comparison Comparison, string Value, string Unit);

/// <param name="Round">1: the rules were written with these texts in view. 2: written when the rules were fixed, measured once as they were, and looked at only then.</param>
internal sealed record LintCase(
    string Id, string? Title, string? Summary, string? Description, string? WorkDone, IReadOnlyList<LintRow>? Quantities,
    bool Deadline, bool Budget, bool Anonymous, IReadOnlyList<LintExpected> Expected, int Round)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static IReadOnlyList<LintCase> All { get; } = [.. File.ReadLines(Repository.Path("tests", "Matchmaking.Tests", "Text", "lint-gold.jsonl"))
        .Select(line => JsonSerializer.Deserialize<LintCase>(line, Json)!)];

    public LintDraft Draft() => new()
    {
        Title = Title ?? "", Summary = Summary ?? "", Description = Description ?? "", WorkDone = WorkDone ?? "", HasDeadline = Deadline, HasBudget = Budget, Anonymous = Anonymous,
        Quantities = [.. (Quantities ?? []).Select(r => new Quantity(r.Name, r.Comparison, decimal.Parse(r.Value, System.Globalization.CultureInfo.InvariantCulture), null, r.Unit))],
    };

    /// <summary>Whether the finding is the expected one: the same rule and, where a place is given, a place that touches it.</summary>
    public bool IsHit(LintExpected expected, LintFinding finding)
    {
        if (finding.Rule != expected.Rule) return false;
        if (expected.Mark.Length == 0 || expected.Field == "quantities") return true;
        var text = expected.Field switch { "title" => Title!, "summary" => Summary!, "workDone" => WorkDone!, _ => Description! };
        var at = text.IndexOf(expected.Mark, StringComparison.Ordinal);
        return finding.Field.Equals(expected.Field, StringComparison.OrdinalIgnoreCase) && finding.Start < at + expected.Mark.Length && at < finding.Start + finding.Length;
    }
}

/// <summary>True findings, false ones, missed ones of one rule.</summary>
internal sealed record LintScore(int True, int False, int Missed)
{
    public double Precision => True + False == 0 ? 1 : (double)True / (True + False);
    public double Recall => True + Missed == 0 ? 1 : (double)True / (True + Missed);

    public static Dictionary<LintRule, LintScore> Of(NeedLinter linter, IEnumerable<LintCase> cases)
    {
        var scores = Enum.GetValues<LintRule>().ToDictionary(rule => rule, _ => new LintScore(0, 0, 0));
        foreach (var text in cases)
        {
            var left = linter.Check(text.Draft(), VaguenessScale.Shipped).ToList();
            foreach (var expected in text.Expected)
            {
                var hit = left.FirstOrDefault(finding => text.IsHit(expected, finding));
                var score = scores[expected.Rule];
                scores[expected.Rule] = hit is null ? score with { Missed = score.Missed + 1 } : score with { True = score.True + 1 };
                if (hit is not null) left.Remove(hit);
            }
            foreach (var finding in left) scores[finding.Rule] = scores[finding.Rule] with { False = scores[finding.Rule].False + 1 };
        }
        return scores;
    }
}
