using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Matchmaking.Web.Printing;

/// <summary>What a piece of text is: a role of tagged PDF (ISO 32000-1, 14.8.4), as H1, P, Table, TR, TH, TD, TOC, TOCI.</summary>
/// <param name="language">As in BCP 47, where it differs from the document's.</param>
internal sealed class PdfElement(string role, string? language = null)
{
    private readonly List<PdfElement> _kids = [];

    public string Role => role;

    public string? Language => language;

    public IReadOnlyList<PdfElement> Kids => _kids;

    /// <summary>Of a TH: it heads a row, not a column.</summary>
    public bool IsRowHead { get; init; }

    /// <summary>Page, from 0, and number of each piece of marked content on it.</summary>
    public List<(int Page, int Mark)> Marks { get; } = [];

    /// <summary>Of a Link: its page, from 0, and the number of its annotation.</summary>
    public (int Page, int Number)? Annotation { get; set; }

    public PdfElement Add(PdfElement kid)
    {
        _kids.Add(kid);
        return kid;
    }
}

/// <summary>
/// Tags for readers aloud (ISO 32000-1, 14.7 and 14.8), which Skia's binding does not write. Skia writes one text object for each run of glyphs in the order in which they are drawn;
/// around each the mark of its element is put; text without one becomes an artifact, and so do lines and areas. The annotations of links belong to their elements, and the tree of elements is added.
/// </summary>
internal static partial class PdfTags
{
    private const string Artifact = "/Artifact BMC\n";

    [GeneratedRegex(@"^BT\n.*?^ET$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex TextObject();

    [GeneratedRegex(@"(?:^[-\d. ]+ re\nf\n)+", RegexOptions.Multiline)]
    private static partial Regex Areas();

    [GeneratedRegex(@"/Annots \[([^\]]*)\]")]
    private static partial Regex Annotations();

    [GeneratedRegex(@"/Contents (\d+) 0 R")]
    private static partial Regex Contents();

    [GeneratedRegex(@"/Kids \[([^\]]*)\]")]
    private static partial Regex Kids();

    [GeneratedRegex(@"/Pages (\d+) 0 R")]
    private static partial Regex PageTree();

    [GeneratedRegex(@"(\d+) 0 R")]
    private static partial Regex Reference();

    public static void Add(PdfUpdate update, PdfLayout layout)
    {
        var pages = new List<int>();
        Collect(update, Number(PageTree().Match(update.Read(update.Root))), pages);
        if (pages.Count != layout.Pages.Count) throw new NotSupportedException("The pages of the PDF are not as expected.");
        var owners = new List<PdfElement>[pages.Count];
        for (var page = 0; page < pages.Count; page++)
        {
            owners[page] = Mark(update, pages[page], page, layout.Pages[page]);
            Join(update, pages[page], page, layout.Pages[page]);
            update.Extend(pages[page], string.Create(CultureInfo.InvariantCulture, $"/StructParents {page} "));
        }
        WriteTree(update, layout.Root, pages, owners);
    }

    /// <summary>Pages in order, through the tree that Skia makes of many.</summary>
    private static void Collect(PdfUpdate update, int node, List<int> pages)
    {
        var kids = Kids().Match(update.Read(node));
        if (!kids.Success) pages.Add(node);
        else foreach (Match kid in Reference().Matches(kids.Groups[1].Value)) Collect(update, Number(kid), pages);
    }

    /// <summary>Puts the marks into a page's content.</summary>
    /// <returns>The element of each mark.</returns>
    private static List<PdfElement> Mark(PdfUpdate update, int page, int place, IReadOnlyList<PdfPiece> pieces)
    {
        var runs = pieces.OfType<PdfWords>().SelectMany(w => Enumerable.Repeat(w.Element, PrintFonts.Shared.Runs(w.Text, w.Bold).Count())).ToList();
        var stream = Number(Contents().Match(update.Read(page)));
        var content = update.ReadStream(stream);
        var objects = TextObject().Matches(content);
        if (objects.Count != runs.Count) throw new NotSupportedException($"The text of a page is not as expected: {objects.Count} for {runs.Count}.");
        var areas = 0;
        string Between(int from, int until) => Areas().Replace(content[from..until], found =>
        {
            areas += found.Value.Count(c => c == 'f');
            return Artifact + found.Value + "EMC\n";
        });
        var owners = new List<PdfElement>();
        var marked = new StringBuilder(content.Length + (runs.Count * 24));
        var done = 0;
        for (var i = 0; i < runs.Count; i++)
        {
            marked.Append(Between(done, objects[i].Index));
            if (runs[i] is { } element)
            {
                marked.Append(CultureInfo.InvariantCulture, $"/{element.Role} <</MCID {owners.Count}>> BDC\n");
                element.Marks.Add((place, owners.Count));
                owners.Add(element);
            }
            else
            {
                marked.Append(Artifact);
            }
            marked.Append(objects[i].ValueSpan).Append("\nEMC");
            done = objects[i].Index + objects[i].Length;
        }
        marked.Append(Between(done, content.Length));
        if (areas != pieces.OfType<PdfFill>().Count()) throw new NotSupportedException($"The lines of a page are not as expected: {areas}.");
        update.WriteStream(stream, marked.ToString());
        return owners;
    }

    /// <summary>Tells the elements of a page's links their annotations, which Skia writes in the order in which they are drawn.</summary>
    private static void Join(PdfUpdate update, int page, int place, IReadOnlyList<PdfPiece> pieces)
    {
        var links = pieces.OfType<PdfLink>().ToList();
        var annotations = Reference().Matches(Annotations().Match(update.Read(page)).Groups[1].Value);
        if (annotations.Count != links.Count) throw new NotSupportedException($"The links of a page are not as expected: {annotations.Count} for {links.Count}.");
        for (var i = 0; i < links.Count; i++)
        {
            var annotation = Number(annotations[i]);
            if (!update.Read(annotation).Contains($"/Dest /{links[i].Name}>>", StringComparison.Ordinal)) throw new NotSupportedException($"The link to {links[i].Name} is not as expected.");
            update.Extend(annotation, $"/Contents {PdfUpdate.Text(links[i].Says)} ");
            links[i].Element.Annotation = (place, annotation);
        }
    }

    private static void WriteTree(PdfUpdate update, PdfElement root, List<int> pages, List<PdfElement>[] owners)
    {
        var all = new List<PdfElement>();
        Flatten(root, all);
        var first = update.Reserve(all.Count + 2);
        var numbers = all.Select((element, place) => (element, Number: first + 2 + place)).ToDictionary(e => e.element, e => e.Number);
        var links = all.Where(e => e.Annotation is not null).ToList();
        update.Extend(update.Root, string.Create(CultureInfo.InvariantCulture, $"/MarkInfo <</Marked true>> /ViewerPreferences <</DisplayDocTitle true>> /StructTreeRoot {first} 0 R "));
        update.Write(first, string.Create(CultureInfo.InvariantCulture, $"<</Type /StructTreeRoot /K {numbers[root]} 0 R /ParentTree {first + 1} 0 R /ParentTreeNextKey {pages.Count + links.Count}>>"));
        var parents = new StringBuilder("<</Nums [");
        for (var page = 0; page < pages.Count; page++) parents.Append(CultureInfo.InvariantCulture, $"{page} [{string.Join(' ', owners[page].Select(o => $"{numbers[o]} 0 R"))}]\n");
        // The keys after those of the pages are the links'.
        foreach (var (place, link) in links.Index())
        {
            parents.Append(CultureInfo.InvariantCulture, $"{pages.Count + place} {numbers[link]} 0 R\n");
            update.Extend(link.Annotation!.Value.Number, string.Create(CultureInfo.InvariantCulture, $"/StructParent {pages.Count + place} "));
        }
        update.Write(first + 1, parents.Append("]>>").ToString());
        WriteElement(update, root, first, numbers, pages);
    }

    private static void Flatten(PdfElement element, List<PdfElement> all)
    {
        all.Add(element);
        foreach (var kid in element.Kids) Flatten(kid, all);
    }

    private static void WriteElement(PdfUpdate update, PdfElement element, int parent, Dictionary<PdfElement, int> numbers, List<int> pages)
    {
        var number = numbers[element];
        // Marks on the page of the first are named by their number alone, which is nearly all of them.
        var page = element.Marks is [var first, ..] ? first.Page : -1;
        var kids = element.Kids.Select(k => string.Create(CultureInfo.InvariantCulture, $"{numbers[k]} 0 R"))
            .Concat(element.Marks.Select(m => m.Page == page ? m.Mark.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"<</Type /MCR /Pg {pages[m.Page]} 0 R /MCID {m.Mark}>>")));
        if (element.Annotation is { } link) kids = kids.Append(string.Create(CultureInfo.InvariantCulture, $"<</Type /OBJR /Pg {pages[link.Page]} 0 R /Obj {link.Number} 0 R>>"));
        var at = page < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" /Pg {pages[page]} 0 R");
        var language = element.Language is { } spoken ? $" /Lang ({spoken})" : "";
        var scope = element.Role == "TH" ? $" /A <</O /Table /Scope /{(element.IsRowHead ? "Row" : "Column")}>>" : "";
        update.Write(number, string.Create(CultureInfo.InvariantCulture, $"<</S /{element.Role} /P {parent} 0 R{at}{language}{scope} /K [{string.Join(' ', kids)}]>>"));
        foreach (var kid in element.Kids) WriteElement(update, kid, number, numbers, pages);
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
}
