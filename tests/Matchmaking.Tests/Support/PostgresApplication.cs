using Npgsql;

namespace Matchmaking.Tests.Support;

/// <summary>The application on PostgreSQL whatever the other tests run on; its tests skip where no server is named.</summary>
public sealed class PostgresApplication : MatchmakingApplication
{
    public override bool OnPostgres => true;

    public override ValueTask InitializeAsync() => PostgresDatabase.IsNamed ? base.InitializeAsync() : ValueTask.CompletedTask;
}

/// <summary>A database made for one test class on the server that <see cref="Variable"/> names, and dropped after it.</summary>
public sealed class PostgresDatabase
{
    public const string Variable = "MATCHMAKING_TEST_POSTGRES";
    private static readonly string? Server = Environment.GetEnvironmentVariable(Variable);
    private readonly string name = $"matchmaking_{Guid.NewGuid():N}";

    private PostgresDatabase() { }

    public static bool IsNamed => !string.IsNullOrWhiteSpace(Server);

    public string Connection => new NpgsqlConnectionStringBuilder(Server) { Database = name, MaxPoolSize = 20 }.ConnectionString;

    public static async Task<PostgresDatabase> CreateAsync()
    {
        if (!IsNamed) throw new InvalidOperationException($"{Variable} names no server.");
        var database = new PostgresDatabase();
        await ExecuteAsync($"CREATE DATABASE {database.name}");
        return database;
    }

    public async Task DropAsync()
    {
        using (var own = new NpgsqlConnection(Connection)) NpgsqlConnection.ClearPool(own);
        await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
