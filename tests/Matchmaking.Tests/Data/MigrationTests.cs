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
    public void Both_databases_have_migrations_of_the_same_names()
    {
        var assembly = typeof(MatchmakingDbContext).Assembly;
        string[] Names(string provider) => [.. assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(Microsoft.EntityFrameworkCore.Migrations.Migration)) && t.Namespace!.EndsWith(provider, StringComparison.Ordinal)).Select(t => t.Name).Order()];
        Assert.NotEmpty(Names("Sqlite"));
        Assert.Equal(Names("Sqlite"), Names("Postgres"));
    }
}
