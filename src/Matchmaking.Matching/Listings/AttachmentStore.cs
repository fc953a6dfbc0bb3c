using System.Security.Cryptography;

namespace Matchmaking.Matching.Listings;

/// <summary>A file that was checked and lies in the folder, not yet known to any record.</summary>
public sealed record StoredFile(string FileName, string ContentType, long Length, string StoredName, string Sha256);

/// <summary>The folder of attachments, outside the web root. Files have random names without extension, so that nothing there runs or can be guessed.</summary>
public sealed class AttachmentStore(string folder)
{
    /// <summary>Checks and stores an upload; a problem's code when it may not be stored.</summary>
    public async Task<(StoredFile? File, string? Problem)> SaveAsync(string? uploadName, Stream upload, CancellationToken cancellationToken)
    {
        var name = AttachmentRules.CleanName(uploadName);
        var check = AttachmentRules.Check(name, upload);
        if (check.Problem is not null) return (null, check.Problem);
        Directory.CreateDirectory(folder);
        var storedName = Guid.NewGuid().ToString("N");
        var path = Path.Combine(folder, storedName);
        var partial = path + ".part";
        try
        {
            upload.Position = 0;
            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(upload, cancellationToken));
            upload.Position = 0;
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                await upload.CopyToAsync(file, cancellationToken);
            File.Move(partial, path);
            return (new StoredFile(name, check.ContentType, upload.Length, storedName, sha256), null);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    public static bool IsStoredName(string name) => Guid.TryParseExact(name, "N", out _);

    /// <summary>Opens a stored file; null when it is gone, for instance after a restore of the database alone.</summary>
    public FileStream? Open(string storedName)
    {
        var path = PathOf(storedName);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete) : null;
    }

    public void Delete(string storedName) => File.Delete(PathOf(storedName));

    // Stored names are ours; the check keeps a damaged row from reaching outside the folder.
    private string PathOf(string storedName) =>
        IsStoredName(storedName) ? Path.Combine(folder, storedName) : throw new InvalidOperationException("Not a stored name.");
}
