using System.Security.Cryptography;

namespace Matchmaking.Matching.Notices;

/// <summary>What one person chose for all mails. Made when first needed.</summary>
public sealed class MailSettings
{
    public const int KeyLength = 32;

    private MailSettings() { }

    public MailSettings(int userId)
    {
        UserId = userId;
        Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyLength));
    }

    public int UserId { get; private set; }

    /// <summary>Signs the unsubscribing links of this person, 32 bytes in hexadecimal; a new one makes all links that were sent void.</summary>
    public string Key { get; private set; } = "";

    /// <summary>False: nothing is picked out for this person by a program (PIPL 24).</summary>
    public bool Personalised { get; private set; } = true;

    public void AllowPersonalised(bool allowed) => Personalised = allowed;
}

/// <summary>A person's choice for one kind; kinds without one follow <see cref="NoticeKinds.Default"/>.</summary>
public sealed class MailChoice
{
    private MailChoice() { }

    public MailChoice(int userId, NoticeKind kind, MailFrequency frequency)
    {
        UserId = userId;
        Kind = kind;
        Choose(frequency);
    }

    public int UserId { get; private set; }
    public NoticeKind Kind { get; private set; }
    public MailFrequency Frequency { get; private set; }

    /// <exception cref="ArgumentOutOfRangeException">The kind is not offered so.</exception>
    public void Choose(MailFrequency frequency) => Frequency = NoticeKinds.Choices(Kind).Contains(frequency)
        ? frequency : throw new ArgumentOutOfRangeException(nameof(frequency), frequency, $"{Kind} is not sent so.");
}
