using Npgsql;

namespace Matchmaking.Tests.Support;

/// <summary>The application on a PostgreSQL database of its own, made for it and dropped after it; tests skip where no server is named.</summary>
public sealed class PostgresApplication : MatchmakingApplication
{
    public const string Variable = "MATCHMAKING_TEST_POSTGRES";
    private static readonly string? Connection = Environment.GetEnvironmentVariable(Variable);
    private readonly string database = $"matchmaking_{Guid.NewGuid():N}";

    public static bool IsNamed => !string.IsNullOrWhiteSpace(Connection);

    protected override IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("Database:Provider", "Postgres"), new("ConnectionStrings:Matchmaking", new NpgsqlConnectionStringBuilder(Connection) { Database = database }.ConnectionString),
    ];

    public override async ValueTask InitializeAsync()
    {
        if (!IsNamed) return;
        await ExecuteAsync($"CREATE DATABASE {database}");
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (!IsNamed) return;
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"DROP DATABASE {database} WITH (FORCE)");
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
