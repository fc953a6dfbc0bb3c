using System.Runtime.CompilerServices;

namespace Matchmaking.Tests.Support;

/// <summary>
/// Hundreds of applications start during the tests, and no file of theirs changes. Each would hold one of the few watchers
/// that the system grants to a user (128 by default), until a collection happens to free it.
/// </summary>
internal static class WatchedFiles
{
    [ModuleInitializer]
    internal static void Off()
    {
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        Environment.SetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER", "true");
    }
}
