using SkiaSharp;

namespace Matchmaking.Web.Printing;

/// <summary>
/// A printed document as PDF: A4, text that can be searched, a table of contents with page numbers that lead there, bookmarks, repeated heads of tables, tags that say what is a
/// heading, a paragraph, a cell. Fonts are embedded with what is used of them. No person's name is in its properties, and equal documents have equal bytes.
/// </summary>
public static class PdfWriter
{
    private const string Language = "zh-CN", Producer = "Matchmaking";

    public static byte[] Write(PrintedDocument document)
    {
        var layout = PdfLayout.Of(document);
        var faces = Faces(layout.Pages);
        try
        {
            using var stream = new MemoryStream();
            var dated = document.Dated.UtcDateTime;
            var about = new SKDocumentPdfMetadata(SKDocumentPdfMetadata.DefaultRasterDpi) { Title = document.Title, Subject = document.Number, Producer = Producer, Creation = dated, Modified = dated };
            using (var pdf = SKDocument.CreatePdf(stream, about))
            {
                foreach (var page in layout.Pages)
                {
                    var canvas = pdf.BeginPage(PdfLayout.Width, PdfLayout.Height);
                    foreach (var piece in page) Draw(canvas, piece, faces);
                    pdf.EndPage();
                }
                pdf.Close();
            }
            var update = new PdfUpdate(stream.ToArray());
            PdfBookmarks.Add(update, layout.Headings, Language);
            PdfTags.Add(update, layout);
            return update.ToArray();
        }
        finally
        {
            foreach (var face in faces) face?.Dispose();
        }
    }

    /// <summary>Each font with the glyphs that the pages use; null for one that they do not.</summary>
    private static SKTypeface?[] Faces(IReadOnlyList<IReadOnlyList<PdfPiece>> pages)
    {
        var used = new HashSet<ushort>[PrintFonts.Shared.Count];
        foreach (var words in pages.SelectMany(p => p).OfType<PdfWords>())
            foreach (var glyph in PrintFonts.Shared.Glyphs(words.Text, words.Bold)) (used[glyph.Font] ??= []).Add(glyph.Glyph);
        return [.. used.Select((glyphs, font) => glyphs is null ? null : PrintFonts.Open(TrueTypeSubset.Of(PrintFonts.Shared.Bytes(font), glyphs)))];
    }

    private static void Draw(SKCanvas canvas, PdfPiece piece, SKTypeface?[] faces)
    {
        switch (piece)
        {
            case PdfWords words: DrawWords(canvas, words, faces); break;
            case PdfFill fill:
                using (var paint = new SKPaint { Color = new SKColor(fill.Grey, fill.Grey, fill.Grey) }) canvas.DrawRect(fill.Place, paint);
                break;
            case PdfTarget target: canvas.DrawNamedDestinationAnnotation(new SKPoint(0, target.Top), target.Name)?.Dispose(); break;
            case PdfLink link: canvas.DrawLinkDestinationAnnotation(link.Place, link.Name)?.Dispose(); break;
        }
    }

    /// <summary>Glyph by glyph where the layout measured them, a run for each font.</summary>
    private static void DrawWords(SKCanvas canvas, PdfWords words, SKTypeface?[] faces)
    {
        using var paint = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        using var builder = new SKTextBlobBuilder();
        var at = words.X;
        foreach (var run in PrintFonts.Shared.Runs(words.Text, words.Bold))
        {
            using var font = new SKFont(faces[run[0].Font], words.Size) { LinearMetrics = true, Hinting = SKFontHinting.None, Subpixel = true };
            var places = new float[run.Count];
            for (var i = 0; i < run.Count; i++) (places[i], at) = (at, at + (run[i].Advance * words.Size));
            builder.AddHorizontalRun([.. run.Select(g => g.Glyph)], font, places, words.Baseline);
        }
        using var blob = builder.Build();
        if (blob is not null) canvas.DrawText(blob, 0, 0, paint);
    }
}

/// <summary>Something at its place on a page, in points from the upper left corner.</summary>
internal abstract record PdfPiece;

/// <param name="Baseline">Of the line.</param>
/// <param name="Size">Of the font, in points.</param>
/// <param name="Element">What the text is; null for what stands on each page and is no part of the text.</param>
internal sealed record PdfWords(float X, float Baseline, float Size, bool Bold, string Text, PdfElement? Element) : PdfPiece;

/// <param name="Grey">0 black to 255 white.</param>
internal sealed record PdfFill(SKRect Place, byte Grey) : PdfPiece;

/// <summary>A place that links and bookmarks lead to.</summary>
internal sealed record PdfTarget(float Top, string Name) : PdfPiece;

/// <param name="Name">Of the <see cref="PdfTarget"/> that it leads to.</param>
/// <param name="Says">What readers aloud say of it.</param>
internal sealed record PdfLink(SKRect Place, string Name, string Says, PdfElement Element) : PdfPiece;

/// <param name="Name">Of its <see cref="PdfTarget"/>.</param>
internal sealed record PdfHeading(int Level, string Text, string Name, int Page);
