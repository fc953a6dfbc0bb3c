namespace Matchmaking.Matching.Text;

/// <summary>A sentence and where it begins in its text, so that it can be marked there.</summary>
public sealed record Sentence(int Start, string Text);

/// <summary>Cuts a description into the sentences that are encoded and shown as evidence.</summary>
public static class SentenceSplitter
{
    private const int LongRun = 200;

    /// <summary>
    /// At most <paramref name="limit"/> sentences in order, without their closing mark and surrounding space. Pieces without a letter or digit are dropped.
    /// A full stop closes only before white space or at the end, so a decimal point never does.
    /// </summary>
    public static IReadOnlyList<Sentence> Split(string? text, int limit = 40)
    {
        var sentences = new List<Sentence>();
        if (text is null) return sentences;

        var start = 0;
        for (var at = 0; at <= text.Length && sentences.Count < limit; at++)
        {
            if (at < text.Length && !Closes(text, at)) continue;

            Add(text, start, at, limit, sentences);
            start = at + 1;
        }
        return sentences;
    }

    private static bool Closes(string text, int at) => text[at] switch
    {
        '。' or '！' or '？' or '；' or ';' or '\n' or '\r' or '\u2028' or '\u2029' or '\u0085' => true,
        '.' or '!' or '?' => at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]),
        _ => false,
    };

    private static void Add(string text, int start, int end, int limit, List<Sentence> sentences)
    {
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;

        while (end - start > LongRun && sentences.Count < limit)
        {
            // The last comma that keeps the piece short; a run without any is cut hard.
            var comma = text.LastIndexOfAny(['，', ','], start + LongRun - 1, LongRun - 1);
            var cut = comma > start ? comma : start + LongRun;
            if (char.IsLowSurrogate(text[cut]) && char.IsHighSurrogate(text[cut - 1])) cut--;

            AddPiece(text, start, cut, sentences);
            start = comma > start ? cut + 1 : cut;
        }
        if (sentences.Count < limit) AddPiece(text, start, end, sentences);
    }

    private static void AddPiece(string text, int start, int end, List<Sentence> sentences)
    {
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;

        var piece = text[start..end];
        if (piece.EnumerateRunes().Any(System.Text.Rune.IsLetterOrDigit)) sentences.Add(new Sentence(start, piece));
    }
}
