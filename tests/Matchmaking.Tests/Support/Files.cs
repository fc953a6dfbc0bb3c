using System.IO.Compression;
using System.Text;

namespace Matchmaking.Tests.Support;

/// <summary>Small files of every kind, made in memory.</summary>
public static class Files
{
    public static byte[] Pdf(int length = 200)
    {
        var bytes = new byte[length];
        "%PDF-1.7\n"u8.CopyTo(bytes);
        return bytes;
    }

    public static byte[] Png() => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];

    public static byte[] Docx(string? extraPart = null, string? mainType = null, string mainPart = "word/document.xml") => Package(
        mainPart, mainType ?? "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", extraPart);

    public static byte[] Xlsx() => Package("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", null);

    public static byte[] Package(string mainPart, string mainType, string? extraPart, long extraLength = 3)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", $"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/{mainPart}" ContentType="{mainType}"/></Types>""");
            Add(zip, mainPart, "<a/>");
            if (extraPart is not null)
            {
                using var part = zip.CreateEntry(extraPart, CompressionLevel.Fastest).Open();
                var zeros = new byte[1 << 20];
                for (var left = extraLength; left > 0; left -= zeros.Length) part.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
            }
        }
        return stream.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var part = zip.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(text));
    }
}
