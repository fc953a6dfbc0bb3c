using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Matchmaking.Web.Printing;

/// <summary>
/// An incremental update of a file that Skia wrote (ISO 32000-1, 7.5.6): objects that take the place of others, and new ones, with the table that finds them. Reads only what Skia
/// writes: a classic table of objects, plain dictionaries, streams whose length stands in them.
/// </summary>
internal sealed partial class PdfUpdate
{
    private readonly byte[] _pdf;
    private readonly string _text;
    private readonly int _root, _info, _table;
    private readonly Dictionary<int, int> _offsets = [];
    private readonly SortedDictionary<int, string> _written = [];

    [GeneratedRegex(@"trailer\s*<</Size (\d+)\s*/Root (\d+) 0 R\s*/Info (\d+) 0 R\s*>>\s*startxref\s*(\d+)\s*%%EOF\s*$")]
    private static partial Regex Trailer();

    [GeneratedRegex(@"/Length (\d+)")]
    private static partial Regex Length();

    public PdfUpdate(byte[] pdf)
    {
        _pdf = pdf;
        // One byte a character, so that places in the text are places in the file.
        _text = Encoding.Latin1.GetString(pdf);
        var trailer = Trailer().Match(_text);
        if (!trailer.Success) throw new NotSupportedException("The end of the PDF is not as expected.");
        int Number(int group) => int.Parse(trailer.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        (Next, _root, _info, _table) = (Number(1), Number(2), Number(3), Number(4));
        ReadTable();
    }

    /// <summary>Number of the next new object.</summary>
    public int Next { get; private set; }

    /// <summary>The catalog, to be written anew with more in it.</summary>
    public int Root => _root;

    /// <summary>A text string (ISO 32000-1, 7.9.2.2).</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    /// <summary>What stands between an object's number and its end.</summary>
    public string Read(int number)
    {
        if (_written.TryGetValue(number, out var written)) return written;
        var begin = _text.IndexOf("obj\n", _offsets[number], StringComparison.Ordinal) + "obj\n".Length;
        return _text[begin.._text.IndexOf("\nendobj", begin, StringComparison.Ordinal)];
    }

    /// <summary>The content of a compressed stream.</summary>
    public string ReadStream(int number)
    {
        const string Begin = "stream\n";
        var at = _text.IndexOf(Begin, _offsets[number], StringComparison.Ordinal);
        var length = int.Parse(Length().Match(_text, _offsets[number], at - _offsets[number]).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        using var inflater = new ZLibStream(new MemoryStream(_pdf, at + Begin.Length, length), CompressionMode.Decompress);
        using var content = new MemoryStream();
        inflater.CopyTo(content);
        return Encoding.Latin1.GetString(content.GetBuffer(), 0, (int)content.Length);
    }

    public int Add(string content)
    {
        _written[Next] = content;
        return Next++;
    }

    /// <summary>Numbers for objects that name one another before they are written.</summary>
    public int Reserve(int count)
    {
        Next += count;
        return Next - count;
    }

    public void Write(int number, string content) => _written[number] = content;

    public void WriteStream(int number, string content)
    {
        using var packed = new MemoryStream();
        using (var deflater = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflater.Write(Encoding.Latin1.GetBytes(content));
        _written[number] = $"<</Filter /FlateDecode\n/Length {packed.Length}>> stream\n{Encoding.Latin1.GetString(packed.ToArray())}\nendstream";
    }

    /// <summary>Adds members to a dictionary that is no stream.</summary>
    public void Extend(int number, string members)
    {
        var content = Read(number);
        if (!content.StartsWith("<<", StringComparison.Ordinal)) throw new NotSupportedException("An object of the PDF is not as expected.");
        Write(number, "<<" + members + content[2..]);
    }

    public byte[] ToArray()
    {
        var update = new StringBuilder();
        if (!_text.EndsWith('\n')) update.Append('\n');
        var offsets = new SortedDictionary<int, int>();
        foreach (var (number, content) in _written)
        {
            offsets[number] = _pdf.Length + update.Length;
            update.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n").Append(content).Append("\nendobj\n");
        }
        var start = _pdf.Length + update.Length;
        update.Append("xref\n");
        foreach (var run in Runs(offsets.Keys))
        {
            update.Append(CultureInfo.InvariantCulture, $"{run[0]} {run.Count}\n");
            foreach (var number in run) update.Append(CultureInfo.InvariantCulture, $"{offsets[number]:D10} 00000 n \n");
        }
        update.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {Next} /Root {_root} 0 R /Info {_info} 0 R /Prev {_table}>>\nstartxref\n{start}\n%%EOF\n");
        return [.. _pdf, .. Encoding.Latin1.GetBytes(update.ToString())];
    }

    /// <summary>Numbers without gaps between them.</summary>
    private static List<List<int>> Runs(IEnumerable<int> numbers)
    {
        var runs = new List<List<int>>();
        foreach (var number in numbers)
        {
            if (runs.Count == 0 || runs[^1][^1] != number - 1) runs.Add([]);
            runs[^1].Add(number);
        }
        return runs;
    }

    private void ReadTable()
    {
        var lines = _text[_table..].Split('\n');
        if (lines[0].TrimEnd() != "xref") throw new NotSupportedException("The table of the PDF is not as expected.");
        var (first, count) = Pair(lines[1]);
        for (var i = 0; i < count; i++) _offsets[first + i] = int.Parse(lines[2 + i].AsSpan(0, 10), CultureInfo.InvariantCulture);
    }

    private static (int First, int Count) Pair(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
