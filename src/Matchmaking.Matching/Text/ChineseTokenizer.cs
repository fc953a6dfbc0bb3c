using System.Globalization;
using System.Text;

namespace Matchmaking.Matching.Text;

/// <summary>
/// Cuts text into words for both search engines, so that they rank alike. Words never contain white space.
/// Any string is legal; nothing here throws.
/// </summary>
public static class ChineseTokenizer
{
    /// <summary>
    /// Chinese runs as overlapping bigrams (a lone character stays itself), words and numbers whole, and a number with its unit
    /// once more as one word: 碳纤维≥5.5 GPa → 碳纤, 纤维, 5.5, 5.5gpa, gpa.
    /// </summary>
    public static IReadOnlyList<string> Bigrams(string text) => BigramsOf(Normalize(text));

    /// <summary>Every Chinese character by itself, words and numbers whole: 碳纤维 5.5 GPa → 碳, 纤, 维, 5.5, gpa.</summary>
    public static IReadOnlyList<string> Characters(string text) => CharactersOf(Normalize(text));

    /// <summary>As <see cref="Bigrams"/>, of a text that is normalised already.</summary>
    internal static IReadOnlyList<string> BigramsOf(string normalized) => Cut(normalized, single: false);

    /// <summary>As <see cref="Characters"/>, of a text that is normalised already.</summary>
    internal static IReadOnlyList<string> CharactersOf(string normalized) => Cut(normalized, single: true);

    /// <summary>Compatibility forms folded (NFKC), lower-cased, white space to single spaces, invisible and broken characters dropped.</summary>
    public static string Normalize(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";

        var clean = Clean(text).Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var result = new StringBuilder(clean.Length);
        foreach (var c in clean)
        {
            if (!char.IsWhiteSpace(c)) result.Append(c);
            else if (result.Length > 0 && result[^1] != ' ') result.Append(' ');
        }
        if (result.Length > 0 && result[^1] == ' ') result.Length--;
        // NFKC takes ℃ apart; written either way it shall be one sign.
        return result.Replace("°c", "℃").Replace("°f", "℉").ToString();
    }

    /// <summary>Whether a word is one Chinese character, as a lone character of a query is.</summary>
    public static bool IsLoneCharacter(string word) =>
        Rune.TryGetRuneAt(word, 0, out var rune) && rune.Utf16SequenceLength == word.Length && IsChinese(rune);

    internal static bool IsChinese(Rune rune) => rune.Value is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0xF900 and <= 0xFAFF) or 0x3007 or (>= 0x20000 and <= 0x323AF);

    private static string Clean(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                var rune = new Rune(c, text[++i]);
                if ((rune.Value & 0xFFFE) != 0xFFFE && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format) result.Append(rune.ToString());
            }
            else if (char.IsWhiteSpace(c))
            {
                result.Append(' ');
            }
            // U+FFFE and U+FFFF are no characters, and string.Normalize refuses them.
            else if (!char.IsSurrogate(c) && c < 0xFFFE && char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            {
                result.Append(c);
            }
        }
        return result.ToString();
    }

    private static List<string> Cut(string source, bool single)
    {
        var words = new List<string>(source.Length);
        for (var at = 0; at < source.Length;)
        {
            var rune = Rune.GetRuneAt(source, at);
            if (IsChinese(rune)) at = CutChinese(source, at, single, words);
            else if (IsDigit(source[at])) at = CutNumber(source, at, single, words);
            else if (Rune.IsLetter(rune)) at = CutWord(source, at, words);
            else at += rune.Utf16SequenceLength;
        }
        return words;
    }

    private static int CutChinese(string source, int start, bool single, List<string> words)
    {
        int at = start, before = -1;
        while (at < source.Length && Rune.GetRuneAt(source, at) is var rune && IsChinese(rune))
        {
            var next = at + rune.Utf16SequenceLength;
            if (single) words.Add(source[at..next]);
            else if (before >= 0) words.Add(source[before..next]);
            before = at;
            at = next;
        }
        if (!single && before == start) words.Add(source[start..at]);
        return at;
    }

    private static int CutNumber(string source, int start, bool single, List<string> words)
    {
        var at = EndOfDigits(source, start);
        if (at + 1 < source.Length && source[at] == '.' && IsDigit(source[at + 1])) at = EndOfDigits(source, at + 1);

        words.Add(source[start..at]);
        if (!single && UnitWords.After(source, at) is { Length: > 0 } unit) words.Add(string.Concat(source.AsSpan(start, at - start), unit));
        return at;
    }

    // Digits inside a word stay with it: co2, rg3, lifepo4.
    private static int CutWord(string source, int start, List<string> words)
    {
        var at = start;
        while (at < source.Length && Rune.GetRuneAt(source, at) is var rune && (IsDigit(source[at]) || Rune.IsLetter(rune) && !IsChinese(rune)))
            at += rune.Utf16SequenceLength;
        words.Add(source[start..at]);
        return at;
    }

    private static int EndOfDigits(string source, int at)
    {
        while (at < source.Length && IsDigit(source[at])) at++;
        return at;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
