namespace Matchmaking.Matching.Text;

/// <summary>What a file that staff keep says. It is read again when it has changed; while it cannot be read, what was known before stays in force.</summary>
public sealed class KeptFile<T>
{
    private readonly string path;
    private readonly Func<string, T> read;
    private readonly Lock reading = new();
    private (DateTime At, long Length) stamp;
    private T known;

    /// <param name="path">The file; a relative one is looked for in the folder of the program and its parents, then in the current one.</param>
    /// <param name="read">Makes what is known of the file of this path.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public KeptFile(string path, Func<string, T> read)
    {
        this.path = Resolve(path) ?? throw new FileNotFoundException($"There is no word list '{path}'.", path);
        this.read = read;
        stamp = Stamp();
        known = read(this.path);
    }

    /// <summary>Why the file could not be read again; null when it is up to date.</summary>
    public string? Trouble { get; private set; }

    public T Current()
    {
        lock (reading)
        {
            try
            {
                // Stamped before it is read: what is written meanwhile is seen next time.
                if (Stamp() is var now && now != stamp) (known, stamp) = (read(path), now);
                Trouble = null;
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                Trouble = unreadable.Message;
            }
            return known;
        }
    }

    private (DateTime, long) Stamp()
    {
        var file = new FileInfo(path);
        return (file.LastWriteTimeUtc, file.Length);
    }

    private static string? Resolve(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, path) is var file && File.Exists(file)) return file;
        }
        return File.Exists(path) ? Path.GetFullPath(path) : null;
    }
}
