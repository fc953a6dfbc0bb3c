using Matchmaking.Matching.Importing.Sheets;

namespace Matchmaking.Web.Imports;

/// <summary>A small table that was uploaded, in memory; the caller disposes of it.</summary>
public static class UploadedTable
{
    /// <exception cref="FileRefusedException">Larger than a table may be.</exception>
    public static async Task<MemoryStream> ReadAsync(IFormFile upload, CancellationToken cancellationToken)
    {
        if (upload.Length > FileGate.MaxBytes) throw new FileRefusedException("FileTooLarge", FileGate.MaxMegabytes);
        var content = new MemoryStream();
        await upload.CopyToAsync(content, cancellationToken);
        content.Position = 0;
        return content;
    }
}
