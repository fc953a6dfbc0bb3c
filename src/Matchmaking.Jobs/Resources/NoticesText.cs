namespace Matchmaking.Jobs.Resources;

/// <summary>Words of notices, in the inbox and in mails; read through <see cref="Mail.NoticeWords"/>.</summary>
public sealed class NoticesText;
