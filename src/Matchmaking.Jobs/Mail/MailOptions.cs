using Microsoft.Extensions.Configuration;

namespace Matchmaking.Jobs.Mail;

/// <param name="Site">Address of the site as its readers reach it, without a slash at the end: links in mails begin with it.</param>
/// <param name="From">Address that mails come from; the part behind @ also stands in their Message-Ids.</param>
/// <param name="Timeout">How long one mail may take to be handed over.</param>
public sealed record MailOptions(string Site, string From, TimeSpan Timeout)
{
    public const string DefaultSite = "http://localhost:5000";

    public string Host => From[(From.LastIndexOf('@') + 1)..];

    /// <exception cref="InvalidOperationException">A value cannot be; the message names what is allowed.</exception>
    public static MailOptions Of(IConfiguration configuration)
    {
        var site = (configuration["Site:Address"] ?? DefaultSite).TrimEnd('/');
        if (!Uri.TryCreate(site, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new InvalidOperationException($"Site:Address is '{site}'. Allowed values: an http or https address, such as https://example.org.");
        var from = configuration["Mail:From"] ?? "noreply@localhost";
        if (from.LastIndexOf('@') is not > 0 || from.EndsWith('@') || !MimeKit.MailboxAddress.TryParse(from, out _))
            throw new InvalidOperationException($"Mail:From is '{from}'. Allowed values: a mail address, such as noreply@example.org.");
        var seconds = configuration["Mail:TimeoutSeconds"] ?? "30";
        if (!int.TryParse(seconds, System.Globalization.CultureInfo.InvariantCulture, out var timeout) || timeout is < 1 or > 300)
            throw new InvalidOperationException($"Mail:TimeoutSeconds is '{seconds}'. Allowed values: 1 to 300.");
        return new MailOptions(site, from, TimeSpan.FromSeconds(timeout));
    }
}
