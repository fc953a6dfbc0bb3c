using Hangfire;
using Matchmaking.Jobs;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Organizations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Web.Hosting;

/// <summary>The demonstration: samples, one account a role, and the papers imported by an ordinary job in the background.</summary>
public sealed class Demo(MatchmakingDbContext db, UserManager<User> users, SampleImporter importer, IBackgroundJobClient jobs, TimeProvider time)
{
    public const string Password = "Demo-2026-jilin";

    private static readonly (string Email, string Role, string Name, string Organization)[] Accounts =
    [
        ("enterprise@demo.test", Roles.EnterpriseMember, "示例企业甲", "E01"),
        ("researcher@demo.test", Roles.Researcher, "示例教授甲", "U01"),
        ("office@demo.test", Roles.RecommendingOffice, "示例归口甲", "O01"),
        ("broker@demo.test", Roles.Broker, "示例经纪人甲", "B01"),
        ("staff@demo.test", Roles.Staff, "示例管理员甲", "P01"),
        ("admin@demo.test", Roles.Administrator, "示例系统管理员甲", "P01"),
    ];

    public static string Welcome { get; } =
        $"""

        Demonstration at {StartOptions.DemoAddress}

          email                   password           role
        {string.Join('\n', Accounts.Select(a => $"  {a.Email,-22}  {Password}    {a.Role}"))}

        Samples are imported and indexed in the background; progress is printed here and on {StartOptions.DemoAddress}/status

        """;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var files = new SampleFiles(SamplesFolder());
        var organizations = await importer.ImportOrganizationsAsync(files, cancellationToken);
        foreach (var (email, role, name, key) in Accounts)
        {
            if (await db.Users.AnyAsync(u => u.Email == email, cancellationToken)) continue;
            var user = User.Create(email, name, time.GetUtcNow());
            user.EmailConfirmed = true;
            user.Found(organizations[key]);
            await users.CreateAsync(user, Password);
            await users.AddToRoleAsync(user, role);
        }
        await importer.ImportListingsAsync(files, cancellationToken);
        var broker = await db.Users.SingleAsync(u => u.Email == "broker@demo.test", cancellationToken);
        await importer.ImportGradesAsync(files, broker.Id, need => need.PublishedAt!.Value.Year < 2026, cancellationToken);
        jobs.Enqueue<ImportPapers>(job => job.RunAsync(SamplesFolder(), CancellationToken.None));
    }

    /// <summary>The folder <c>samples</c> beside the program or above it, as in a clone.</summary>
    public static string SamplesFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var samples = Path.Combine(folder.FullName, "samples");
            if (File.Exists(Path.Combine(samples, "organizations.csv"))) return samples;
        }
        throw new DirectoryNotFoundException("The folder 'samples' lies neither beside the program nor above it.");
    }
}

public static class DemoRegistration
{
    public static IServiceCollection AddDemo(this IServiceCollection services) => services.AddScoped<Demo>();
}
