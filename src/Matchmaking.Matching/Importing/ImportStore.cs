using System.Security.Cryptography;

namespace Matchmaking.Matching.Importing;

/// <summary>
/// Uploaded tables and the files that come back, in a folder outside the web root under random names. They hold contacts, so they go as soon
/// as they are done with, at the latest after <see cref="KeptDays"/>.
/// </summary>
public sealed class ImportStore(string folder)
{
    public const int KeptDays = 7;
    private const string RemarksEnding = ".remarks";

    /// <summary>Stores the bytes; returns their name and SHA-256.</summary>
    public async Task<(string StoredName, string Sha256)> SaveAsync(byte[] content, CancellationToken cancellationToken)
    {
        var name = Guid.NewGuid().ToString("N");
        await WriteAsync(PathOf(name), content, cancellationToken);
        return (name, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    /// <summary>Null when the file is gone.</summary>
    public Task<byte[]?> ReadAsync(string storedName, CancellationToken cancellationToken) => ReadPathAsync(PathOf(storedName), cancellationToken);

    public Task SaveRemarksAsync(string storedName, byte[] content, CancellationToken cancellationToken) => WriteAsync(PathOf(storedName) + RemarksEnding, content, cancellationToken);

    public Task<byte[]?> ReadRemarksAsync(string storedName, CancellationToken cancellationToken) => ReadPathAsync(PathOf(storedName) + RemarksEnding, cancellationToken);

    public void DeleteUpload(string storedName) => File.Delete(PathOf(storedName));

    public void DeleteAll(string storedName)
    {
        Directory.CreateDirectory(folder);
        File.Delete(PathOf(storedName));
        File.Delete(PathOf(storedName) + RemarksEnding);
    }

    private static async Task<byte[]?> ReadPathAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private async Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        // Whole or not at all: a kill in between leaves only the part.
        var partial = path + ".part";
        await File.WriteAllBytesAsync(partial, content, cancellationToken);
        File.Move(partial, path, overwrite: true);
    }

    // Stored names are ours; the check keeps a damaged row from reaching outside the folder.
    private string PathOf(string storedName) =>
        Guid.TryParseExact(storedName, "N", out _) ? Path.Combine(folder, storedName) : throw new InvalidOperationException("Not a stored name.");
}
