using System.Text;

namespace Matchmaking.Web.Printing;

/// <summary>
/// Lines of mixed Chinese and Latin text: between any two Chinese characters, and at spaces, but no line begins with a closing sign or ends with an opening one (GB/T 15834, 5.1
/// on the places of punctuation). What has no place to break and is too wide is cut.
/// </summary>
internal static class LineBreaks
{
    private const string NeverFirst = "，。、；：？！）》」』】〉〕”’…—·,.;:?!)]}%‰℃°～";
    private const string NeverLast = "（《「『【〈〔“‘([{￥";

    /// <param name="room">Width of a line.</param>
    /// <param name="width">Of a text, in the unit of <paramref name="room"/>.</param>
    public static IReadOnlyList<string> Of(string text, float room, Func<string, float> width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n')) Fill(lines, paragraph, room, width);
        return lines;
    }

    private static void Fill(List<string> lines, string paragraph, float room, Func<string, float> width)
    {
        var line = new StringBuilder();
        var used = 0f;
        void End()
        {
            lines.Add(line.ToString().TrimEnd());
            line.Clear();
            used = 0;
        }
        foreach (var piece in Pieces(paragraph))
        {
            var wide = width(piece);
            if (used + wide > room && line.Length > 0 && piece != " ") End();
            if (piece == " " && line.Length == 0) continue;
            if (wide <= room)
            {
                line.Append(piece);
                used += wide;
                continue;
            }
            foreach (var rune in piece.EnumerateRunes().Select(r => r.ToString()))
            {
                if (used + width(rune) > room && line.Length > 0) End();
                line.Append(rune);
                used += width(rune);
            }
        }
        End();
    }

    /// <summary>The smallest parts that stay together.</summary>
    private static List<string> Pieces(string paragraph)
    {
        var pieces = new List<string>();
        var open = false;
        foreach (var rune in paragraph.EnumerateRunes())
        {
            var one = rune.ToString();
            if (Rune.IsWhiteSpace(rune))
            {
                pieces.Add(" ");
                open = false;
                continue;
            }
            var joins = pieces.Count > 0 && pieces[^1] != " " && (open || NeverFirst.Contains(one, StringComparison.Ordinal) || (IsLatin(rune) && IsLatin(pieces[^1].EnumerateRunes().Last())));
            if (joins) pieces[^1] += one;
            else pieces.Add(one);
            open = NeverLast.Contains(one, StringComparison.Ordinal);
        }
        return pieces;
    }

    private static bool IsLatin(Rune rune) => (rune.Value < 0x2E80 && !NeverFirst.Contains(rune.ToString(), StringComparison.Ordinal)) || rune.Value is '.' or ',' or '%' or ':' or '-';
}
