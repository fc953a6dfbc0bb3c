using System.Globalization;
using Hangfire;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Microsoft.AspNetCore.Identity;
using Serilog;

namespace Matchmaking.Web.Hosting;

public static class Startup
{
    /// <summary>Answers <c>--help</c> and unknown options; null means that the program goes on.</summary>
    public static int? Answer(this StartOptions start)
    {
        if (start.Help)
        {
            Console.WriteLine(StartOptions.HelpText);
            return 0;
        }
        if (start.Unknown.Count == 0) return null;
        Console.Error.WriteLine($"Unknown option '{start.Unknown[0]}'.\n\n{StartOptions.HelpText}");
        return 2;
    }

    /// <summary>The folder for database, index, mail, attachments and keys; a demonstration gets one of its own and loopback only.</summary>
    public static string PrepareDataFolder(this WebApplicationBuilder builder, StartOptions start)
    {
        var folder = Path.GetFullPath(Path.Combine(builder.Environment.ContentRootPath, builder.Configuration["Data:Folder"] ?? "App_Data"));
        if (start.Demo)
        {
            folder = Path.Combine(folder, "demo");
            builder.WebHost.UseUrls(StartOptions.DemoAddress);
            builder.Configuration["Site:Address"] ??= StartOptions.DemoAddress;
        }
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>One line an event with named values; the framework speaks from warnings on, so that no address or form reaches a log.</summary>
    public static void AddLogging(this WebApplicationBuilder builder) =>
        builder.Host.UseSerilog((context, log) => log
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", Serilog.Events.LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", Serilog.Events.LogEventLevel.Information)
            .MinimumLevel.Override("Hangfire", Serilog.Events.LogEventLevel.Warning)
            .ReadFrom.Configuration(context.Configuration)
            .WriteTo.Console(formatProvider: CultureInfo.InvariantCulture));

    /// <summary>Brings the database to the model and makes sure that every role exists.</summary>
    public static async Task PrepareDatabaseAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>().MigrateAsync(CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<Checklists>().SeedAsync(CancellationToken.None);
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<int>>>();
        foreach (var role in Roles.All)
        {
            if (!await roles.RoleExistsAsync(role)) await roles.CreateAsync(new IdentityRole<int>(role));
        }
    }

    /// <summary>Fills and prints the demonstration, or prints the one-time link while no administrator exists.</summary>
    public static async Task AnnounceAsync(this WebApplication app, StartOptions start)
    {
        if (start.Demo)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<Demo>().PrepareAsync(CancellationToken.None);
            Console.WriteLine(Demo.Welcome);
            return;
        }
        var first = app.Services.GetRequiredService<FirstAdministrator>();
        if (await first.ExistsAsync(CancellationToken.None)) return;
        app.Lifetime.ApplicationStarted.Register(() =>
            Console.WriteLine($"No administrator yet. Open this link once to make the first: {app.Urls.FirstOrDefault() ?? "http://localhost:5000"}{first.Path}"));
    }

    /// <summary>Hangfire's own pages, for administrators only.</summary>
    public static void MapJobsDashboard(this WebApplication app) =>
        app.MapHangfireDashboard("/admin/jobs", new DashboardOptions
        {
            Authorization = [], AsyncAuthorization = [], AppPath = "/admin", DisplayStorageConnectionString = false, IgnoreAntiforgeryToken = false,
        }).RequireAuthorization(Authorization.Policies.Administration);
}
