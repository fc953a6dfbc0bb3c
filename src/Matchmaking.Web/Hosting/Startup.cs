using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Microsoft.AspNetCore.Identity;

namespace Matchmaking.Web.Hosting;

public static class Startup
{
    /// <summary>The folder for database, index, mail, attachments and keys; a demonstration gets one of its own and loopback only.</summary>
    public static string PrepareDataFolder(this WebApplicationBuilder builder, StartOptions start)
    {
        var folder = Path.GetFullPath(Path.Combine(builder.Environment.ContentRootPath, builder.Configuration["Data:Folder"] ?? "App_Data"));
        if (start.Demo)
        {
            folder = Path.Combine(folder, "demo");
            builder.WebHost.UseUrls(StartOptions.DemoAddress);
        }
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Brings the database to the model and makes sure that every role exists.</summary>
    public static async Task PrepareDatabaseAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>().MigrateAsync(CancellationToken.None);
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<int>>>();
        foreach (var role in Roles.All)
        {
            if (!await roles.RoleExistsAsync(role)) await roles.CreateAsync(new IdentityRole<int>(role));
        }
    }
}
