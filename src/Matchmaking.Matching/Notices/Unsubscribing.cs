using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Notices;

/// <summary>What a link in a mail ends: one kind, one saved search or follow, or all that comes in one digest.</summary>
/// <param name="What">A <see cref="NoticeKind"/>, <c>search:4</c>, <c>follow:9</c>, or <c>digest:Weekly</c>.</param>
public sealed record Unsubscription(int UserId, string What)
{
    public NoticeKind? Kind => Enum.TryParse<NoticeKind>(What, out var kind) && Enum.IsDefined(kind) && !char.IsAsciiDigit(What[0]) ? kind : null;
    public int? SavedSearchId => Number("search:");
    public int? FollowId => Number("follow:");
    public MailFrequency? Digest => What.StartsWith("digest:", StringComparison.Ordinal) && Enum.TryParse<MailFrequency>(What["digest:".Length..], out var frequency) ? frequency : null;

    public static Unsubscription Of(Notice notice) => new(notice.UserId, notice.Source ?? notice.Kind.ToString());

    public static Unsubscription OfDigest(int userId, MailFrequency frequency) => new(userId, $"digest:{frequency}");

    private int? Number(string prefix) =>
        What.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(What.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>
/// Unsubscribing without signing in: the token says whose and from what and is signed with the person's own key (HMAC-SHA-256, 16 bytes), so that nobody
/// can make one for somebody else and a new key makes old mails harmless. It never expires: RFC 8058 expects old mails to work.
/// </summary>
public sealed class Unsubscribing(MatchmakingDbContext db, TimeProvider time)
{
    private const int SignatureBytes = 16;
    private const int LongestToken = 200;

    public static string Token(MailSettings settings, Unsubscription what)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{what.UserId}.{what.What}");
        return $"{Encode(Encoding.ASCII.GetBytes(text))}.{Encode(Sign(settings.Key, text))}";
    }

    /// <summary>What a token stands for; null when it was not made here or its person is gone.</summary>
    public async Task<Unsubscription?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > LongestToken || token.Split('.') is not [var body, var signature] || Decode(body) is not { } bytes || Decode(signature) is not { } signed) return null;
        var text = Encoding.ASCII.GetString(bytes);
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !int.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var userId)) return null;
        var key = await db.MailSettings.Where(s => s.UserId == userId).Select(s => s.Key).SingleOrDefaultAsync(cancellationToken);
        return key is not null && CryptographicOperations.FixedTimeEquals(Sign(key, text), signed) ? new Unsubscription(userId, text[(dot + 1)..]) : null;
    }

    /// <summary>Ends it; a second time changes nothing. The inbox goes on showing everything.</summary>
    public async Task RunAsync(Unsubscription what, CancellationToken cancellationToken)
    {
        if (what.Kind is { } kind) await NeverAsync(what.UserId, [kind], cancellationToken);
        else if (what.SavedSearchId is { } search) (await db.SavedSearches.SingleOrDefaultAsync(s => s.Id == search && s.UserId == what.UserId, cancellationToken))?.Choose(MailFrequency.Never);
        else if (what.FollowId is { } follow) (await db.Follows.SingleOrDefaultAsync(f => f.Id == follow && f.UserId == what.UserId, cancellationToken))?.Choose(MailFrequency.Never);
        else if (what.Digest is { } frequency)
        {
            var choices = await db.MailChoices.Where(c => c.UserId == what.UserId).ToDictionaryAsync(c => c.Kind, c => c.Frequency, cancellationToken);
            await NeverAsync(what.UserId, Enum.GetValues<NoticeKind>().Where(k => NoticeKinds.HasOwnChoice(k) && choices.GetValueOrDefault(k, NoticeKinds.Default(k)) == frequency), cancellationToken);
            foreach (var saved in await db.SavedSearches.Where(s => s.UserId == what.UserId && s.Frequency == frequency).ToListAsync(cancellationToken)) saved.Choose(MailFrequency.Never);
            foreach (var followed in await db.Follows.Where(f => f.UserId == what.UserId && f.Frequency == frequency).ToListAsync(cancellationToken)) followed.Choose(MailFrequency.Never);
        }
        db.Audit(what.UserId, "mail.unsubscribe", string.Create(CultureInfo.InvariantCulture, $"user:{what.UserId}"), time.GetUtcNow(), what.What);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task NeverAsync(int userId, IEnumerable<NoticeKind> kinds, CancellationToken cancellationToken)
    {
        foreach (var kind in kinds)
        {
            if (await db.MailChoices.FindAsync([userId, kind], cancellationToken) is { } choice) choice.Choose(MailFrequency.Never);
            else db.MailChoices.Add(new MailChoice(userId, kind, MailFrequency.Never));
        }
    }

    private static byte[] Sign(string key, string text) => HMACSHA256.HashData(Convert.FromHexString(key), Encoding.ASCII.GetBytes("unsubscribe " + text))[..SignatureBytes];

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    /// <summary>Null for anything but what <see cref="Encode"/> writes: the reader would also take blanks and idle bits.</summary>
    private static byte[]? Decode(string text)
    {
        if (!System.Buffers.Text.Base64Url.IsValid(text)) return null;
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(text);
        return Encode(bytes) == text ? bytes : null;
    }
}
