using System.Globalization;

namespace Matchmaking.Web.Printing;

/// <summary>Bookmarks and the language of a document (ISO 32000-1, 12.3.3 and 14.9.2); they lead to destinations that the file names already.</summary>
internal static class PdfBookmarks
{
    /// <param name="language">As in BCP 47.</param>
    public static void Add(PdfUpdate update, IReadOnlyList<PdfHeading> headings, string language)
    {
        var root = headings.Count == 0 ? 0 : update.Reserve(headings.Count + 1);
        update.Extend(update.Root, $"/Lang ({language})" + (headings.Count == 0 ? " " : $" /Outlines {root} 0 R /PageMode /UseOutlines "));
        foreach (var (number, content) in Outlines(headings, root)) update.Write(number, content);
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
            yield return (root + 1 + i, $"<</Title {PdfUpdate.Text(headings[i].Text)} /Parent {parent}{neighbours}{Family(i)} /Dest /{headings[i].Name}>>");
        }
    }
}
