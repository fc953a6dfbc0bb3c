using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Matchmaking.Jobs.Resources;
using Matchmaking.Matching.Notices;

namespace Matchmaking.Jobs.Mail;

/// <summary>
/// From a notice to words, in the language of the person. Callers may give fewer arguments than a text has places: a part in square brackets that misses
/// one vanishes, and nothing else can go wrong with an argument, whatever stands in it.
/// </summary>
public static partial class NoticeWords
{
    private static readonly ResourceManager Words = new(typeof(NoticesText));

    public static CultureInfo CultureOf(string language) => CultureInfo.GetCultureInfo(language == "en" ? "en" : "zh-CN");

    public static string Title(NoticeKind kind, CultureInfo culture) => Say($"{kind}.Title", culture);

    public static string Text(NoticeKind kind, IReadOnlyList<string> arguments, CultureInfo culture) => Say($"{kind}.Text", culture, [.. arguments]);

    /// <exception cref="MissingManifestResourceException">There is no such word.</exception>
    public static string Say(string key, CultureInfo culture, params ReadOnlySpan<string> arguments)
    {
        var pattern = Words.GetString(key, culture) ?? throw new MissingManifestResourceException($"NoticesText has no {key}.");
        var said = new string[arguments.Length];
        for (var i = 0; i < arguments.Length; i++) said[i] = Argument(arguments[i], culture);
        string Of(Match place) => int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture) is var n && n < said.Length ? said[n] : "";
        var kept = Part().Replace(pattern, part => Place().Matches(part.Value).All(place => Of(place).Length > 0) ? part.Groups[1].Value : "");
        return Place().Replace(kept, Of);
    }

    /// <summary>A code in the person's language; an unknown one, and all else, as it stands, on one line.</summary>
    private static string Argument(string? argument, CultureInfo culture)
    {
        var text = string.Join(' ', (argument ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.StartsWith('@') ? Words.GetString("Code." + text[1..], culture) ?? text[1..] : text;
    }

    [GeneratedRegex(@"\[([^\[\]]*)\]")]
    private static partial Regex Part();

    [GeneratedRegex(@"\{([0-9])\}")]
    private static partial Regex Place();
}
