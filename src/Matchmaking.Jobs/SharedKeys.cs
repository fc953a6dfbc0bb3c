using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Jobs;

/// <summary>The keys with which cookies, kept forms and links are protected. They lie with the data, so that a restart signs nobody out and all programs of one installation share them.</summary>
public static class SharedKeys
{
    /// <param name="mayMake">Only the web program makes keys; a worker that made its own would sign what no web program can read.</param>
    public static IServiceCollection AddSharedKeys(this IServiceCollection services, string dataFolder, bool mayMake)
    {
        var keys = services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(dataFolder, "keys"))).SetApplicationName("Matchmaking");
        if (!mayMake) keys.DisableAutomaticKeyGeneration();
        return services;
    }
}
