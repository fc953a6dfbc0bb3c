using System.Text.RegularExpressions;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Web.Cases;

/// <summary>What may stand in a text that the other side reads while it does not yet know who writes.</summary>
public static partial class CaseWords
{
    [GeneratedRegex(@"(?<!\d)(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[\s-]?\d{7,8}|400[\s-]?\d{3}[\s-]?\d{4})(?!\d)")]
    private static partial Regex Phone();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.[\w.-]+")]
    private static partial Regex Mail();

    [GeneratedRegex(@"(?:微信|wechat|weixin|QQ)\s*(?:号)?\s*[:：]?\s*[A-Za-z0-9_-]{5,}", RegexOptions.IgnoreCase)]
    private static partial Regex Chat();

    /// <summary>A phone number, mail or chat address in the text, as it stands there; null when there is none.</summary>
    public static string? ContactIn(string text)
    {
        var folded = text.Normalize(System.Text.NormalizationForm.FormKC);
        foreach (var pattern in new[] { Phone(), Mail(), Chat() })
            if (pattern.Match(folded) is { Success: true } found) return found.Value;
        return null;
    }

    /// <summary>The name of an anonymous writer in his own text; null when it does not stand there.</summary>
    public static string? NameIn(string text, string organization) =>
        ListingRules.CheckAnonymity(new NeedContent { Description = text, Disclosure = Disclosure.Anonymous }, organization) is [{ Arguments: [var name, ..] }, ..] ? name.ToString() : null;
}
