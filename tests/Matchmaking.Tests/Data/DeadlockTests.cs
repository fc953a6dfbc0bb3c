using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Matchmaking.Tests.Data;

/// <summary>Two who wait for each other's rows on a real server, which ends one of them.</summary>
public sealed class DeadlockTests(PostgresApplication app) : IClassFixture<PostgresApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static void NeedsServer() => Assert.SkipUnless(PostgresDatabase.IsNamed, $"{PostgresDatabase.Variable} names no server.");

    [Fact]
    public async Task A_save_that_the_database_ended_is_done_once_more()
    {
        NeedsServer();

        var (ended, codes) = await CrossAsync(inTransaction: false);

        Assert.Null(ended);
        Assert.Equal(["220200", "220200"], codes);
    }

    [Fact]
    public async Task A_longer_transaction_that_the_database_ended_was_overtaken()
    {
        NeedsServer();

        var (ended, codes) = await CrossAsync(inTransaction: true);

        Assert.Equal(PostgresErrorCodes.DeadlockDetected, Assert.IsType<PostgresException>(Assert.IsType<DbUpdateConcurrencyException>(ended).GetBaseException()).SqlState);
        Assert.Equal(["220100", "220100"], codes);
    }

    [Fact]
    public async Task Every_other_error_passes_as_it_is()
    {
        NeedsServer();

        // Nobody listens there: Npgsql calls that transient, and its own strategy would hide it.
        await Assert.ThrowsAsync<NpgsqlException>(() => app.WithDbAsync(db =>
        {
            db.Database.SetConnectionString("Host=127.0.0.1;Port=1;Username=nobody;Database=nothing");
            return db.Organizations.AnyAsync(Cancel);
        }));
    }

    [Fact]
    public async Task A_number_is_given_while_another_writes_beside_the_record()
    {
        NeedsServer();
        var need = await app.SubmittedAsync(await app.AddOrganizationAsync());
        await using var other = new NpgsqlConnection(await app.WithDbAsync(db => Task.FromResult(db.Database.GetConnectionString())));
        await other.OpenAsync(Cancel);
        await using var held = await other.BeginTransactionAsync(Cancel);
        // What an insert does to the row that it refers to, until its end.
        await RunAsync(other, $"SELECT 1 FROM \"Listings\" WHERE \"Id\" = {need.Id} FOR KEY SHARE");

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var decision = await app.WithServiceAsync<PublishListing, Decision>(publishing => publishing.PublishAsync(need.Id, need.Version, 1, new DateOnly(2026, 11, 24), limit.Token));

        Assert.Equal(DecisionOutcome.Done, decision.Outcome);
    }

    /// <summary>
    /// A save changes two organisations while another connection holds the second and then asks for the first. The server ends the one that has waited for its time when the circle is closed, the save;
    /// where the machine was so slow that it was the other, both begin anew.
    /// </summary>
    private async Task<(Exception? Ended, IReadOnlyList<string> Regions)> CrossAsync(bool inTransaction)
    {
        for (var round = 0; round < 10; round++)
        {
            var first = await app.AddOrganizationAsync();
            var second = await app.AddOrganizationAsync();
            await using var other = new NpgsqlConnection(await app.WithDbAsync(db => Task.FromResult(db.Database.GetConnectionString())));
            await other.OpenAsync(Cancel);
            await using var held = await other.BeginTransactionAsync(Cancel);
            await RunAsync(other, $"SELECT 1 FROM \"Organizations\" WHERE \"Id\" = {second.Id} FOR UPDATE");
            var saving = app.WithDbAsync(db => SaveAsync(db, [first.Id, second.Id], inTransaction));
            while (!saving.IsCompleted && await RunAsync(other, "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())") is 0L) await Task.Delay(5, Cancel);
            try
            {
                await RunAsync(other, $"SELECT 1 FROM \"Organizations\" WHERE \"Id\" = {first.Id} FOR UPDATE");
            }
            catch (PostgresException lost) when (lost.SqlState == PostgresErrorCodes.DeadlockDetected)
            {
                await held.RollbackAsync(Cancel);
                await saving;
                continue;
            }
            await held.RollbackAsync(Cancel);
            var ended = await saving;
            int[] both = [first.Id, second.Id];
            return (ended, await app.WithDbAsync(db => db.Organizations.Where(o => both.Contains(o.Id)).Select(o => o.Region).ToListAsync(Cancel)));
        }
        throw new InvalidOperationException("The server ended the other connection each time.");
    }

    private static async Task<Exception?> SaveAsync(MatchmakingDbContext db, int[] ids, bool inTransaction)
    {
        await using var transaction = inTransaction ? await db.Database.BeginTransactionAsync(Cancel) : null;
        foreach (var organization in await db.Organizations.Where(o => ids.Contains(o.Id)).ToListAsync(Cancel)) db.Entry(organization).Property(o => o.Region).CurrentValue = "220200";
        return await Record.ExceptionAsync(() => db.SaveChangesAsync(Cancel));
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
