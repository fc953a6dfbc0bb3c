using System.Buffers.Binary;

namespace Matchmaking.Web.Printing;

/// <summary>
/// A TrueType font with the outlines of some glyphs only; numbers, widths and the table of characters stay, so that text set in it is text still. Skia embeds what it is given
/// whole, and a list needs some hundred of twenty thousand characters. For fonts without composite glyphs and with long offsets, as those under fonts/ are.
/// Layout of the tables after the OpenType specification 1.9, chapters "Font file", "loca", "glyf", "head".
/// </summary>
internal static class TrueTypeSubset
{
    private const int DirectoryStart = 12, RecordSize = 16, AdjustmentInHead = 8, FormatInHead = 50;
    private const uint ChecksumOfFile = 0xB1B0AFBA;

    public static byte[] Of(byte[] font, IReadOnlySet<ushort> glyphs)
    {
        var tables = Tables(font);
        var head = (byte[])tables["head"].Clone();
        if (BinaryPrimitives.ReadInt16BigEndian(head.AsSpan(FormatInHead)) != 1) throw new NotSupportedException("Only fonts with long offsets can be cut.");
        (tables["loca"], tables["glyf"]) = Cut(tables["loca"], tables["glyf"], glyphs);
        head.AsSpan(AdjustmentInHead, 4).Clear();
        tables["head"] = head;
        return Write(font.AsSpan(0, 4), tables);
    }

    private static SortedDictionary<string, byte[]> Tables(byte[] font)
    {
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        var count = BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(4));
        for (var i = 0; i < count; i++)
        {
            var record = font.AsSpan(DirectoryStart + (i * RecordSize), RecordSize);
            var (offset, length) = (BinaryPrimitives.ReadInt32BigEndian(record[8..]), BinaryPrimitives.ReadInt32BigEndian(record[12..]));
            tables[System.Text.Encoding.ASCII.GetString(record[..4])] = font.AsSpan(offset, length).ToArray();
        }
        return tables;
    }

    private static (byte[] Loca, byte[] Glyf) Cut(byte[] loca, byte[] glyf, IReadOnlySet<ushort> glyphs)
    {
        var cut = new byte[loca.Length];
        using var outlines = new MemoryStream();
        for (var glyph = 0; glyph < (loca.Length / 4) - 1; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(cut.AsSpan(glyph * 4), (uint)outlines.Length);
            // Glyph 0 stands for what is missing and has to be there.
            if (glyph != 0 && !glyphs.Contains((ushort)glyph)) continue;
            var (from, to) = (BinaryPrimitives.ReadInt32BigEndian(loca.AsSpan(glyph * 4)), BinaryPrimitives.ReadInt32BigEndian(loca.AsSpan((glyph + 1) * 4)));
            if (to > from && BinaryPrimitives.ReadInt16BigEndian(glyf.AsSpan(from)) < 0) throw new NotSupportedException("Only fonts without composite glyphs can be cut.");
            outlines.Write(glyf, from, to - from);
        }
        BinaryPrimitives.WriteUInt32BigEndian(cut.AsSpan(loca.Length - 4), (uint)outlines.Length);
        return (cut, outlines.ToArray());
    }

    private static byte[] Write(ReadOnlySpan<byte> version, SortedDictionary<string, byte[]> tables)
    {
        var start = DirectoryStart + (tables.Count * RecordSize);
        var font = new byte[start + tables.Values.Sum(t => Padded(t.Length))];
        version.CopyTo(font);
        var power = (int)Math.Log2(tables.Count);
        BinaryPrimitives.WriteUInt16BigEndian(font.AsSpan(4), (ushort)tables.Count);
        BinaryPrimitives.WriteUInt16BigEndian(font.AsSpan(6), (ushort)((1 << power) * RecordSize));
        BinaryPrimitives.WriteUInt16BigEndian(font.AsSpan(8), (ushort)power);
        BinaryPrimitives.WriteUInt16BigEndian(font.AsSpan(10), (ushort)((tables.Count - (1 << power)) * RecordSize));
        var (offset, record, headAt) = (start, DirectoryStart, 0);
        foreach (var (tag, table) in tables)
        {
            table.CopyTo(font, offset);
            System.Text.Encoding.ASCII.GetBytes(tag, font.AsSpan(record));
            BinaryPrimitives.WriteUInt32BigEndian(font.AsSpan(record + 4), Checksum(font.AsSpan(offset, Padded(table.Length))));
            BinaryPrimitives.WriteUInt32BigEndian(font.AsSpan(record + 8), (uint)offset);
            BinaryPrimitives.WriteUInt32BigEndian(font.AsSpan(record + 12), (uint)table.Length);
            if (tag == "head") headAt = offset;
            offset += Padded(table.Length);
            record += RecordSize;
        }
        BinaryPrimitives.WriteUInt32BigEndian(font.AsSpan(headAt + AdjustmentInHead), ChecksumOfFile - Checksum(font));
        return font;
    }

    private static int Padded(int length) => (length + 3) & ~3;

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (var i = 0; i < bytes.Length; i += 4) sum += BinaryPrimitives.ReadUInt32BigEndian(bytes[i..]);
        return sum;
    }
}
