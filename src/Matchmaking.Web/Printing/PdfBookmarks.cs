using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Matchmaking.Web.Printing;

/// <summary>
/// What Skia does not write: bookmarks and the language of the document, added as an incremental update (ISO 32000-1, 7.5.6; outlines 12.3.3, natural language 14.9.2). The
/// bookmarks lead to destinations that the file names already.
/// </summary>
internal static partial class PdfBookmarks
{
    [GeneratedRegex(@"trailer\s*<</Size (\d+)\s*/Root (\d+) 0 R\s*/Info (\d+) 0 R\s*>>\s*startxref\s*(\d+)\s*%%EOF\s*$")]
    private static partial Regex Trailer();

    /// <param name="language">As in BCP 47.</param>
    public static byte[] Add(byte[] pdf, IReadOnlyList<PdfHeading> headings, string language)
    {
        // One byte a character, so that places in the text are places in the file.
        var text = Encoding.Latin1.GetString(pdf);
        var trailer = Trailer().Match(text);
        if (!trailer.Success) throw new NotSupportedException("The end of the PDF is not as expected.");
        var (size, root, info, xref) = (Number(trailer, 1), Number(trailer, 2), Number(trailer, 3), Number(trailer, 4));
        var catalog = Catalog(text, root);
        var update = new StringBuilder();
        if (!text.EndsWith('\n')) update.Append('\n');
        var offsets = new List<int>();
        void Append(int number, string content)
        {
            offsets.Add(pdf.Length + update.Length);
            update.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{content}\nendobj\n");
        }
        var outline = headings.Count == 0 ? "" : $" /Outlines {size} 0 R /PageMode /UseOutlines";
        Append(root, $"<</Type /Catalog /Lang ({language}){outline}{catalog}");
        foreach (var (number, content) in Outlines(headings, size)) Append(number, content);

        var start = pdf.Length + update.Length;
        update.Append(CultureInfo.InvariantCulture, $"xref\n{root} 1\n{offsets[0]:D10} 00000 n \n");
        if (offsets.Count > 1) update.Append(CultureInfo.InvariantCulture, $"{size} {offsets.Count - 1}\n");
        foreach (var offset in offsets.Skip(1)) update.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        update.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {size + offsets.Count - 1} /Root {root} 0 R /Info {info} 0 R /Prev {xref}>>\nstartxref\n{start}\n%%EOF\n");
        return [.. pdf, .. Encoding.Latin1.GetBytes(update.ToString())];
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>What the catalog holds after its type, with the brackets that end it.</summary>
    private static string Catalog(string text, int root)
    {
        const string Type = "<</Type /Catalog";
        var begin = text.IndexOf($"\n{root} 0 obj\n{Type}", StringComparison.Ordinal);
        if (begin < 0) throw new NotSupportedException("The catalog of the PDF is not as expected.");
        begin = text.IndexOf(Type, begin, StringComparison.Ordinal) + Type.Length;
        return text[begin..text.IndexOf("\nendobj", begin, StringComparison.Ordinal)];
    }

    /// <summary>Objects of the outline: its root, and an item a heading. Those of the second level hang under the one of the first before them.</summary>
    private static IEnumerable<(int Number, string Content)> Outlines(IReadOnlyList<PdfHeading> headings, int root)
    {
        if (headings.Count == 0) yield break;
        var parents = new int[headings.Count];
        var last = -1;
        for (var i = 0; i < headings.Count; i++)
        {
            if (headings[i].Level == 1) last = i;
            parents[i] = headings[i].Level == 1 ? -1 : last;
        }
        var children = Enumerable.Range(0, headings.Count).ToLookup(i => parents[i]);
        string At(int heading) => string.Create(CultureInfo.InvariantCulture, $"{root + 1 + heading} 0 R");
        string Family(int of)
        {
            int[] own = [.. children[of]];
            // Closed to begin with: the count of an item is then the number of its own, negative.
            return own.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" /First {At(own[0])} /Last {At(own[^1])} /Count {(of < 0 ? own.Length : -own.Length)}");
        }
        yield return (root, $"<</Type /Outlines{Family(-1)}>>");
        for (var i = 0; i < headings.Count; i++)
        {
            int[] siblings = [.. children[parents[i]]];
            var place = Array.BinarySearch(siblings, i);
            var parent = parents[i] < 0 ? string.Create(CultureInfo.InvariantCulture, $"{root} 0 R") : At(parents[i]);
            var neighbours = (place > 0 ? " /Prev " + At(siblings[place - 1]) : "") + (place < siblings.Length - 1 ? " /Next " + At(siblings[place + 1]) : "");
            yield return (root + 1 + i, $"<</Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(headings[i].Text))}> /Parent {parent}{neighbours}{Family(i)} /Dest /{headings[i].Name}>>");
        }
    }
}
