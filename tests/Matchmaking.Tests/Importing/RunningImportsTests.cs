using System.Data.Common;
using System.Globalization;
using System.Text;
using Matchmaking.Jobs;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Search;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Importing;

/// <summary>All of an import or nothing, exactly once, whatever happens to the job.</summary>
public sealed class RunningImportsTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static byte[] Table(int rows, string prefix) => Encoding.UTF8.GetBytes("需求名称,联系人\n" + string.Concat(Enumerable.Range(1, rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"{prefix}{i},联系人甲（示例）\n"))));

    private async Task<(Organization Owner, int Import)> QueuedAsync(byte[] content, Organization? owner = null)
    {
        owner ??= await app.AddOrganizationAsync();
        var email = await app.AddUserAsync(Roles.EnterpriseMember, owner);
        var (name, hash) = await app.Services.GetRequiredService<ImportStore>().SaveAsync(content, Cancel);
        var id = await app.WithDbAsync(async db =>
        {
            var user = await db.Users.SingleAsync(u => u.Email == email, Cancel);
            var import = new Import(user.Id, owner.Id, ListingKind.Need, "a.csv", name, hash, "zh-CN", app.Clock.Now);
            import.Queue(submits: false, app.Clock.Now);
            db.Imports.Add(import);
            await db.SaveChangesAsync(Cancel);
            return import.Id;
        });
        return (owner, id);
    }

    private Task<int> CountAsync(Organization owner) => app.WithDbAsync(db => db.Needs.CountAsync(n => n.OrganizationId == owner.Id, Cancel));

    private Task RunAsync(int id) => app.RunJobAsync<ImportTable>(job => job.RunAsync(id, Cancel));

    private async Task RunOnAsync(MatchmakingDbContext db, int id)
    {
        var calendar = app.Services.GetRequiredService<LocalCalendar>();
        var store = app.Services.GetRequiredService<ImportStore>();
        await new RunImport(db, store, new ImportReading(db, store, new ImportScope(db), new ImportCheck(db, app.Services.GetRequiredService<Matching.Writing.DraftChecker>()), calendar), calendar, app.Clock).RunAsync(id, Cancel);
    }

    [Theory]
    [InlineData("first row")]
    [InlineData("second batch")]
    [InlineData("commit")]
    public async Task Killed_in_the_middle_it_leaves_nothing_and_is_finished_once_afterwards(string where)
    {
        var (owner, id) = await QueuedAsync(Table(450, "被中断的需求"));
        IInterceptor killer = where switch { "first row" => new KillAtListing(1), "second batch" => new KillAtListing(300), _ => new KillAtCommit() };

        await using (var db = app.OpenContext(killer))
        {
            var failure = await Record.ExceptionAsync(() => RunOnAsync(db, id));
            Assert.IsType<KilledException>(failure is DbUpdateException ? failure.InnerException : failure);
        }
        Assert.Equal(0, await CountAsync(owner));
        Assert.Equal(ImportState.Running, (await app.ImportOfAsync(id)).State);

        await RunAsync(id);
        Assert.Equal(450, await CountAsync(owner));
        var done = await app.ImportOfAsync(id);
        Assert.Equal((ImportState.Done, 450, 450), (done.State, done.Imported, done.Checked));
        await RunAsync(id);
        Assert.Equal(450, await CountAsync(owner));
    }

    [Fact]
    public async Task A_lost_job_is_put_back_into_the_queue_after_a_while()
    {
        var (_, id) = await QueuedAsync(Table(1, "丢失的需求"));
        Task<long> Enqueued() => Task.FromResult(app.Services.GetRequiredService<Hangfire.JobStorage>().GetMonitoringApi().EnqueuedCount("default"));
        var before = await Enqueued();

        await app.RunJobAsync<ResumeImports>(job => job.RunAsync(Cancel));
        Assert.Equal(before, await Enqueued());
        app.Clock.Advance(ResumeImports.Patience + TimeSpan.FromSeconds(1));
        await app.RunJobAsync<ResumeImports>(job => job.RunAsync(Cancel));
        Assert.Equal(before + 1, await Enqueued());
        await RunAsync(id);
    }

    [Fact]
    public async Task Cancelled_while_it_runs_it_writes_nothing()
    {
        var (owner, id) = await QueuedAsync(Table(30, "取消的需求"));

        await using var db = app.OpenContext(new BeforeTransaction(() => app.WithDbAsync(async other =>
        {
            (await other.Imports.SingleAsync(i => i.Id == id, Cancel)).Cancel(app.Clock.Now);
            await other.SaveChangesAsync(Cancel);
        })));
        await RunOnAsync(db, id);

        Assert.Equal(0, await CountAsync(owner));
        Assert.Equal(ImportState.Cancelled, (await app.ImportOfAsync(id)).State);
        await RunAsync(id);
        Assert.Equal(0, await CountAsync(owner));
    }

    [Fact]
    public async Task The_same_rows_imported_at_the_same_time_are_there_once()
    {
        var (owner, first) = await QueuedAsync(Table(40, "同时的需求"));
        var (_, second) = await QueuedAsync(Table(50, "同时的需求"), owner);

        // The other one is finished between this one's checking and writing.
        await using var db = app.OpenContext(new BeforeTransaction(() => RunAsync(second)));
        await RunOnAsync(db, first);

        Assert.Equal(50, await CountAsync(owner));
        var (one, two) = (await app.ImportOfAsync(first), await app.ImportOfAsync(second));
        Assert.Equal((0, 40, 50, 0), (one.Imported, one.Known, two.Imported, two.Known));
    }

    [Fact]
    public async Task Uploaded_files_are_gone_after_the_import_and_returned_rows_after_seven_days()
    {
        var (_, id) = await QueuedAsync(Encoding.UTF8.GetBytes("需求名称,完成期限,联系人\n好的需求,2027-01-01,联系人甲（示例）\n坏的需求,明年,联系人甲（示例）\n"));
        var folder = app.Services.GetRequiredService<DataFolder>().Imports;
        var name = (await app.ImportOfAsync(id)).StoredName;

        await RunAsync(id);
        Assert.Equal([name + ".remarks"], Directory.GetFiles(folder, name + "*").Select(Path.GetFileName));
        await app.RunJobAsync<DeleteImportFiles>(job => job.RunAsync(Cancel));
        Assert.Single(Directory.GetFiles(folder, name + "*"));
        app.Clock.Advance(TimeSpan.FromDays(ImportStore.KeptDays) + TimeSpan.FromMinutes(1));
        await app.RunJobAsync<DeleteImportFiles>(job => job.RunAsync(Cancel));
        Assert.Empty(Directory.GetFiles(folder, name + "*"));
        Assert.True((await app.ImportOfAsync(id)).FilesDeleted);
    }

    [Fact]
    public async Task Somebody_who_may_no_longer_import_imports_nothing()
    {
        var (owner, id) = await QueuedAsync(Table(3, "无权的需求"));
        await app.WithDbAsync(async db =>
        {
            var import = await db.Imports.SingleAsync(i => i.Id == id, Cancel);
            await db.UserRoles.Where(r => r.UserId == import.UserId).ExecuteDeleteAsync(Cancel);
        });

        await RunAsync(id);

        var failed = await app.ImportOfAsync(id);
        Assert.Equal((ImportState.Failed, "NoScope", 0), (failed.State, failed.Failure, await CountAsync(owner)));
    }

    [Fact]
    public async Task What_is_done_is_in_the_audit_log_with_numbers_only()
    {
        var (owner, id) = await QueuedAsync(Table(2, "有日志的需求"));
        await RunAsync(id);

        var needs = await app.WithDbAsync(db => db.Needs.Where(n => n.OrganizationId == owner.Id).ToListAsync(Cancel));
        var entries = await app.WithDbAsync(db => db.AuditEntries.Where(e => e.Details == $"import {id}" || e.Subject == $"import:{id}").ToListAsync(Cancel));
        Assert.Equal(needs.Select(n => PublishListing.Subject(n)).Order(StringComparer.Ordinal), entries.Where(e => e.Action == "listing.create").Select(e => e.Subject).Order(StringComparer.Ordinal));
        Assert.Equal("2 imported, 0 submitted, 0 bad, 0 known, 0 repeated", entries.Single(e => e.Action == "import.run").Details);
    }

    private sealed class KilledException : Exception;

    /// <summary>The process dies just before its nth listing reaches the database.</summary>
    private sealed class KillAtListing(int nth) : DbCommandInterceptor
    {
        private int seen;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            seen += command.CommandText.Split("INSERT INTO \"Listings\"").Length - 1;
            return seen >= nth ? throw new KilledException() : ValueTask.FromResult(result);
        }
    }

    private sealed class KillAtCommit : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            throw new KilledException();
    }

    private sealed class BeforeTransaction(Func<Task> act) : DbTransactionInterceptor
    {
        private bool done;

        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            // The job's notes of one statement need none; the first is the one in which it writes.
            if (!done)
            {
                done = true;
                await act();
            }
            return result;
        }
    }
}
