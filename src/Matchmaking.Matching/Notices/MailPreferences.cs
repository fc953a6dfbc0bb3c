using Matchmaking.Matching.Data;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Notices;

/// <summary>What the person of a notice chose, at this moment.</summary>
public sealed record MailWishes(
    bool Personalised, IReadOnlyDictionary<NoticeKind, MailFrequency> Kinds, IReadOnlyDictionary<string, MailFrequency> Sources)
{
    /// <summary>How often the notice's mail goes. A saved search or follow that was deleted sends nothing any more.</summary>
    public MailFrequency For(Notice notice)
    {
        if (NoticeKinds.IsPersonalised(notice.Kind) && !Personalised) return MailFrequency.Never;
        if (notice.Source is { } source) return Sources.GetValueOrDefault(source, MailFrequency.Never);
        var chosen = Kinds.GetValueOrDefault(notice.Kind, NoticeKinds.Default(notice.Kind));
        // A choice from before the kind became a decision must not hold it back.
        return NoticeKinds.Choices(notice.Kind).Contains(chosen) ? chosen : MailFrequency.AtOnce;
    }
}

/// <summary>Reads and writes what a person chose for mails.</summary>
public sealed class MailPreferences(MatchmakingDbContext db)
{
    public async Task<MailWishes> OfAsync(int userId, CancellationToken cancellationToken)
    {
        var personalised = await PersonalisedAsync(userId, cancellationToken);
        var kinds = await db.MailChoices.Where(c => c.UserId == userId).ToDictionaryAsync(c => c.Kind, c => c.Frequency, cancellationToken);
        var searches = await db.SavedSearches.Where(s => s.UserId == userId).Select(s => new { s.Id, s.Frequency }).ToListAsync(cancellationToken);
        var follows = await db.Follows.Where(f => f.UserId == userId).Select(f => new { f.Id, f.Frequency }).ToListAsync(cancellationToken);
        return new MailWishes(personalised, kinds,
            searches.Select(s => (SavedSearch.SourceOf(s.Id), s.Frequency)).Concat(follows.Select(f => (Follow.SourceOf(f.Id), f.Frequency))).ToDictionary(s => s.Item1, s => s.Item2));
    }

    /// <summary>Whether the person has what is picked out for him; so it is until he switches it off.</summary>
    public async Task<bool> PersonalisedAsync(int userId, CancellationToken cancellationToken) =>
        await db.MailSettings.Where(s => s.UserId == userId).Select(s => (bool?)s.Personalised).SingleOrDefaultAsync(cancellationToken) ?? true;

    /// <summary>The person's settings, tracked; made and added when there are none.</summary>
    public async Task<MailSettings> SettingsAsync(int userId, CancellationToken cancellationToken)
    {
        if (await db.MailSettings.SingleOrDefaultAsync(s => s.UserId == userId, cancellationToken) is { } known) return known;
        var made = new MailSettings(userId);
        db.MailSettings.Add(made);
        return made;
    }

    /// <summary>Mails that wait for a digest are looked at again by the new choice.</summary>
    public Task ReconsiderAsync(int userId, CancellationToken cancellationToken) =>
        db.Notices.Where(n => n.UserId == userId && n.MailedAt == null && n.MailId == null)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.MailDue, (DateTimeOffset?)null).SetProperty(n => n.MailAs, (MailFrequency?)null), cancellationToken);
}
