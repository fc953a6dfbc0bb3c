using System.Text;

namespace Matchmaking.Matching.Text;

/// <summary>
/// Words of a file that staff keep, one a line: <c>机密 ! 机密计算</c> means the word but not inside the words behind the mark.
/// Lines that begin with # are remarks. The file is read again when it has changed; while it cannot be read the words known before stay in force.
/// </summary>
public sealed class WordList
{
    private readonly KeptFile<IReadOnlyList<Word>> file;

    /// <summary>Opens a list.</summary>
    /// <param name="path">The file; a relative one is looked for in the folder of the program and its parents, then in the current one.</param>
    /// <exception cref="FileNotFoundException">There is no such file: a checker without its list would let everything pass.</exception>
    public WordList(string path) => file = new KeptFile<IReadOnlyList<Word>>(path, Read);

    /// <summary>Why the file could not be read again; null when it is up to date.</summary>
    public string? Trouble => file.Trouble;

    public int Count => file.Current().Count;

    /// <summary>Where the words stand in a text, blanks inside a word passed over (机 密); English words only whole.</summary>
    public IReadOnlyList<(int Start, int Length)> Find(string text)
    {
        var (dense, places) = Dense(text);
        var found = new List<(int, int)>();
        foreach (var word in file.Current())
        {
            for (var at = dense.IndexOf(word.Text, StringComparison.OrdinalIgnoreCase); at >= 0; at = dense.IndexOf(word.Text, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                if (!IsWhole(dense, at, word.Text) || word.Except.Exists(except => Covers(dense, at, word.Text, except))) continue;
                var start = places[at];
                found.Add((start, places[at + word.Text.Length - 1] + 1 - start));
            }
        }
        return found;
    }

    private static (string Dense, List<int> Places) Dense(string text)
    {
        var dense = new StringBuilder(text.Length);
        var places = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            // Between Latin letters a blank separates words; between Chinese ones it only hides them.
            if (char.IsWhiteSpace(text[i]) && !(i > 0 && char.IsAscii(text[i - 1]) && i + 1 < text.Length && char.IsAscii(text[i + 1]))) continue;
            if (char.GetUnicodeCategory(text[i]) == System.Globalization.UnicodeCategory.Format) continue;
            dense.Append(text[i]);
            places.Add(i);
        }
        return (dense.ToString(), places);
    }

    /// <summary>Whether a word of Latin letters stands at this place as a whole one; Chinese always does.</summary>
    internal static bool IsWhole(string text, int at, string word) =>
        !(char.IsAsciiLetterOrDigit(word[0]) && at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]))
        && !(char.IsAsciiLetterOrDigit(word[^1]) && at + word.Length < text.Length && char.IsAsciiLetter(text[at + word.Length]));

    /// <summary>Whether the word at this place is a part of the longer word that is allowed.</summary>
    private static bool Covers(string text, int at, string word, string except)
    {
        for (var offset = except.IndexOf(word, StringComparison.OrdinalIgnoreCase); offset >= 0; offset = except.IndexOf(word, offset + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at >= offset && string.Compare(text, at - offset, except, 0, except.Length, StringComparison.OrdinalIgnoreCase) == 0) return true;
        }
        return false;
    }

    private static List<Word> Read(string path)
    {
        var words = new List<Word>();
        foreach (var line in File.ReadLines(path, Encoding.UTF8))
        {
            var text = NeedLinter.Fold(line).Trim();
            if (text.Length == 0 || text[0] == '#') continue;
            var parts = text.Split('!', 2, StringSplitOptions.TrimEntries);
            var word = Dense(parts[0]).Dense;
            if (word.Length == 0) continue;
            words.Add(new Word(word, parts.Length < 2 ? [] : [.. parts[1].Split([',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]));
        }
        return words;
    }

    private sealed record Word(string Text, List<string> Except);
}
