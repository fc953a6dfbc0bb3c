using System.Net;
using Matchmaking.Jobs;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Operations;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Notices;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Collecting;

/// <summary>Owners are told before the end, once each; one click from the mail keeps a record open, and the link does nothing else.</summary>
public sealed class RenewalTests : IAsyncLifetime
{
    private readonly MatchmakingApplication app = new();
    private string email = "";
    private Need need = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        var firm = await app.AddOrganizationAsync();
        email = await app.AddUserAsync(Roles.EnterpriseMember, firm);
        need = await app.PublishNeedAsync(firm, app.NeedContent("快到期的需求") with { ValidUntil = DateOnly.FromDateTime(app.Clock.Now.UtcDateTime).AddDays(20) });
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Reminders_come_14_5_and_1_days_before_once_each_however_often_the_job_runs()
    {
        for (var day = 0; day <= 22; day++)
        {
            await RemindAsync();
            await RemindAsync();
            await app.RunJobAsync<ExpireListings>(job => job.RunAsync(Cancel));
            app.Clock.Advance(TimeSpan.FromDays(1));
        }

        var told = await NoticesAsync();
        Assert.Equal([NoticeKind.ListingExpires, NoticeKind.ListingExpires, NoticeKind.ListingExpires, NoticeKind.ListingExpired], told.Select(n => n.Kind));
        Assert.Equal(["14", "5", "1"], told.Take(3).Select(n => n.Arguments[2]));
        Assert.Equal("快到期的需求", told[0].Arguments[0]);
    }

    [Fact]
    public async Task A_worker_of_its_own_signs_links_that_the_web_program_opens_without_sign_in()
    {
        // Whatever is protected first makes the keys.
        await app.CreateClientForAsync(email);
        await using var worker = new ServiceCollection().AddSingleton<TimeProvider>(app.Clock).AddLogging().AddSharedKeys(app.Folder, mayMake: false)
            .AddSingleton(app.Services.GetRequiredService<LocalCalendar>()).AddSingleton<ProtectedRenewalLinks>().AddSingleton<RenewalLinks>().BuildServiceProvider();
        var user = await app.UserIdAsync(email);

        var link = worker.GetRequiredService<RenewalLinks>().For(need, user);

        Assert.StartsWith("/renew/", link, StringComparison.Ordinal);
        var response = await app.CreateClient().GetAsync(link, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("快到期的需求", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_without_the_keys_names_the_owners_page()
    {
        var folder = Directory.CreateTempSubdirectory("matchmaking-keys-");
        try
        {
            await using var worker = new ServiceCollection().AddSingleton<TimeProvider>(app.Clock).AddLogging().AddSharedKeys(folder.FullName, mayMake: false)
                .AddSingleton(app.Services.GetRequiredService<LocalCalendar>()).AddSingleton<ProtectedRenewalLinks>().AddSingleton<RenewalLinks>().BuildServiceProvider();

            Assert.Equal($"/my/needs/{need.Id}/view", worker.GetRequiredService<RenewalLinks>().For(need, 1));
            Assert.Empty(folder.GetFiles("*", SearchOption.AllDirectories));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_run_that_another_has_overtaken_tells_nothing()
    {
        app.Clock.Advance(TimeSpan.FromDays(7));
        await app.WithDbAsync(async db =>
        {
            db.ExpiryReminders.Add(new ExpiryReminder(need.Id, need.ValidUntil!.Value, 14, app.Clock.Now));
            await db.SaveChangesAsync(Cancel);
        });

        await RemindAsync();

        Assert.Empty(await NoticesAsync());
    }

    [Fact]
    public async Task One_click_from_the_mail_renews_without_sign_in_and_once()
    {
        app.Clock.Advance(TimeSpan.FromDays(7));
        await RemindAsync();
        var link = (await NoticesAsync()).Single().Link;
        Assert.StartsWith("/renew/", link, StringComparison.Ordinal);
        Assert.True(link.Length <= Notice.MaxLink);
        var anybody = await app.CreateClientForAsync(null);

        var page = await anybody.GetAsync(link, Cancel);
        var text = await page.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("快到期的需求", text, StringComparison.Ordinal);
        Assert.True(page.Headers.CacheControl!.NoStore);
        foreach (var secret in new[] { need.Organization.Name, "联系人甲", "0431-00000000", need.Description, email }) Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.Equal(need.ValidUntil, await UntilAsync());

        var renewed = await anybody.PostFormAsync(link, []);
        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
        Assert.Equal(need.ValidUntil!.Value.AddDays(180), await UntilAsync());
        var again = await anybody.GetAsync(link, Cancel);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.DoesNotContain("快到期的需求", await again.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(1, await app.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Action == "listing.renew" && a.ActorId != null, Cancel)));
    }

    [Fact]
    public async Task A_link_that_was_changed_or_is_too_old_or_whose_holder_left_opens_nothing()
    {
        app.Clock.Advance(TimeSpan.FromDays(7));
        await RemindAsync();
        var link = (await NoticesAsync()).Single().Link;
        var anybody = await app.CreateClientForAsync(null);
        var changed = link[..^2] + (link[^2] == 'A' ? 'B' : 'A') + link[^1];
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync(changed, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync("/renew/abc", Cancel)).StatusCode);

        await app.WithDbAsync(db => db.Users.Where(u => u.Email == email).ExecuteUpdateAsync(set => set.SetProperty(u => u.Membership, Membership.None), Cancel));
        Assert.Equal(HttpStatusCode.Gone, (await anybody.GetAsync(link, Cancel)).StatusCode);

        app.Clock.Advance(TimeSpan.FromDays(60));
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync(link, Cancel)).StatusCode);
    }

    [Fact]
    public async Task After_a_renewal_the_new_end_has_reminders_of_its_own()
    {
        app.Clock.Advance(TimeSpan.FromDays(7));
        await RemindAsync();
        await (await app.CreateClientForAsync(null)).PostFormAsync((await NoticesAsync()).Single().Link, []);
        await RemindAsync();
        Assert.Single(await NoticesAsync());

        app.Clock.Advance(TimeSpan.FromDays(180));
        await RemindAsync();

        Assert.Equal(2, (await NoticesAsync()).Count);
    }

    [Fact]
    public async Task Half_a_year_without_confirmation_is_stale_and_said_in_public()
    {
        var owner = await app.CreateClientForAsync(null);
        Assert.Contains("0，占0%（共1）", (await owner.GetPageAsync("/status")).MainText(), StringComparison.Ordinal);
        await app.WithDbAsync(db => db.Listings.ExecuteUpdateAsync(set => set.SetProperty(l => l.ConfirmedAt, app.Clock.Now.AddDays(-181)), Cancel));

        Assert.Contains("1，占100%（共1）", (await owner.GetPageAsync("/status")).MainText(), StringComparison.Ordinal);
    }

    private Task RemindAsync() => app.RunJobAsync<RemindBeforeExpiry>(job => job.RunAsync(Cancel));

    private Task<List<Notice>> NoticesAsync() => app.WithDbAsync(db => db.Notices.AsNoTracking().Where(n => n.Kind == NoticeKind.ListingExpires || n.Kind == NoticeKind.ListingExpired).OrderBy(n => n.Id).ToListAsync(Cancel));

    private Task<DateOnly?> UntilAsync() => app.WithDbAsync(db => db.Needs.Where(n => n.Id == need.Id).Select(n => n.ValidUntil).SingleAsync(Cancel));
}
