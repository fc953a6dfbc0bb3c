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
        configurationBuilder.Properties<decimal>().HavePrecision(20, 4).HaveConversion<PlainDecimalConverter>();
    }

    /// <summary>The server answers 120.0000 for 120; written again, or compared as text, that would be another number.</summary>
    private sealed class PlainDecimalConverter() : ValueConverter<decimal, decimal>(value => value, stored => stored / 1.0000000000000000000000000000m);
}
