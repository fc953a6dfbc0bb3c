using Matchmaking.Jobs;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Jobs;

public sealed class AuditTests
{
    [Fact]
    public async Task Sealed_entries_verify_and_a_changed_row_is_found()
    {
        await using var app = new MatchmakingApplication();
        await app.InitializeAsync();
        await app.WithDbAsync(async db =>
        {
            db.Audit(1, "test.one", "listing:1", app.Clock.Now);
            db.Audit(2, "test.two", "listing:2", app.Clock.Now, "details");
            await db.SaveChangesAsync();
        });
        await app.RunJobAsync<SealAudit>(job => job.RunAsync(TestContext.Current.CancellationToken));
        await app.RunJobAsync<SealAudit>(job => job.RunAsync(TestContext.Current.CancellationToken));
        await app.RunJobAsync<VerifyAudit>(job => job.RunAsync(TestContext.Current.CancellationToken));

        await app.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE \"AuditEntries\" SET \"Action\" = 'test.changed' WHERE \"Action\" = 'test.one'"));

        await Assert.ThrowsAsync<AuditBrokenException>(() => app.RunJobAsync<VerifyAudit>(job => job.RunAsync(TestContext.Current.CancellationToken)));
    }
}
