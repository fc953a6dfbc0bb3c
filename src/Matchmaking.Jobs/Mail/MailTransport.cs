using System.Security.Cryptography;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using Matchmaking.Matching.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Matchmaking.Jobs.Mail;

/// <summary>The border over which mail leaves.</summary>
public interface IMailTransport
{
    /// <summary>Hands the message over; a message with the same Message-Id may come again after a kill.</summary>
    /// <exception cref="AddressRefusedException">This receiver is refused for good; others may be taken. Any other exception: the server is away or broken.</exception>
    Task SendAsync(MimeMessage message, CancellationToken cancellationToken);
}

/// <summary>The mail server takes mails, but not for this address.</summary>
public sealed class AddressRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Writes each message as an .eml file; the default, so that nothing leaves a machine unasked. One Message-Id is one file, complete or not there.</summary>
public sealed class FolderMailTransport(DataFolder folder) : IMailTransport
{
    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Mail);
        message.MessageId ??= MimeKit.Utils.MimeUtils.GenerateMessageId();
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.MessageId)))[..32];
        var path = Path.Combine(folder.Mail, $"{message.Date.UtcDateTime:yyyyMMdd-HHmmss-fff}-{id}.eml");
        await message.WriteToAsync(path + ".part", cancellationToken);
        File.Move(path + ".part", path, overwrite: true);
    }
}

public sealed record SmtpSettings(string Host, int Port, string? User, string? Password);

public sealed class SmtpMailTransport(SmtpSettings settings) : IMailTransport
{
    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync(settings.Host, settings.Port, SecureSocketOptions.StartTlsWhenAvailable, cancellationToken);
        if (settings.User is not null) await client.AuthenticateAsync(settings.User, settings.Password ?? "", cancellationToken);
        try
        {
            await client.SendAsync(message, cancellationToken);
        }
        catch (SmtpCommandException refused) when (refused.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)refused.StatusCode >= 500)
        {
            throw new AddressRefusedException($"Refused with {(int)refused.StatusCode}.", refused);
        }
        await client.DisconnectAsync(true, cancellationToken);
    }
}

/// <summary>Sends plain-text mails that somebody waits for at the screen: a new password, a new address. All others go through <see cref="SendMails"/>.</summary>
public sealed class Mailer(IMailTransport transport, MailOptions options, TimeProvider time)
{
    public Task SendAsync(string to, string subject, string text, CancellationToken cancellationToken)
    {
        var message = new MimeMessage { Subject = subject, Date = time.GetUtcNow(), Body = new TextPart("plain") { Text = text } };
        message.From.Add(new MailboxAddress("", options.From));
        message.To.Add(new MailboxAddress("", to));
        return transport.SendAsync(message, cancellationToken);
    }
}

public static class MailRegistration
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        var transport = configuration["Mail:Transport"] ?? "Folder";
        switch (transport)
        {
            case "Folder":
                services.AddSingleton<IMailTransport, FolderMailTransport>();
                break;
            case "Smtp":
                var host = configuration["Mail:Smtp:Host"];
                if (string.IsNullOrWhiteSpace(host)) throw new InvalidOperationException("Mail:Transport is 'Smtp' but Mail:Smtp:Host is empty. Name the host or use Mail:Transport=Folder.");
                var port = configuration.GetValue("Mail:Smtp:Port", 587);
                services.AddSingleton(new SmtpSettings(host, port, configuration["Mail:Smtp:User"], configuration["Mail:Smtp:Password"]));
                services.AddSingleton<IMailTransport, SmtpMailTransport>();
                break;
            default:
                throw new InvalidOperationException($"Mail:Transport is '{transport}'. Allowed values: Folder, Smtp.");
        }
        services.AddSingleton(MailOptions.Of(configuration));
        services.AddSingleton<Mailer>();
        services.AddSingleton<MailComposer>();
        return services;
    }
}
