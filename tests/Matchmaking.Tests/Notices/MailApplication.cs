using Matchmaking.Jobs;
using Matchmaking.Jobs.Mail;
using Matchmaking.Matching.Notices;
using Matchmaking.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MimeKit;

namespace Matchmaking.Tests.Notices;

/// <summary>The application with a mail server that does what a test says; everything on this side of it is the real thing.</summary>
public sealed class MailApplication : MatchmakingApplication
{
    public MailServer Post { get; } = new();

    protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Mail:TimeoutSeconds", "1"), new("Site:Address", "https://site.test"), new("Mail:From", "noreply@site.test")];

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<IMailTransport>(Post)));
    }
}

/// <summary>A mail server that takes mails, refuses addresses, is away, hangs, or is killed with the sender at a chosen point.</summary>
public sealed class MailServer : IMailTransport
{
    public List<MimeMessage> Taken { get; } = [];
    public bool Away { get; set; }
    public HashSet<string> Refused { get; } = [];
    public HashSet<string> Hanging { get; } = [];

    /// <summary>Called after a mail was taken and before the sender knows.</summary>
    public Action<MimeMessage>? AfterTaking { get; set; }
    public int Asked { get; private set; }

    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        lock (Taken) Asked++;
        var to = message.To.Mailboxes.Single().Address;
        if (Away) throw new System.Net.Sockets.SocketException(111);
        if (Refused.Contains(to)) throw new AddressRefusedException("Refused with 550.");
        if (Hanging.Contains(to)) await Task.Delay(Timeout.Infinite, cancellationToken);
        // Two senders at once meet here.
        await Task.Yield();
        lock (Taken) Taken.Add(message);
        AfterTaking?.Invoke(message);
    }

    public IEnumerable<MimeMessage> To(string email) => Taken.Where(m => m.To.Mailboxes.Single().Address == email);
}

public static class Telling
{
    public static Task<int> UserIdAsync(this MatchmakingApplication app, string email) => app.WithDbAsync(db => db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync());

    /// <summary>Tells a person something and gives the notice's id.</summary>
    public static Task<int> TellAsync(this MatchmakingApplication app, string email, NoticeKind kind, string link, params string[] arguments) => app.WithDbAsync(async db =>
    {
        var user = await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync();
        db.Tell(user, kind, link, app.Clock.Now, arguments);
        await db.SaveChangesAsync();
        return await db.Notices.MaxAsync(n => n.Id);
    });

    public static Task SendMailsAsync(this MatchmakingApplication app) => app.RunJobAsync<SendMails>(job => job.RunAsync(CancellationToken.None));

    public static Task<OutgoingMail> MailOfAsync(this MatchmakingApplication app, int noticeId) =>
        app.WithDbAsync(db => db.Notices.Where(n => n.Id == noticeId).Select(n => n.Mail!).AsNoTracking().SingleAsync());

    public static Task ChooseAsync(this MatchmakingApplication app, string email, NoticeKind kind, MailFrequency frequency) => app.WithDbAsync(async db =>
    {
        db.MailChoices.Add(new MailChoice(await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(), kind, frequency));
        await db.SaveChangesAsync();
    });
}
