using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Matchmaking.Matching.Auditing;

/// <summary>
/// One act, never changed. Written in the same transaction as the act; a job then seals it: the hash covers the entry and
/// the hash of the one before, so that a later change of any row breaks the chain.
/// </summary>
public sealed class AuditEntry
{
    private AuditEntry() { }

    public AuditEntry(int? actorId, string action, string subject, string details, DateTimeOffset at)
    {
        ActorId = actorId;
        Action = action;
        Subject = subject;
        Details = details;
        // Databases keep microseconds; the hash must see what will be read back.
        At = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }

    public long Id { get; private set; }
    public int? ActorId { get; private set; }
    public string Action { get; private set; } = "";

    /// <summary>What was acted on, e.g. <c>need:12</c>.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>Codes and numbers only; no personal data.</summary>
    public string Details { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
    public string? Hash { get; private set; }

    public void Seal(string previousHash) => Hash = HashAfter(previousHash);

    public string HashAfter(string previousHash)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{previousHash}\n{Id}\n{ActorId}\n{Action}\n{Subject}\n{Details}\n{At.UtcTicks}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
