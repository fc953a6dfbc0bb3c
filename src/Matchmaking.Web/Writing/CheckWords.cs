using System.Security.Cryptography;
using System.Text;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Matchmaking.Web.Listings;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Writing;

/// <summary>A finding in the reader's language.</summary>
/// <param name="Rule">Code of the rule; stays the same in every language.</param>
/// <param name="Severity">Advice, or Blocks: the text cannot be submitted as it is.</param>
/// <param name="Field">Name of the field: title, summary, description, workDone, keywords[1], quantities[2].unit, deadline, money.</param>
/// <param name="Start">First marked character of the field's text, counted in UTF-16 units as a browser does; 0 with length 0 when the field as a whole is meant.</param>
/// <param name="Length">Marked characters.</param>
/// <param name="Label">Name of the field for people.</param>
/// <param name="Name">What is the matter, in a few words.</param>
/// <param name="Reason">Why it matters.</param>
/// <param name="Better">An example of better.</param>
public sealed record CheckFinding(string Rule, string Severity, string Field, int Start, int Length, string Label, string Name, string Reason, string Better);

/// <summary>Puts the checker's findings into words and keeps count of which a person has seen.</summary>
public sealed class CheckWords(IStringLocalizer<WritingText> text, ListingMessages messages)
{
    public CheckFinding Of(LintFinding finding, ListingKind kind) => new(
        finding.Rule.ToString(), finding.Severity.ToString(), Camel(finding.Field), finding.Start, finding.Length, LabelOf(finding.Field, kind),
        text[finding.Rule + ".Name"], text[finding.Rule + ".Why", [.. finding.Arguments]], text[finding.Rule + ".Better"]);

    /// <summary>Names the kinds of findings, not their texts: who has seen these may submit, whatever words he changed meanwhile.</summary>
    public static string Digest(IEnumerable<LintFinding> findings)
    {
        var kinds = string.Join(' ', findings.Select(f => f.Rule.ToString()).Distinct().Order(StringComparer.Ordinal));
        return kinds.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kinds)))[..12];
    }

    private string LabelOf(string field, ListingKind kind) =>
        field.StartsWith("Keywords[", StringComparison.Ordinal) ? messages.Label("Keywords", kind) : messages.Label(field, kind);

    private static string Camel(string field) => string.Join('.', field.Split('.').Select(part => char.ToLowerInvariant(part[0]) + part[1..]));
}
