using System.Globalization;
using System.Net;
using System.Text;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using MimeKit;

namespace Matchmaking.Jobs.Mail;

/// <summary>A notice as far as its person may still see it.</summary>
public sealed record SeenNotice(Notice Notice, Sight Sight);

/// <summary>
/// Writes the mail of one notice or of a digest: text and HTML of the same words, a link and no contents, why it came, and the ways to stop it (List-Unsubscribe
/// with one click, RFC 8058). The same notices make the same mail with the same Message-Id, however often it is tried. Nothing in it is loaded from anywhere.
/// </summary>
public sealed class MailComposer(MailOptions options)
{
    /// <summary>Notices that a digest spells out; the rest it counts.</summary>
    public const int MostInDigest = 50;

    private sealed record Item(string Title, string Text, string Link);

    public MimeMessage Compose(OutgoingMail mail, IReadOnlyList<SeenNotice> notices, User person, MailSettings settings)
    {
        var culture = NoticeWords.CultureOf(person.Language);
        var items = notices.Take(MostInDigest).Select(n => new Item(
            NoticeWords.Title(n.Notice.Kind, culture),
            NoticeWords.Text(n.Notice.Kind, n.Sight == Sight.Whole ? n.Notice.Arguments : [], culture),
            options.Site + n.Notice.Link)).ToList();
        var single = mail.Frequency == MailFrequency.AtOnce;
        var subject = single ? items[0].Title : NoticeWords.Say($"Digest.{mail.Frequency}", culture, notices.Count.ToString(CultureInfo.InvariantCulture));
        var why = NoticeWords.Say(single ? $"Why.{NoticeKinds.GroupOf(notices[0].Notice.Kind)}" : $"Why.Digest.{mail.Frequency}", culture);
        var more = notices.Count > MostInDigest ? NoticeWords.Say("Digest.More", culture, (notices.Count - MostInDigest).ToString(CultureInfo.InvariantCulture)) : null;
        var what = single ? Unsubscription.Of(notices[0].Notice) : Unsubscription.OfDigest(person.Id, mail.Frequency);
        var stop = $"{options.Site}/unsubscribe/{Unsubscribing.Token(settings, what)}";

        var message = new MimeMessage { Subject = subject, Date = mail.MadeAt, MessageId = $"{mail.Key}@{options.Host}" };
        message.From.Add(new MailboxAddress(NoticeWords.Say("Mail.From", culture), options.From));
        message.To.Add(new MailboxAddress("", person.Email!));
        message.Headers.Add(HeaderId.ListUnsubscribe, $"<{stop}>");
        message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        // Answering machines leave it alone (RFC 3834).
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        var body = new MultipartAlternative
        {
            new TextPart("plain") { Text = Text(items, single, more, why, stop, culture) },
            new TextPart("html") { Text = Html(subject, items, single, more, why, stop, culture) },
        };
        body.Headers.Add(HeaderId.ContentLanguage, culture.Name);
        // Else each try would have another one.
        body.Boundary = $"=-{mail.Key}";
        message.Body = body;
        foreach (var part in body.OfType<TextPart>()) part.ContentTransferEncoding = ContentEncoding.QuotedPrintable;
        return message;
    }

    private string Text(List<Item> items, bool single, string? more, string why, string stop, CultureInfo culture)
    {
        string Say(string key) => NoticeWords.Say(key, culture);
        var text = new StringBuilder();
        foreach (var item in items)
        {
            text.Append(item.Title).Append("\n\n").Append(item.Text).Append('\n');
            text.Append(single ? Say("Mail.Open") + ": " : "").Append(item.Link).Append("\n\n");
        }
        if (more is not null) text.Append(more).Append('\n').Append(options.Site).Append("/inbox\n\n");
        text.Append("--\n").Append(why).Append('\n').Append(Say("Mail.NoReply")).Append('\n');
        text.Append(Say("Mail.Choices")).Append(": ").Append(options.Site).Append("/account/notices\n");
        text.Append(Say("Mail.Unsubscribe")).Append(": ").Append(stop).Append('\n');
        return text.ToString();
    }

    private string Html(string subject, List<Item> items, bool single, string? more, string why, string stop, CultureInfo culture)
    {
        string Say(string key) => E(NoticeWords.Say(key, culture));
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"{culture.Name}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>{E(subject)}</title>\n</head>\n");
        html.Append("<body style=\"margin:0;padding:24px 16px;font-family:'PingFang SC','Noto Sans CJK SC','Microsoft YaHei',Arial,sans-serif;font-size:16px;line-height:1.7\">\n<main style=\"max-width:600px;margin:0 auto\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 16px;font-size:14px\">{Say("Mail.From")}</p>\n<h1 style=\"margin:0 0 16px;font-size:22px;line-height:1.4\">{E(subject)}</h1>\n");
        foreach (var item in items)
        {
            if (!single) html.Append(CultureInfo.InvariantCulture, $"<h2 style=\"margin:24px 0 4px;font-size:16px\"><a href=\"{E(item.Link)}\">{E(item.Title)}</a></h2>\n");
            html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 16px\">{E(item.Text)}</p>\n");
            if (single) html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 24px\"><a href=\"{E(item.Link)}\" style=\"display:inline-block;padding:10px 20px;background:#0A5570;color:#ffffff;text-decoration:none;border-radius:4px\">{Say("Mail.Open")}</a></p>\n");
        }
        if (more is not null) html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 16px\">{E(more)} <a href=\"{E(options.Site)}/inbox\">{Say("Mail.OpenInbox")}</a></p>\n");
        html.Append(CultureInfo.InvariantCulture, $"</main>\n<footer style=\"max-width:600px;margin:32px auto 0;border-top:1px solid;padding-top:12px;font-size:14px\">\n<p style=\"margin:0 0 8px\">{E(why)} {Say("Mail.NoReply")}</p>\n");
        html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0\"><a href=\"{E(options.Site)}/account/notices\">{Say("Mail.Choices")}</a> · <a href=\"{E(stop)}\">{Say("Mail.Unsubscribe")}</a></p>\n</footer>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
