using System.Data.Common;
using Matchmaking.Jobs;
using Matchmaking.Matching;
using Matchmaking.Matching.AnnualLists;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matchmaking.Tests.AnnualLists;

public sealed class PublishingTests(MatchmakingApplication app) : IClassFixture<MatchmakingApplication>
{
    private static int year = 2030;

    private static int FreshYear() => Interlocked.Add(ref year, 2);

    [Fact]
    public async Task A_list_is_published_when_its_time_has_come_and_not_before()
    {
        var id = await app.AddListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), await app.PublishNeedAsync());
        await app.StartNoticeAsync(id);
        var day = ProvinceTime.DayOf(app.Clock.Now).AddDays(15);

        app.MoveTo(day, 8);
        await app.PublishDueListsAsync();
        Assert.Equal(AnnualListState.InNotice, (await app.ReadListAsync(id)).State);
        app.MoveTo(day, 9);
        await app.PublishDueListsAsync();

        var list = await app.ReadListAsync(id);
        Assert.Equal(AnnualListState.Published, list.State);
        Assert.Equal(ListDocument.HashOf(list.FrozenJson!), list.ContentHash);
        Assert.All(list.Entries, e => Assert.True(e.IsSealed));
    }

    [Fact]
    public async Task Publishing_twice_leaves_the_first_publication_as_it_was()
    {
        var list = await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), await app.PublishNeedAsync());
        app.Clock.Advance(TimeSpan.FromHours(1));

        await app.PublishDueListsAsync();

        var again = await app.ReadListAsync(list.Id);
        Assert.Equal(list.PublishedAt, again.PublishedAt);
        Assert.Equal(list.ContentHash, again.ContentHash);
        Assert.Equal(list.Version, again.Version);
        Assert.Equal(1, await app.WithDbAsync(db => db.AuditEntries.CountAsync(e => e.Action == "list.publish" && e.Subject == $"list:{list.SerialNumber}")));
    }

    [Fact]
    public async Task Killed_at_any_write_or_at_the_commit_nothing_is_published_and_the_next_run_publishes_everything()
    {
        var id = await app.AddListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), await app.PublishNeedAsync(), await app.PublishNeedAsync(), await app.PublishNeedAsync());
        await app.StartNoticeAsync(id);
        app.Clock.Advance(TimeSpan.FromDays(16));
        var before = await app.ReadListAsync(id);

        var kills = 0;
        for (var write = 1; ; write++)
        {
            if (await RunKilledAsync(new KillAtWrite(write))) break;
            kills++;
            await AssertUntouchedAsync(before);
        }
        // SQLite gets the writes one by one, PostgreSQL all of them in one batch.
        Assert.True(kills >= (app.OnPostgres ? 1 : 2), $"Only {kills} writes could be interrupted.");
        Assert.Equal(AnnualListState.Published, (await app.ReadListAsync(id)).State);
        Assert.All((await app.ReadListAsync(id)).Entries, e => Assert.True(e.IsSealed));
    }

    [Fact]
    public async Task Killed_at_the_commit_nothing_is_published()
    {
        var id = await app.AddListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), await app.PublishNeedAsync(), await app.PublishNeedAsync());
        await app.StartNoticeAsync(id);
        app.Clock.Advance(TimeSpan.FromDays(16));
        var before = await app.ReadListAsync(id);

        Assert.False(await RunKilledAsync(new KillAtCommit()));

        await AssertUntouchedAsync(before);
        await app.PublishDueListsAsync();
        Assert.Equal(AnnualListState.Published, (await app.ReadListAsync(id)).State);
    }

    [Fact]
    public async Task The_context_refuses_to_save_any_change_of_a_published_list()
    {
        var list = await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), await app.PublishNeedAsync(), await app.PublishNeedAsync());
        var fresh = await app.PublishNeedAsync();

        await RefusesAsync(db => db.Entry(db.AnnualLists.Single(l => l.Id == list.Id)).Property(l => l.ContentHash).CurrentValue = new string('0', 64));
        await RefusesAsync(db => db.AnnualLists.Remove(db.AnnualLists.Single(l => l.Id == list.Id)));
        await RefusesAsync(db => db.Entry(db.AnnualListEntries.First(e => e.ListId == list.Id)).Property(e => e.Position).CurrentValue = 99);
        await RefusesAsync(db => db.AnnualListEntries.Remove(db.AnnualListEntries.First(e => e.ListId == list.Id)));
        await RefusesAsync(db => db.AnnualListEntries.Add(new AnnualListEntry(
            db.AnnualLists.Single(l => l.Id == list.Id), db.Listings.Single(l => l.Id == fresh.Id), 3, "r", 1, app.Clock.Now)));
        Assert.Equal(list.Entries.Count, (await app.ReadListAsync(list.Id)).Entries.Count);

        async Task RefusesAsync(Action<MatchmakingDbContext> change) => await app.WithDbAsync(async db =>
        {
            change(db);
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));
            Assert.Contains("never changes", refused.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_published_list_refuses_acts_of_its_own()
    {
        var list = await app.PublishListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), await app.PublishNeedAsync());
        var entry = list.Entries.Single();

        Assert.Throws<AnnualListRefusedException>(() => list.Drop(entry.Id, "r", 1, app.Clock.Now));
        Assert.Throws<AnnualListRefusedException>(() => list.Place(entry.Id, 2, "r", 1, app.Clock.Now));
        Assert.Throws<AnnualListRefusedException>(() => list.Publish(new FrozenList("{}", "", new Dictionary<int, string>(), "", "{}", "", "{}", "", 1, ""), app.Clock.Now));
        Assert.All(Enum.GetValues<AnnualListAct>(), act => Assert.False(list.May(act)));
    }

    [Fact]
    public async Task The_text_is_that_of_the_revision_taken_in_even_when_the_owner_has_changed_it_since()
    {
        var need = await app.PublishNeedAsync(content: app.NeedContent("第一版标题（示例）"));
        var id = await app.AddListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), need);
        await app.StartNoticeAsync(id);
        await app.WithDbAsync(async db =>
        {
            var own = await db.Needs.Include(n => n.Revisions).SingleAsync(n => n.Id == need.Id);
            own.Propose(app.NeedContent("第二版标题（示例）"), Contact.Empty, 1, app.Clock.Now);
            own.PublishRevision(1, app.Clock.Now);
            await db.SaveChangesAsync();
        });

        app.Clock.Advance(TimeSpan.FromDays(16));
        await app.PublishDueListsAsync();

        var list = await app.ReadListAsync(id);
        var entry = Assert.Single(ListDocument.Parse(list.FrozenJson!).Entries);
        Assert.Equal("第一版标题（示例）", entry.Title);
        Assert.Equal(1, entry.Revision);
        Assert.Contains("第一版标题", list.Entries.Single().FrozenJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_its_owner_withdrew_is_not_published_and_the_rest_closes_up()
    {
        var gone = await app.PublishNeedAsync();
        var stays = await app.PublishNeedAsync();
        var id = await app.AddListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), gone, stays);
        await app.StartNoticeAsync(id);
        await app.WithDbAsync(async db =>
        {
            (await db.Needs.SingleAsync(n => n.Id == gone.Id)).Withdraw(1, app.Clock.Now);
            await db.SaveChangesAsync();
        });

        app.Clock.Advance(TimeSpan.FromDays(16));
        await app.PublishDueListsAsync();

        var list = await app.ReadListAsync(id);
        var entry = Assert.Single(ListDocument.Parse(list.FrozenJson!).Entries);
        Assert.Equal((1, stays.Number), (entry.Position, entry.Number));
        Assert.DoesNotContain(gone.Number!, list.FrozenJson!, StringComparison.Ordinal);
        Assert.Equal(AnnualListEntry.Withdrawn, list.Entries.Single(e => e.ListingId == gone.Id).Reason);
    }

    [Fact]
    public async Task An_owner_who_became_anonymous_after_the_revision_stays_nameless()
    {
        var owner = await app.AddOrganizationAsync(name: "先公开后匿名厂（示例）");
        var need = await app.PublishNeedAsync(owner);
        var id = await app.AddListAsync(AnnualListKind.KeyTechnologyNeeds, FreshYear(), need);
        await app.StartNoticeAsync(id);
        await app.WithDbAsync(async db =>
        {
            var own = await db.Needs.Include(n => n.Revisions).SingleAsync(n => n.Id == need.Id);
            own.Propose(app.NeedContent() with { Disclosure = Disclosure.Anonymous }, Contact.Empty, 1, app.Clock.Now);
            own.PublishRevision(1, app.Clock.Now);
            await db.SaveChangesAsync();
        });

        app.Clock.Advance(TimeSpan.FromDays(16));
        await app.PublishDueListsAsync();

        Assert.DoesNotContain("先公开后匿名厂", (await app.ReadListAsync(id)).FrozenJson!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_notice_closes_after_its_last_day_and_closing_twice_is_closing_once()
    {
        var id = await app.AddListAsync(AnnualListKind.QualityAchievements, FreshYear(), await app.PublishAchievementAsync());
        await app.StartNoticeAsync(id);
        var last = (await app.ReadListAsync(id)).NoticeUntil!.Value;

        app.MoveTo(last, 23);
        await app.RunAsync<CloseNoticePeriods>((job, token) => job.RunAsync(token));
        Assert.Null((await app.ReadListAsync(id)).NoticeClosedAt);
        app.MoveTo(last.AddDays(1), 0);
        await app.RunAsync<CloseNoticePeriods>((job, token) => job.RunAsync(token));
        var closedAt = (await app.ReadListAsync(id)).NoticeClosedAt;
        app.MoveTo(last.AddDays(1), 1);
        await app.RunAsync<CloseNoticePeriods>((job, token) => job.RunAsync(token));

        Assert.NotNull(closedAt);
        Assert.Equal(closedAt, (await app.ReadListAsync(id)).NoticeClosedAt);
        Assert.Equal(1, (await app.ReadListAsync(id)).Steps.Count(s => s.Act == nameof(AnnualListAct.CloseNotice)));
    }

    /// <summary>Runs the job on a context of its own; says whether it got through.</summary>
    private async Task<bool> RunKilledAsync(IInterceptor interceptor)
    {
        await using var db = app.OpenContext(interceptor);
        var job = new PublishAnnualLists(db, new PublishAnnualList(db, new ReadAnnualLists(db), new NoRoundInputs(), new ListSigner(db, app.Services.GetRequiredService<IDataProtectionProvider>()), app.Services.GetRequiredService<AnnualListOptions>()), app.Clock, NullLogger<PublishAnnualLists>.Instance);
        var failure = await Record.ExceptionAsync(() => job.RunAsync(TestContext.Current.CancellationToken));
        if (failure is null) return true;
        Assert.IsType<KilledException>(failure is DbUpdateException ? failure.InnerException : failure);
        return false;
    }

    private async Task AssertUntouchedAsync(AnnualList before)
    {
        var after = await app.ReadListAsync(before.Id);
        Assert.Equal(AnnualListState.InNotice, after.State);
        Assert.Null(after.FrozenJson);
        Assert.Null(after.ContentHash);
        Assert.Equal(before.Version, after.Version);
        Assert.Equal(before.Steps.Count, after.Steps.Count);
        Assert.All(after.Entries, e => Assert.False(e.IsSealed || e.FrozenJson is not null));
        Assert.Equal(0, await app.WithDbAsync(db => db.AuditEntries.CountAsync(e => e.Action == "list.publish" && e.Subject == $"list:{before.SerialNumber}")));
    }

    private sealed class KilledException() : Exception("Killed.");

    /// <summary>The process dies just before its n-th write reaches the database.</summary>
    private sealed class KillAtWrite(int n) : DbCommandInterceptor
    {
        private int writes;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Count(command);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Count(command);
            return ValueTask.FromResult(result);
        }

        private void Count(DbCommand command)
        {
            var text = command.CommandText;
            if (!text.StartsWith("INSERT", StringComparison.Ordinal) && !text.StartsWith("UPDATE", StringComparison.Ordinal)) return;
            if (++writes == n) throw new KilledException();
        }
    }

    private sealed class KillAtCommit : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            throw new KilledException();
    }
}
