namespace Matchmaking.Tests.Support;

/// <summary>Files of the repository that tests read.</summary>
public static class Repository
{
    /// <summary>The folder of the solution, found upwards from the tests' output.</summary>
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>A file that lies beside the repository on machines that have it; tests that need it skip with its name as the reason.</summary>
    public static string Shared(params string[] parts)
    {
        var path = System.IO.Path.Combine([System.IO.Path.GetDirectoryName(Root)!, "shared", .. parts]);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"shared/{string.Join('/', parts)} does not lie beside the repository.");
        return path;
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Matchmaking.slnx"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException("Matchmaking.slnx was not found above the tests' output.");
    }
}
