using System.Text.RegularExpressions;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Matchmaking.Matching.Writing;
using Matchmaking.Web.Components;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Writing;

/// <summary>What the checker says of a form.</summary>
/// <param name="Digest">Names the kinds of findings; empty when there are none.</param>
public sealed record WritingFindings(IReadOnlyList<CheckFinding> Shown, string Digest, bool Blocked);

/// <summary>The words around a marked place.</summary>
public sealed record CheckExcerpt(string Before, string Marked, string After);

/// <summary>The checker for forms: findings at the fields and rows as they stand in the form.</summary>
public sealed partial class WritingCheck(DraftChecker checker, CheckWords words, IStringLocalizer<WritingText> text)
{
    private const int Around = 14;
    private const int MostMarked = 40;

    public string BlockedTitle => text["Blocked.Title"];

    public async Task<WritingFindings> CheckAsync(ReadForm read, ListingKind kind, string ownerName, CancellationToken cancellationToken)
    {
        var findings = await checker.CheckAsync(read.Content, ownerName, cancellationToken);
        return new WritingFindings([.. findings.Select(f => words.Of(read.AtRow(f), kind))], CheckWords.Digest(findings), findings.Any(f => f.Severity == LintSeverity.Blocks));
    }

    /// <summary>Name of the form's field: description → Input.Description, keywords[1] → Input.Keywords, quantities[2].unit → Input.Quantities[2].Unit.</summary>
    public static string InputName(string field)
    {
        if (field.StartsWith("keywords", StringComparison.Ordinal)) return ListingInput.Prefix + ".Keywords";
        return ListingInput.Prefix + "." + string.Join('.', field.Split('.').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }

    public static string ElementId(string field) => FormErrorsTagHelper.IdOf(InputName(field));

    /// <summary>Where the finding stands in what was typed; null when it is about a whole field. Places count in the cleaned text, which what was typed is after a save.</summary>
    public static CheckExcerpt? Excerpt(CheckFinding finding, ListingInput input)
    {
        var source = finding.Field switch
        {
            "title" => ListingRules.CleanLine(input.Title), "summary" => ListingRules.Clean(input.Summary),
            "description" => ListingRules.Clean(input.Description), "workDone" => ListingRules.Clean(input.WorkDone), _ => "",
        };
        if (finding.Length == 0 || finding.Start + finding.Length > source.Length) return null;
        var from = Math.Max(0, finding.Start - Around);
        var end = finding.Start + finding.Length;
        var to = Math.Min(source.Length, end + Around);
        return new CheckExcerpt(
            (from > 0 ? "…" : "") + Line(source[from..finding.Start]), Line(source.Substring(finding.Start, Math.Min(finding.Length, MostMarked))), Line(source[end..to]) + (to < source.Length ? "…" : ""));
    }

    // Half an emoji at the edge would not be legal text.
    private static string Line(string text) => Edges().Replace(text.Replace('\n', ' '), "");

    [GeneratedRegex(@"^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$")]
    private static partial Regex Edges();
}
