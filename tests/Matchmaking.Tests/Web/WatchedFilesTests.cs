using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Web;

public sealed class WatchedFilesTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    /// <summary>The tests stopped once in the middle, when the system's watchers had run out.</summary>
    [Fact]
    public async Task An_application_of_the_tests_holds_no_watcher_of_the_system()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Watchers are seen as open files on Linux only.");
        (await app.CreateClient().GetAsync("/", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(Target), target => target.Contains("inotify", StringComparison.Ordinal));
    }

    private static string Target(string open)
    {
        try
        {
            return new FileInfo(open).LinkTarget ?? "";
        }
        catch (IOException)
        {
            // Closed between listing and looking.
            return "";
        }
    }
}
