using Matchmaking.Matching.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Data;

public sealed class MigrationTests
{
    // The contexts know the sign-in rules, which shape the Identity tables.
    private static readonly IServiceProvider Services = new ServiceCollection().Configure<IdentityOptions>(IdentityRules.Configure).BuildServiceProvider();

    [Fact]
    public void Sqlite_migrations_are_not_behind_the_model()
    {
        using var db = new SqliteMatchmakingDbContext(new DbContextOptionsBuilder<SqliteMatchmakingDbContext>()
            .UseSqlite("Data Source=:memory:").UseApplicationServiceProvider(Services).Options);
        Assert.False(db.Database.HasPendingModelChanges(), "Run tools/add-migration.sh NAME.");
    }

    [Fact]
    public void Postgres_migrations_are_not_behind_the_model()
    {
        using var db = new PostgresMatchmakingDbContext(new DbContextOptionsBuilder<PostgresMatchmakingDbContext>()
            .UseNpgsql("Host=localhost").UseApplicationServiceProvider(Services).Options);
        Assert.False(db.Database.HasPendingModelChanges(), "Run tools/add-migration.sh NAME.");
    }

    [Fact]
    public async Task One_who_was_killed_while_migrating_does_not_keep_the_next_start_waiting()
    {
        var folder = Directory.CreateTempSubdirectory("matchmaking-lock-");
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await using var db = new SqliteMatchmakingDbContext(new DbContextOptionsBuilder<SqliteMatchmakingDbContext>()
                .UseSqlite($"Data Source={Path.Combine(folder.FullName, "a.db")};Pooling=False").UseApplicationServiceProvider(Services).Options);
            await db.MigrateAsync(limit.Token);
            await db.Database.ExecuteSqlAsync($"INSERT INTO __EFMigrationsLock (Id, Timestamp) VALUES (1, '2026-11-26 00:00:00.0000000+00:00')", limit.Token);

            await db.MigrateAsync(limit.Token);

            Assert.Equal(0, await db.Database.SqlQuery<int>($"SELECT COUNT(*) AS Value FROM __EFMigrationsLock").SingleAsync(limit.Token));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Both_databases_have_migrations_of_the_same_names()
    {
        var assembly = typeof(MatchmakingDbContext).Assembly;
        string[] Names(string provider) => [.. assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(Microsoft.EntityFrameworkCore.Migrations.Migration)) && t.Namespace!.EndsWith(provider, StringComparison.Ordinal)).Select(t => t.Name).Order()];
        Assert.NotEmpty(Names("Sqlite"));
        Assert.Equal(Names("Sqlite"), Names("Postgres"));
    }
}
