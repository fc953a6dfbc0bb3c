using System.Collections.Frozen;
using System.Text;
using SkiaSharp;

namespace Matchmaking.Web.Printing;

/// <summary>
/// The fonts of printed documents (folder fonts/): Noto Sans SC, regular in two files that make GBK together, bold for GB 2312. A character that bold lacks is set in regular;
/// one that none of them has, as a hollow square.
/// </summary>
internal sealed class PrintFonts
{
    private const char Unknown = '□';
    private static readonly Lazy<PrintFonts> Loaded = new(() => new PrintFonts());
    private static readonly string[] Files = ["NotoSansSC-Regular.ttf", "NotoSansSC-Regular-Rare.ttf", "NotoSansSC-Bold.ttf"];
    private static readonly int[] RegularFirst = [0, 1], BoldFirst = [2, 0, 1];

    private readonly PrintFont[] _fonts = [.. Files.Select(f => new PrintFont(Read(f)))];

    private PrintFonts() { }

    public static PrintFonts Shared => Loaded.Value;

    public int Count => _fonts.Length;

    public byte[] Bytes(int font) => _fonts[font].Bytes;

    /// <summary>Characters of a text as glyphs, in order. Control characters are left out.</summary>
    public IEnumerable<PrintGlyph> Glyphs(string text, bool bold)
    {
        foreach (var rune in text.EnumerateRunes())
            if (!Rune.IsControl(rune)) yield return Find(rune.Value, bold);
    }

    /// <summary>The same, cut where the font changes: each run is drawn as one.</summary>
    public IEnumerable<IReadOnlyList<PrintGlyph>> Runs(string text, bool bold)
    {
        var run = new List<PrintGlyph>();
        foreach (var glyph in Glyphs(text, bold))
        {
            if (run.Count > 0 && run[0].Font != glyph.Font)
            {
                yield return run;
                run = [];
            }
            run.Add(glyph);
        }
        if (run.Count > 0) yield return run;
    }

    /// <summary>Width of a text in ems, the size of the font being one.</summary>
    public float Width(string text, bool bold)
    {
        var width = 0f;
        foreach (var glyph in Glyphs(text, bold)) width += glyph.Advance;
        return width;
    }

    private PrintGlyph Find(int rune, bool bold)
    {
        foreach (var font in bold ? BoldFirst : RegularFirst)
            if (_fonts[font].Glyphs.TryGetValue(rune, out var glyph)) return new PrintGlyph(font, glyph, _fonts[font].Advances[glyph]);
        return Find(Unknown, bold);
    }

    private static byte[] Read(string file)
    {
        using var stream = typeof(PrintFonts).Assembly.GetManifestResourceStream("fonts/" + file) ?? throw new InvalidOperationException($"The font {file} is missing.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed class PrintFont
    {
        public PrintFont(byte[] bytes)
        {
            Bytes = bytes;
            using var face = Open(bytes);
            using var font = new SKFont(face, 1000) { LinearMetrics = true };
            var glyphs = new ushort[face.GlyphCount];
            for (var i = 0; i < glyphs.Length; i++) glyphs[i] = (ushort)i;
            Advances = Array.ConvertAll(font.GetGlyphWidths(glyphs), w => w / 1000);
            // Everything that a printed document may hold lies in the basic plane; the fonts' own tables say what of it is there.
            Glyphs = Enumerable.Range(' ', 0xFFFE - ' ').Where(c => !char.IsSurrogate((char)c)).Select(c => KeyValuePair.Create(c, font.GetGlyph(c))).Where(g => g.Value != 0).ToFrozenDictionary();
        }

        public byte[] Bytes { get; }
        public float[] Advances { get; }
        public FrozenDictionary<int, ushort> Glyphs { get; }
    }

    /// <summary>A font in memory; the caller disposes of it.</summary>
    public static SKTypeface Open(byte[] bytes)
    {
        using var data = SKData.CreateCopy(bytes);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException("A font for printing cannot be read.");
    }
}

/// <param name="Font">Index among <see cref="PrintFonts"/>.</param>
/// <param name="Advance">In ems.</param>
internal readonly record struct PrintGlyph(int Font, ushort Glyph, float Advance);
