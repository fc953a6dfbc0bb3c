using System.Globalization;

namespace Matchmaking.Matching.Search;

/// <summary>
/// The file <c>current</c> beside the index folders: name of the folder in use, and whether it was ever filled by a rebuild. It is replaced
/// as a whole, so that a killed program finds either the old or the new one.
/// </summary>
internal sealed record IndexPointer(string Folder, bool Complete)
{
    private const string FileName = "current";
    private const string Prefix = "index-";
    private const string Incomplete = "incomplete";

    public static IndexPointer? Read(string root)
    {
        var file = Path.Combine(root, FileName);
        if (!File.Exists(file)) return null;

        var lines = File.ReadAllLines(file);
        return lines.Length > 0 && lines[0].StartsWith(Prefix, StringComparison.Ordinal) && Number(lines[0]) > 0
            ? new IndexPointer(lines[0], Complete: !lines.Contains(Incomplete))
            : null;
    }

    public void Write(string root)
    {
        var file = Path.Combine(root, FileName);
        var temporary = file + ".new";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(Complete ? Folder + '\n' : Folder + '\n' + Incomplete + '\n'));
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, file, overwrite: true);
    }

    /// <summary>A folder name that was not used yet.</summary>
    public static string NextFolder(string root) =>
        Prefix + (Folders(root).Select(Number).DefaultIfEmpty().Max() + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>All index folders, in use or left over.</summary>
    public static IEnumerable<string> Folders(string root) =>
        Directory.EnumerateDirectories(root, Prefix + "*").Select(path => Path.GetFileName(path));

    private static int Number(string folder) =>
        int.TryParse(folder.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
