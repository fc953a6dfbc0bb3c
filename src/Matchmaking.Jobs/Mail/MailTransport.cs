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
    Task SendAsync(MimeMessage message, CancellationToken cancellationToken);
}

/// <summary>Writes each message as an .eml file; the default, so that nothing leaves a machine unasked.</summary>
public sealed class FolderMailTransport(DataFolder folder, TimeProvider time) : IMailTransport
{
    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Mail);
        var name = $"{time.GetUtcNow():yyyyMMdd-HHmmss-fff}-{Guid.NewGuid():N}.eml";
        await message.WriteToAsync(Path.Combine(folder.Mail, name), cancellationToken);
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
        await client.SendAsync(message, cancellationToken);
        await client.DisconnectAsync(true, cancellationToken);
    }
}

/// <summary>Composes plain-text mails from this platform.</summary>
public sealed class Mailer(IMailTransport transport, IConfiguration configuration, TimeProvider time)
{
    public Task SendAsync(string to, string subject, string text, CancellationToken cancellationToken)
    {
        var message = new MimeMessage { Subject = subject, Date = time.GetUtcNow(), Body = new TextPart("plain") { Text = text } };
        message.From.Add(new MailboxAddress("", configuration["Mail:From"] ?? "noreply@localhost"));
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
        services.AddSingleton<Mailer>();
        return services;
    }
}
