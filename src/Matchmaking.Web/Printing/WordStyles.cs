using DocumentFormat.OpenXml.Wordprocessing;

namespace Matchmaking.Web.Printing;

/// <summary>The styles of printed documents. Fonts are named, not carried: every office program has a substitute for them.</summary>
internal static class WordStyles
{
    public static Styles All() => new(
        new DocDefaults(new RunPropertiesDefault(new RunPropertiesBaseStyle(
            new RunFonts { Ascii = "Times New Roman", HighAnsi = "Times New Roman", EastAsia = "SimSun" }, new FontSize { Val = "21" }, new Languages { Val = "zh-CN", EastAsia = "zh-CN" }))),
        Style("Title", "Title", "36", bold: true, centred: true, level: null),
        Style("Subtitle", "Subtitle", "24", bold: false, centred: true, level: null),
        Style("ContentsTitle", "Contents Title", "28", bold: true, centred: false, level: null),
        Style("Heading1", "heading 1", "30", bold: true, centred: false, level: 0),
        Style("Heading2", "heading 2", "24", bold: true, centred: false, level: 1),
        Style("TOC1", "toc 1", "21", bold: false, centred: false, level: null),
        Style("TOC2", "toc 2", "21", bold: false, centred: false, level: null));

    private static Style Style(string id, string name, string size, bool bold, bool centred, int? level)
    {
        var paragraph = new StyleParagraphProperties();
        if (level is not null) paragraph.Append(new KeepNext());
        paragraph.Append(new SpacingBetweenLines { Before = "120", After = "120" });
        if (centred) paragraph.Append(new Justification { Val = JustificationValues.Center });
        if (level is { } outline) paragraph.Append(new OutlineLevel { Val = outline });
        var run = new StyleRunProperties();
        if (bold) run.Append(new Bold());
        run.Append(new FontSize { Val = size });
        return new Style(new StyleName { Val = name }, paragraph, run) { Type = StyleValues.Paragraph, StyleId = id };
    }
}
