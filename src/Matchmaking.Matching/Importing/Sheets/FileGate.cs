using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Matchmaking.Matching.Importing.Sheets;

public enum SheetFormat { Xlsx, Csv }

/// <summary>
/// Decides whether a file is read at all, by its bytes and not by its name alone. What a package declares about its size is only a claim, so
/// every part is unpacked once and counted before anything interprets it.
/// </summary>
public static class FileGate
{
    public const int MaxMegabytes = 10;
    public const long MaxBytes = MaxMegabytes * 1024L * 1024;
    public const int MaxParts = 1_000;
    public const long MaxUnpacked = 150L * 1024 * 1024;

    /// <summary>Sheets of repeated words pack to a thirtieth; what packs far better is no table. Small parts may.</summary>
    private const int MaxRatio = 250;
    private const long RatioFrom = 4L * 1024 * 1024;

    private static readonly byte[] CompoundFile = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <param name="content">The whole file, seekable; left at its start.</param>
    /// <exception cref="FileRefusedException">With the reason.</exception>
    public static SheetFormat Check(string fileName, Stream content)
    {
        if (content.Length == 0) throw new FileRefusedException("FileEmpty");
        if (content.Length > MaxBytes) throw new FileRefusedException("FileTooLarge", MaxMegabytes);
        content.Position = 0;
        Span<byte> head = stackalloc byte[512];
        var read = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        content.Position = 0;
        var extension = Path.GetExtension(fileName).ToLowerInvariant();
        var start = head[..read];
        if (start.StartsWith(CompoundFile)) throw new FileRefusedException(IsEncrypted(content) ? "FileEncrypted" : "FileOldExcel");
        if (extension is ".xlsm" or ".xltm" or ".xlam") throw new FileRefusedException("FileMacros");
        if (extension is not (".xlsx" or ".csv")) throw new FileRefusedException("FileKind", extension.Length == 0 ? fileName : extension);
        var packed = start.StartsWith("PK"u8);
        if (IsMarkup(start)) throw new FileRefusedException("FileMarkup");
        if (packed != (extension == ".xlsx")) throw new FileRefusedException("FileContent");
        if (!packed) return SheetFormat.Csv;
        try
        {
            CheckPackage(content);
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or IOException or NotSupportedException or OverflowException)
        {
            throw new FileRefusedException("FileBroken");
        }
        content.Position = 0;
        return SheetFormat.Xlsx;
    }

    private static void CheckPackage(Stream content)
    {
        using var package = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        if (package.Entries.Count > MaxParts) throw new FileRefusedException("FileBomb");
        if (package.Entries.Any(e => e.IsEncrypted)) throw new FileRefusedException("FileEncrypted");
        if (package.Entries.Sum(e => e.Length) > MaxUnpacked) throw new FileRefusedException("FileBomb");
        var unpacked = 0L;
        var buffer = new byte[1 << 16];
        foreach (var entry in package.Entries)
        {
            using var part = entry.Open();
            var length = 0L;
            for (int n; (n = part.Read(buffer)) > 0;)
            {
                length += n;
                unpacked += n;
                if (unpacked > MaxUnpacked || (length > RatioFrom && length / MaxRatio > entry.CompressedLength)) throw new FileRefusedException("FileBomb");
            }
        }
        var names = package.Entries.Select(e => e.FullName.Replace('\\', '/')).ToList();
        if (!names.Contains("[Content_Types].xml")) throw new FileRefusedException("FileContent");
        if (names.Exists(n => n.Contains("vbaProject", StringComparison.OrdinalIgnoreCase) || n.StartsWith("xl/macrosheets/", StringComparison.OrdinalIgnoreCase))) throw new FileRefusedException("FileMacros");
        if (names.Exists(n => n.StartsWith("xl/externalLinks/", StringComparison.OrdinalIgnoreCase) || n is "xl/connections.xml" || n.StartsWith("xl/queryTables/", StringComparison.OrdinalIgnoreCase)))
            throw new FileRefusedException("FileLinks");
        if (names.Exists(n => n.StartsWith("xl/embeddings/", StringComparison.OrdinalIgnoreCase) || n.StartsWith("xl/activeX/", StringComparison.OrdinalIgnoreCase))) throw new FileRefusedException("FileObjects");
        foreach (var entry in package.Entries) CheckDeclarations(entry);
    }

    /// <summary>Types and links that the parts declare. A link of a cell to an address (mail, web) is only text and stays allowed; it is never followed.</summary>
    private static void CheckDeclarations(ZipArchiveEntry entry)
    {
        var types = entry.FullName == "[Content_Types].xml";
        if (!types && !entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)) return;
        using var part = entry.Open();
        using var reader = XmlReader.Create(part, SafeXml());
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (types && reader.GetAttribute("ContentType") is { } type && (type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || type.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)))
                throw new FileRefusedException("FileMacros");
            if (!types && string.Equals(reader.GetAttribute("TargetMode"), "External", StringComparison.OrdinalIgnoreCase) && reader.GetAttribute("Type")?.EndsWith("/hyperlink", StringComparison.Ordinal) != true)
                throw new FileRefusedException("FileLinks");
        }
    }

    /// <summary>No definitions, nothing fetched, bounded.</summary>
    internal static XmlReaderSettings SafeXml() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxUnpacked, IgnoreComments = true, IgnoreProcessingInstructions = true,
    };

    // The directory of an encrypted workbook names its streams in UTF-16.
    private static bool IsEncrypted(Stream content)
    {
        var bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        content.Position = 0;
        return bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0;
    }

    private static bool IsMarkup(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("\uFEFF"u8)) start = start[3..];
        var text = start.TrimStart(" \t\r\n"u8);
        return text.Length > 1 && text[0] == (byte)'<' && (char.IsAsciiLetter((char)text[1]) || text[1] is (byte)'!' or (byte)'?');
    }
}
