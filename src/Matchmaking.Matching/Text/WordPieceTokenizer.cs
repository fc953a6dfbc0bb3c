using System.Globalization;
using System.Text;

namespace Matchmaking.Matching.Text;

/// <summary>
/// The model's own cutting: clean, spaces round Chinese characters, strip accents, lower-case, split at white space and punctuation,
/// then the longest pieces of the vocabulary. Written here because <c>Microsoft.ML.Tokenizers.BertTokenizer</c> splits off symbols
/// such as ≥, which the model's makers did not, so its ids differ from those the model was trained on.
/// </summary>
internal sealed class WordPieceTokenizer
{
    private const int LongestWord = 100;

    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> starts;
    // Pieces inside a word, written ##x in the vocabulary, are kept without the marks.
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> inner;
    private readonly int unknown;
    private readonly int first;
    private readonly int last;

    private WordPieceTokenizer(IEnumerable<string> vocabulary)
    {
        ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var continuations = new Dictionary<string, int>(StringComparer.Ordinal);
        var id = 0;
        foreach (var piece in vocabulary)
        {
            if (piece.StartsWith("##", StringComparison.Ordinal) && piece.Length > 2) continuations[piece[2..]] = id;
            ids[piece] = id++;
        }
        starts = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        inner = continuations.GetAlternateLookup<ReadOnlySpan<char>>();
        unknown = Special("[UNK]");
        first = Special("[CLS]");
        last = Special("[SEP]");
    }

    /// <summary>Reads a vocabulary with one piece a line; the line's number from 0 is its id.</summary>
    public static WordPieceTokenizer Open(string vocabulary) => new(File.ReadLines(vocabulary));

    /// <summary>Ids with [CLS] before and [SEP] behind, at most <paramref name="limit"/> together.</summary>
    public int[] Encode(string text, int limit)
    {
        var clean = Clean(text);
        var result = new List<int>(Math.Min(limit, clean.Length + 2)) { first };
        for (var at = 0; at < clean.Length && result.Count < limit;)
        {
            var start = at;
            var rune = RuneAt(clean, at);
            at += rune.Utf16SequenceLength;
            if (rune.Value == ' ') continue;

            if (!StandsAlone(rune))
            {
                while (at < clean.Length && RuneAt(clean, at) is var next && next.Value != ' ' && !StandsAlone(next)) at += next.Utf16SequenceLength;
            }
            AddPieces(clean.AsSpan(start, at - start), result);
        }
        if (result.Count >= limit) result.RemoveRange(limit - 1, result.Count - limit + 1);
        result.Add(last);
        return [.. result];
    }

    private int Special(string piece) =>
        ids.TryGetValue(piece, out var id) ? id : throw new FormatException($"The vocabulary has no {piece}.");

    private void AddPieces(ReadOnlySpan<char> word, List<int> result)
    {
        var before = result.Count;
        var fits = word.Length <= LongestWord || CountRunes(word) <= LongestWord;
        for (var start = 0; fits && start < word.Length;)
        {
            var lookup = start == 0 ? starts : inner;
            var end = word.Length;
            int id;
            while (!lookup.TryGetValue(word[start..end], out id) && --end > start) { }
            fits = end > start;
            result.Add(id);
            start = end;
        }
        if (fits) return;

        // A word with a piece that is not in the vocabulary is unknown as a whole.
        result.RemoveRange(before, result.Count - before);
        result.Add(unknown);
    }

    private static string Clean(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) result.Append(' ');
            // The replacement character also stands for half characters here; noncharacters make Normalize throw.
            else if (rune != Rune.ReplacementChar && (rune.Value & 0xFFFE) != 0xFFFE
                && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned))
                result.Append(rune.ToString());
        }
        var taken = result.ToString().Normalize(NormalizationForm.FormD);
        result.Clear();
        foreach (var rune in taken.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark) result.Append(Rune.ToLowerInvariant(rune).ToString());
        return result.ToString();
    }

    private static Rune RuneAt(string text, int at) => Rune.TryGetRuneAt(text, at, out var rune) ? rune : Rune.ReplacementChar;

    private static int CountRunes(ReadOnlySpan<char> word)
    {
        var count = 0;
        foreach (var _ in word.EnumerateRunes()) count++;
        return count;
    }

    private static bool StandsAlone(Rune rune) => rune.Value switch
    {
        < 0x80 => rune.Value is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126),
        _ => Rune.IsPunctuation(rune) || IsChinese(rune.Value),
    };

    // The blocks that the model's makers list, no more.
    private static bool IsChinese(int value) => value is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F) or
        (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
