using System.IO.Compression;
using System.Xml;

namespace Matchmaking.Matching.Listings;

/// <summary>What a file is, found in its bytes; <paramref name="Problem"/> is a code for the message when it may not be stored.</summary>
public sealed record AttachmentCheck(string ContentType, string? Problem)
{
    internal static AttachmentCheck Refuse(string problem) => new("", problem);
}

/// <summary>Which files may lie beside a listing: pdf, docx, xlsx, pptx, png, jpg, told by their content and not by their name alone.</summary>
public static class AttachmentRules
{
    public const int MaxFileName = 100;

    // A document of 20 MB with thousands of parts or that unpacks to this much is no document.
    private const int MaxParts = 5_000;
    private const long MaxUnpacked = 500L * 1024 * 1024;
    private const long MaxContentTypes = 1024 * 1024;

    /// <summary>Extension → content type, and for the packages of Office the main part with the type it must be declared as.</summary>
    private static readonly Dictionary<string, (string ContentType, string? MainPart, string? MainType)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = ("application/pdf", null, null),
        [".png"] = ("image/png", null, null),
        [".jpg"] = ("image/jpeg", null, null),
        [".jpeg"] = ("image/jpeg", null, null),
        [".docx"] = Office("wordprocessingml.document", "word/document.xml"),
        [".xlsx"] = Office("spreadsheetml.sheet", "xl/workbook.xml"),
        [".pptx"] = Office("presentationml.presentation", "ppt/presentation.xml"),
    };

    public static IReadOnlyCollection<string> Extensions => Known.Keys;

    /// <summary>The name as it is stored and offered for download: no folders, no characters that systems forbid, at most 100 characters.</summary>
    public static string CleanName(string? fileName)
    {
        var name = ListingRules.CleanLine(fileName);
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        name = string.Concat(name.Select(c => c is ':' or '*' or '?' or '"' or '<' or '>' or '|' or '%' ? '_' : c)).TrimEnd('.', ' ');
        var extension = Path.GetExtension(name);
        var stem = Path.GetFileNameWithoutExtension(name).Trim('.', ' ');
        if (stem.Length + extension.Length > MaxFileName) stem = stem[..Math.Max(1, MaxFileName - Math.Min(extension.Length, 10))];
        // Cutting may have halved a character of two units.
        return ListingRules.Clean(stem.Length == 0 ? "file" + extension : stem + extension);
    }

    /// <param name="fileName">A cleaned name; its extension says what the file claims to be.</param>
    /// <param name="content">The whole file, seekable.</param>
    public static AttachmentCheck Check(string fileName, Stream content)
    {
        if (!Known.TryGetValue(Path.GetExtension(fileName), out var kind)) return AttachmentCheck.Refuse("FileKind");
        if (content.Length == 0) return AttachmentCheck.Refuse("FileEmpty");
        if (content.Length > Attachment.MaxBytes) return AttachmentCheck.Refuse("FileTooLarge");
        Span<byte> head = stackalloc byte[8];
        content.Position = 0;
        var read = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        content.Position = 0;
        ReadOnlySpan<byte> magic = kind.ContentType switch
        {
            "application/pdf" => "%PDF-"u8,
            "image/png" => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A],
            "image/jpeg" => [0xFF, 0xD8, 0xFF],
            _ => "PK\u0003\u0004"u8,
        };
        if (!head[..read].StartsWith(magic)) return AttachmentCheck.Refuse("FileContent");
        var problem = kind.MainPart is null ? null : CheckPackage(content, kind.MainPart, kind.MainType!);
        content.Position = 0;
        return problem is null ? new AttachmentCheck(kind.ContentType, null) : AttachmentCheck.Refuse(problem);
    }

    private static string? CheckPackage(Stream content, string mainPart, string mainType)
    {
        try
        {
            using var package = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            if (package.Entries.Count > MaxParts || package.Entries.Sum(e => e.Length) > MaxUnpacked) return "FileBomb";
            if (package.Entries.Any(e => e.FullName.Contains("vbaProject", StringComparison.OrdinalIgnoreCase))) return "FileMacros";
            var types = package.GetEntry("[Content_Types].xml");
            if (types is null || package.GetEntry(mainPart) is null) return "FileContent";
            if (types.Length > MaxContentTypes) return "FileBomb";
            var declared = DeclaredTypes(types);
            if (declared.Any(d => d.Type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || d.Type.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)))
                return "FileMacros";
            return declared.Any(d => d.Part.TrimStart('/') == mainPart && d.Type == mainType) ? null : "FileContent";
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or IOException or NotSupportedException or OverflowException)
        {
            return "FileContent";
        }
    }

    private static List<(string Part, string Type)> DeclaredTypes(ZipArchiveEntry entry)
    {
        var found = new List<(string, string)>();
        using var stream = entry.Open();
        // The length in the archive's directory is only a claim; the reader counts what really comes.
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxContentTypes });
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.GetAttribute("ContentType") is { } type) found.Add((reader.GetAttribute("PartName") ?? "", type));
        }
        return found;
    }

    private static (string, string?, string?) Office(string kind, string mainPart) =>
        ($"application/vnd.openxmlformats-officedocument.{kind}", mainPart, $"application/vnd.openxmlformats-officedocument.{kind}.main+xml");
}
