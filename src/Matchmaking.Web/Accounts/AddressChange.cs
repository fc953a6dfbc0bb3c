using Matchmaking.Jobs.Mail;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Accounts;

/// <summary>A new mail address, which counts from when somebody who reads it says so; the old one is told.</summary>
public sealed class AddressChange(MatchmakingDbContext db, UserManager<User> users, Mailer mailer, MailOptions options, TimeProvider time, IStringLocalizer<PersonalText> text, ILogger<AddressChange> log)
{
    public const int Longest = 256;

    public static bool IsAddress(string text) =>
        MimeKit.MailboxAddress.TryParse(text, out var parsed) && parsed.Address == text && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1;

    /// <summary>Mails a link to the new address; nothing goes to one that has an account, and the answer is the same. False when the mail server is away.</summary>
    public async Task<bool> AskAsync(User person, string address, CancellationToken cancellationToken)
    {
        if (await users.FindByEmailAsync(address) is not null) return true;
        var token = await users.GenerateChangeEmailTokenAsync(person, address);
        var link = QueryHelpers.AddQueryString($"{options.Site}/account/data/mail", new Dictionary<string, string?> { ["mail"] = address, ["token"] = token });
        return await SendAsync(address, text["Mail.AskSubject"], text["Mail.AskText", link], cancellationToken);
    }

    /// <summary>The person follows the link, signed in; errors as Identity names them, none when done.</summary>
    public async Task<IEnumerable<IdentityError>> ConfirmAsync(User person, string address, string token, CancellationToken cancellationToken)
    {
        var old = person.Email!;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var changed = await users.ChangeEmailAsync(person, address, token);
        if (!changed.Succeeded) return changed.Errors;
        var named = await users.SetUserNameAsync(person, address);
        if (!named.Succeeded) return named.Errors;
        db.Audit(person.Id, "data.mail", $"user:{person.Id}", time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await SendAsync(old, text["Mail.ChangedSubject"], text["Mail.ChangedText"], cancellationToken);
        return [];
    }

    private async Task<bool> SendAsync(string to, string subject, string body, CancellationToken cancellationToken)
    {
        try
        {
            await mailer.SendAsync(to, subject, body, cancellationToken);
            return true;
        }
        catch (Exception away) when (away is not OperationCanceledException)
        {
            // Whatever a mail server may answer: the person is told to try later, the kind goes to the log, no address does.
            log.LogWarning("A mail about an address was not sent: {Failure}", away.GetType().Name);
            return false;
        }
    }
}
