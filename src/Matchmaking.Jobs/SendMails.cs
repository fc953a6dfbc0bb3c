using Hangfire;
using Matchmaking.Jobs.Mail;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Jobs;

/// <summary>
/// Each minute: decides for new notices when their mail goes, makes the mails that are due, and sends. What is left to do is visible in the data, so a dead mail
/// server or a kill loses nothing. Each mail is claimed (one sender wins), sent, and marked. Between sending and marking there is a gap that no program
/// can close: a kill there sends the mail again when the claim has lapsed, with the same Message-Id, by which servers and readers know it.
/// </summary>
// The next minute is the retry, and every mail has a back-off of its own.
[AutomaticRetry(Attempts = 0)]
public sealed class SendMails(
    MatchmakingDbContext db, MayStillSee sight, MailPreferences preferences, MailComposer composer, IMailTransport transport, MailOptions options,
    JobJournal journal, TimeProvider time, ILogger<SendMails> log)
{
    /// <summary>Longer than any one sending may take, so that a claim that lapsed is that of a killed sender.</summary>
    public static readonly TimeSpan ClaimFor = TimeSpan.FromMinutes(15);

    /// <summary>So many mails in a row that the server did not take: it is away, and the rest need not wait for it each.</summary>
    public const int AwayAfter = 3;
    private const int Batch = 200;

    public Task RunAsync(CancellationToken cancellationToken) => journal.RunAsync(nameof(SendMails), async (report, cancellationToken) =>
    {
        await DecideAsync(cancellationToken);
        await MakeSinglesAsync(cancellationToken);
        await MakeDigestsAsync(cancellationToken);
        await SendAsync(report, cancellationToken);
    }, cancellationToken);

    /// <summary>Looks at each new notice once: at once, in a digest, or never.</summary>
    private async Task DecideAsync(CancellationToken cancellationToken)
    {
        var wishes = new Dictionary<int, MailWishes>();
        while (true)
        {
            db.ChangeTracker.Clear();
            var batch = await db.Notices.Where(n => n.MailedAt == null && n.MailDue == null && n.MailId == null).OrderBy(n => n.Id).Take(Batch).ToListAsync(cancellationToken);
            if (batch.Count == 0) return;
            foreach (var notice in batch)
            {
                if (!wishes.TryGetValue(notice.UserId, out var own)) wishes[notice.UserId] = own = await preferences.OfAsync(notice.UserId, cancellationToken);
                notice.Decide(own.For(notice), time.GetUtcNow());
            }
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private async Task MakeSinglesAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            db.ChangeTracker.Clear();
            var batch = await Due(MailFrequency.AtOnce).OrderBy(n => n.Id).Take(Batch).ToListAsync(cancellationToken);
            if (batch.Count == 0) return;
            foreach (var notice in batch)
            {
                var mail = OutgoingMail.Single(notice, time.GetUtcNow());
                db.OutgoingMails.Add(mail);
                notice.PutInto(mail);
            }
            if (!await SaveUnlessMadeAsync(cancellationToken)) return;
        }
    }

    private async Task MakeDigestsAsync(CancellationToken cancellationToken)
    {
        foreach (var frequency in new[] { MailFrequency.Daily, MailFrequency.Weekly, MailFrequency.Monthly })
        {
            var digests = await Due(frequency).Select(n => new { n.UserId, Due = n.MailDue!.Value }).Distinct().ToListAsync(cancellationToken);
            foreach (var digest in digests)
            {
                db.ChangeTracker.Clear();
                var mail = OutgoingMail.Digest(digest.UserId, frequency, digest.Due, time.GetUtcNow());
                // A choice made between nine and the next minute may bring a late one for an hour whose digest is made: it waits for the next.
                if (await db.OutgoingMails.AnyAsync(m => m.Key == mail.Key, cancellationToken))
                {
                    DateTimeOffset? next = DigestHours.DueAfter(frequency, time.GetUtcNow());
                    await Due(frequency).Where(n => n.UserId == digest.UserId && n.MailDue == digest.Due).ExecuteUpdateAsync(set => set.SetProperty(n => n.MailDue, next), cancellationToken);
                    continue;
                }
                db.OutgoingMails.Add(mail);
                foreach (var notice in await Due(frequency).Where(n => n.UserId == digest.UserId && n.MailDue == digest.Due).ToListAsync(cancellationToken)) notice.PutInto(mail);
                if (!await SaveUnlessMadeAsync(cancellationToken)) return;
            }
        }
    }

    private IQueryable<Notice> Due(MailFrequency frequency)
    {
        var now = time.GetUtcNow();
        return db.Notices.Where(n => n.MailedAt == null && n.MailId == null && n.MailAs == frequency && n.MailDue <= now);
    }

    /// <summary>False when another sender made the same mails at this moment: its rows count, ours are forgotten.</summary>
    private async Task<bool> SaveUnlessMadeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException clash) when (clash is not DbUpdateConcurrencyException)
        {
            log.LogWarning("Mails were being made elsewhere; the next run looks again");
            db.ChangeTracker.Clear();
            return false;
        }
    }

    private async Task SendAsync(JobJournal.Report report, CancellationToken cancellationToken)
    {
        int done = 0, failed = 0, away = 0;
        while (away < AwayAfter)
        {
            var now = time.GetUtcNow();
            var ids = await Open(now).OrderBy(m => m.NextTryAt).ThenBy(m => m.Id).Select(m => m.Id).Take(Batch).ToListAsync(cancellationToken);
            if (ids.Count == 0) break;
            foreach (var id in ids)
            {
                DateTimeOffset? until = now + ClaimFor;
                var claimed = await Open(now).Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.ClaimedUntil, until), cancellationToken);
                if (claimed == 0) continue;
                var failure = await SendOneAsync(id, cancellationToken);
                if (failure is null) done++;
                else failed++;
                // An address that is refused shows that the server is there.
                away = failure is null or AddressRefusedException ? 0 : away + 1;
                if (away >= AwayAfter) break;
            }
            await report(done, null);
        }
        await report(done, done + failed);
        if (away >= AwayAfter) throw new MailServerAwayException($"The mail server took none of {AwayAfter} mails; the others wait.");
    }

    private IQueryable<OutgoingMail> Open(DateTimeOffset now) =>
        db.OutgoingMails.Where(m => m.State == MailState.Waiting && m.NextTryAt <= now && (m.ClaimedUntil == null || m.ClaimedUntil <= now));

    /// <summary>Sends or drops one claimed mail; the failure that it is to be tried again for, or null.</summary>
    private async Task<Exception?> SendOneAsync(int id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var mail = await db.OutgoingMails.Include(m => m.Notices).SingleAsync(m => m.Id == id, cancellationToken);
        try
        {
            if (await ComposeAsync(mail, cancellationToken) is not { } message)
            {
                mail.Drop(time.GetUtcNow());
            }
            else
            {
                await HandOverAsync(message, cancellationToken);
                mail.Sent(time.GetUtcNow());
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            var refused = failure is AddressRefusedException or MimeKit.ParseException;
            // The kind only: the text may hold the address.
            log.LogWarning("Mail {Mail} was not sent: {Failure}", mail.Id, failure.GetType().Name);
            mail.Failed(failure.GetType().Name, refused, time.GetUtcNow());
            if (mail.State == MailState.GivenUp) foreach (var notice in mail.Notices) notice.Mailed(time.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
            return refused && failure is not AddressRefusedException ? new AddressRefusedException(failure.GetType().Name, failure) : failure;
        }
        foreach (var notice in mail.Notices) notice.Mailed(time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>The mail by the rights and wishes of this moment; null when nothing of it is left.</summary>
    private async Task<MimeKit.MimeMessage?> ComposeAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var reader = await sight.ReaderAsync(mail.UserId, cancellationToken);
        var person = await db.Users.SingleAsync(u => u.Id == mail.UserId, cancellationToken);
        if (reader is null || string.IsNullOrEmpty(person.Email)) return null;
        var wishes = await preferences.OfAsync(mail.UserId, cancellationToken);
        var seen = new List<SeenNotice>();
        foreach (var notice in mail.Notices.OrderBy(n => n.Id))
        {
            if (wishes.For(notice) == MailFrequency.Never || (mail.Frequency != MailFrequency.AtOnce && notice.ReadAt is not null)) continue;
            var may = await sight.AskAsync(reader, notice, cancellationToken);
            if (may != Sight.Nothing) seen.Add(new SeenNotice(notice, may));
        }
        if (seen.Count == 0) return null;
        var settings = await preferences.SettingsAsync(mail.UserId, cancellationToken);
        // The link's key must be stored before the link is on its way.
        await db.SaveChangesAsync(cancellationToken);
        return composer.Compose(mail, seen, person, settings);
    }

    /// <summary>Waits no longer than the setting says, also for a transport that does not listen to its token.</summary>
    private async Task HandOverAsync(MimeKit.MimeMessage message, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            await transport.SendAsync(message, limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The mail server did not answer in time.");
        }
    }
}

/// <summary>The mail server is away: said loudly, so that the status page shows it.</summary>
public sealed class MailServerAwayException(string message) : Exception(message);
