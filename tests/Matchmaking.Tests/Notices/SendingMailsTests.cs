using Matchmaking.Jobs;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Tests.Notices;

/// <summary>A dead mail server loses nothing and sends nothing twice, as far as a job can.</summary>
public sealed class SendingMailsTests : IAsyncLifetime
{
    private readonly MailApplication app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_notice_is_mailed_once_however_often_the_job_runs()
    {
        var email = await app.AddUserAsync(Roles.Staff);
        var notice = await app.TellAsync(email, NoticeKind.ListingAsked, "/staff/review/1", "标题");

        for (var i = 0; i < 3; i++) await app.SendMailsAsync();

        var mail = Assert.Single(app.Post.To(email));
        Assert.Equal($"notice-{notice}@site.test", mail.MessageId);
        Assert.Equal(MailState.Sent, (await app.MailOfAsync(notice)).State);
        Assert.Equal(app.Clock.Now, await app.WithDbAsync(db => db.Notices.Where(n => n.Id == notice).Select(n => n.MailedAt).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task A_server_that_is_away_loses_nothing_is_asked_less_and_less_and_gets_all_when_it_is_back()
    {
        var emails = new List<string>();
        for (var i = 0; i < 6; i++) emails.Add(await app.AddUserAsync(Roles.Staff));
        foreach (var email in emails) await app.TellAsync(email, NoticeKind.ListingAsked, "/staff/review/1", "标题");
        app.Post.Away = true;

        await Assert.ThrowsAsync<MailServerAwayException>(app.SendMailsAsync);
        // After three in a row the rest is not tried for nothing.
        Assert.Equal(SendMails.AwayAfter, app.Post.Asked);
        await Assert.ThrowsAsync<MailServerAwayException>(app.SendMailsAsync);
        Assert.Equal(2 * SendMails.AwayAfter, app.Post.Asked);
        // All six wait now; in the same minute nobody is asked again.
        await app.SendMailsAsync();
        Assert.Equal(6, app.Post.Asked);
        Assert.Equal(6, await app.WithDbAsync(db => db.OutgoingMails.CountAsync(m => m.State == MailState.Waiting && m.Tries == 1 && m.Failure == "SocketException", Cancel)));

        // Two weeks away: none is given up.
        for (var i = 0; i < 40; i++)
        {
            app.Clock.Advance(TimeSpan.FromHours(9));
            await Assert.ThrowsAsync<MailServerAwayException>(app.SendMailsAsync);
        }
        Assert.Equal(6, await app.WithDbAsync(db => db.OutgoingMails.CountAsync(m => m.State == MailState.Waiting, Cancel)));

        app.Post.Away = false;
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.SendMailsAsync();
        await app.SendMailsAsync();
        Assert.All(emails, email => Assert.Single(app.Post.To(email)));
        Assert.Equal(6, await app.WithDbAsync(db => db.OutgoingMails.CountAsync(m => m.State == MailState.Sent && m.Failure == null, Cancel)));
    }

    [Fact]
    public async Task Tries_lie_a_minute_five_a_quarter_and_then_an_hour_apart()
    {
        var email = await app.AddUserAsync(Roles.Staff);
        var notice = await app.TellAsync(email, NoticeKind.ListingAsked, "/staff/review/1");
        app.Post.Away = true;
        var waits = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            // A single one that fails is no proof that the server is away.
            await app.SendMailsAsync();
            var next = (await app.MailOfAsync(notice)).NextTryAt;
            waits.Add((next - app.Clock.Now).TotalMinutes);
            app.Clock.Now = next;
        }
        Assert.Equal([1, 5, 15, 60, 60, 60], waits);
    }

    [Fact]
    public async Task An_address_that_is_refused_or_hangs_holds_up_nobody_else_and_is_given_up_only_when_refused()
    {
        var refused = await app.AddUserAsync(Roles.Staff);
        var hanging = await app.AddUserAsync(Roles.Staff);
        app.Post.Refused.Add(refused);
        app.Post.Hanging.Add(hanging);
        var notices = new List<int>();
        for (var i = 0; i < 4; i++) notices.Add(await app.TellAsync(refused, NoticeKind.ListingAsked, "/staff/review/1"));
        var slow = await app.TellAsync(hanging, NoticeKind.ListingAsked, "/staff/review/1");
        var other = await app.AddUserAsync(Roles.Staff);
        await app.TellAsync(other, NoticeKind.ListingAsked, "/staff/review/1");

        await app.SendMailsAsync();
        Assert.Single(app.Post.To(other));
        Assert.Equal("TimeoutException", (await app.MailOfAsync(slow)).Failure);

        for (var i = 0; i < OutgoingMail.MostRefusals + 2; i++)
        {
            app.Clock.Advance(TimeSpan.FromHours(2));
            await app.SendMailsAsync();
        }
        var given = await app.MailOfAsync(notices[0]);
        Assert.Equal((MailState.GivenUp, OutgoingMail.MostRefusals, "AddressRefusedException"), (given.State, given.Tries, given.Failure));
        Assert.Equal(MailState.Waiting, (await app.MailOfAsync(slow)).State);
        var status = await (await app.CreateClientForAsync(null)).GetPageAsync("/status");
        Assert.Matches(@"待发邮件\s*1\s*其中发送失败过的\s*1\s*地址被拒收、不再发的\s*4", status.MainText());

        app.Post.Hanging.Clear();
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.SendMailsAsync();
        Assert.Single(app.Post.To(hanging));
        Assert.Single(app.Post.To(other));
    }

    [Fact]
    public async Task Who_is_killed_between_sending_and_marking_sends_again_with_the_same_message_id_and_only_after_the_claim()
    {
        var email = await app.AddUserAsync(Roles.Staff);
        var notice = await app.TellAsync(email, NoticeKind.ListingAsked, "/staff/review/1", "标题");
        using var killed = new CancellationTokenSource();
        app.Post.AfterTaking = _ =>
        {
            // As a kill would: nothing of what comes after happens.
            killed.Cancel();
            throw new OperationCanceledException(killed.Token);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => app.RunJobAsync<SendMails>(job => job.RunAsync(killed.Token)));
        app.Post.AfterTaking = null;
        var left = await app.MailOfAsync(notice);
        Assert.Equal((MailState.Waiting, 0), (left.State, left.Tries));
        Assert.NotNull(left.ClaimedUntil);

        await app.SendMailsAsync();
        Assert.Single(app.Post.To(email));
        app.Clock.Advance(SendMails.ClaimFor + TimeSpan.FromMinutes(1));
        await app.SendMailsAsync();
        await app.SendMailsAsync();

        var mails = app.Post.To(email).ToList();
        Assert.Equal(2, mails.Count);
        Assert.Equal(mails[0].MessageId, mails[1].MessageId);
        Assert.Equal(mails[0].ToString(), mails[1].ToString());
    }

    [Fact]
    public async Task Who_is_killed_before_sending_loses_nothing_and_the_folder_takes_a_mail_once()
    {
        var email = await app.AddUserAsync(Roles.Staff);
        await app.TellAsync(email, NoticeKind.ListingAsked, "/staff/review/1", "标题");
        await app.SendMailsAsync();
        var message = Assert.Single(app.Post.To(email));
        var folder = new Matchmaking.Jobs.Mail.FolderMailTransport(new Matchmaking.Matching.Operations.DataFolder(app.Folder));

        for (var i = 0; i < 2; i++) await folder.SendAsync(message, Cancel);

        Assert.Single(Directory.GetFiles(Path.Combine(app.Folder, "mail")));
    }

    [Fact]
    public async Task Two_senders_at_once_send_each_mail_once()
    {
        var email = await app.AddUserAsync(Roles.Staff);
        for (var i = 0; i < 20; i++) await app.TellAsync(email, NoticeKind.ListingAsked, "/staff/review/1", $"标题{i}");
        // Made first, so that both find the same work; each with a journal that does not know of the other, as in two workers.
        app.Post.Away = true;
        await Assert.ThrowsAsync<MailServerAwayException>(app.SendMailsAsync);
        app.Post.Away = false;
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        MailSender Sender() => new(app);
        await Task.WhenAll(Sender().RunAsync(), Sender().RunAsync());

        var ids = app.Post.To(email).Select(m => m.MessageId).ToList();
        Assert.Equal(20, ids.Count);
        Assert.Equal(20, ids.Distinct().Count());
    }

    [Fact]
    public async Task Digests_go_at_nine_with_what_is_not_read_and_once()
    {
        var email = await app.AddUserAsync(Roles.Staff);
        await app.ChooseAsync(email, NoticeKind.ListingDuplicate, MailFrequency.Daily);
        await app.ChooseAsync(email, NoticeKind.PriceNotice, MailFrequency.Weekly);
        await app.ChooseAsync(email, NoticeKind.RoundOpened, MailFrequency.Never);
        var first = await app.TellAsync(email, NoticeKind.ListingDuplicate, "/staff/review/1", "第一项");
        await app.TellAsync(email, NoticeKind.ListingDuplicate, "/staff/review/2", "第二项");
        await app.TellAsync(email, NoticeKind.PriceNotice, "/staff/review/3", "第三项");
        await app.TellAsync(email, NoticeKind.RoundOpened, "/staff/review/4", "第四项");
        await app.SendMailsAsync();
        Assert.Empty(app.Post.Taken);
        await app.WithDbAsync(async db =>
        {
            (await db.Notices.SingleAsync(n => n.Id == first, Cancel)).Read(app.Clock.Now);
            await db.SaveChangesAsync(Cancel);
        });

        app.Clock.Now = ProvinceNine(2026, 11, 25).AddMinutes(-1);
        await app.SendMailsAsync();
        Assert.Empty(app.Post.Taken);
        app.Clock.Now = ProvinceNine(2026, 11, 25);
        await app.SendMailsAsync();
        await app.SendMailsAsync();
        var daily = Assert.Single(app.Post.To(email));
        Assert.Contains("第二项", daily.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("第一项", daily.TextBody, StringComparison.Ordinal);
        Assert.Equal("今日通知1条", daily.Subject);
        Assert.Equal($"digest-{await app.UserIdAsync(email)}-daily-2026112501@site.test", daily.MessageId);

        app.Clock.Now = ProvinceNine(2026, 11, 30);
        await app.SendMailsAsync();
        Assert.Equal(2, app.Post.To(email).Count());
        Assert.Contains("第三项", app.Post.Taken[^1].TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Post.Taken, m => m.TextBody!.Contains("第四项", StringComparison.Ordinal));
        Assert.Equal(0, await app.WithDbAsync(db => db.Notices.CountAsync(n => n.MailedAt == null, Cancel)));
    }

    [Fact]
    public async Task A_choice_made_while_a_mail_waits_counts()
    {
        var email = await app.AddUserAsync(Roles.Staff);
        var client = await app.CreateClientForAsync(email);
        await app.TellAsync(email, NoticeKind.ListingDuplicate, "/staff/review/1", "每日一项");
        await app.SendMailsAsync();

        await client.PostFormAsync("/account/notices", new() { ["Choice[ListingDuplicate]"] = "AtOnce" }, form: "form[action*=Choices]");
        await app.SendMailsAsync();

        Assert.Single(app.Post.To(email));
        await app.TellAsync(email, NoticeKind.ListingDuplicate, "/staff/review/1", "又一项");
        await client.PostFormAsync("/account/notices", new() { ["Choice[ListingDuplicate]"] = "Never" }, form: "form[action*=Choices]");
        await app.SendMailsAsync();
        Assert.Single(app.Post.To(email));
    }

    private static DateTimeOffset ProvinceNine(int year, int month, int day) => new(year, month, day, 1, 0, 0, TimeSpan.Zero);

    /// <summary>A sender as in a worker of its own: its own context and journal on the same database.</summary>
    private sealed class MailSender(MailApplication app)
    {
        public async Task RunAsync()
        {
            await using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(app.Services);
            T Of<T>() where T : notnull => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<T>(scope.ServiceProvider);
            var journal = new JobJournal(Of<Microsoft.Extensions.DependencyInjection.IServiceScopeFactory>(), app.Clock, Of<Microsoft.Extensions.Logging.ILogger<JobJournal>>());
            var job = new SendMails(Of<Matching.Data.MatchmakingDbContext>(), Of<MayStillSee>(), Of<MailPreferences>(), Of<Matchmaking.Jobs.Mail.MailComposer>(), Of<Matchmaking.Jobs.Mail.IMailTransport>(), Of<Matchmaking.Jobs.Mail.MailOptions>(),
                journal, app.Clock, Of<Microsoft.Extensions.Logging.ILogger<SendMails>>());
            await job.RunAsync(Cancel);
        }
    }
}
