using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Data;

public static class DatabaseRegistration
{
    private static readonly TimeSpan LongestMigration = TimeSpan.FromMinutes(1);

    /// <summary>Chooses the database by <c>Database:Provider</c>; unknown values stop the program.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        var provider = configuration["Database:Provider"] ?? "Sqlite";
        var connection = configuration.GetConnectionString("Matchmaking");
        switch (provider)
        {
            case "Sqlite":
                var path = Path.Combine(dataFolder, "matchmaking.db");
                connection ??= $"Data Source={path};Foreign Keys=True;Default Timeout=30";
                services.AddDbContext<MatchmakingDbContext, SqliteMatchmakingDbContext>(options => options.UseSqlite(connection));
                break;
            case "Postgres":
                if (string.IsNullOrWhiteSpace(connection))
                    throw new InvalidOperationException("Database:Provider is 'Postgres' but ConnectionStrings:Matchmaking is empty. Name the connection or use Database:Provider=Sqlite.");
                services.AddDbContext<MatchmakingDbContext, PostgresMatchmakingDbContext>(options => options.UseNpgsql(connection, server => server.ExecutionStrategy(d => new DeadlockRepeats(d))));
                break;
            default:
                throw new InvalidOperationException($"Database:Provider is '{provider}'. Allowed values: Sqlite, Postgres.");
        }
        return services;
    }

    /// <summary>Creates or updates the database; SQLite writes ahead, so readers and the one writer do not wait for each other.</summary>
    public static async Task MigrateAsync(this MatchmakingDbContext db, CancellationToken cancellationToken)
    {
        if (db is SqliteMatchmakingDbContext && await db.Database.CanConnectAsync(cancellationToken)) await ForgetDeadLockAsync(db, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        if (db is SqliteMatchmakingDbContext) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);
    }

    /// <summary>
    /// Whoever migrates writes a row first and removes it at the end; one who was killed in between left it, and EF Core would wait for it without end. A row older than any of our
    /// migrations takes is taken for that of a dead one.
    /// </summary>
    private static async Task ForgetDeadLockAsync(MatchmakingDbContext db, CancellationToken cancellationToken)
    {
        if (await db.Database.SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancellationToken) == 0) return;
        while (await db.Database.SqlQuery<string>($"SELECT Timestamp AS Value FROM __EFMigrationsLock").FirstOrDefaultAsync(cancellationToken) is { } since)
        {
            if (DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, out var at) && TimeProvider.System.GetUtcNow() - at < LongestMigration) await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            else await db.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancellationToken);
        }
    }
}

/// <summary>Lets <c>dotnet ef</c> make migrations without a server or a host.</summary>
internal sealed class DesignTimeContexts : IDesignTimeDbContextFactory<SqliteMatchmakingDbContext>, IDesignTimeDbContextFactory<PostgresMatchmakingDbContext>
{
    SqliteMatchmakingDbContext IDesignTimeDbContextFactory<SqliteMatchmakingDbContext>.CreateDbContext(string[] args) =>
        new(Options<SqliteMatchmakingDbContext>().UseSqlite("Data Source=design.db").Options);

    PostgresMatchmakingDbContext IDesignTimeDbContextFactory<PostgresMatchmakingDbContext>.CreateDbContext(string[] args) =>
        new(Options<PostgresMatchmakingDbContext>().UseNpgsql("Host=localhost;Database=design").Options);

    /// <summary>Options whose services know the sign-in rules, which shape the Identity tables.</summary>
    public static DbContextOptionsBuilder<TContext> Options<TContext>() where TContext : DbContext =>
        new DbContextOptionsBuilder<TContext>().UseApplicationServiceProvider(
            new ServiceCollection().Configure<IdentityOptions>(IdentityRules.Configure).BuildServiceProvider());
}
