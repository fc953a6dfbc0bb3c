using Matchmaking.Matching.Data;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.PersonalData;

/// <summary>What the person was told, and the mails of it. Deleted with him.</summary>
internal sealed class NoticesPart : PersonalDataPart
{
    public override string Key => "Notices";

    public override async Task<IReadOnlyList<PersonalRecord>> ReadAsync(MatchmakingDbContext db, User person, CancellationToken cancellationToken) =>
        [.. (await db.Notices.AsNoTracking().Where(n => n.UserId == person.Id).OrderByDescending(n => n.At).ThenByDescending(n => n.Id).ToListAsync(cancellationToken)).Select(n => new PersonalRecord(
            new("At", Moments.Of(n.At)), new("Kind", n.Kind.ToString()), new("About", string.Join(", ", n.Arguments.Where(a => a.Length > 0))), new("Link", n.Link), new("ReadAt", Moments.Of(n.ReadAt)), new("MailedAt", Moments.Of(n.MailedAt))))];

    public override async Task ForgetAsync(MatchmakingDbContext db, User person, Farewell farewell, DateTimeOffset at, CancellationToken cancellationToken)
    {
        db.Notices.RemoveRange(await db.Notices.Where(n => n.UserId == person.Id).ToListAsync(cancellationToken));
        db.OutgoingMails.RemoveRange(await db.OutgoingMails.Where(m => m.UserId == person.Id).ToListAsync(cancellationToken));
    }
}

/// <summary>Choices of mails, saved searches, follows. Deleted with the person.</summary>
internal sealed class SubscriptionsPart : PersonalDataPart
{
    public override string Key => "Subscriptions";

    public override async Task<IReadOnlyList<PersonalRecord>> ReadAsync(MatchmakingDbContext db, User person, CancellationToken cancellationToken)
    {
        var settings = await db.MailSettings.AsNoTracking().SingleOrDefaultAsync(s => s.UserId == person.Id, cancellationToken);
        var choices = await db.MailChoices.AsNoTracking().Where(c => c.UserId == person.Id).OrderBy(c => c.Kind).ToListAsync(cancellationToken);
        var searches = await db.SavedSearches.AsNoTracking().Where(s => s.UserId == person.Id).OrderBy(s => s.Id).ToListAsync(cancellationToken);
        var follows = await db.Follows.AsNoTracking().Where(f => f.UserId == person.Id).OrderBy(f => f.Id).ToListAsync(cancellationToken);
        return
        [
            .. settings is null ? (PersonalRecord[])[] : [new PersonalRecord(new PersonalField("Personalised", settings.Personalised ? "yes" : "no"))],
            .. choices.Select(c => new PersonalRecord(new("Kind", c.Kind.ToString()), new("Frequency", c.Frequency.ToString()))),
            .. searches.Select(s => new PersonalRecord(new("Search", s.Name), new("Words", s.Text), new("Filters", string.Join(", ", s.Facets.Select(f => $"{f.Facet}={f.Value}"))), new("Frequency", s.Frequency.ToString()), new("Since", Moments.Of(s.CreatedAt)))),
            .. follows.Select(f => new PersonalRecord(new("Follow", f.Target), new("Frequency", f.Frequency.ToString()), new("Since", Moments.Of(f.CreatedAt)))),
        ];
    }

    public override async Task ForgetAsync(MatchmakingDbContext db, User person, Farewell farewell, DateTimeOffset at, CancellationToken cancellationToken)
    {
        db.MailSettings.RemoveRange(await db.MailSettings.Where(s => s.UserId == person.Id).ToListAsync(cancellationToken));
        db.MailChoices.RemoveRange(await db.MailChoices.Where(c => c.UserId == person.Id).ToListAsync(cancellationToken));
        db.SavedSearches.RemoveRange(await db.SavedSearches.Where(s => s.UserId == person.Id).ToListAsync(cancellationToken));
        db.Follows.RemoveRange(await db.Follows.Where(f => f.UserId == person.Id).ToListAsync(cancellationToken));
    }
}
