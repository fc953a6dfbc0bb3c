using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Matchmaking.Matching.Data;

/// <summary>SQLite has no type for times or decimals that sorts and sums: both become whole numbers, ticks of UTC and ten-thousandths.</summary>
public sealed class SqliteMatchmakingDbContext(DbContextOptions<SqliteMatchmakingDbContext> options) : MatchmakingDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
        configurationBuilder.Properties<decimal>().HaveConversion<TenThousandthsConverter>();
    }

    private sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
        time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private sealed class TenThousandthsConverter() : ValueConverter<decimal, long>(
        number => (long)Math.Round(number * 10_000m, MidpointRounding.ToEven), stored => stored / 10_000m);
}

public sealed class PostgresMatchmakingDbContext(DbContextOptions<PostgresMatchmakingDbContext> options) : MatchmakingDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<decimal>().HavePrecision(20, 4);
    }
}
